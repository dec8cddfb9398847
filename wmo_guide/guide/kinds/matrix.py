"""The matrix itself, for those who work with it: each edition as a table, with what became of its blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from wmo_guide.domain.matrix import BuildingBlock, Edition
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Context, Link, Page


def matrix_index(book: Book) -> Iterator[Page]:
    """All editions, the newest first."""
    editions = sorted(book.standards.editions.items(), key=lambda pair: pair[1].start, reverse=True)
    if editions:
        yield Page(
            url=book.to.part("matrix"),
            title="De resultatenmatrix",
            description=f"De edities van de resultatenmatrix van {book.region.name}.",
            updated=max(edition.updated for _, edition in editions),
            context=lambda: {"editions": editions},
        )


def editions(book: Book) -> Iterator[Page]:
    """Each edition: blocks by level, with the number of providers per cell."""
    for name, edition in book.standards.editions.items():
        current = name == book.edition_name
        yield Page(
            url=book.to.edition(name),
            title=edition.title if name in edition.title else f"{edition.title} ({name})",
            description=edition.plain_title,
            updated=edition.updated,
            context=partial(_edition, book, name, edition),
            crumbs=(Link("Resultatenmatrix", book.to.part("matrix")),),
            sources=book.sources(edition.sources),
            providers=book.providers if current else (),
        )


def _edition(book: Book, name: str, edition: Edition) -> Context:
    current = name == book.edition_name
    counts = _counts(book) if current else Counter[tuple[str, ...]]()
    changes = book.standards.changes
    return {
        "name": name,
        "edition": edition,
        "current": current,
        "count": lambda block, *cell: counts[(block.slug, *cell)],
        "packages": lambda block, level: [one for one in block.arrangements if level.key in one.levels],
        "additional": [(block, extra) for _, block in edition.blocks() if (extra := _additional(block))],
        "came_from": [(change, book.standards.editions[change.older]) for change in changes if change.newer == name],
        "became": [(change, book.standards.editions[change.newer]) for change in changes if change.older == name],
    }


def _counts(book: Book) -> Counter[tuple[str, ...]]:
    """Number of providers per block, and per block, axis and level."""
    counts: Counter[tuple[str, ...]] = Counter()
    for offer in book.offers:
        counts[(offer.block.slug,)] += 1
        counts.update(
            (offer.block.slug, axis, level) for axis, levels in offer.offering.levels.items() for level in levels
        )
    return counts


def _additional(block: BuildingBlock) -> list[str]:
    return [one.title for one in block.arrangements if not one.levels]
