"""Tells providers what became of what was approved: that it is taken back, or is in the guide again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from flask import url_for
from sqlalchemy.orm import Session

from provider_forms.desk import decision_mails
from provider_forms.desk.decision_mails import TakenBack
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Submission
from provider_forms.web.desk import desk


def mails_about(db: Session, what: TakenBack, sent: Sequence[Submission], reason: str) -> tuple[Mail, ...]:
    """The mails to the managers of all who sent these; one about all that an organisation sent."""
    ordered = sorted(sent, key=lambda one: (one.organisation_id, one.id))
    found: list[Mail] = []
    for number, mine in groupby(ordered, key=lambda one: one.organisation_id):
        path = url_for("provider.status", organisation=number)
        found += decision_mails.taken_back(db, desk(), what, list(mine), reason, path)
    return tuple(found)


def send_later(mails: Sequence[Mail]) -> None:
    """Sends them when the answer is on its way. Call it after the commit."""
    for mail in mails:
        desk().mail(mail)
