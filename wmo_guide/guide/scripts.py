"""The small scripts of the guide, put together out of their parts and named by their content so that browsers may keep them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from wmo_guide.guide.short_names import with_short_names

_FOLDER = Path(__file__).with_name("browser")
_REMARK = re.compile(r"^\s*//.*\n|^\s+| +// .*$|(?<=\{) /\*.*\*/ (?=\})", re.MULTILINE)
_BLANK = re.compile(r'("(?:\\.|[^"\\])*")| ?([{}()=<>,;:?&|+*!/]+|(?<!- )-(?! ?-)) ?')
"""A text, which stays as it is, or a sign that needs no blanks around it. All texts stand in double quotes."""
_LINE = re.compile(r"(?<=[;{},(\[&|?:=])\n|\n(?=[})\].?:&|])")
"""The end of a line that ends no statement, or one that a sign ends as well: all statements end with a semicolon or a block."""
_CONSTANT = re.compile(r"\bconst (?=[\w{[])")
"""Tells who reads the sources that a name keeps its value. A browser needs no more than "let"."""


class Script(NamedTuple):
    """A script of the site."""

    path: str
    """Its place below the site's root."""
    data: bytes


def packed(name: str, folder: Path, parts: Iterable[str]) -> Script:
    """All parts, each after those that it uses, in one function: short names, no remarks, blanks or line ends, which a phone need not fetch."""
    bare = (_REMARK.sub("", (folder / f"{part}.js").read_text(encoding="utf-8")) for part in parts)
    told = _BLANK.sub(lambda found: found[1] or found[2], "".join(bare))
    short = with_short_names(_CONSTANT.sub("let ", _LINE.sub("", told)))
    data = f'(function(){{\n"use strict";\n{short}}})();\n'.encode()
    return Script(f"assets/{name}.{hashlib.sha256(data).hexdigest()[:8]}.js", data)


SCRIPTS = {
    "lijstje": packed("lijstje", _FOLDER, ("shortlist", "buttons")),
    "dichtbij": packed("dichtbij", _FOLDER, ("place_names", "distances", "nearby")),
    "formulier": packed("formulier", _FOLDER, ("typed",)),
    "vergelijken": packed("vergelijken", _FOLDER, ("shortlist", "fetching", "table", "comparing")),
}
"""By the name that templates know them by."""
