"""What changed in a text file: the lines that differ, with the words in them that were added and removed."""

from __future__ import annotations

import difflib
from dataclasses import dataclass

from provider_forms.desk.differences import Piece, pieces

_MOST = 60
"""Places shown of one file."""


@dataclass(frozen=True)
class Spot:
    """A place where a file changed."""

    line: int
    """Where it stands in the new file; in the old one when it was only removed."""
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class LineChanges:
    """The places where a file changed."""

    spots: tuple[Spot, ...]
    more: int
    """How many are left out."""


def line_changes(old: str, new: str) -> LineChanges:
    """What became of the lines of a text."""
    before, after = old.splitlines(), new.splitlines()
    found = [
        Spot(there + 1, pieces("\n".join(before[start:end]), "\n".join(after[there:till])))
        for tag, start, end, there, till in difflib.SequenceMatcher(None, before, after).get_opcodes()
        if tag != "equal"
    ]
    return LineChanges(tuple(found[:_MOST]), max(0, len(found) - _MOST))
