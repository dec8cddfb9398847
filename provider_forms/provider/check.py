"""Check your answers: everything with a way to change it, what is missing, the quality meter, and the real pages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from flask import Response

from provider_forms.desk import reviews, submissions
from provider_forms.desk.completeness import END, PartStatus
from provider_forms.desk.misfit_question import MISFIT, MISFIT_TITLE
from provider_forms.desk.outline import Sheet
from provider_forms.provider import provider
from provider_forms.provider.blocks import read_misfit
from provider_forms.provider.offering import LAST_DAY
from provider_forms.provider.standing import Standing, part_url, standing, today
from provider_forms.web.desk import desk
from provider_forms.web.pages import render
from provider_forms.web.preview import asked_page, preview_of
from provider_forms.web.session import manager
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.kinds import KINDS, Shown

_TITLE = "Controleer uw antwoorden"
_OVER = "Deze dag is voorbij. Als u verstuurt, staat dit aanbod niet in de gids. Klopt dat niet? Verander dan de datum."
_NAMES = {"done": "Klaar", "incomplete": "Niet compleet", "not_begun": "Nog niet begonnen"}


@dataclass(frozen=True)
class Row:
    """One question with its answer."""

    label: str
    shown: Shown | None
    """The answer as the guide shows it; None when there is none, or none that is right."""
    typed: str
    """What was typed, when that isn't right."""
    problem: str
    for_staff: bool
    url: str
    comment: str = ""
    """What staff remarked on the answer that was sent last."""


@dataclass(frozen=True)
class Section:
    """One sheet."""

    title: str
    status: PartStatus
    status_name: str
    url: str
    rows: tuple[Row, ...]


@provider.get("/controleren")
def check() -> Response:
    """All answers on one page."""
    return show_check()


@provider.get("/voorbeeld")
def preview() -> Response:
    """A page of the guide as it will be; `?pagina=` chooses which."""
    with desk().database.read() as db:
        current = standing(db, manager().organisation)
    candidate = current.finished.provider
    if candidate is None:
        return render("preview_none", "Er is nog geen voorbeeld", missing=_links(current))
    shown = asked_page(preview_of(manager().organisation.region, candidate, today()))
    if shown is None:
        return render("preview_none", "Er is nog geen voorbeeld", missing=_links(current))
    return render("preview", shown.title, body=shown.body, pages=shown.pages, asked=shown.asked)


def show_check(problem: str = "", status: int = 200) -> Response:
    """The check page; `problem` tells why it wasn't sent."""
    with desk().database.read() as db:
        current = standing(db, manager().organisation)
        comments = reviews.open_comments(db, current.organisation.id)
    done = current.completeness
    return render(
        "check",
        _TITLE,
        status=status,
        window_title=f"Niet verstuurd \N{EN DASH} {_TITLE}" if problem else _TITLE,
        problem=problem,
        sections=tuple(_sections(current, comments)),
        missing=_links(current),
        can_be_sent=done.can_be_sent and not current.assembled.findings,
        findings=current.assembled.findings if done.can_be_sent else (),
        meter=current.meter,
        part_url=part_url,
        misfit=current.outline.misfit,
        warnings=tuple(_warnings(current)),
        seen=seen(current),
    )


def seen(current: Standing) -> str:
    """A fingerprint of what the check page shows; sending something else than was seen is refused."""
    return submissions.fingerprint(current.assembled.yaml_text, current.assembled.private)


def _sections(current: Standing, comments: Mapping[reviews.Place, str]) -> Iterator[Section]:
    for sheet in current.outline.sheets:
        status = current.completeness.by_name[sheet.name]
        rows = tuple(replace(row, comment=comments.get((sheet.name, key), "")) for key, row in _rows(sheet))
        yield Section(sheet.title, status, _NAMES[status.status], part_url(sheet.name), (*rows, *_last_day(sheet)))


def _rows(sheet: Sheet) -> Iterator[tuple[str, Row]]:
    for field in sheet.reading.fields:
        if not field.applies:
            continue
        question = field.question
        shown = None if field.data is None else KINDS[question.kind].show(field.data, question, sheet.scope)
        yield (
            question.key,
            Row(
                label=question.label,
                shown=shown,
                typed="" if shown else field.text.strip(),
                problem=field.error,
                for_staff=question.audience == "staff",
                url=part_url(sheet.name, field.target),
            ),
        )


def _last_day(sheet: Sheet) -> Iterator[Row]:
    """Until when it is offered, when that was told."""
    if sheet.end is not None:
        yield Row(
            label=LAST_DAY.label,
            shown=Shown("line", (long_date(sheet.end),)),
            typed="",
            problem=_OVER if sheet.end < today() else "",
            for_staff=False,
            url=part_url(sheet.name, END),
        )


def _warnings(current: Standing) -> Iterator[tuple[str, str, str]]:
    """What deserves another look: the part's title, what it is, and where."""
    for sheet in current.outline.sheets:
        for one in sheet.reading.warnings:
            yield sheet.title, one.message, part_url(sheet.name, one.target)
    for one in read_misfit(current.outline.misfit, current.standards.region).warnings:
        yield MISFIT_TITLE, one.message, part_url(MISFIT, one.target)


def _links(current: Standing) -> list[tuple[str, str, str]]:
    """What is missing: the part's title, what to do, and where."""
    parts = current.completeness.by_name
    return [
        (parts[one.part].title, one.message, part_url(one.part, one.target)) for one in current.completeness.missing
    ]
