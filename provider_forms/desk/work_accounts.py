"""Which work account is whose. An account is known by its issuer and its number there; a mail address says little.

An address can be given to a successor, or be typed by somebody who has never read its mail. So it counts once: at the
first sign-in, when the issuer doesn't say that nobody checked it. From then on only the same account comes in.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from provider_forms.desk import events, people, sessions
from provider_forms.desk.models import Person
from provider_forms.desk.oidc import Account
from provider_forms.desk.staff_models import WorkAccount


class TakenError(Exception):
    """Somebody else's account came in with this mail address before."""


class NoAddressError(Exception):
    """The account isn't known yet, and comes without a mail address that was checked."""


def owner(session: Session, account: Account) -> Person | None:
    """Who signs in with this account; None for a newcomer. Raises TakenError, NoAddressError."""
    known = session.get(WorkAccount, (account.issuer, account.subject))
    if known is not None:
        return known.person
    if not account.email:
        raise NoAddressError
    person = people.known_person(session, account.email)
    if person is None:
        return None
    session.refresh(person, with_for_update=True)  # of two first sign-ins at the same moment one has to wait here
    mine = select(WorkAccount).where(WorkAccount.issuer == account.issuer, WorkAccount.person_id == person.id)
    if session.scalar(mine) is not None:
        raise TakenError
    return person


def enter(session: Session, account: Account, now: datetime) -> Person:
    """Who signs in with this account, from now on by the account alone. Raises TakenError, NoAddressError."""
    person = owner(session, account) or people.person(session, account.email, now)
    if session.get(WorkAccount, (account.issuer, account.subject)) is None:
        session.add(WorkAccount(issuer=account.issuer, subject=account.subject, person_id=person.id, bound_at=now))
        events.note(session, "work_account_bound", now=now, person=person.id, role="staff")
    return person


def bound(session: Session) -> tuple[Person, ...]:
    """The people who come in with one account only, by address; also those who have no role any more."""
    query = select(Person).where(Person.id.in_(select(WorkAccount.person_id))).order_by(Person.email)
    return tuple(session.scalars(query))


def release(session: Session, person: Person, by: Person, now: datetime) -> None:
    """Lets somebody's mail address count once more, for who got another account; they are signed out everywhere."""
    session.execute(delete(WorkAccount).where(WorkAccount.person_id == person.id))
    sessions.end_all(session, person.id, now)
    details = {"person": person.id}
    events.note(session, "work_account_released", now=now, person=by.id, role="staff", details=details)
