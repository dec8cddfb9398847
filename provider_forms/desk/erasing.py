"""Erasing what the desk knows of a person. The log goes on telling what a number did; to whom it belonged is gone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.parser import BytesHeaderParser
from email.policy import SMTP
from pathlib import Path
from typing import Any

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from provider_forms.desk import events, people
from provider_forms.desk.models import Kept, Membership, Part, Person, RealEstate, SignedIn, Submission, Token
from provider_forms.desk.staff_models import (
    Opened,
    RecoveryCode,
    SecondFactor,
    StaffSession,
    WorkAccount,
)
from provider_forms.desk.upkeep_models import LadderMail, Report

GONE = "erased"
"""Begins what stands in the place of an address."""


class LastAdministratorError(Exception):
    """Nobody could run the desk any more; nothing was done."""


@dataclass(frozen=True)
class Erased:
    """What was erased of somebody."""

    was_known: bool
    """Whether there was somebody who could sign in with this address."""
    reports: int
    texts: int
    """Answers for staff in which the address stood."""
    alone: tuple[str, ...]
    """Organisations that nobody answers for now."""


def erase_address(session: Session, email: str, by: int | None, now: datetime) -> Erased:
    """Erases everything with this mail address. Raises LastAdministratorError.

    Reports that were open are closed, so that nobody writes anything about them any more.
    """
    person = people.known_person(session, email)
    alone = erase_person(session, person, by, now) if person is not None else ()
    mine = func.lower(Report.email) == email.lower()
    numbers = list(session.scalars(select(Report.number).where(mine)))
    gone = {"email": "", "text": "", "provider_said": "", "answer": "", "erased_at": now}
    session.execute(update(Report).where(mine, Report.closed_at.is_(None)).values(closed_at=now, closed_by=by))
    session.execute(update(Report).where(mine).values(gone))
    if numbers:
        role: events.Role = "system" if by is None else "staff"
        events.note(session, "reports_erased", now=now, person=by, role=role, details={"numbers": numbers})
    return Erased(person is not None, len(numbers), sum(1 for _ in _clean_texts(session, email)), alone)


def erase_person(session: Session, person: Person, by: int | None, now: datetime) -> tuple[str, ...]:
    """Erases a person; gives the organisations that nobody answers for now. Raises LastAdministratorError."""
    if person.staff_role == "administrator":
        others = select(Person.id).where(Person.staff_role == "administrator", Person.id != person.id)
        if session.scalar(others.limit(1)) is None:
            raise LastAdministratorError
    mine = people.organisations_of(session, person.id)
    sessions = select(SignedIn.id).where(SignedIn.person_id == person.id)
    session.execute(delete(StaffSession).where(StaffSession.session_id.in_(sessions)))
    for table in (Membership, Token, SignedIn, Kept, SecondFactor, RecoveryCode, WorkAccount, Opened, LadderMail):
        session.execute(delete(table).where(table.person_id == person.id))
    person.email, person.staff_role = f"{GONE}-{person.id}", None
    role: events.Role = "system" if by is None else "staff"
    events.note(session, "person_erased", now=now, person=by, role=role, details={"person": person.id})
    return tuple(one.name for one in mine if not people.managers(session, one.id))


def erase_mails_to(outbox: Path, email: str) -> int:
    """Takes away the copies of mails to an address; gives how many."""
    found = 0
    for path in sorted(outbox.glob("*.eml")):
        with path.open("rb") as stream:
            to = str(BytesHeaderParser(policy=SMTP).parse(stream)["To"] or "")
        if email.casefold() in to.casefold():
            path.unlink(missing_ok=True)
            found += 1
    return found


def _clean_texts(session: Session, email: str) -> Iterator[str]:
    """Takes the address out of answers that only staff see, and of drafts."""
    wanted = email.casefold()
    for kept in session.scalars(select(Kept)):
        if wanted in str(kept.answers).casefold():
            session.delete(kept)
            yield kept.name
    for row in (
        *session.scalars(select(Part)),
        *session.scalars(select(Submission)),
        *session.scalars(select(RealEstate)),
    ):
        name = "private" if isinstance(row, Submission) else "answers"
        before = getattr(row, name)
        after = _without(before, wanted)
        if after != before:
            setattr(row, name, after)
            yield name


def _without(value: Any, wanted: str) -> Any:
    """The value with an empty text where the address stood."""
    if isinstance(value, dict):
        return {key: _without(one, wanted) for key, one in value.items()}
    if isinstance(value, list):
        return [_without(one, wanted) for one in value]
    return "" if isinstance(value, str) and wanted in value.casefold() else value
