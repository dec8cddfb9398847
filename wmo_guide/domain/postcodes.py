"""Where the areas of postcodes lie, when a region's staff tell."""

from __future__ import annotations

from typing import NamedTuple


class Spot(NamedTuple):
    """A point on the map, in degrees."""

    lat: float
    lon: float


class PostcodeArea(NamedTuple):
    """The first four digits of a postcode, with the place and the middle of its area."""

    pc4: str
    place: str
    spot: Spot
