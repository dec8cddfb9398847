"""Formats for professionals: the plan, the handover, and a checklist per block."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Link, Page
from wmo_guide.guide.sheets.papers import papers_of

_TITLE = "Formulieren"


def paper_index(book: Book) -> Iterator[Page]:
    """All formats."""
    edition = book.edition
    if edition is not None:
        yield Page(
            url=book.to.paper(),
            title=_TITLE,
            description="Voor het plan, de overdracht en de evaluatie: om in te vullen en te printen.",
            updated=edition.updated,
            context=lambda: {"papers": tuple(papers_of(book))},
            crumbs=(_above(book),),
            sources=book.sources(edition.sources),
        )


def papers(book: Book) -> Iterator[Page]:
    """Each format, to be filled in on the page itself."""
    edition = book.edition
    if edition is not None:
        for paper in papers_of(book):
            yield Page(
                url=book.to.paper(paper.slug),
                title=paper.title,
                description=paper.description,
                updated=paper.updated,
                context=partial(dict, paper=paper),
                crumbs=(_above(book), Link(_TITLE, book.to.paper())),
                sources=book.sources(edition.sources),
                terms=False,
            )


def _above(book: Book) -> Link:
    return Link("Voor professionals", book.to.part("professionals"))
