"""A list of organisations to invite: CSV as spreadsheets write it, read into cells that know where they stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

MAX_BYTES = 200_000
MAX_ROWS = 1000
COLUMNS: Mapping[str, str] = {
    "name": "naam",
    "kvk": "kvk",
    "email": "mail",
    "municipalities": "gemeenten",
    "blocks": "bouwstenen",
}
"""What is read, by the heading that the example has."""
_NEEDED = ("name", "email")
_HEADINGS: Mapping[str, str] = {
    "naam": "name",
    "organisatie": "name",
    "aanbieder": "name",
    "naamorganisatie": "name",
    "kvk": "kvk",
    "kvknummer": "kvk",
    "mail": "email",
    "email": "email",
    "emailadres": "email",
    "mailadres": "email",
    "gemeente": "municipalities",
    "gemeenten": "municipalities",
    "bouwsteen": "blocks",
    "bouwstenen": "blocks",
    "gecontracteerdebouwstenen": "blocks",
}
_SEPARATORS = (";", "\t", ",")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


@dataclass(frozen=True)
class CellProblem:
    """Something about a cell."""

    line: int
    """0 for the list as a whole."""
    column: str
    """Heading of the column; empty for the line as a whole."""
    message: str
    stops: bool = True
    """False for a remark."""

    @property
    def place(self) -> str:
        """Where, in words."""
        if not self.line:
            return "De lijst"
        return f"Regel {self.line}, kolom {self.column}" if self.column else f"Regel {self.line}"


@dataclass(frozen=True)
class Row:
    """An organisation of the list, as it was typed."""

    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """A cell; empty when the list has no such column."""
        return self.cells.get(column, "")


@dataclass
class Table:
    """A list that was read."""

    rows: list[Row] = field(default_factory=list)
    problems: list[CellProblem] = field(default_factory=list)


def decode(data: bytes) -> str | None:
    """The text of a file: UTF-8 with or without a mark, UTF-16 with one, else Windows-1252. None: it is no text."""
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return _decoded(data, encoding)
    text = _decoded(data, "utf-8")
    return _decoded(data, "cp1252") if text is None else text


def read(text: str) -> Table:
    """The rows of a list. Empty lines are skipped."""
    table = Table()
    if len(text.encode("utf-8", "replace")) > MAX_BYTES:
        table.problems.append(
            CellProblem(0, "", f"Hij is te groot: hij mag {MAX_BYTES // 1000} kB zijn. Knip hem in stukken.")
        )
        return table
    lines = _lines(text, table)
    first = next(lines, None)
    if first is None:
        if not table.problems:
            table.problems.append(CellProblem(0, "", "Er staat niets in."))
        return table
    headings = _headings(*first, table)
    for line, cells in lines:
        if len(table.rows) >= MAX_ROWS:
            table.problems.append(CellProblem(0, "", f"Hij heeft meer dan {MAX_ROWS} regels. Knip hem in stukken."))
            break
        if len(cells) > len(headings) and any(cells[len(headings) :]):
            table.problems.append(
                CellProblem(
                    line, "", "Deze regel heeft meer cellen dan de eerste regel. Staat er een scheidingsteken te veel?"
                )
            )
        named = {name: _plain(cell) for name, cell in zip(headings, cells, strict=False) if name}
        table.rows.append(Row(line, named))
    if not table.rows and not table.problems:
        table.problems.append(CellProblem(0, "", "Onder de eerste regel staat nog geen organisatie."))
    return table


def write(rows: Sequence[Sequence[str]]) -> str:
    """A list for a spreadsheet, with semicolons; no cell of it is taken for a formula."""
    out = io.StringIO()
    csv.writer(out, delimiter=";", lineterminator="\r\n").writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue()


def safe(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.lstrip(" ").startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    """A cell without blank edges, and without the sign that `safe` put before it."""
    cell = cell.strip()
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(_FORMULA) else cell


def _decoded(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _lines(text: str, table: Table) -> Iterator[tuple[int, list[str]]]:
    """The lines that hold something, each with the number of the line it begins on."""
    text = text.removeprefix("\ufeff")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True)
    while True:
        begins = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            table.problems.append(
                CellProblem(
                    begins, "", "Deze regel is niet te lezen. Staat er een aanhalingsteken te veel of te weinig?"
                )
            )
            return
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield begins, cells


def _separator(text: str) -> str:
    """The sign between cells: the one that the first line has most of."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    return max(_SEPARATORS, key=lambda sign: (first.count(sign), -_SEPARATORS.index(sign)))


def _headings(line: int, cells: list[str], table: Table) -> list[str]:
    """What each column holds; empty for one that isn't read."""
    found: list[str] = []
    for cell in cells:
        name = _HEADINGS.get(re.sub(r"[^a-z]", "", cell.lower()), "")
        if name and name in found:
            table.problems.append(CellProblem(line, COLUMNS[name], "Deze kolom staat twee keer in de lijst."))
            name = ""
        elif not name and cell.strip():
            message = f"De kolom “{cell.strip()[:40]}” kennen wij niet. Wij lezen hem niet."
            table.problems.append(CellProblem(line, "", message, stops=False))
        found.append(name)
    for name in _NEEDED:
        if name not in found:
            message = f"Er is geen kolom “{COLUMNS[name]}”. Zet boven elke kolom wat erin staat: {', '.join(COLUMNS.values())}."
            table.problems.append(CellProblem(line, "", message))
    return found
