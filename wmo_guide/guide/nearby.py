"""Where providers can be visited, as a file that the page "dichtbij" sorts by distance on the reader's own device."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from wmo_guide.domain.provider import Location, Provider
from wmo_guide.guide.book import Book
from wmo_guide.guide.places import Places

PART = "dichtbij"


def nearby_files(book: Book) -> dict[str, bytes]:
    """The file, by its path below the site's root; none where the guide has no providers."""
    if book.edition is None:
        return {}
    places = Places(book)
    blocks = {block.slug: [block.slug, block.plain_title] for _, block in book.blocks()}
    numbers = {slug: number for number, slug in enumerate(blocks)}
    told = {
        "places": [[one.name, *one.spot, one.near] for one in places.all],
        "postcodes": [[area.pc4, area.place, *area.spot] for area in book.standards.postcodes],
        "blocks": list(blocks.values()),
        "locations": [row for one in book.providers for row in _rows(book, places, numbers, one)],
    }
    path = f"{book.to.part(PART).removeprefix(book.site.root)}plekken.json"
    return {path: json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()}


def _rows(book: Book, places: Places, numbers: dict[str, int], provider: Provider) -> Iterator[list[Any]]:
    for location in provider.locations:
        found = places.spot(*(_text(location, key) for key in ("postcode", "place", "municipality")))
        if found is not None:
            spot, near = found
            offers = book.by_provider[provider.slug]
            here = [numbers[one.block.slug] for one in offers if location.key in one.offering.many("locations")]
            where = _text(location, "place") or book.region.municipality(_text(location, "municipality")).name
            yield [provider.slug, provider.name, _text(location, "name"), where, *spot, near, here]


def _text(location: Location, key: str) -> str:
    return str(location.answers.get(key) or "")
