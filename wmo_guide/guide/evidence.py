"""Where the facts come from that a page takes from elsewhere: what help costs, the matrix, provisions and contacts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wmo_guide.domain.editorial import Facility
from wmo_guide.domain.matrix import BuildingBlock, Edition
from wmo_guide.domain.region import Municipality
from wmo_guide.guide.book import Book
from wmo_guide.guide.contacts import Desk


def of_rate(book: Book) -> Iterator[str]:
    """Keys of the sources of what a resident pays on the day of the guide."""
    rate = book.region.rate_on(book.day)
    yield from rate.sources if rate else ()


def of_block(edition: Edition, block: BuildingBlock) -> Iterator[str]:
    """Keys of the sources of a block, and of what its edition tells of all blocks: levels, and what to do on changes."""
    yield from block.sources
    yield from edition.sources


def of_blocks(blocks: Iterable[BuildingBlock]) -> Iterator[str]:
    """Keys of the sources of blocks that a page shows in a list."""
    for block in blocks:
        yield from block.sources


def of_facilities(book: Book, shown: Iterable[Facility]) -> Iterator[str]:
    """Keys of the sources of provisions, when a page shows any."""
    if any(True for _ in shown):
        yield from book.standards.facilities.sources


def of_past(municipalities: Iterable[Municipality]) -> Iterator[str]:
    """Keys of the sources of what became of municipalities of the past."""
    for one in municipalities:
        yield from one.sources if one.ended else ()


def of_desks(desks: Iterable[Desk]) -> Iterator[str]:
    """Keys of the sources of contacts."""
    for desk in desks:
        for contact in desk.contacts:
            yield from contact.sources
