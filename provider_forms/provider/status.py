"""What became of what was sent, with dates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Response

from provider_forms.desk import submissions
from provider_forms.desk.models import Submission
from provider_forms.provider import provider
from provider_forms.provider.draft import local
from provider_forms.web.desk import desk
from provider_forms.web.pages import render
from provider_forms.web.session import manager

_STATES = {
    "received": "Ontvangen",
    "in_review": "In behandeling",
    "returned": "Teruggestuurd met opmerkingen",
    "published": "Gepubliceerd in de gids",
    "rejected": "Niet overgenomen",
    "withdrawn": "Vervangen door een nieuwere versie",
}
_KINDS = {"form": "Uw aanbod", "fast": "Wachttijd of aanmeldstop", "confirmation": "U zei: alles klopt nog"}
_NEXT = {
    "received": "Een medewerker van de gids gaat dit bekijken. U krijgt daarna een mail.",
    "in_review": "Een medewerker van de gids bekijkt dit nu. U krijgt daarna een mail.",
    "returned": "Lees de opmerkingen in uw mail. Verander wat nodig is en verstuur uw aanbod opnieuw.",
    "published": "Dit staat in de gids.",
    "rejected": "Dit komt niet in de gids. In uw mail leest u waarom.",
    "withdrawn": "U hoeft hier niets mee te doen.",
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


@provider.get("/status")
def status() -> Response:
    """All submissions of the organisation, the newest first."""
    with desk().database.read() as db:
        mine = submissions.of_organisation(db, manager().organisation.id)
        told = tuple(_tell(one, submissions.history(db, one)) for one in mine)
    return render("status", "Wat u hebt verstuurd", told=told)


def _tell(one: Submission, history: tuple[submissions.Step, ...]) -> Told:
    return Told(
        number=one.number,
        kind=_KINDS[submissions.kind_of(one)],
        state=one.state,
        state_name=_STATES[one.state],
        next_step=_NEXT[one.state],
        steps=tuple((_STATES[step.state], local(step.at).date()) for step in history),
    )
