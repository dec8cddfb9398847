"""Style sheets and scripts of the forms, each under a name with its hash, so that browsers may keep them for ever."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from markupsafe import Markup

from wmo_guide.publication import ROOT

ASSETS_ROOT = "/formulieren/"
"""The theme's own files stand here too, so that forms look right whatever release of the guide is online."""
_SHEETS = ("forms.css", "fields.css", "content.css", "review.css", "staff.css")
_FOLDERS = (ROOT / "templates" / "theme" / "assets", Path(__file__).parent / "static")


def asset_url(name: str) -> str:
    """The address of a file, e.g. "forms.css"."""
    return f"{ASSETS_ROOT}{_names()[name]}"


@cache
def style_links() -> Markup:
    """Links to the style sheets, for a page's head."""
    link = Markup('<link rel="stylesheet" href="{}">')
    return Markup("").join(link.format(asset_url(name)) for name in _SHEETS if name in _names())


@cache
def _names() -> Mapping[str, str]:
    named = {}
    for folder in _FOLDERS:
        for path in sorted(folder.glob("*.*")):
            mark = hashlib.sha256(path.read_bytes()).hexdigest()[:8]
            named[path.name] = f"{path.stem}.{mark}{path.suffix}"
    return named


@cache
def own_assets() -> Mapping[str, bytes]:
    """The files' contents, by name with hash."""
    return {_names()[path.name]: path.read_bytes() for folder in _FOLDERS for path in folder.glob("*.*")}
