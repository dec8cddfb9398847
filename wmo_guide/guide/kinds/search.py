"""The search page. Its form works with JavaScript; without, the page leads to the lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wmo_guide.domain.kinds import Choice
from wmo_guide.domain.region import Municipality
from wmo_guide.guide.book import Book
from wmo_guide.guide.contacts import contacts_for
from wmo_guide.guide.page import Context, Page
from wmo_guide.guide.search.facets import PLACES, Facets
from wmo_guide.guide.search.script import SCRIPT_PATH
from wmo_guide.guide.search.topics import KINDS, Topics


def search(book: Book) -> Iterator[Page]:
    """The search page of a region."""
    yield Page(
        url=book.to.part("zoeken"),
        title="Zoeken",
        description=f"Zoek hulp in {book.region.name}.",
        updated=book.region.updated,
        context=partial(_search, book),
        terms=False,
    )


def _search(book: Book) -> Context:
    """What there is to filter on: what offers are asked, and what pages are about."""
    used = {topic.kind for topic in Topics.of(book).all} | ({KINDS[-1][0]} if book.edition else set())
    areas = {area.slug: Choice(area.slug, area.plain_title) for area, _ in book.blocks()}
    return {
        "search_script": SCRIPT_PATH,
        "edition": book.edition,
        "phones": {one.slug: _phone(book, one) for one in book.municipalities},
        "places": [Choice(one.slug, one.name) for one in book.municipalities],
        "kinds": [Choice(key, label) for key, label in KINDS if key in used],
        "areas": list(areas.values()),
        "blocks": [Choice(block.slug, block.plain_title) for _, block in book.blocks()],
        "facets": [facet for facet in Facets.of(book).all if facet.key != PLACES],
    }


def _phone(book: Book, municipality: Municipality) -> str | None:
    """The number that a resident calls first; None when no desk has one."""
    desks = contacts_for(book.region, municipality)
    return next((one.phone for desk in desks for one in desk.contacts if one.phone), None)
