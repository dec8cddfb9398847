"""The search page. Its form works with JavaScript; without, the page leads to the lists."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Page
from wmo_guide.guide.search.script import SCRIPT_PATH


def search(book: Book) -> Iterator[Page]:
    """The search page of a region."""
    yield Page(
        url=book.to.part("zoeken"),
        title="Zoeken",
        description=f"Zoek hulp in {book.region.name}.",
        updated=book.region.updated,
        context=partial(dict, search_script=SCRIPT_PATH),
        terms=False,
    )
