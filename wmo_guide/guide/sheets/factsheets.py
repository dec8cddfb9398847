"""Factsheets as sheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wmo_guide.domain.standards import Written
from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.nodes import Node, Paragraph, Span, heading, plain
from wmo_guide.guide.sheets.rich import nodes_of
from wmo_guide.guide.sheets.sheet import Sheet

_MOST = 2


def factsheet_sheets(book: Book, articles: Mapping[str, str]) -> Iterator[Sheet]:
    """Each factsheet. `articles` gives the HTML of each Markdown text."""
    for one in book.standards.factsheets:
        yield Sheet(
            book=book,
            url=book.to.factsheet(one.slug),
            title=one.head.title,
            description=one.head.description,
            updated=one.head.updated,
            nodes=tuple(_nodes(book, one, articles[one.markdown])),
            most=_MOST,
        )


def _nodes(book: Book, written: Written, html: str) -> Iterator[Node]:
    yield plain(written.head.description)
    # Whether a provider is shown changes by the day; what is on paper can't follow that.
    # Staff write links from the site's root, wherever the site stands.
    yield from nodes_of(html, book.site.canonical(book.site.root).rstrip("/"), f"/{book.catalogue.slug}/aanbieders/")
    if mail := written.head.email:
        yield heading("Vragen?")
        yield Paragraph((Span("Mail naar "), Span(mail, href=f"mailto:{mail}"), Span(".")))
    titles = [f"{source.title}, {source.date.year}" for source in book.sources(written.head.sources)]
    if titles:
        yield Paragraph((Span(f"Bron: {'; '.join(titles)}.", emph=True),))
