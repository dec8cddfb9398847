"""The queue: what providers sent and staff have to decide about, the oldest first."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime

from flask import Response, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.differences import Kind
from provider_forms.desk.dossier import Dossier, UnreadableError, dossier
from provider_forms.desk.models import Person, Submission
from provider_forms.desk.staff_models import Opened, PublishJob
from provider_forms.desk.submissions import OPEN
from provider_forms.desk.taken_apart import place_of, questions_of, taken_apart
from provider_forms.provider.draft import local
from provider_forms.provider.standing import today
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.traced import notice
from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from provider_forms.web.pages import render

KIND_NAMES: dict[Kind, str] = {
    "new": "Nieuwe aanbieder",
    "changed": "Gewijzigd",
    "more": "Meer bouwstenen",
    "ended": "Gestopt met een bouwsteen",
    "texts": "Alleen teksten",
}
_WEEK, _TWO_WEEKS = 7, 14
_PLACES = ("municipality", "municipalities")


@dataclass(frozen=True)
class Waiting:
    """A submission in the queue."""

    number: str
    name: str
    """The organisation's."""
    age: str
    sent: date
    kinds: tuple[str, ...]
    opened_by: str
    """Who has it open; empty when nobody has, or you have."""
    opened_at: datetime | None
    mine: bool
    blocks: frozenset[tuple[str, str]]
    """Slug and title of the blocks that it changes something about."""
    municipalities: frozenset[tuple[str, str]]
    kind_keys: frozenset[Kind]
    unreadable: bool = False

    def fits(self, block: str, municipality: str, kind: str) -> bool:
        """Whether it is one that is looked for."""
        return (
            (not block or block in {slug for slug, _ in self.blocks})
            and (not municipality or municipality in {slug for slug, _ in self.municipalities})
            and (not kind or kind in self.kind_keys)
        )


@staff.get("/wachtrij/")
def queue() -> Response:
    """Submissions that wait, filtered by what the address asks for."""
    number = request.args.get("nummer", "")
    with desk().database.read() as db:
        waiting = tuple(_waiting(db))
        day = _day_of(db, number)
    wanted = tuple(request.args.get(name, "") for name in ("bouwsteen", "gemeente", "soort"))
    shown = tuple(one for one in waiting if one.fits(*wanted))
    return render(
        "staff/queue",
        "Wachtrij",
        shown=shown,
        total=len(waiting),
        wanted=wanted,
        blocks=sorted({pair for one in waiting for pair in one.blocks}, key=lambda pair: pair[1]),
        municipalities=sorted({pair for one in waiting for pair in one.municipalities}, key=lambda pair: pair[1]),
        kinds=tuple(KIND_NAMES.items()),
        done=request.args.get("gedaan", ""),
        number=number,
        day=day,
        stuck=notice() is not None,
    )


def _day_of(db: Session, number: str) -> date | None:
    """The day before which what was approved isn't published; None when that is at once."""
    found = select(PublishJob.publish_on).join(Submission, Submission.id == PublishJob.submission_id)
    return db.scalar(found.where(Submission.number == number).order_by(PublishJob.id.desc()))


def age(sent: date, day: date) -> str:
    """How long ago, in plain words."""
    days = (day - sent).days
    if days <= 0:
        return "vandaag binnengekomen"
    if days == 1:
        return "wacht sinds gisteren"
    return f"wacht {days} dagen" if days < _TWO_WEEKS else f"wacht {days // _WEEK} weken"


def _waiting(db: Session) -> Iterator[Waiting]:
    forms = select(Submission).where(Submission.kind == "form", Submission.state.in_(OPEN))
    for one in db.scalars(forms.order_by(Submission.sent_at, Submission.id)):
        held = standards(one.organisation.region, or_none=True)
        found = None
        with suppress(UnreadableError):
            found = dossier(db, desk().content, one, held, today()) if held else None
        yield _told(db, one, found)


def _told(db: Session, one: Submission, found: Dossier | None) -> Waiting:
    opened = db.get(Opened, one.id)
    person = db.get(Person, opened.person_id) if opened else None
    mine = person is not None and person.id == who().person.id
    sent = local(one.sent_at).date()
    keys = found.kinds if found else frozenset()
    return Waiting(
        number=one.number,
        name=one.organisation.name,
        age=age(sent, today()),
        sent=sent,
        kinds=tuple(name for key, name in KIND_NAMES.items() if key in keys),
        opened_by=person.email if person and not mine else "",
        opened_at=opened.at if opened else None,
        mine=mine,
        blocks=frozenset(_blocks(found)) if found else frozenset(),
        municipalities=frozenset(_municipalities(found)) if found else frozenset(),
        kind_keys=keys,
        unreadable=found is None,
    )


def _blocks(found: Dossier) -> Iterator[tuple[str, str]]:
    for part in found.parts:
        place = place_of(part.name, found.standards)
        if place is not None and part.changed:
            yield place[2].slug, place[2].plain_title


def _municipalities(found: Dossier) -> Iterator[tuple[str, str]]:
    names = {one.slug: one.name for one in found.standards.region.municipalities}
    for name, part in taken_apart(found.file).items():
        for question in questions_of(name, found.standards):
            raw = part.answers.get(question.key) if question.kind in _PLACES else None
            for slug in [raw] if isinstance(raw, str) else raw if isinstance(raw, list | tuple) else []:
                yield str(slug), names.get(str(slug), str(slug))
