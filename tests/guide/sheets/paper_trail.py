"""Sheets, set for tests, and what stands in a PDF."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.gathered import sheets_of
from wmo_guide.guide.sheets.sheet import Sheet
from wmo_guide.guide.sheets.typesetter import SetSheets, set_sheets
from wmo_guide.guide.staff_prose import article_html
from wmo_guide.publication import ROOT

TEMPLATES = ROOT / "templates" / "print"


def all_sheets(book: Book, cache: Path | None = None) -> tuple[Sheet, ...]:
    """Every sheet of a book."""
    return tuple(sheets_of(book, article_html(book.standards, cache)))


def set_all(sheets: Sequence[Sheet], cache: Path | None = None) -> SetSheets:
    """The sheets as PDF, by the project's own template."""
    return set_sheets(sheets, TEMPLATES, cache)


def one_set(sheet: Sheet) -> PdfReader:
    """One sheet, set without a fault and read back."""
    done = set_all([sheet])
    assert done.faults == ()
    return read(done.files[sheet.address])


def read(pdf: bytes) -> PdfReader:
    """A PDF, read strictly."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def text_of(reader: PdfReader) -> str:
    """All its text; each line's end is one with a blank."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def tags_of(reader: PdfReader) -> list[str]:
    """The tags that a screen reader goes by, in reading order."""
    root = reader.trailer["/Root"].get_object()
    assert isinstance(root, DictionaryObject)
    return list(_tags(root["/StructTreeRoot"]))


def _tags(node: object) -> Iterator[str]:
    if isinstance(node, IndirectObject):
        node = node.get_object()
    if isinstance(node, DictionaryObject):
        if "/S" in node:
            yield str(node["/S"])
        yield from _tags(node.get("/K"))
    elif isinstance(node, list):
        for one in node:
            yield from _tags(one)
