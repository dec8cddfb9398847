"""All sheets of a guide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.blocks import block_sheets
from wmo_guide.guide.sheets.factsheets import factsheet_sheets
from wmo_guide.guide.sheets.papers import paper_sheets
from wmo_guide.guide.sheets.sheet import Sheet


def sheets_of(book: Book, articles: Mapping[str, str]) -> Iterator[Sheet]:
    """Every sheet of a book, made of nothing that providers tell: a publish of theirs leaves all of them as they are.

    `articles` gives the HTML of each Markdown text.
    """
    yield from block_sheets(book)
    yield from factsheet_sheets(book, articles)
    yield from paper_sheets(book)
