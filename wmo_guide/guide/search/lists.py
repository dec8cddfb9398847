"""Who offers what, where and how: a list per building block, small enough for a phone to filter and count by itself.

A block with many offers has a list per municipality too, so that a phone fetches no more than it needs.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias

import orjson

from wmo_guide.domain.provider import Provider
from wmo_guide.guide.book import Book, Offer
from wmo_guide.guide.search.facets import Facets

MOST_ROWS = 250
"""Offers in a block that are still one list."""
SHOWN_FIRST = 10
"""Providers whose card stands in the list itself."""
WHOLE = "_alle"
"""Name of the list of a large block that isn't split; no slug can be that."""


Values: TypeAlias = tuple[int, ...]
"""What an offer has, by facet: each value by its number, for numbers are compared at a glance."""


def card(provider: Provider, key: int) -> list[Any]:
    """What a result shows of a provider."""
    return [key, provider.slug, provider.name, provider.text("summary")]


class ValuesAsked:
    """What offers have by facet. Each is asked once: it may stand in many lists, and in those of later days too."""

    def __init__(self, facets: Facets, *, lasting: bool = True) -> None:
        """Unless it is `lasting`, only what offers of one block have is remembered: enough to make all files once."""
        self._facets = facets
        self._lasting = lasting
        self._kept: dict[str, dict[str, tuple[Offer, Values]]] = {}
        """By block and provider."""
        self._same: dict[Values, Values] = {}
        """Thousands of offers have the same; they share one, which takes less room."""
        self._numbers: dict[str, int] = {}
        """Of each value, as a list tells it."""

    def columns(self, offers: Sequence[Offer]) -> list[list[Any]]:
        """By facet: the different values that offers of one block have, and for each offer which of them."""
        rows = self._rows(offers)
        told = list(self._numbers)
        return [_column(numbers, told) for numbers in zip(*rows, strict=True)]

    def _rows(self, offers: Sequence[Offer]) -> list[Values]:
        """A provider's offer that changed is another offer, and is asked anew."""
        of_block = self._of_block(offers[0].block.slug) if offers else {}
        for offer in offers:
            kept = of_block.get(offer.provider.slug)
            if kept is None or kept[0] is not offer:
                of_block[offer.provider.slug] = (offer, self._asked(offer))
        return [of_block[offer.provider.slug][1] for offer in offers]

    def _asked(self, offer: Offer) -> Values:
        numbers = self._numbers
        found = tuple(numbers.setdefault(" ".join(value), len(numbers)) for value in self._facets.values(offer))
        return self._same.setdefault(found, found)

    def _of_block(self, block: str) -> dict[str, tuple[Offer, Values]]:
        if not self._lasting and block not in self._kept:
            self._kept.clear()
            self._same.clear()
            self._numbers.clear()
        return self._kept.setdefault(block, {})


@dataclass(frozen=True)
class Lists:
    """The lists of one book."""

    book: Book
    keys: Mapping[str, int]
    """The place of each provider in the order of the day, by slug."""
    values: ValuesAsked

    def is_large(self, block: str) -> bool:
        """Whether a block has so many offers that its list is split."""
        return len(self.book.by_block.get(block, ())) > MOST_ROWS

    def files(self, block: str, places: Collection[str] | None = None) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The files of one block, as path and what makes it: its list, or its first providers beside longer lists.

        Of a large block with its lists per municipality only those of `places`, when given.
        """
        offers = self.book.by_block.get(block, ())
        if offers and not self.is_large(block):
            yield f"{block}.json", partial(self._dumped, offers, offers)
        elif offers:
            yield f"{block}.json", partial(self._dumped, (), offers)
            yield f"{block}/{WHOLE}.json", partial(self._dumped, offers, ())
            for place in self.book.municipalities:
                there = self.book.by_place.get(f"{place.slug}/{block}")
                if there and (places is None or place.slug in places):
                    yield f"{block}/{place.slug}.json", partial(self._dumped, there, there)

    def _dumped(self, rows: Sequence[Offer], cards: Sequence[Offer]) -> bytes:
        """A list of offers, and the cards of its first providers."""
        first = {offer.provider.slug: offer.provider for offer in cards[:SHOWN_FIRST]}
        told = {
            "n": len(rows or cards),
            "cards": [card(one, self.keys[slug]) for slug, one in first.items()],
            "keys": steps([self.keys[offer.provider.slug] for offer in rows]),
            "facets": self.values.columns(rows),
        }
        return dumped(told)


def _column(numbers: Sequence[int], told: Sequence[str]) -> list[Any]:
    different = {one: place for place, one in enumerate(sorted(set(numbers), key=told.__getitem__))}
    return [[told[one] for one in different], [different[one] for one in numbers]]


def steps(numbers: Sequence[int]) -> list[int]:
    """Ascending numbers as the steps between them, which take less room."""
    return [number - before for before, number in zip((0, *numbers), numbers, strict=False)]


def dumped(value: object) -> bytes:
    """JSON without blanks."""
    return orjson.dumps(value, option=orjson.OPT_NON_STR_KEYS)
