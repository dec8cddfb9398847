"""A table of postcodes as spreadsheets write it, turned into the one that the guide reads."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wmo_guide.domain.postcodes import PostcodeArea
from wmo_guide.store.postcodes import HEADER, LineProblem, read_postcodes
from wmo_guide.store.yaml_text import YamlTextError, decode

_HEADINGS: Mapping[str, str] = {
    "pc4": "pc4",
    "postcode": "pc4",
    "place": "place",
    "plaats": "place",
    "woonplaats": "place",
    "lat": "lat",
    "latitude": "lat",
    "breedtegraad": "lat",
    "lon": "lon",
    "lng": "lon",
    "longitude": "lon",
    "lengtegraad": "lon",
}
"""What may stand above a column."""
_SEPARATORS = (";", "\t", ",")
_NUMBERS = ("lat", "lon")


@dataclass(frozen=True)
class PostcodeTable:
    """A table that was read."""

    text: str
    """As it goes into the guide."""
    areas: tuple[PostcodeArea, ...]
    problems: tuple[LineProblem, ...]


def read_table(text: str) -> PostcodeTable:
    """Reads what was typed or uploaded: any order of columns, commas or semicolons, and either decimal sign."""
    ours = _as_ours(text.removeprefix("\ufeff"))
    try:
        areas, problems = read_postcodes(decode(ours.encode("utf-8", "surrogatepass")))
    except YamlTextError as error:
        return PostcodeTable(ours, (), (LineProblem(error.line, error.message),))
    if not areas and not problems:
        problems = (LineProblem(2, "Er staat nog geen postcode in de lijst."),)
    return PostcodeTable(ours, areas, problems)


def _as_ours(text: str) -> str:
    """Line by line, so that a line keeps its number; without headings that we know as it is."""
    lines = text.splitlines()
    separator = max(_SEPARATORS, key=lines[0].count) if lines else ","
    rows = [next(csv.reader([line], delimiter=separator), []) for line in lines]
    columns = [_HEADINGS.get(cell.strip().casefold(), "") for cell in rows[0]] if rows else []
    if sorted(filter(None, columns)) != sorted(HEADER):
        return text
    return _written([HEADER, *(_cells(row, columns) for row in rows[1:])])


def _cells(row: Sequence[str], columns: Sequence[str]) -> list[str]:
    """A row's cells in our order; one with too few or too many stays as it is, to be told so."""
    if len(row) != len(columns):
        return [cell.strip() for cell in row if cell.strip()]
    told = {name: cell.strip() for name, cell in zip(columns, row, strict=True)}
    return [told[name].replace(",", ".") if name in _NUMBERS else told[name] for name in HEADER]


def _written(rows: Sequence[Sequence[str]]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue()
