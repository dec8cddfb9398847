"""The freshness ladder (design.md 9): which offers nobody confirmed lately, and what is done about each.

Steps are the region's (`freshness` in region.yaml). Nothing here changes content: only a provider's own word moves the
date of its confirmation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import confirmations, events, people
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Membership, Organisation, Person
from provider_forms.desk.upkeep_models import LadderMail, LadderStep
from wmo_guide.domain.freshness import State, state_after
from wmo_guide.domain.region import Freshness

WEEK = timedelta(days=7)
"""Nobody gets more than one mail of the ladder in this time."""


@dataclass(frozen=True)
class Aged:
    """An offer as it stands on a day."""

    region: str
    slug: str
    name: str
    confirmed_on: date
    steps: Freshness
    day: date

    @property
    def state(self) -> State:
        """The step that it has reached."""
        return state_after((self.day - self.confirmed_on).days, self.steps)

    @property
    def hidden_on(self) -> date:
        """The day on which it leaves the guide."""
        return self.confirmed_on + timedelta(days=self.steps.hide_days)

    @property
    def warned_on(self) -> date:
        """The day from which its page has a warning."""
        return self.confirmed_on + timedelta(days=self.steps.warn_days)


@dataclass(frozen=True)
class Asked:
    """An offer that somebody is asked about, with a link to confirm it."""

    offer: Aged
    link: str


@dataclass(frozen=True)
class Moment:
    """When somebody asks for a mail."""

    today: date
    """The day where the readers are."""
    now: datetime
    again: bool = False
    """Whether it also goes to who got one within a week."""


def note_steps(session: Session, offers: Sequence[Aged], now: datetime) -> tuple[LadderStep, ...]:
    """Notes the step that each offer has reached, once for each confirmation; gives the steps that are new."""
    known = {
        (one.region, one.slug, one.confirmed_on, one.step)
        for one in session.scalars(select(LadderStep).where(LadderStep.region.in_({one.region for one in offers})))
    }
    made = []
    for one in offers:
        key = (one.region, one.slug, one.confirmed_on, one.state)
        if one.state == "fresh" or key in known:
            continue
        step = LadderStep(region=key[0], slug=key[1], confirmed_on=key[2], step=key[3], at=now)
        session.add(step)
        made.append(step)
        _log(session, one, now)
    return tuple(made)


def due_people(session: Session, offers: Sequence[Aged], today: date) -> dict[int, tuple[tuple[int, Aged], ...]]:
    """Who has to be written to today, by the person's number: the organisations, by number, with their offers.

    A mail about one offer takes all others of that person along that have grown old.
    """
    old = {(one.region, one.slug): one for one in offers if one.state != "fresh"}
    mine: dict[int, list[tuple[int, Aged]]] = {}
    query = select(Membership.person_id, Organisation).join(Organisation, Organisation.id == Membership.organisation_id)
    for person, organisation in session.execute(query.order_by(Membership.person_id, Organisation.name)):
        if (organisation.region, organisation.slug) in old:
            mine.setdefault(person, []).append((organisation.id, old[organisation.region, organisation.slug]))
    written: dict[int, dict[int, LadderMail]] = {}
    for mail in session.scalars(select(LadderMail)):
        written.setdefault(mail.person_id, {})[mail.organisation_id] = mail
    return {
        person: tuple(found)
        for person, found in mine.items()
        if _may_be_written_to(written.get(person, {}), today)
        and any(_is_due(one, written.get(person, {}).get(organisation)) for organisation, one in found)
    }


def write(  # noqa: PLR0913, PLR0917  (to whom, about what, and when)
    session: Session, desk: Desk, person_id: int, offers: Sequence[tuple[int, Aged]], today: date, now: datetime
) -> Mail | None:
    """The one mail to a person about all these offers, to be sent once the transaction is kept.

    None when the person was written to meanwhile, e.g. by another run of the daily command.
    """
    person = session.get(Person, person_id)
    if person is None or not _may_be_written_to(_mails_to(session, person_id), today):
        return None
    asked = []
    for organisation_id, offer in offers:
        asked.append(Asked(offer, confirmations.link_for(session, desk, organisation_id, person_id, now)))
        known = session.get(LadderMail, (person_id, organisation_id))
        mail = known or LadderMail(person_id=person_id, organisation_id=organisation_id)
        mail.confirmed_on, mail.step, mail.day = offer.confirmed_on, offer.state, today
        session.add(mail)
        events.note(session, "confirmation_asked", now=now, role="system", organisation=organisation_id)
    last_day = (now + confirmations.LASTS).date()
    return desk.texts.write("ladder", person.email, asked=asked, last_day=last_day)


def ask_now(
    session: Session, desk: Desk, organisation: Organisation, confirmed_on: date, asked: Moment
) -> tuple[Mail, ...]:
    """Mails about one offer because somebody asks for them, to be sent once the transaction is kept.

    They count as mails of the ladder: who was written to within a week is passed over, and isn't written to for a week.
    """
    now = asked.now
    found = []
    for member in people.managers(session, organisation.id):
        if not asked.again and not _may_be_written_to(_mails_to(session, member.person_id), asked.today):
            continue
        link = confirmations.link_for(session, desk, organisation.id, member.person_id, now)
        about = {"organisation": organisation.name, "last_day": (now + confirmations.LASTS).date()}
        found.append(desk.texts.write("keep", member.person.email, link=link, **about))
        known = session.get(LadderMail, (member.person_id, organisation.id))
        mail = known or LadderMail(person_id=member.person_id, organisation_id=organisation.id, step="fresh")
        mail.confirmed_on, mail.day = confirmed_on, asked.today
        session.add(mail)
    if found:
        events.note(session, "confirmation_asked", now=now, role="system", organisation=organisation.id)
    return tuple(found)


def orphans(session: Session, offers: Sequence[Aged]) -> Iterator[Aged]:
    """Offers that nobody can be asked about: they have no manager."""
    query = select(Organisation.region, Organisation.slug).join(
        Membership, Membership.organisation_id == Organisation.id
    )
    managed = {(region, slug) for region, slug in session.execute(query)}
    return (one for one in offers if (one.region, one.slug) not in managed)


def _mails_to(session: Session, person_id: int) -> dict[int, LadderMail]:
    mails = session.scalars(select(LadderMail).where(LadderMail.person_id == person_id))
    return {one.organisation_id: one for one in mails}


def _may_be_written_to(mails: dict[int, LadderMail], today: date) -> bool:
    return all(today - one.day >= WEEK for one in mails.values())


def _is_due(offer: Aged, last: LadderMail | None) -> bool:
    if last is None or last.confirmed_on != offer.confirmed_on or last.step != offer.state:
        return True
    return offer.state != "hide" and (offer.day - last.day).days >= offer.steps.repeat_days


def _log(session: Session, offer: Aged, now: datetime) -> None:
    organisation = people.organisation(session, offer.region, offer.slug)
    details = {
        "region": offer.region,
        "slug": offer.slug,
        "step": offer.state,
        "confirmed_on": offer.confirmed_on.isoformat(),
    }
    number = organisation.id if organisation else None
    events.note(session, "ladder_step", now=now, role="system", organisation=number, details=details)
