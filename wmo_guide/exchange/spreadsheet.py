"""Tables as spreadsheets read them: CSV with a byte order mark and semicolons, as Excel likes."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins so for a formula."""


def as_csv(rows: Iterable[Sequence[object]]) -> str:
    """The text of a file, in which no text is a formula."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerows([_inert(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    return f"\N{BYTE ORDER MARK}{out.getvalue()}"


def _inert(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text
