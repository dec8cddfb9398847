"""Which data the desk keeps, what for, and how long: what the daily command keeps to."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.upkeep import days_kept
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Page


def kept_data(book: Book) -> Iterator[Page]:
    """A page of what is kept; none when nobody told."""
    upkeep = book.standards.upkeep
    if upkeep is None or not upkeep.kept:
        return
    yield Page(
        url=book.to.part("gegevens"),
        title="Welke gegevens bewaren wij?",
        description="Wat wij bewaren, waarvoor, wie het ziet en hoe lang.",
        updated=upkeep.updated,
        context=lambda: {"kept": [(one, days_kept(one.kind, upkeep)) for one in upkeep.kept]},
        origin=book.region.publisher.name,
    )
