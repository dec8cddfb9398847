"""Inviting organisations, and how far each of them is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import ColumnElement, func, select, true
from sqlalchemy.orm import InstrumentedAttribute, Session, joinedload

from provider_forms.desk import contracts, events, people, reports, sign_in
from provider_forms.desk.contracts import Agreed
from provider_forms.desk.desk import Desk
from provider_forms.desk.directory import Known
from provider_forms.desk.invitation_plan import Own, Plan, Planned
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Membership, Organisation, Person, Submission, Token
from provider_forms.desk.staff_models import Contract, Invitation

State = Literal["managed", "invited", "expired", "withdrawn", "nobody"]
_FEW = 500
STATES: Mapping[State, str] = {
    "managed": "Doet mee",
    "invited": "Uitgenodigd",
    "expired": "Uitnodiging verlopen",
    "withdrawn": "Uitnodiging ingetrokken",
    "nobody": "Nog niemand uitgenodigd",
}


@dataclass(frozen=True)
class By:
    """Who invites, when, and in which transaction."""

    session: Session
    desk: Desk
    person: Person
    now: datetime


@dataclass(frozen=True)
class Invited:
    """Somebody who was invited and hasn't come yet."""

    person: Person
    mailed_at: datetime
    works_until: datetime | None
    """None: the link doesn't work any more."""
    withdrawn: bool


@dataclass(frozen=True)
class Standing:
    """How far an organisation is."""

    organisation: Organisation
    managers: tuple[str, ...]
    invited: tuple[Invited, ...]
    submissions: int
    last: Submission | None

    @property
    def state(self) -> State:
        """In one word."""
        if self.managers:
            return "managed"
        if any(one.works_until for one in self.invited):
            return "invited"
        if not self.invited:
            return "nobody"
        return "withdrawn" if all(one.withdrawn for one in self.invited) else "expired"


def standings(session: Session, region: str, now: datetime) -> tuple[Standing, ...]:
    """How far all organisations of a region are, by name."""
    query = select(Organisation).where(Organisation.region == region)
    return _standings(session, session.scalars(query.order_by(Organisation.name, Organisation.id)), now)


def standing(session: Session, organisation_id: int, now: datetime) -> Standing | None:
    """How far one organisation is; None when there is none."""
    found = session.get(Organisation, organisation_id)
    return next(iter(_standings(session, [found], now)), None) if found else None


def own(session: Session, region: str, now: datetime) -> dict[str, Own]:
    """The organisations of a region by slug, as a list is held against them."""
    numbers: dict[int, str] = dict(session.execute(select(Contract.organisation_id, Contract.kvk)).all())
    return {
        one.organisation.slug: Own(
            one.organisation.slug,
            one.organisation.name,
            numbers.get(one.organisation.id, ""),
            frozenset(one.managers),
            frozenset(two.person.email for two in one.invited if two.works_until),
            is_at_desk=True,
        )
        for one in standings(session, region, now)
    }


def carry_out(by: By, plan: Plan, region: str, known: Mapping[str, Known]) -> tuple[Mail, ...]:
    """Does what a plan says, all of it; the mails are to be sent once the transaction is kept."""
    if plan.stops:
        raise ValueError("A plan with problems isn't carried out.")
    mails = [_take(by, row, region, known) for row in plan.rows]
    return tuple(mail for mail in mails if mail is not None)


def invite(by: By, email: str, to: Organisation) -> Mail:
    """Invites somebody to an organisation, or does so again: a fresh link, and earlier ones stop working."""
    session, now = by.session, by.now
    mail = sign_in.invite(session, by.desk, email, to, by=by.person, now=now, role="staff")
    person = people.person(session, email, now)
    found = _invitation(session, to.id, person.id)
    if found is None:
        found = Invitation(
            organisation_id=to.id, person_id=person.id, invited_at=now, invited_by=by.person.id, mailed_at=now
        )
        session.add(found)
    found.mailed_at, found.withdrawn_at = now, None
    session.flush()
    return mail


def withdraw(session: Session, organisation_id: int, person_id: int, by: Person, now: datetime) -> bool:
    """Makes somebody's invitation stop working; False when there is none that works."""
    waiting = [one for one in sign_in.invitations(session, organisation_id, now) if one.person_id == person_id]
    if not waiting or not sign_in.withdraw(session, organisation_id, waiting[0].id, now):
        return False
    found = _invitation(session, organisation_id, person_id)
    if found is not None:
        found.withdrawn_at = now
    details = {"person": person_id}
    events.note(
        session, "uninvited", now=now, person=by.id, role="staff", organisation=organisation_id, details=details
    )
    return True


