"""The search page's script, put together out of its parts and named by its content so that browsers may keep it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_PARTS = ("words", "understand", "offers", "results", "address", "paint", "page")
"""In the order in which each uses what stands before it."""
_FOLDER = Path(__file__).with_name("browser")
_REMARK = re.compile(r"^\s*//.*\n|^\s+|  // .*$", re.MULTILINE)
_BLANK = re.compile(r'("(?:\\.|[^"\\])*")| ?([{}()=<>,;:?&|]+) ?')
"""A text, which stays as it is, or a sign that needs no blanks around it. All texts stand in double quotes."""


def _script() -> bytes:
    """All parts in one function of its own, without remarks and blanks, which a phone need not fetch."""
    parts = (_REMARK.sub("", (_FOLDER / f"{name}.js").read_text(encoding="utf-8")) for name in _PARTS)
    told = _BLANK.sub(lambda found: found[1] or found[2], "".join(parts))
    return f'(function(){{\n"use strict";\n{told}}})();\n'.encode()


SCRIPT = _script()
SCRIPT_PATH = f"assets/zoeken.{hashlib.sha256(SCRIPT).hexdigest()[:8]}.js"
"""Path below the site's root."""
