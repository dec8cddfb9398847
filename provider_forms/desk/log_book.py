"""The log as it is read: filtered, page by page, and as files that others can check."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from provider_forms.desk.log_chain import Head
from provider_forms.desk.log_words import ROLES, name_of, particulars
from provider_forms.desk.models import Event, Organisation, Person
from wmo_guide.exchange import spreadsheet

PER_PAGE = 100
_AT_A_TIME = 1000
_BEFORE_ALL = date(2000, 1, 1)
"""There was no desk before this day; a moment on the first day of all can't be told in another zone."""
_COLUMNS = ("nummer", "moment (UTC)", "wat", "als", "persoon", "organisatie", "bijzonderheden")


@dataclass(frozen=True)
class Filter:
    """Which events are wanted; an empty field wants all."""

    what: str = ""
    role: str = ""
    person: int | None = None
    organisation: int | None = None
    since: date | None = None
    until: date | None = None
    """The last day that is wanted."""


@dataclass(frozen=True)
class Line:
    """An event as a person reads it."""

    id: int
    at: datetime
    what: str
    role: str
    person: str
    """Mail address, or "persoon 12" for somebody whose data was erased; empty when nobody is known."""
    organisation: str
    more: str


@dataclass(frozen=True)
class Leaf:
    """A page of the log, the newest first."""

    lines: tuple[Line, ...]
    total: int
    number: int
    last: int


def leaf(session: Session, wanted: Filter, number: int, zone: tzinfo) -> Leaf:
    """A page of what is wanted; a number past the last one gives the last page."""
    where = _where(wanted, zone)
    total = session.scalar(select(func.count()).select_from(Event).where(*where)) or 0
    last = max(1, -(-total // PER_PAGE))
    number = min(max(1, number), last)
    query = select(Event).where(*where).order_by(Event.id.desc()).offset((number - 1) * PER_PAGE).limit(PER_PAGE)
    return Leaf(tuple(_lines(session, session.scalars(query).all())), total, number, last)


def as_csv(session: Session, wanted: Filter, zone: tzinfo) -> str:
    """What is wanted as a spreadsheet reads it, the oldest first."""
    lines = _lines(session, session.scalars(select(Event).where(*_where(wanted, zone)).order_by(Event.id)).all())
    told = ((one.id, f"{one.at.astimezone(UTC):%Y-%m-%d %H:%M:%S}", *_texts(one)) for one in lines)
    return spreadsheet.as_csv([_COLUMNS, *told])


def as_json_lines(session: Session, end: Head) -> Iterator[str]:
    """The whole log, an event a line with its digest, and last where it ends: anyone can check the chain by it."""
    query = select(Event).order_by(Event.id).execution_options(yield_per=_AT_A_TIME)
    for event in session.scalars(query):
        told = {
            "at": event.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "person_id": event.person_id,
            "role": event.role,
            "what": event.what,
            "organisation_id": event.organisation_id,
            "details": event.details,
            "digest": event.digest,
        }
        yield json.dumps(told, ensure_ascii=False) + "\n"
    yield json.dumps({"events": end.events, "digest": end.digest}) + "\n"


def _where(wanted: Filter, zone: tzinfo) -> list[ColumnElement[bool]]:
    pairs = (
        (wanted.what, Event.what),
        (wanted.role, Event.role),
        (wanted.person, Event.person_id),
        (wanted.organisation, Event.organisation_id),
    )
    found: list[ColumnElement[bool]] = [column == value for value, column in pairs if value]
    if wanted.since and wanted.since > _BEFORE_ALL:
        found.append(Event.at >= datetime.combine(wanted.since, time(), zone))
    if wanted.until and _BEFORE_ALL < wanted.until < date.max:
        found.append(Event.at < datetime.combine(wanted.until + timedelta(days=1), time(), zone))
    return found


def _lines(session: Session, events: Sequence[Event]) -> Iterator[Line]:
    people = dict(session.execute(select(Person.id, Person.email)).all()) if events else {}
    names = dict(session.execute(select(Organisation.id, Organisation.name)).all()) if events else {}
    for one in events:
        person = "" if one.person_id is None else people.get(one.person_id, "")
        yield Line(
            id=one.id,
            at=one.at,
            what=name_of(one.what),
            role=ROLES.get(one.role, one.role),
            person=person,
            organisation="" if one.organisation_id is None else names.get(one.organisation_id, ""),
            more=particulars(one.details),
        )


def _texts(line: Line) -> tuple[str, ...]:
    return line.what, line.role, line.person, line.organisation, line.more
