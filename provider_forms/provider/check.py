"""Check your answers: everything with a way to change it, what is missing, the quality meter, and the real pages."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from flask import Response, abort, current_app, request
from markupsafe import Markup

from provider_forms.desk.completeness import PartStatus
from provider_forms.desk.outline import Sheet
from provider_forms.provider import provider
from provider_forms.provider.standing import Standing, part_url, standing, today
from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from provider_forms.web.pages import render
from provider_forms.web.session import manager
from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.kinds import KINDS, Shown
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Page
from wmo_guide.guide.preview import Preview, with_candidate
from wmo_guide.publishing import ROOT
from wmo_guide.store.providers import load_providers
from wmo_guide.store.reader import Reader

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
    shown = preview_of(candidate)
    own = shown.book.to.provider(candidate.slug)
    asked = request.args.get("pagina", own if own in shown.pages else next(iter(shown.pages), ""))
    if not shown.pages:
        return render("preview_none", "Er is nog geen voorbeeld", missing=_links(current))
    if asked not in shown.pages:
        abort(404)
    pages = [(_named(page), url) for url, (_, page) in shown.pages.items()]
    body = Markup(shown.body(asked))  # noqa: S704  (the guide's own template made it, with autoescape)
    return render("preview", shown.pages[asked][1].title, body=body, pages=pages, asked=asked)


def preview_of(candidate: Provider) -> Preview:
    """The guide's pages of today with this provider in it."""
    region = manager().organisation.region
    held = standards(region)
    providers = load_providers(Reader(desk().content), region, held, current_app.config["CACHE_DIR"])
    book = Book(with_candidate(Catalogue(held, providers), candidate), today(), Site())
    return Preview(book, candidate, ROOT / "templates" / "guide", current_app.config["CACHE_DIR"])


def show_check(problem: str = "", status: int = 200) -> Response:
    """The check page; `problem` tells why it wasn't sent."""
    with desk().database.read() as db:
        current = standing(db, manager().organisation)
    done = current.completeness
    return render(
        "check",
        "Controleer uw antwoorden",
        status=status,
        problem=problem,
        sections=tuple(_sections(current)),
        missing=_links(current),
        can_be_sent=done.can_be_sent and not current.assembled.findings,
        findings=current.assembled.findings if done.can_be_sent else (),
        meter=current.meter,
        part_url=part_url,
        misfit=current.outline.misfit,
        seen=seen(current),
    )


def seen(current: Standing) -> str:
    """A fingerprint of what the check page shows; sending something else than was seen is refused."""
    made = current.assembled
    told = json.dumps([made.yaml_text, made.private], sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def _named(page: Page) -> str:
    """The title of a page, with that of the page above it: titles alone come back in every municipality."""
    return f"{page.title} ({page.crumbs[-1].label})" if page.crumbs else page.title


def _sections(current: Standing) -> Iterator[Section]:
    for sheet in current.outline.sheets:
        status = current.completeness.by_name[sheet.name]
        rows = tuple(_rows(sheet))
        yield Section(sheet.title, status, _NAMES[status.status], part_url(sheet.name), rows)


def _rows(sheet: Sheet) -> Iterator[Row]:
    for field in sheet.reading.fields:
        if not field.applies:
            continue
        question = field.question
        shown = None if field.data is None else KINDS[question.kind].show(field.data, question, sheet.scope)
        yield Row(
            label=question.label,
            shown=shown,
            typed="" if shown else field.text.strip(),
            problem=field.error,
            for_staff=question.audience == "staff",
            url=part_url(sheet.name, field.target),
        )


def _links(current: Standing) -> list[tuple[str, str, str]]:
    """What is missing: the part's title, what to do, and where."""
    parts = current.completeness.by_name
    return [
        (parts[one.part].title, one.message, part_url(one.part, one.target)) for one in current.completeness.missing
    ]
