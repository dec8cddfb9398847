"""The coverage of a region: how many providers offer each building block in each municipality, and where gaps are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from wmo_guide.domain.matrix import BuildingBlock
from wmo_guide.domain.region import Municipality
from wmo_guide.exchange import spreadsheet
from wmo_guide.guide.book import Book

FEW = 1
"""With so many providers or fewer there is a gap: nothing to choose."""


@dataclass(frozen=True)
class Level:
    """A level of an axis, to count for that level alone."""

    axis: str
    key: str
    title: str

    @property
    def name(self) -> str:
        """Its name in an address."""
        return f"{self.axis}.{self.key}"


@dataclass(frozen=True)
class Row:
    """A building block with its number of providers in each municipality, in the order of the columns."""

    block: BuildingBlock
    applies: bool
    """Whether the block knows the level that is counted; where it doesn't, its zeros are no gaps."""
    counts: tuple[int, ...]
    everywhere: int
    """Providers of the block in any municipality."""

    @property
    def gaps(self) -> int:
        """How many municipalities have too little of it."""
        return sum(one <= FEW for one in self.counts) if self.applies else 0


@dataclass(frozen=True)
class Coverage:
    """Blocks by municipalities."""

    region: str
    municipalities: tuple[Municipality, ...]
    rows: tuple[Row, ...]
    level: Level | None
    """The level that is counted; None: all."""

    @property
    def gaps(self) -> int:
        """How many cells have too little."""
        return sum(row.gaps for row in self.rows)

    @property
    def most(self) -> int:
        """The largest number in a cell."""
        return max((one for row in self.rows for one in row.counts), default=0)


def levels(book: Book) -> tuple[Level, ...]:
    """All levels of the edition that the guide is about."""
    axes = book.edition.axes if book.edition else ()
    return tuple(Level(axis.key, level.key, f"{axis.title}: {level.title}") for axis in axes for level in axis.levels)


def coverage(book: Book, level: Level | None = None) -> Coverage:
    """The coverage on the book's day; with a level, of the offers that have that level."""
    counts = Counter(_cells(book, level))
    anywhere = Counter(block for block, _ in {pair[:2] for pair in _offers(book, level)})
    places = book.municipalities
    rows = tuple(
        Row(
            block,
            level is None or level.axis in block.axes,
            tuple(counts[block.slug, place.slug] for place in places),
            anywhere[block.slug],
        )
        for _, block in book.blocks()
    )
    return Coverage(book.region.name, places, rows, level)


def as_csv(found: Coverage) -> str:
    """The table as a spreadsheet reads it."""
    rows: list[Sequence[object]] = [["bouwsteen", "code", *(one.name for one in found.municipalities), "in de regio"]]
    for row in found.rows:
        numbers = row.counts if row.applies else ("",) * len(row.counts)
        rows.append([row.block.title, row.block.code or "", *numbers, row.everywhere if row.applies else ""])
    return spreadsheet.as_csv(rows)


def _offers(book: Book, level: Level | None) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Block, provider and municipalities of each offer that counts."""
    for offer in book.offers:
        if level is None or level.key in offer.offering.levels.get(level.axis, ()):
            yield offer.block.slug, offer.provider.slug, tuple(offer.municipalities)


def _cells(book: Book, level: Level | None) -> Iterator[tuple[str, str]]:
    """Block and municipality, once for each provider."""
    seen = {(block, place, provider) for block, provider, places in _offers(book, level) for place in places}
    return ((block, place) for block, place, _ in seen)
