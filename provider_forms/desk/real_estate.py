"""Homes that providers have available: kept at the desk, mailed to the region's mailbox for it, never public."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import events
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Organisation, RealEstate
from wmo_guide.domain.kinds.base import Dumped
from wmo_guide.domain.questions import QuestionSet
from wmo_guide.domain.standards import Standards

PART = "woonruimte"
"""Name of the part of the draft with a report that isn't sent yet."""


@dataclass(frozen=True)
class Counter:
    """Where homes are reported in a region: the desk's name and mailbox, and what it wants to know."""

    name: str
    mailbox: str
    questions: QuestionSet


def counter(standards: Standards) -> Counter | None:
    """The region's desk for homes; None when the region has none with a mailbox."""
    rule = standards.quality.real_estate
    if rule is None:
        return None
    for one in standards.region.contacts:
        if one.subject == rule.subject and one.email:
            return Counter(one.name, one.email, standards.question_sets[rule.questions])
    return None


def report(
    session: Session, organisation: Organisation, answers: Mapping[str, Dumped], person_id: int, now: datetime
) -> RealEstate:
    """Keeps a report."""
    found = RealEstate(organisation_id=organisation.id, answers=dict(answers), sent_at=now, sent_by=person_id)
    session.add(found)
    session.flush()
    events.note(
        session,
        "real_estate",
        now=now,
        person=person_id,
        role="manager",
        organisation=organisation.id,
        details={"report": found.id},
    )
    return found


def of_organisation(session: Session, organisation_id: int) -> tuple[RealEstate, ...]:
    """An organisation's reports, the newest first."""
    mine = select(RealEstate).where(RealEstate.organisation_id == organisation_id)
    return tuple(session.scalars(mine.order_by(RealEstate.id.desc())))


def mail(desk: Desk, to: Counter, organisation: Organisation, lines: Sequence[tuple[str, str]], reply: str) -> Mail:
    """The mail with a report: heading and text of each answer, and the address of who sent it."""
    return desk.texts.write(
        "estate", to.mailbox, organisation=organisation.name, lines=tuple(lines), reply=reply, counter=to.name
    )
