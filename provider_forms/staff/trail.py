"""What there is of an organisation: its page in the guide, its history, and what it sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session

from provider_forms.desk import submissions
from provider_forms.desk.models import Organisation
from provider_forms.desk.upcoming import path_of
from provider_forms.staff.online import page_online
from provider_forms.web.desk import desk

_MOST = 20
"""Submissions that are listed."""
_WERE_IN_THE_GUIDE = ("published", "undone")


@dataclass(frozen=True)
class Sent:
    """A form that an organisation sent."""

    number: str
    url: str
    at: datetime
    state: str


@dataclass(frozen=True)
class Trail:
    """The ways from an organisation to what there is of it."""

    links: tuple[tuple[str, str], ...]
    """Words and addresses."""
    sent: tuple[Sent, ...]
    """What it sent, the newest first."""


def trail(db: Session, organisation: Organisation) -> Trail:
    """All of it. The page of the guide is told when it is online, the history when there is one."""
    forms = [one for one in submissions.of_organisation(db, organisation.id) if one.kind == "form"]
    was_there = any(one.state in _WERE_IN_THE_GUIDE for one in forms)
    sent = tuple(
        Sent(one.number, url_for("staff.submission", number=one.number), one.sent_at, one.state)
        for one in forms[:_MOST]
    )
    return Trail(tuple(_links(organisation, was_there=was_there)), sent)


def _links(organisation: Organisation, *, was_there: bool) -> Iterator[tuple[str, str]]:
    path = path_of(organisation)
    if address := page_online(path):
        yield "Bekijk in de gids", address
    if was_there or (desk().content / path).is_file():
        yield "Geschiedenis, en een versie terugzetten", url_for("staff.file_history", path=path)
