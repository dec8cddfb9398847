"""Members of staff: who they are, what they may, and that there is always an administrator."""

from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Literal

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import events, people, second_factor, sessions
from provider_forms.desk.models import Person

StaffRole = Literal["reviewer", "administrator"]


class Change(Enum):
    """What came of changing somebody's role."""

    DONE = "done"
    LAST = "last"
    """Refused: there is always an administrator."""
    UNKNOWN = "unknown"
    """There is no such member of staff."""


def members(session: Session) -> tuple[Person, ...]:
    """All of the staff, by address."""
    return tuple(session.scalars(select(Person).where(Person.staff_role.is_not(None)).order_by(Person.email)))


def member(session: Session, person_id: int) -> Person | None:
    """A member of staff."""
    found = session.get(Person, person_id)
    return found if found is not None and found.staff_role else None


def appoint(session: Session, email: str, role: StaffRole, by: Person | None, now: datetime) -> Person | None:
    """Makes the person with this address a member of staff; None when they are one already."""
    found = people.person(session, email, now)
    if found.staff_role:
        return None
    found.staff_role = role
    _note(session, "staff_appointed", found, by, now)
    return found


def change_role(session: Session, person_id: int, role: StaffRole, by: Person | None, now: datetime) -> Change:
    """Gives a member of staff another role."""
    administrators = _administrators(session)
    found = member(session, person_id)
    if found is None:
        return Change.UNKNOWN
    if role != "administrator" and administrators == {person_id}:
        return Change.LAST
    if found.staff_role != role:
        found.staff_role = role
        _note(session, "staff_role_changed", found, by, now)
    return Change.DONE


def dismiss(session: Session, person_id: int, by: Person, now: datetime) -> Change:
    """Takes somebody out of the staff: their sessions end, and their second factor goes."""
    administrators = _administrators(session)
    found = member(session, person_id)
    if found is None:
        return Change.UNKNOWN
    if administrators == {person_id}:
        return Change.LAST
    found.staff_role = None
    second_factor.remove(session, person_id)
    sessions.end_all(session, person_id, now)
    _note(session, "staff_dismissed", found, by, now)
    return Change.DONE


def reset_second_factor(session: Session, person_id: int, by: Person | None, now: datetime) -> Person | None:
    """Takes away the second factor of who lost it; they are signed out everywhere. None: no such member of staff."""
    found = member(session, person_id)
    if found is not None:
        second_factor.remove(session, person_id)
        sessions.end_all(session, person_id, now)
        _note(session, "second_factor_reset", found, by, now)
    return found


def _administrators(session: Session) -> set[int]:
    """All administrators; of two that demote each other at the same moment one has to wait here."""
    query = select(Person.id).where(Person.staff_role == "administrator").order_by(Person.id).with_for_update()
    return set(session.scalars(query))


def _note(session: Session, what: str, whom: Person, by: Person | None, now: datetime) -> None:
    role: events.Role = "staff" if by else "system"
    details = {"person": whom.id, "role": whom.staff_role}
    events.note(session, what, now=now, person=by.id if by else None, role=role, details=details)
