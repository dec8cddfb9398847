"""Reads `regions/<region>/postcodes.csv`: pc4,place,lat,lon. May be left out."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence

from wmo_guide.domain.postcodes import PostcodeArea, Spot
from wmo_guide.store.problem import Problem
from wmo_guide.store.reader import Reader
from wmo_guide.store.yaml_text import YamlTextError, decode

HEADER = ["pc4", "place", "lat", "lon"]
_LAT, _LON = (50.5, 53.8), (3.2, 7.4)
"""Between these degrees lies the whole country."""


class _LineError(Exception):
    """What is wrong with a line, in Dutch."""


def load_postcodes(reader: Reader, file: str) -> tuple[PostcodeArea, ...]:
    """The areas of a region's table; every line that is wrong is a problem with its number."""
    data = reader.read(file) if reader.exists(file) else None
    if data is None:
        return ()
    try:
        lines = decode(data).splitlines()
    except YamlTextError as error:
        reader.problems.append(Problem(file, error.line, "", error.message))
        return ()
    if not lines or _cells(lines[0]) != HEADER:
        reader.problems.append(Problem(file, 1, "", f"Begin met de regel {','.join(HEADER)}."))
        return ()
    return _areas(reader, file, lines)


def _areas(reader: Reader, file: str, lines: Sequence[str]) -> tuple[PostcodeArea, ...]:
    found: dict[str, PostcodeArea] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            try:
                area = _area(_cells(line), found)
            except _LineError as error:
                reader.problems.append(Problem(file, number, "", str(error)))
            else:
                found[area.pc4] = area
    return tuple(found.values())


def _cells(line: str) -> list[str]:
    return [cell.strip() for row in csv.reader([line.removeprefix("\ufeff")]) for cell in row]


def _area(cells: Sequence[str], before: Collection[str]) -> PostcodeArea:
    if len(cells) != len(HEADER):
        raise _LineError(f"Op deze regel horen {len(HEADER)} dingen, met komma's ertussen: {','.join(HEADER)}.")
    pc4, place, lat, lon = cells
    if not (len(pc4) == len("1234") and pc4.isascii() and pc4.isdigit() and pc4[0] != "0"):
        raise _LineError(f'"{pc4}" is geen begin van een postcode. Schrijf vier cijfers, zoals 1234.')
    if pc4 in before:
        raise _LineError(f'"{pc4}" staat er twee keer. Laat er één staan.')
    if not place:
        raise _LineError("De naam van de plaats ontbreekt.")
    return PostcodeArea(pc4, place, Spot(_degrees(lat, _LAT, "lat"), _degrees(lon, _LON, "lon")))


def _degrees(text: str, between: tuple[float, float], name: str) -> float:
    low, high = between
    try:
        value = float(text)
    except ValueError:
        value = 0.0
    if not low <= value <= high:
        raise _LineError(f'{name} "{text}" ligt niet in Nederland. Schrijf een getal van {low} tot en met {high}.')
    return value
