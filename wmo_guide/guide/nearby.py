"""Where providers can be visited, as a file that the page "dichtbij" sorts by distance on the reader's own device."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from wmo_guide.domain.provider import Location, Provider
from wmo_guide.guide.book import Book, Offer
from wmo_guide.guide.places import Places
from wmo_guide.guide.search.lists import dumped

PART = "dichtbij"


@dataclass(frozen=True)
class Nearby:
    """What the file of a book is made from."""

    book: Book
    places: Places
    kept: dict[str, tuple[tuple[Offer, ...], bytes]] = field(default_factory=dict)
    """The rows of each provider's locations as they stand in the file, with the offers that they tell of."""

    @classmethod
    def of(cls, book: Book) -> Nearby:
        """Everything worked out from nothing."""
        return cls(book, Places(book))

    def after(self, book: Book) -> Nearby:
        """The same for a book of the same standards and day in which some providers are other ones."""
        return Nearby(book, self.places, self.kept)

    def files(self) -> dict[str, bytes]:
        """The file, by its path below the site's root; none where the guide has no providers."""
        if self.book.edition is None:
            return {}
        told = {
            "municipalities": [[one.slug, one.name] for one in self.book.region.municipalities],
            "places": [[one.name, *one.spot, one.near, self._towns[one.municipality]] for one in self.places.all],
            "postcodes": [[area.pc4, area.place, *area.spot] for area in self.book.standards.postcodes],
            "blocks": [[block.slug, block.plain_title] for _, block in self.book.blocks()],
        }
        rows = b",".join(filter(None, map(self._rows_of, self.book.by_provider.items())))
        path = f"{self.book.to.part(PART).removeprefix(self.book.site.root)}plekken.json"
        return {path: dumped(told).removesuffix(b"}") + b',"locations":[' + rows + b"]}"}

    def _rows_of(self, shown: tuple[str, tuple[Offer, ...]]) -> bytes:
        """A provider's rows; a provider that changed has other offers, and is worked out anew."""
        slug, offers = shown
        kept = self.kept.get(slug)
        if kept is None or kept[0] is not offers:
            rows = b",".join(dumped(row) for row in self._rows(offers[0].provider, offers))
            kept = self.kept[slug] = (offers, rows)
        return kept[1]

    def _rows(self, provider: Provider, offers: tuple[Offer, ...]) -> Iterator[list[Any]]:
        for location in provider.locations:
            postcode, place, town = (_text(location, key) for key in ("postcode", "place", "municipality"))
            found = self.places.spot(postcode, place, town)
            if found is not None:
                spot, near = found
                here = [
                    self._numbers[one.block.slug] for one in offers if location.key in one.offering.many("locations")
                ]
                name = _text(location, "name")
                yield [provider.slug, provider.name, name, place, *spot, near, here, self._towns[town]]

    @cached_property
    def _numbers(self) -> Mapping[str, int]:
        return {block.slug: number for number, (_, block) in enumerate(self.book.blocks())}

    @cached_property
    def _towns(self) -> Mapping[str, int]:
        return {one.slug: number for number, one in enumerate(self.book.region.municipalities)}


def _text(location: Location, key: str) -> str:
    return str(location.answers.get(key) or "")
