"""A problem with its place, worded for the editor who has to mend it."""

from __future__ import annotations

import errno
import re
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


_WHY = {
    errno.ENOENT: "het is er niet. Maak het, of haal de map of de verwijzing weg",
    errno.EACCES: "u mag er niet bij. Verander de rechten",
    errno.EPERM: "u mag er niet bij. Verander de rechten",
    errno.EROFS: "hier mag niemand schrijven. Kies een andere map",
    errno.ENOSPC: "de schijf is vol. Maak ruimte",
    errno.EDQUOT: "uw deel van de schijf is vol. Maak ruimte",
    errno.ELOOP: "de verwijzing loopt rond. Haal haar weg",
    errno.EISDIR: "het is een map. Haal haar weg",
    errno.ENOTDIR: "een deel van het pad is geen map. Verbeter het",
    errno.EIO: "de schijf geeft een fout. Kijk hem na",
    errno.EMFILE: "er zijn te veel bestanden open. Sluit andere programma's",
    errno.ENAMETOOLONG: "de naam is te lang. Kies een kortere",
}


_STEP = r"[a-z_][a-z0-9_-]*"
_LINE = re.compile(
    rf"(?P<file>[^:]+\.(?:yaml|md))(?::(?P<line>\d+))?: (?:(?P<key>{_STEP}(?:\[\d+\]|\.{_STEP})*): )?(?P<message>.+)"
)


def why(error: OSError) -> str:
    """Why a file could not be read or written, and what to do, in Dutch; to be put behind a colon, without a full stop."""
    return _WHY.get(error.errno or 0, f"het systeem geeft fout {error.errno}. Vraag hulp aan uw beheerder")


def visible(text: str) -> str:
    """The text on one line, with a code in the place of each character that a screen would obey or not show."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def read_problem(line: str) -> Problem | None:
    """The problem that a line tells of; None for a line that tells of no file."""
    found = _LINE.fullmatch(line)
    return Problem(found["file"], int(found["line"] or 0), found["key"] or "", found["message"]) if found else None


def key_text(path: KeyPath) -> str:
    """A key path as an editor reads it."""
    text = ""
    for part in path:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else part
    return text
