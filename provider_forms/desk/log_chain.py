"""The chain that the log's events form: each has a digest over itself and over the digest of the event before it.

Who changes, adds or takes away an event afterwards breaks the chain from there on. Who makes the whole chain anew is found
by the heads that were noted outside the database (`log_anchors.py`). SHA-256, so that an export can be checked by anyone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.models import Event
from provider_forms.desk.upkeep_models import LogHead

_AT_A_TIME = 1000
ADDED = "log_head"
"""Under this name a session that added to the log tells where it ends (`Session.info`)."""


@dataclass(frozen=True)
class Head:
    """Where a log ends, or ended once."""

    events: int
    digest: str


@dataclass(frozen=True)
class Facts:
    """What an event says, without its place in the chain."""

    at: datetime
    person_id: int | None
    role: str
    what: str
    organisation_id: int | None
    details: Mapping[str, Any]


def digest_of(previous: str, facts: Facts) -> str:
    """The digest of an event: 64 hexadecimal digits. `previous` is that of the event before it, empty for the first."""
    at = facts.at.astimezone(UTC).isoformat(timespec="microseconds")
    told = [previous, at, facts.person_id, facts.role, facts.what, facts.organisation_id, facts.details]
    text = json.dumps(told, sort_keys=True, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def facts_of(event: Event) -> Facts:
    """What a stored event says."""
    return Facts(event.at, event.person_id, event.role, event.what, event.organisation_id, event.details)


def head(session: Session) -> Head:
    """Where the log ends now."""
    found = session.get(LogHead, 1)
    return Head(found.events, found.digest) if found else Head(0, "")


def append(session: Session, facts: Facts) -> None:
    """Adds an event to the end of the chain. Writers take turns (database.py), so nobody else adds one meanwhile."""
    found = session.get(LogHead, 1)
    if found is None:
        found = LogHead(id=1, events=0, digest="")
        session.add(found)
    link = digest_of(found.digest, facts)
    session.add(
        Event(
            at=facts.at,
            person_id=facts.person_id,
            role=facts.role,
            what=facts.what,
            organisation_id=facts.organisation_id,
            details=dict(facts.details),
            digest=link,
        )
    )
    session.flush()
    found.events, found.digest = found.events + 1, link
    session.info[ADDED] = Head(found.events, link)


def check(session: Session, anchors: Sequence[Head] = ()) -> tuple[str, ...]:
    """What is wrong with the log, in words for an administrator; nothing when it is whole.

    `anchors` are heads that were noted before: the log has to contain them.
    """
    problems: list[str] = []
    wanted: dict[int, set[str]] = {}
    for one in anchors:
        wanted.setdefault(one.events, set()).add(one.digest)
    previous, number = "", 0
    for number, event in enumerate(_events(session), start=1):
        if event.digest != digest_of(previous, facts_of(event)):
            problems.append(
                f"Regel {event.id} klopt niet: hij is veranderd, of een regel ervoor is weg of erbij gekomen."
            )
        if wanted.pop(number, {event.digest}) != {event.digest}:
            problems.append(
                f"Regel {event.id} is niet de regel die hier stond toen het logboek eerder werd vastgelegd."
            )
        previous = event.digest
    end = head(session)
    if (end.events, end.digest) != (number, previous):
        problems.append(f"Het einde klopt niet: er horen {end.events} regels te staan, en er staan er {number}.")
    if any(events > number for events in wanted):
        problems.append(f"Er zijn regels weg: eerder stonden er {max(wanted)}, nu {number}.")
    return tuple(problems)


def _events(session: Session) -> Iterator[Event]:
    query = select(Event).order_by(Event.id).execution_options(yield_per=_AT_A_TIME)
    yield from session.scalars(query)