def _take(by: By, row: Planned, region: str, known: Mapping[str, Known]) -> Mail | None:
    session, now = by.session, by.now
    found = people.organisation(session, region, row.slug)
    if found is None:
        example = row.slug in known and known[row.slug].example
        found = Organisation(region=region, slug=row.slug, name=row.name, created_at=now, example=example)
        session.add(found)
        session.flush()
        reports.adopt(session, found)
    _note_contract(by, found, row.agreed)
    return invite(by, row.email, found) if row.mailed else None


def _note_contract(by: By, to: Organisation, given: Agreed) -> None:
    """Keeps what a list tells about a contract; what it leaves open stays as it was."""
    before = contracts.agreed(by.session, to.id)
    merged = Agreed(
        given.kvk or before.kvk, given.municipalities or before.municipalities, given.blocks or before.blocks
    )
    if merged != before:
        contracts.put(by.session, to.id, merged, by.now)
        events.note(by.session, "contract_noted", now=by.now, person=by.person.id, role="staff", organisation=to.id)


def _invitation(session: Session, organisation_id: int, person_id: int) -> Invitation | None:
    mine = (Invitation.organisation_id == organisation_id, Invitation.person_id == person_id)
    return session.scalar(select(Invitation).where(*mine).order_by(Invitation.id.desc()))


def _standings(session: Session, organisations: Iterable[Organisation], now: datetime) -> tuple[Standing, ...]:
    some = list(organisations)
    ids = [one.id for one in some]
    managers = _managers(session, ids)
    invited = _invited(session, ids, managers, now)
    counts, last = _sent(session, ids)
    return tuple(
        Standing(
            one,
            tuple(person.email for person in managers[one.id]),
            invited[one.id],
            counts.get(one.id, 0),
            last.get(one.id),
        )
        for one in some
    )


def _managers(session: Session, ids: Sequence[int]) -> defaultdict[int, list[Person]]:
    query = select(Membership).options(joinedload(Membership.person)).order_by(Membership.id)
    found = defaultdict[int, list[Person]](list)
    for one in session.scalars(query.where(_among(Membership.organisation_id, ids))):
        found[one.organisation_id].append(one.person)
    return found


def _invited(
    session: Session, ids: Sequence[int], managers: Mapping[int, list[Person]], now: datetime
) -> defaultdict[int, tuple[Invited, ...]]:
    """Who were invited and haven't come, by whatever way they were invited."""
    query = select(Invitation).options(joinedload(Invitation.person)).order_by(Invitation.id)
    found = defaultdict[int, dict[int, Invited]](dict)
    for one in session.scalars(query.where(_among(Invitation.organisation_id, ids))):
        found[one.organisation_id][one.person_id] = Invited(
            one.person, one.mailed_at, None, one.withdrawn_at is not None
        )
    waits = (Token.purpose == "invitation", Token.used_at.is_(None), Token.expires_at > now)
    tokens = select(Token).where(*waits).options(joinedload(Token.person)).order_by(Token.id)
    for token in session.scalars(tokens.where(_among(Token.organisation_id, ids))):
        if token.organisation_id is not None:
            known = found[token.organisation_id].get(token.person_id)
            mailed = known.mailed_at if known else token.created_at
            found[token.organisation_id][token.person_id] = Invited(
                token.person, mailed, token.expires_at, withdrawn=False
            )
    shown = defaultdict[int, tuple[Invited, ...]](tuple)
    for key, some in found.items():
        came = {person.id for person in managers.get(key, ())}
        shown[key] = tuple(one for person_id, one in some.items() if person_id not in came)
    return shown


def _among(column: InstrumentedAttribute[Any], ids: Sequence[int]) -> ColumnElement[bool]:
    """Only these organisations; of many all, for a list of their ids would be too long for a statement."""
    return column.in_(ids) if len(ids) <= _FEW else true()


def _sent(session: Session, ids: Sequence[int]) -> tuple[dict[int, int], dict[int, Submission]]:
    """How often each organisation sent something, and what it sent last."""
    mine = _among(Submission.organisation_id, ids)
    counted = select(Submission.organisation_id, func.count()).where(mine).group_by(Submission.organisation_id)
    counts = dict(session.execute(counted).all())
    newest = select(func.max(Submission.id)).where(mine).group_by(Submission.organisation_id)
    last = session.scalars(select(Submission).where(Submission.id.in_(newest)))
    return counts, {one.organisation_id: one for one in last}
