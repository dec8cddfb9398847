"""What became of what was sent, with dates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import Response
from sqlalchemy.orm import Session

from provider_forms.desk import decision_mails, reviews, submissions
from provider_forms.desk.differences import FieldChange, PartChange
from provider_forms.desk.models import Submission
from provider_forms.desk.taken_apart import questions_of, read_file, taken_apart, title_of
from provider_forms.provider import provider
from provider_forms.provider.draft import local
from provider_forms.provider.standing import part_url
from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from provider_forms.web.pages import render
from provider_forms.web.session import manager
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.standards import Standards

_STATES = {
    "received": "Ontvangen",
    "in_review": "In behandeling",
    "returned": "Teruggestuurd met opmerkingen",
    "approved": "Goedgekeurd",
    "published": "Gepubliceerd in de gids",
    "rejected": "Niet overgenomen",
    "withdrawn": "Vervangen door een nieuwere versie",
    "retracted": "Goedkeuring ingetrokken door een medewerker",
    "undone": "Uit de gids gehaald door een medewerker",
}
_KINDS = {"form": "Uw aanbod", "fast": "Wachttijd of aanmeldstop", "confirmation": "U zei: alles klopt nog"}
_NEXT = {
    "received": "Een medewerker van de gids gaat dit bekijken. U krijgt daarna een mail.",
    "in_review": "Een medewerker van de gids bekijkt dit nu. U krijgt daarna een mail.",
    "returned": "Lees hieronder wat er anders moet. Verander wat nodig is en verstuur uw aanbod opnieuw.",
    "approved": "Dit komt zo in de gids.",
    "published": "Dit staat in de gids.",
    "rejected": "Dit komt niet in de gids. Hieronder leest u waarom.",
    "withdrawn": "U hoeft hier niets mee te doen.",
    "retracted": "Dit komt niet in de gids. Hieronder leest u waarom. U kunt uw antwoorden veranderen en uw aanbod opnieuw versturen.",
    "undone": "De gids is teruggezet naar wat er eerder stond. Hieronder leest u waarom. U kunt uw antwoorden veranderen en uw aanbod opnieuw versturen.",
}


@dataclass(frozen=True)
class Told:
    """A submission as the page tells of it."""

    number: str
    kind: str
    state: str
    state_name: str
    next_step: str
    steps: tuple[tuple[str, date], ...]
    reason: str
    """What staff wrote about their decision; empty when they wrote nothing."""
    comments: tuple[Remark, ...]
    edits: tuple[tuple[PartChange, FieldChange], ...]
    """What staff changed in it."""


@dataclass(frozen=True)
class Remark:
    """A comment of staff on an answer."""

    part: str
    question: str
    text: str
    url: str


@provider.get("/status")
def status() -> Response:
    """All submissions of the organisation, the newest first."""
    with desk().database.read() as db:
        mine = submissions.of_organisation(db, manager().organisation.id)
        told = tuple(_tell(db, one) for one in mine)
    return render("status", "Wat u hebt verstuurd", told=told)


def _tell(db: Session, one: Submission) -> Told:
    history = submissions.history(db, one)
    decision = reviews.decision_of(db, one.id)
    held = standards(one.organisation.region)
    return Told(
        number=one.number,
        kind=_KINDS[submissions.kind_of(one)],
        state=one.state,
        state_name=_STATES[one.state],
        next_step=_planned(db, one) or _NEXT[one.state],
        steps=tuple((_STATES[step.state], local(step.at).date()) for step in history),
        reason=history[-1].reason or (decision.reason if decision else ""),
        comments=tuple(_remarks(db, one, held)) if decision else (),
        edits=decision_mails.edits(one, decision, held) if decision else (),
    )


def _planned(db: Session, one: Submission) -> str:
    """When it comes into the guide, for what staff approved for a later day."""
    day = decision_mails.planned(db, one) if one.state == "approved" else None
    return f"Dit staat vanaf {long_date(day)} in de gids." if day else ""


def _remarks(db: Session, one: Submission, held: Standards) -> Iterator[Remark]:
    file = read_file(one.payload)
    parts = taken_apart(file) if file else {}
    for (part, key), text in reviews.comments_of(db, one.id).items():
        label = next((question.label for question in questions_of(part, held) if question.key == key), "")
        yield Remark(title_of(part, parts, held), label, text, part_url(part, f"v-{key}") if label else part_url(part))
