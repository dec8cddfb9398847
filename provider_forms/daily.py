"""What has to be done every day once the day is published: ask who should confirm, tell staff, erase what is old, note the log.

Safe to run twice, to kill and to miss: each part looks at what stands and does what is still to be done. A mail goes out
after what it says is kept, so that its links work; who is killed in between has lost one reminder, which comes again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import events, ladder, log_anchors, log_chain, retention
from provider_forms.desk.aging import aged_offers
from provider_forms.desk.desk import Desk
from provider_forms.desk.ladder import WEEK, Aged
from provider_forms.desk.models import Event
from provider_forms.desk.upkeep_models import LadderStep
from wmo_guide.domain.region import Region
from wmo_guide.domain.upkeep import KeptKind, Upkeep, days_kept
from wmo_guide.store.reader import Reader
from wmo_guide.store.shared import load_upkeep

_FOR_STAFF = ("escalate", "warn", "hide")
_TOLD = "staff_told"
_CLOCKS = timedelta(hours=1)
"""The command may start somewhat earlier than a week ago: timers and summer time aren't exact."""


@dataclass
class Done:
    """What a run did."""

    steps: int = 0
    mails: int = 0
    erased: dict[KeptKind, int] = field(default_factory=dict)
    log_problems: tuple[str, ...] = ()


def run(desk: Desk, today: date, now: datetime, *, ask: bool = True) -> Done:
    """Does it, but for publishing. `ask` is False when the guide can't be published: mails would tell what isn't true yet."""
    done = Done()
    with desk.database.read() as session:
        offers = aged_offers(session, desk.content, today)
    with desk.database.write() as session:
        done.steps = len(ladder.note_steps(session, offers, now))
    if ask:
        done.mails = _ask(desk, offers, today, now) + _tell_staff(desk, offers, now)
    upkeep = load_upkeep(Reader(desk.content))
    done.erased = _erase(desk, upkeep, now)
    done.log_problems = _check_log(desk, now)
    return done


def _ask(desk: Desk, offers: Sequence[Aged], today: date, now: datetime) -> int:
    """Writes to everybody who has to be asked; one mail each."""
    with desk.database.read() as session:
        due = ladder.due_people(session, offers, today)
    sent = 0
    for person, found in due.items():
        with desk.database.write() as session:
            mail = ladder.write(session, desk, person, found, today, now)
        if mail is not None:
            desk.mailer.send(mail)
            sent += 1
    return sent


def _tell_staff(desk: Desk, offers: Sequence[Aged], now: datetime) -> int:
    """Tells the staff of each region of steps that are theirs to act on, once a week at most."""
    sent = 0
    reader = Reader(desk.content)
    for slug in sorted({one.region for one in offers}):
        region = reader.record(Region, f"regions/{slug}/region.yaml")
        mailbox = region.publisher.email if region else None
        if mailbox is None:
            continue
        with desk.database.write() as session:
            mine = [one for one in offers if one.region == slug]
            found = _news(session, slug, mine, now)
            alone = [one for one in ladder.orphans(session, mine) if one.state != "fresh"]
            if not found:
                continue
            mail = desk.texts.write(
                "ladder_staff",
                mailbox,
                offers=[one for one in found if one not in alone],
                alone=alone,
                link=desk.link("/beheer/overzicht/actueel/"),
            )
            events.note(session, _TOLD, now=now, role="system", details={"region": slug})
        desk.mailer.send(mail)
        sent += 1
    return sent


def _news(session: Session, region: str, offers: Sequence[Aged], now: datetime) -> list[Aged]:
    """Offers that came to a step for staff since staff were last told; none within a week of that."""
    told = session.scalars(select(Event).where(Event.what == _TOLD).order_by(Event.id.desc()))
    last = next((one.at for one in told if one.details.get("region") == region), None)
    if last is not None and now - last < WEEK - _CLOCKS:
        return []
    steps = select(LadderStep).where(LadderStep.region == region, LadderStep.step.in_(_FOR_STAFF))
    fresh = {(one.slug, one.confirmed_on, one.step) for one in session.scalars(steps) if last is None or one.at > last}
    return [one for one in offers if (one.slug, one.confirmed_on, one.state) in fresh]


def _erase(desk: Desk, upkeep: Upkeep | None, now: datetime) -> dict[KeptKind, int]:
    with desk.database.write() as session:
        erased = retention.erase_old(session, upkeep, now)
    mails = retention.erase_old_mails(desk.var / "outbox", days_kept("mails", upkeep) or 0)
    return {**erased, **({"mails": mails} if mails else {})}


def _check_log(desk: Desk, now: datetime) -> tuple[str, ...]:
    with desk.database.read() as session:
        problems = log_chain.check(session, log_anchors.noted(desk.var))
        end = log_chain.head(session)
    if not problems:
        log_anchors.note(desk.var, end, now)
    return problems
