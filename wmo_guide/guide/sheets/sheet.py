"""A sheet: what is set as one PDF, beside the page with the same content."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date
from typing import NamedTuple

from wmo_guide.domain.dutch import long_date
from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.nodes import Node

_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True)
class Sheet:
    """One sheet, before it is set."""

    book: Book
    url: str
    """Address of the page that it lies beside."""
    title: str
    description: str
    updated: date
    nodes: tuple[Node, ...]
    most: int
    """Pages it may have: letters get smaller, to a point, when it needs more."""
    strict: bool = True
    """Whether it is refused when it needs more pages all the same."""
    about: str = ""
    """What the content calls that which must be shortened when it is too long; empty: the whole text."""
    note_lines: bool = False
    """Whether what is left of the page is room for notes."""

    @property
    def address(self) -> str:
        """Address of the PDF."""
        return pdf_address(self.url)

    def told(self) -> str:
        """All that its PDF is made from, as JSON."""
        region = self.book.region
        data = {
            "title": self.title,
            "description": self.description,
            "publisher": region.publisher.name,
            "region": region.name,
            "address": self.book.site.canonical(self.url),
            "updated": self.updated.isoformat(),
            "changed": long_date(self.updated),
            "nodes": [asdict(node) for node in self.nodes],
            "notes": self.note_lines,
        }
        return json.dumps({"data": data, "most": self.most, "strict": self.strict}, ensure_ascii=False, sort_keys=True)

    def longest(self) -> str:
        """The longest text on it: what to shorten first."""
        return max((text for node in self.nodes for text in _texts(asdict(node))), key=len, default="")


class SheetFile(NamedTuple):
    """A PDF as a link tells of it."""

    address: str
    pages: int
    size: int
    """Bytes."""

    @property
    def told(self) -> str:
        """How long and how heavy it is, for who pays for each byte."""
        pages = "1 bladzijde" if self.pages == 1 else f"{self.pages} bladzijden"
        return f"{pages}, {max(1, round(self.size / 1000))} kB"


def pdf_address(url: str) -> str:
    """Where the PDF of a page lies."""
    return f"{url}{url.rstrip('/').rpartition('/')[2]}.pdf"


def pages_in(pdf: bytes) -> int:
    """Number of pages of a PDF that our typesetter made."""
    return len(_PAGE.findall(pdf))


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one)
