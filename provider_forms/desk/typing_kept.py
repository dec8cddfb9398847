"""Typing that could not be saved at once. Kept for its person, each text by itself, until it is saved or its time is over.

It waits for one of two things: to be shown *again* on its page (the session had ended, the page was too old), or to be
*merged* with what somebody else saved meanwhile. What its page could not show is laid *aside*, to copy.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, TypeAlias, cast

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from provider_forms.desk.models import Kept

Waits: TypeAlias = Literal["again", "merge", "aside"]
Fields: TypeAlias = Mapping[str, Sequence[str]]

ROOM = 4_000_000
"""Characters of all that is kept for one person. What doesn't fit is refused; nothing makes room for it."""
LASTS = timedelta(days=30)
NO_TAB = "00000000"
"""The tab of what doesn't tell one; what comes from it never replaces anything."""
_LONGEST_NAME = 200
_TAB = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True)
class Place:
    """Whose typing, and on which page."""

    person_id: int
    organisation_id: int | None
    """None at the staff desk."""
    name: str
    """The page's path."""


@dataclass(frozen=True)
class Typing:
    """The fields of a page as they were posted."""

    fields: Fields
    tab: str = NO_TAB
    """The opening of the page that they were typed in; what is typed later in the same one takes its place."""
    waits: Waits = "again"


@dataclass(frozen=True)
class KeptText:
    """Typing that waits."""

    key: str
    """Names it, in addresses and forms."""
    fields: dict[str, list[str]]
    waits: Waits
    name: str
    """The page's path."""
    kept_at: datetime


def new_tab() -> str:
    """Names one opening of a page."""
    return secrets.token_hex(4)


def tab_in(text: str | None) -> str:
    """The tab that a form names."""
    return text if text and _TAB.fullmatch(text) else NO_TAB


def keep(session: Session, place: Place, typing: Typing, now: datetime) -> str | None:
    """Keeps a text beside all others, and gives its key. None: there is no room, and nothing was kept or dropped."""
    session.execute(delete(Kept).where(Kept.kept_at < now - LASTS))
    answers = {"fields": {field: list(texts) for field, texts in typing.fields.items()}}
    size = len(json.dumps(answers))
    before = _earlier(session, place, typing, answers)
    used = session.scalar(select(func.sum(Kept.size)).where(Kept.person_id == place.person_id)) or 0
    if used - (before.size if before else 0) + size > ROOM or len(place.name) > _LONGEST_NAME:
        return None
    row = before or _new(place, now)
    row.tab, row.waits, row.answers, row.size, row.kept_at = typing.tab, typing.waits, answers, size, now
    row.base_version = _version(typing.fields)
    session.add(row)
    session.flush()
    return row.key


def waiting(session: Session, place: Place) -> tuple[KeptText, ...]:
    """All texts of this page that wait, the newest first."""
    query = select(Kept).where(*_here(place)).order_by(Kept.kept_at.desc(), Kept.id.desc())
    return tuple(map(_view, session.scalars(query)))


def of_person(session: Session, person_id: int, organisation_id: int) -> tuple[KeptText, ...]:
    """All texts of a person that wait on pages of an organisation, the newest first."""
    mine = (Kept.person_id == person_id, Kept.organisation_id == organisation_id)
    query = select(Kept).where(*mine).order_by(Kept.kept_at.desc(), Kept.id.desc())
    return tuple(map(_view, session.scalars(query)))


def find(session: Session, place: Place, key: str) -> KeptText | None:
    """One of them."""
    return next((one for one in waiting(session, place) if one.key == key), None)


def forget(session: Session, place: Place, key: str) -> None:
    """Drops one of them: it was saved."""
    session.execute(delete(Kept).where(*_here(place), Kept.key == key))


def set_aside(session: Session, place: Place, key: str) -> KeptText | None:
    """Keeps one of them without showing it on its page again; None when it isn't there."""
    row = session.scalar(select(Kept).where(*_here(place), Kept.key == key))
    if row is None:
        return None
    row.waits = "aside"
    return _view(row)


def forget_tab(session: Session, place: Place, tab: str) -> None:
    """Drops what was typed earlier in a tab: all of it was saved from there."""
    if tab != NO_TAB:
        session.execute(delete(Kept).where(*_here(place), Kept.tab == tab))


def _earlier(session: Session, place: Place, typing: Typing, answers: Mapping[str, object]) -> Kept | None:
    """What this text takes the place of: an earlier one of the same tab, or exactly the same one without a tab."""
    query = select(Kept).where(*_here(place), Kept.tab == typing.tab)
    found = session.scalars(query.order_by(Kept.id.desc()))
    return next((one for one in found if typing.tab != NO_TAB or one.answers == answers), None)


def _view(found: Kept) -> KeptText:
    return KeptText(found.key, found.answers["fields"], cast("Waits", found.waits), found.name, found.kept_at)


def _new(place: Place, now: datetime) -> Kept:
    return Kept(
        key=secrets.token_hex(8),
        person_id=place.person_id,
        organisation_id=place.organisation_id,
        name=place.name,
        kept_at=now,
    )


def _here(place: Place) -> tuple[ColumnElement[bool], ...]:
    mine = (Kept.person_id == place.person_id, Kept.organisation_id == place.organisation_id)
    return (*mine, Kept.name == place.name)


def _version(fields: Fields) -> int:
    """The version that the page was opened with, as its hidden field `version` tells."""
    text = next(iter(fields.get("version", ())), "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004  (fits a column)
