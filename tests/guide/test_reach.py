"""Every page on asking for help tells how, also in a municipality of which no desk is known."""

from __future__ import annotations

import pytest

from tests.builders import HOME, ContentFolder
from tests.guide.printing import book_of, parsed, printer_of
from wmo_guide.guide.kinds import PAGE_KINDS

KINDS = {kind.name: kind for kind in PAGE_KINDS}
PLACES = {"municipality": "contact", "municipality_block": "aanvragen"}
"""Kinds of pages, with the part of them that tells whom to ask."""


def _part(content: ContentFolder, kind: str, municipality: str) -> str:
    book = book_of(content)
    page = next(page for page in KINDS[kind].pages(book) if f"/{municipality}/" in page.url)
    (part,) = parsed(printer_of(book).body(kind, page)).xpath(f"//section[@id='{PLACES[kind]}']")
    links = " ".join(part.xpath(".//a/@href"))
    return f"{part.text_content()} {links}"


@pytest.mark.parametrize("kind", PLACES)
def test_municipality_without_a_desk_can_be_reached(kind: str, content: ContentFolder) -> None:
    """Without a desk the page leads to the municipality's website, and without that to its town hall; it invents no number."""
    content.put(f"{HOME}/region.yaml", ("contacts",), [])

    with_site, without = (_part(content, kind, one) for one in ("zandhoek", "helmdorp"))

    assert "https://zandhoek.example.nl" in with_site
    assert "Bel de gemeente Helmdorp of ga naar het gemeentehuis. Vraag naar de Wmo." in without
    assert "tel:" not in with_site + without


@pytest.mark.parametrize("kind", PLACES)
def test_desk_is_told_where_there_is_one(kind: str, content: ContentFolder) -> None:
    """Where a desk is known, the page tells that one, and nothing of the town hall."""
    assert "Loket Helmdorp" in _part(content, kind, "helmdorp")
    assert "gemeentehuis" not in _part(content, kind, "helmdorp")
