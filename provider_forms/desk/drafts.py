"""Drafts: what an organisation has filled in so far, a page at a time, right or wrong.

A page is a part with a version. A save names the version that it was typed on; on an older one it changes nothing and
tells what stands there now, so of two tabs or two managers neither can overwrite the other. A removed part keeps its
answers and can come back.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.models import Organisation, Part

LOCATION = "location/"
"""Begins the name of each location's part."""
MOST_LOCATIONS = 60
MOST_PARTS = 400
"""Parts of one organisation, those of former editions and removed ones included."""
LARGEST_PART = 150_000
"""Characters of all answers of one part together, ten times what the longest honest page holds."""
LARGEST_DRAFT = 4_000_000
"""Characters of all answers of one organisation together."""
_ORDINARY = 20_000
"""A page of at most this many characters is saved without measuring the whole draft, which its parts keep in bounds."""

Answers: TypeAlias = Mapping[str, Any]
"""Raw answers by question key, as typed."""


@dataclass(frozen=True)
class By:
    """Who saves, for which organisation, and when."""

    organisation_id: int
    person_id: int
    at: datetime


@dataclass(frozen=True)
class PartView:
    """A part as it is stored."""

    name: str
    answers: Answers
    version: int
    saved_at: datetime
    saved_by: int
    """Id of the person."""
    removed: bool = False


@dataclass(frozen=True)
class Edit:
    """New answers for a part, typed on a version of it; version 0 is the empty page."""

    name: str
    answers: Answers
    base_version: int


@dataclass(frozen=True)
class Saved:
    """The part has these answers now."""

    part: PartView

    @property
    def version(self) -> int:
        """The version to name with the next save."""
        return self.part.version


@dataclass(frozen=True)
class Conflict:
    """Nothing was changed: the part has got another version since."""

    current: PartView


@dataclass(frozen=True)
class Refused:
    """Nothing was changed: it is more than may be held."""

    why: Literal["large", "many", "room"]
    """A part or draft is too large, there are too many parts, or there is no room to keep what waits to be merged."""


Outcome: TypeAlias = Saved | Conflict | Refused


def parts(session: Session, organisation_id: int) -> dict[str, PartView]:
    """All parts of an organisation's draft by name, the oldest first; without removed ones."""
    query = select(Part).where(Part.organisation_id == organisation_id, Part.removed_at.is_(None)).order_by(Part.id)
    return {one.name: _view(one) for one in session.scalars(query)}


def part(session: Session, organisation_id: int, name: str) -> PartView | None:
    """One part, also when it was removed."""
    found = _find(session, organisation_id, name)
    return _view(found) if found else None


def begin(session: Session, by: By, given: Mapping[str, Answers]) -> bool:
    """Fills a draft with the answers that the guide already has. Does nothing, and says False, when it was begun."""
    _queue(session, by.organisation_id)
    if session.scalar(select(Part.id).where(Part.organisation_id == by.organisation_id).limit(1)) is not None:
        return False
    for name, answers in given.items():
        session.add(_new(by, name, answers))
    session.flush()
    return True


def save(session: Session, by: By, edit: Edit) -> Outcome:
    """Stores a part's answers as a next version. The same answers again make no new version and are never a conflict."""
    _queue(session, by.organisation_id)
    found = _find(session, by.organisation_id, edit.name)
    if found is not None and found.removed_at is None and found.answers == edit.answers:
        return Saved(_view(found))
    if found is not None and found.version != edit.base_version:
        return Conflict(_view(found))
    refused = _refuse(session, by.organisation_id, edit, is_new=found is None or found.removed_at is not None)
    if refused is not None:
        return refused
    if found is None:
        found = _new(by, edit.name, edit.answers)
        session.add(found)
    else:
        found.answers, found.removed_at = dict(edit.answers), None
        _touch(found, by)
    session.flush()
    return Saved(_view(found))


def remove(session: Session, by: By, name: str) -> bool:
    """Takes a part out of the draft; False when it isn't in it."""
    _queue(session, by.organisation_id)
    found = _find(session, by.organisation_id, name)
    if found is None or found.removed_at is not None:
        return False
    found.removed_at = by.at
    _touch(found, by)
    return True


def restore(session: Session, by: By, name: str) -> bool:
    """Puts a removed part back as it was; False when there is none, or no room."""
    _queue(session, by.organisation_id)
    found = _find(session, by.organisation_id, name)
    if found is None or found.removed_at is None:
        return False
    if _refuse(session, by.organisation_id, Edit(name, found.answers, found.version), is_new=True):
        return False
    found.removed_at = None
    _touch(found, by)
    return True


def _queue(session: Session, organisation_id: int) -> None:
    """Lets one save of an organisation wait for the other, also where the database has many writers."""
    session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())


def _find(session: Session, organisation_id: int, name: str) -> Part | None:
    return session.scalar(select(Part).where(Part.organisation_id == organisation_id, Part.name == name))


def _new(by: By, name: str, answers: Answers) -> Part:
    return Part(
        organisation_id=by.organisation_id,
        name=name,
        answers=dict(answers),
        version=1,
        saved_at=by.at,
        saved_by=by.person_id,
        removed_at=None,
    )


def _touch(found: Part, by: By) -> None:
    found.version += 1
    found.saved_at, found.saved_by = by.at, by.person_id


def _refuse(session: Session, organisation_id: int, edit: Edit, *, is_new: bool) -> Refused | None:
    size = _size(edit.answers)
    if size > LARGEST_PART:
        return Refused("large")
    if size <= _ORDINARY and not is_new:
        return None
    mine = session.scalars(select(Part).where(Part.organisation_id == organisation_id, Part.name != edit.name)).all()
    if size + sum(_size(one.answers) for one in mine) > LARGEST_DRAFT:
        return Refused("large")
    locations = sum(one.name.startswith(LOCATION) and one.removed_at is None for one in mine)
    full = len(mine) >= MOST_PARTS or (edit.name.startswith(LOCATION) and locations >= MOST_LOCATIONS)
    return Refused("many") if is_new and full else None


def _size(answers: Answers) -> int:
    return len(json.dumps(answers))


def _view(found: Part) -> PartView:
    removed = found.removed_at is not None
    return PartView(found.name, dict(found.answers), found.version, found.saved_at, found.saved_by, removed=removed)
