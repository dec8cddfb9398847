"""What help there is: all blocks, and a page for each block."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from wmo_guide.domain.editorial import Facility
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea
from wmo_guide.guide import evidence
from wmo_guide.guide.book import Book, Offer, Touched
from wmo_guide.guide.contacts import contacts_for
from wmo_guide.guide.page import Context, Link, Page

SHOWN_AT_MOST = 40
"""Longer lists of providers are reached through the municipalities: a phone should not load hundreds of cards."""


def help_index(book: Book) -> Iterator[Page]:
    """All building blocks, by result area."""
    edition = book.edition
    if edition is not None:
        yield Page(
            url=book.to.part("hulp"),
            title="Welke hulp is er?",
            description=f"Alle soorten hulp in {book.region.name}, met per soort wat het is en wie het biedt.",
            updated=edition.updated,
            context=lambda: {"edition": edition},
            sources=book.sources([*edition.sources, *evidence.of_blocks(block for _, block in edition.blocks())]),
        )


def blocks(book: Book, touched: Touched | None = None) -> Iterator[Page]:
    """Each building block: is it for me, who offers it, what does it cost, how do I ask for it."""
    edition = book.edition
    for area, block in book.blocks():
        if touched and block.slug not in touched.blocks:
            continue
        offers = book.by_block.get(block.slug, ())
        if edition is not None:
            yield Page(
                url=book.to.block(block.slug),
                title=block.plain_title,
                description=block.summary.replace("\n", " "),
                updated=max([edition.updated, *(offer.provider.updated for offer in offers)]),
                context=partial(_block, book, edition, area, block, offers),
                crumbs=(Link("Hulp", book.to.part("hulp")),),
                sources=book.sources(_sources(book, edition, block)),
                providers=tuple(offer.provider for offer in offers),
            )


def _sources(book: Book, edition: Edition, block: BuildingBlock) -> Iterator[str]:
    yield from evidence.of_block(edition, block)
    yield from evidence.of_facilities(book, _facilities(book, block))
    yield from evidence.of_rate(book)


def _facilities(book: Book, block: BuildingBlock) -> list[Facility]:
    return [book.standards.facility_by_slug[slug] for slug in block.try_first]


def _block(book: Book, edition: Edition, area: ResultArea, block: BuildingBlock, offers: tuple[Offer, ...]) -> Context:
    region = book.region
    return {
        "edition": edition,
        "area": area,
        "block": block,
        "axes": [edition.by_axis[key] for key in block.axes],
        "facilities": _facilities(book, block),
        "places": [(one, book.count(one.slug, block.slug)) for one in book.municipalities],
        "offers": offers if len(offers) <= SHOWN_AT_MOST else (),
        "count": len(offers),
        "rate": region.rate_on(book.day),
        "contacts": contacts_for(region, None),
        "not_with": [edition.by_slug[slug][1] for slug in block.not_with],
        "stack_with": [edition.by_slug[slug][1] for slug in block.stack_with],
        "situations": [one for one in book.standards.situations if block.slug in one.blocks],
    }
