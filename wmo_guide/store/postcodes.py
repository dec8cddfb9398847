"""Reads `regions/<region>/postcodes.csv`: pc4,place,lat,lon. May be left out."""

from __future__ import annotations

import csv
from collections.abc import Collection, Sequence
from typing import NamedTuple

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.postcodes import PostcodeArea, Spot
from wmo_guide.domain.values import one_line
from wmo_guide.store.problem import Problem
from wmo_guide.store.reader import Reader
from wmo_guide.store.yaml_text import YamlTextError, decode

HEADER = ["pc4", "place", "lat", "lon"]
_LAT, _LON = (50.5, 53.8), (3.2, 7.4)
"""Between these degrees lies the whole country."""


class LineProblem(NamedTuple):
    """What is wrong with a line of the table, in Dutch."""

    line: int
    message: str


class _LineError(Exception):
    """What is wrong with a line, in Dutch."""


def load_postcodes(reader: Reader, file: str) -> tuple[PostcodeArea, ...]:
    """The areas of a region's table; every line that is wrong is a problem with its number."""
    data = reader.read(file) if reader.exists(file) else None
    if data is None:
        return ()
    try:
        areas, problems = read_postcodes(decode(data))
    except YamlTextError as error:
        reader.problems.append(Problem(file, error.line, "", error.message))
        return ()
    reader.problems.extend(Problem(file, one.line, "", one.message) for one in problems)
    return areas


def read_postcodes(text: str) -> tuple[tuple[PostcodeArea, ...], tuple[LineProblem, ...]]:
    """The areas that a table tells, and what is wrong with its lines."""
    lines = text.splitlines()
    if not lines or _cells(lines[0]) != HEADER:
        return (), (LineProblem(1, f"Begin met de regel {','.join(HEADER)}."),)
    found: dict[str, PostcodeArea] = {}
    problems = []
    for number, line in enumerate(lines[1:], 2):
        if line.strip():
            try:
                area = _area(_cells(line), found)
            except _LineError as error:
                problems.append(LineProblem(number, str(error)))
            else:
                found[area.pc4] = area
    return tuple(found.values()), tuple(problems)


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
    try:
        place = one_line(place)
    except InvalidValueError as error:
        raise _LineError(error.message) from error
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
