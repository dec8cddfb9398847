"""Pictograms out of Material's icon set, as inline SVG."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from importlib.util import find_spec
from pathlib import Path

_NAME = re.compile(r"[a-z0-9-]+(?:/[a-z0-9-]+)+")
_MARKS = '<svg class="wg-icon" aria-hidden="true" focusable="false"'


class UnknownIconError(LookupError):
    """No icon has this name; the message suggests names that look like it."""


@cache
def icon(name: str) -> str:
    """Give the SVG of an icon such as "material/home-heart", hidden from screen readers."""
    if not _NAME.fullmatch(name):
        raise UnknownIconError(f"{name!r} is not an icon's name: write it like material/home-heart, in lower case.")
    file = _folder() / f"{name}.svg"
    try:
        svg = file.read_text(encoding="utf-8").strip()
    except OSError:
        raise UnknownIconError(f"There is no icon {name!r} in Material's set.{_suggestion(file)}") from None
    return svg.replace('<svg xmlns="http://www.w3.org/2000/svg"', _MARKS, 1)


def is_icon(name: str) -> bool:
    """Whether there is an icon with this name."""
    try:
        icon(name)
    except UnknownIconError:
        return False
    return True


@cache
def _folder() -> Path:
    # Found without importing the package: a build with a warm cache never loads the theme's code.
    spec = find_spec("material")
    if spec is None or not spec.submodule_search_locations:
        raise UnknownIconError("The package mkdocs-material, which holds the icons, is not installed.")
    return Path(spec.submodule_search_locations[0], "templates", ".icons")


def _suggestion(file: Path) -> str:
    if not file.parent.is_dir():
        return " Names start with a folder, such as material/."
    names = [path.stem for path in sorted(file.parent.glob("*.svg"))]
    alike = get_close_matches(file.stem, names, n=3)
    folder = file.parent.relative_to(_folder()).as_posix()
    return f" Did you mean {', '.join(f'{folder}/{stem}' for stem in alike)}?" if alike else ""
