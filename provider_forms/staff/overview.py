"""The overview: where the guide has gaps, what grows old, what people look for, and what doesn't fit the matrix."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import aging, misfits, reports, search_misses, submissions
from provider_forms.desk.ladder import Aged, orphans
from provider_forms.provider.standing import today
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.region import here
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render
from provider_forms.web.preview import providers_of
from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.coverage import Coverage, Level, as_csv, coverage, levels
from wmo_guide.guide.coverage_picture import as_svg
from wmo_guide.guide.waiting import waiting

STATES = {
    "hide": "Niet meer in de gids",
    "warn": "Waarschuwing op de pagina",
    "escalate": "Lang niet bevestigd",
    "remind": "Herinnerd",
    "fresh": "Bevestigd",
}
_SEARCHED = timedelta(days=90)


@staff.get("/overzicht/")
def overview() -> Response:
    """The numbers, each with the page behind it."""
    region = here()
    book = _book(region.slug)
    with desk().database.read() as db:
        ages = Counter(one.state for one in _aged(region.slug))
        missed = search_misses.most_missed(db, region.slug, today() - _SEARCHED)
        groups = misfits.groups(db, region.slug)
        open_reports = [one for one in reports.open_ones(db) if one.region in (region.slug, "")]
    return render(
        "staff/overview",
        "Overzicht",
        region=region,
        gaps=coverage(book).gaps if book.edition else None,
        old=sum(ages[one] for one in ("escalate", "warn", "hide")),
        missed=len(missed),
        misfits=sum(len(one.misfits) for one in groups),
        open_reports=len(open_reports),
    )


@staff.get("/overzicht/dekking/")
def show_coverage() -> Response:
    """How many providers there are per block and municipality."""
    region, book, level = _asked()
    return render(
        "staff/coverage", "Dekking", region=region, found=coverage(book, level), levels=levels(book), level=level
    )


@staff.get("/overzicht/dekking/dekking.csv")
def coverage_csv() -> Response:
    """The same for a spreadsheet."""
    _, book, level = _asked()
    return _file(as_csv(coverage(book, level)), "text/csv; charset=utf-8", "dekking.csv")


@staff.get("/overzicht/dekking/dekking.svg")
def coverage_svg() -> Response:
    """The same as a picture."""
    _, book, level = _asked()
    found = coverage(book, level)
    return Response(as_svg(found, _title(found)), content_type="image/svg+xml; charset=utf-8")


@staff.get("/overzicht/actueel/")
def show_ages() -> Response:
    """How old the confirmations are, the oldest first."""
    region = here()
    offers = sorted(_aged(region.slug), key=lambda one: (one.confirmed_on, one.name))
    with desk().database.read() as db:
        alone = {one.slug for one in orphans(db, offers)}
    wanted = request.args.get("stand", "")
    return render(
        "staff/ages",
        "Is het aanbod nog actueel?",
        region=region,
        offers=[one for one in offers if not wanted or one.state == wanted],
        counts=Counter(one.state for one in offers),
        states=STATES,
        wanted=wanted,
        alone=alone,
    )


@staff.get("/overzicht/zoekwoorden/")
def show_missed() -> Response:
    """Words that found nothing, the most frequent first."""
    region = here()
    with desk().database.read() as db:
        found = search_misses.most_missed(db, region.slug, today() - _SEARCHED)
    return render("staff/missed", "Zoekwoorden zonder resultaat", region=region, missed=found, days=_SEARCHED.days)


@staff.get("/overzicht/wachttijden/")
def show_waiting() -> Response:
    """What providers say of waiting times, by block."""
    region = here()
    return render("staff/waiting", "Wachttijden", region=region, rows=tuple(waiting(_book(region.slug))))


@staff.get("/overzicht/past-niet/")
def show_misfits() -> Response:
    """What providers say doesn't fit the matrix, by label."""
    region = here()
    with desk().database.read() as db:
        groups, labels = misfits.groups(db, region.slug), misfits.labels(db)
    return render(
        "staff/misfits",
        "Past niet in de matrix",
        region=region,
        groups=groups,
        labels=labels,
        longest=misfits.LONGEST,
        done=request.args.get("gedaan", ""),
    )


@staff.post("/overzicht/past-niet/<number>")
def label_misfit(number: str) -> AnyResponse:
    """Puts an answer under a label."""
    label = " ".join(request.form.get("a.label", "").split())[: misfits.LONGEST]
    with desk().database.write() as db:
        found = submissions.find(db, number)
        if found is None:
            abort(404)
        misfits.put(db, found, label, who().person.id, now())
        region = found.organisation.region
    return redirect(url_for("staff.show_misfits", regio=region, gedaan=number), 303)


def _book(region: str) -> Book:
    return Book(Catalogue(here(region).standards, providers_of(region)), today(), Site())


def _asked() -> tuple[object, Book, Level | None]:
    region = here()
    book = _book(region.slug)
    name = request.args.get("niveau", "")
    return region, book, next((one for one in levels(book) if one.name == name), None)


def _aged(region: str) -> tuple[Aged, ...]:
    with desk().database.read() as db:
        return tuple(one for one in aging.aged_offers(db, desk().content, today()) if one.region == region)


def _title(found: Coverage) -> str:
    return f"Dekking in {found.region}{f', {found.level.title}' if found.level else ''}"


def _file(text: str, kind: str, name: str) -> Response:
    answer = Response(text, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
