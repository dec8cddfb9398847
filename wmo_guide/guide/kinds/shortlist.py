"""The reader's own list of providers, side by side. The device keeps the list; the page is the same for everybody."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Page


def shortlist(book: Book) -> Iterator[Page]:
    """The page of the list; none where the guide has no providers to put on it."""
    edition = book.edition
    if edition is not None:
        yield Page(
            url=book.to.part("lijstje"),
            title="Mijn lijstje",
            description="Zet aanbieders naast elkaar, print ze of deel ze. Uw lijstje blijft op uw eigen apparaat.",
            updated=book.region.updated,
            context=lambda: {"rows": _rows(book), "edition": edition},
            terms=False,
        )


def _rows(book: Book) -> list[str]:
    """What is compared: the headings of what lists show, and of what the questions mark for it, over all blocks."""
    asked = [one for area, block in book.blocks() for one in book.standards.questions_for(area, block)]
    return list(dict.fromkeys(one.heading for one in asked if one.audience == "public" and (one.card or one.compare)))
