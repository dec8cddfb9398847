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
            counts=tuple(book.by_level[key] for key in _cells(edition)) if current else (),
        )


def _cells(edition: Edition) -> Iterator[tuple[str, ...]]:
    """What the numbers on the page are about."""
    for _, block in edition.blocks():
        yield (block.slug,)
        for key in block.axes:
            yield from ((block.slug, key, level.key) for level in edition.by_axis[key].levels)


def _edition(book: Book, name: str, edition: Edition) -> Context:
    current = name == book.edition_name
    counts = book.by_level if current else Counter[tuple[str, ...]]()
    changes = book.standards.changes
    return {
        "name": name,
        "edition": edition,
        "current": current,
        "count": lambda block, *cell: counts[(block.slug, *cell)],
        "packages": lambda block, level: [one for one in block.arrangements if level.key in one.levels],
        "packed": any(one.levels for _, block in edition.blocks() for one in block.arrangements),
        "additional": [(block, extra) for _, block in edition.blocks() if (extra := _additional(block))],
        "came_from": [(change, book.standards.editions[change.older]) for change in changes if change.newer == name],
        "became": [(change, book.standards.editions[change.newer]) for change in changes if change.older == name],
    }


def _additional(block: BuildingBlock) -> list[str]:
    return [one.title for one in block.arrangements if not one.levels]
