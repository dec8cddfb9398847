"""Where a manager arrives: what is asked, and how far each part is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from flask import Response, request, url_for

from provider_forms.desk.completeness import Completeness, Status, completeness
from provider_forms.desk.drafts import LOCATION
from provider_forms.desk.misfit_question import MISFIT
from provider_forms.desk.outline import BLOCKS, ORGANISATION, outline
from provider_forms.desk.real_estate import counter
from provider_forms.provider import provider
from provider_forms.provider.blocks import choice_note
from provider_forms.provider.contracted import contract_notes
from provider_forms.provider.draft import Draft, draft, offering_part
from provider_forms.provider.left_over import waiting_texts
from provider_forms.provider.standing import read, today
from provider_forms.web.pages import render
from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import InvalidValueError

_DONE = {
    "opgeslagen": "Uw antwoorden zijn opgeslagen. U kunt later verdergaan, ook op een ander apparaat.",
    "gekozen": "Uw keuze is opgeslagen. Vul nu bij elke bouwsteen in wat u biedt.",
    "tekst-weg": "De tekst is weg.",
    "einddatum": "De einddatum is opgeslagen. Verstuur uw aanbod, dan komt hij in de gids.",
}
_WORDS: Mapping[Status, str] = {"not_begun": "Nog niet begonnen", "incomplete": "Niet compleet", "done": "Klaar"}


@dataclass(frozen=True)
class Task:
    """One line of the list."""

    title: str
    url: str
    status: Status
    note: str = ""

    @property
    def word(self) -> str:
        """The status in words."""
        return _WORDS[self.status]


@provider.get("/", strict_slashes=False)
def start() -> Response:
    """What is asked, and the list of tasks."""
    mine = draft()
    done = completeness(outline(mine.answers, mine.standards, read), mine.standards.quality)
    return render(
        "start",
        "Uw aanbod in de gids",
        general=tuple(_general(mine, done)),
        offerings=tuple(_offerings(mine, done)),
        note=choice_note(mine),
        contracted=contract_notes(mine),
        begun=bool(mine.chosen),
        complete=done.can_be_sent,
        left=len(done.missing),
        estate=counter(mine.standards) is not None,
        misfit=str(mine.answers.get(MISFIT, {}).get(MISFIT, "")).strip(),
        waiting=waiting_texts(mine),
        done=_DONE.get(request.args.get("gedaan", "")),
    )


def _general(mine: Draft, done: Completeness) -> Iterator[Task]:
    yield _task(done, ORGANISATION, url_for("provider.organisation"), "Uw organisatie")
    yield _locations(done)
    count = len(mine.chosen)
    said = "" if not count else "1 bouwsteen gekozen" if count == 1 else f"{count} bouwstenen gekozen"
    yield _task(done, BLOCKS, url_for("provider.blocks"), "Welke bouwstenen biedt u?", said)


def _locations(done: Completeness) -> Task:
    found = [part for part in done.parts if part.name.startswith(LOCATION)]
    status: Status = "not_begun"
    if found:
        status = "done" if all(part.status == "done" for part in found) else "incomplete"
    said = (
        "alleen als mensen naar u toe komen"
        if not found
        else "1 locatie"
        if len(found) == 1
        else f"{len(found)} locaties"
    )
    return Task("Uw locaties", url_for("provider.locations"), status, said)


def _offerings(mine: Draft, done: Completeness) -> Iterator[Task]:
    ends = mine.answers.get(BLOCKS, {}).get("ends") or {}
    for _, block in mine.chosen:
        url = url_for("provider.offering", edition=mine.edition_name, block=block.slug)
        name = offering_part(mine.edition_name, block.slug)
        yield _task(done, name, url, block.plain_title, _end(ends.get(block.slug)))


def _task(done: Completeness, name: str, url: str, title: str, note: str = "") -> Task:
    status = done.by_name[name].status
    return Task(title, f"{url}?nakijken=ja" if status == "incomplete" else url, status, note)


def _end(raw: str | None) -> str:
    if not raw:
        return ""
    try:
        day = parse_date(raw)
    except InvalidValueError:
        return "de einddatum klopt nog niet"
    if day < today():
        return f"staat niet meer in de gids, want de laatste dag was {long_date(day)}"
    return f"stopt na {long_date(day)}"
