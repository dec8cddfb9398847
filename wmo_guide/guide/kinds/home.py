"""The region's home page and its situations: the ways in for somebody who doesn't know the words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wmo_guide.domain.editorial import Facility, Situation
from wmo_guide.domain.matrix import BuildingBlock
from wmo_guide.guide import evidence
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Context, Link, Page

FIRST_SITUATIONS = 8
"""Situations shown on the home page; the others are one click away."""


def region_home(book: Book) -> Iterator[Page]:
    """What do you need help with, situations, municipality."""
    region = book.region
    yield Page(
        url=book.to.home,
        title=f"Hulp in {region.name}",
        description=region.summary.replace("\n", " "),
        updated=max([book.told, *(one.updated for one in book.standards.situations)]),
        context=lambda: {
            "edition": book.edition,
            "situations": book.standards.situations[:FIRST_SITUATIONS],
            "news": book.news[:3],
            "factsheets": book.standards.factsheets,
        },
        sources=(),
    )


def situation_index(book: Book) -> Iterator[Page]:
    """All situations."""
    situations = book.standards.situations
    if situations:
        yield Page(
            url=book.to.part("situaties"),
            title="Herkent u dit?",
            description="Situaties waarin mensen hulp zoeken. Kies wat op u lijkt.",
            updated=max(one.updated for one in situations),
            context=lambda: {
                "residents": [one for one in situations if one.audience == "resident"],
                "carers": [one for one in situations if one.audience == "carer"],
            },
        )


def situations(book: Book) -> Iterator[Page]:
    """Each situation: what to do first, and what can help."""
    for one in book.standards.situations:
        yield Page(
            url=book.to.situation(one.slug),
            title=one.title,
            description=one.summary.replace("\n", " "),
            updated=one.updated,
            context=partial(_situation, book, one),
            crumbs=(Link("Situaties", book.to.part("situaties")),),
            sources=book.sources(_sources(book, one)),
        )


def _sources(book: Book, situation: Situation) -> Iterator[str]:
    yield from situation.sources
    yield from evidence.of_blocks(_blocks(book, situation))
    yield from evidence.of_facilities(book, _facilities(book, situation))


def _blocks(book: Book, situation: Situation) -> list[BuildingBlock]:
    """The blocks that can help, of the edition that the guide is about."""
    blocks = book.edition.by_slug if book.edition else {}
    return [blocks[slug][1] for slug in situation.blocks if slug in blocks]


def _facilities(book: Book, situation: Situation) -> list[Facility]:
    return [book.standards.facility_by_slug[slug] for slug in situation.facilities]


def _situation(book: Book, situation: Situation) -> Context:
    return {
        "situation": situation,
        "blocks": _blocks(book, situation),
        "facilities": _facilities(book, situation),
        "factsheets": [one for one in book.standards.factsheets if one.slug in situation.factsheets],
    }
