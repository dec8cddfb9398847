"""The search page's script, put together out of its parts and named by its content so that browsers may keep it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_PARTS = ("words", "understand", "offers", "results", "page")
"""In the order in which each uses what stands before it."""
_FOLDER = Path(__file__).with_name("browser")
_REMARK = re.compile(r"^\s*//.*\n|^\s+", re.MULTILINE)


def _script() -> bytes:
    """All parts in one function of its own, without remarks and indents, which a phone need not fetch."""
    parts = (_REMARK.sub("", (_FOLDER / f"{name}.js").read_text(encoding="utf-8")) for name in _PARTS)
    return f'(function () {{\n"use strict";\n{"".join(parts)}}})();\n'.encode()


SCRIPT = _script()
SCRIPT_PATH = f"assets/zoeken.{hashlib.sha256(SCRIPT).hexdigest()[:8]}.js"
"""Path below the site's root."""
