"""Formats for professionals, made out of the matrix: to fill in on the page, or on paper. Nothing is kept or sent."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.papers.evaluation import evaluation
from wmo_guide.guide.sheets.papers.handover import handover
from wmo_guide.guide.sheets.papers.paper import Paper
from wmo_guide.guide.sheets.papers.plan import plan
from wmo_guide.guide.sheets.sheet import Sheet

__all__ = ["Paper", "paper_sheets", "papers_of"]


def papers_of(book: Book) -> Iterator[Paper]:
    """The formats of the edition that the guide is about; none without an edition."""
    edition = book.edition
    if edition is not None:
        yield plan(book, edition)
        yield handover(edition)
        for _, block in edition.blocks():
            yield evaluation(edition, block)


def paper_sheets(book: Book) -> Iterator[Sheet]:
    """Each format as a sheet to write on."""
    for paper in papers_of(book):
        yield Sheet(
            book=book,
            url=book.to.paper(paper.slug),
            title=paper.title,
            description=paper.description,
            updated=paper.updated,
            nodes=paper.nodes,
            most=paper.most,
            strict=False,  # a larger matrix needs more room, and that is no fault of anybody
            about=paper.block,
        )
