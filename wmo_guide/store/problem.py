"""A problem with its place, worded for the editor who has to mend it."""

from __future__ import annotations

from typing import NamedTuple

from wmo_guide.domain.findings import KeyPath


class Problem(NamedTuple):
    """What is wrong where. Problems sort by file, then line, then key."""

    file: str
    """Path inside the content folder, with forward slashes."""
    line: int
    """Line in that file, counted from 1; 0 when the problem is the file itself."""
    key: str
    """Way to the value, e.g. "offerings[0].answers.levels"; empty when it is the whole file."""
    message: str
    """What to do, in Dutch."""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return visible(f"{place}: {self.key}: {self.message}" if self.key else f"{place}: {self.message}")


def visible(text: str) -> str:
    """The text on one line, with a code in the place of each character that a screen would obey or not show."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def key_text(path: KeyPath) -> str:
    """A key path as an editor reads it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
