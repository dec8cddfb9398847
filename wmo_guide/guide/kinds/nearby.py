"""Near me: what is close to a place or a postcode, worked out on the reader's own device."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.guide.book import Book
from wmo_guide.guide.nearby import PART
from wmo_guide.guide.page import Page
from wmo_guide.guide.places import Places


def nearby(book: Book) -> Iterator[Page]:
    """The page; none where the guide has no providers."""
    if book.edition is not None:
        yield Page(
            url=book.to.part(PART),
            title="Dichtbij",
            description=f"Locaties van aanbieders in {book.region.name}, de dichtstbijzijnde eerst.",
            updated=book.region.updated,
            context=lambda: {"places": Places(book).all, "blocks": [block for _, block in book.blocks()]},
            terms=False,
        )
