"""People and the organisations they answer for."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session, joinedload

from provider_forms.desk import events
from provider_forms.desk.models import Membership, Organisation, Person, SignedIn, Token


class Removal(Enum):
    """What came of removing a colleague."""

    DONE = "done"
    LAST = "last"
    """Refused: an organisation keeps at least one manager."""
    UNKNOWN = "unknown"
    """There is no such colleague in this organisation."""


def person(session: Session, email: str, now: datetime) -> Person:
    """The person with this address, made when there is none."""
    found = known_person(session, email)
    if found is None:
        found = Person(email=email.lower(), created_at=now)
        session.add(found)
        session.flush()
    return found


def known_person(session: Session, email: str) -> Person | None:
    """The person with this address."""
    return session.scalar(select(Person).where(Person.email == email.lower()))


def organisation(session: Session, region: str, slug: str) -> Organisation | None:
    """The organisation that a provider's file belongs to."""
    return session.scalar(select(Organisation).where(Organisation.region == region, Organisation.slug == slug))


def organisations_of(session: Session, person_id: int) -> tuple[Organisation, ...]:
    """The organisations that a person answers for, by name."""
    query = select(Organisation).join(Membership).where(Membership.person_id == person_id)
    return tuple(session.scalars(query.order_by(Organisation.name, Organisation.id)))


def managers(session: Session, organisation_id: int) -> tuple[Membership, ...]:
    """Who answer for an organisation, the first one first."""
    query = select(Membership).where(Membership.organisation_id == organisation_id).order_by(Membership.id)
    return tuple(session.scalars(query.options(joinedload(Membership.person))))


def join(session: Session, person_id: int, organisation_id: int, now: datetime) -> None:
    """Makes a person a manager of an organisation; no change when they already are."""
    mine = (Membership.person_id == person_id, Membership.organisation_id == organisation_id)
    if session.scalar(select(Membership.id).where(*mine)) is None:
        session.add(Membership(person_id=person_id, organisation_id=organisation_id, created_at=now))
        events.note(session, "joined", now=now, person=person_id, role="manager", organisation=organisation_id)


def remove(session: Session, organisation_id: int, membership_id: int, by: Person, now: datetime) -> Removal:
    """Takes a manager out of an organisation; what they were signed in to is closed at once."""
    # Two managers may remove each other at the same moment: one of them has to wait here, and finds itself the last.
    session.execute(select(Organisation.id).where(Organisation.id == organisation_id).with_for_update())
    leaving = session.scalar(
        select(Membership).where(Membership.id == membership_id, Membership.organisation_id == organisation_id)
    )
    if leaving is None:
        return Removal.UNKNOWN
    number = select(func.count()).select_from(Membership).where(Membership.organisation_id == organisation_id)
    if session.scalar(number) == 1:
        return Removal.LAST
    person_id = leaving.person_id
    session.delete(leaving)
    session.flush()
    _close(session, person_id, organisation_id, now)
    details = {"person": person_id}
    events.note(
        session, "removed", now=now, person=by.id, role="manager", organisation=organisation_id, details=details
    )
    return Removal.DONE


def _close(session: Session, person_id: int, organisation_id: int, now: datetime) -> None:
    """Links to the organisation no longer work; sessions end when there is nothing left to be signed in for."""
    session.execute(delete(Token).where(Token.person_id == person_id, Token.organisation_id == organisation_id))
    left = session.scalar(select(Membership.id).where(Membership.person_id == person_id).limit(1))
    staff = session.scalar(select(Person.staff_role).where(Person.id == person_id))
    if left is None and staff is None:
        mine = (SignedIn.person_id == person_id, SignedIn.revoked_at.is_(None))
        session.execute(update(SignedIn).where(*mine).values(revoked_at=now))
