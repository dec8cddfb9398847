"""Shells: a frame's finished HTML with holes, so that a data page costs a join instead of a theme."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import tempfile
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import escape

from wmo_guide.guide.frame import Frame, WholePage, canonical_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_SLOTS = ("title", "description", "canonical", "head", "body")
_TOKEN = "wg-slot-{}-7c1e4a"  # noqa: S105 - marks a hole in a page, no secret
_HOLE = re.compile(_TOKEN.format(f"({'|'.join(_SLOTS)})"))
_CACHE_NAME = "shells.json"
_PACKAGES = ("mkdocs", "mkdocs-material", "jinja2", "markupsafe", "tinycss2")
_SOURCES = ("frame.py", "icons.py", "material.py", "shells.py", "style_sheet.py")


@dataclass(frozen=True, slots=True)
class Shell:
    """The HTML around the holes (`parts`, one more than there are holes) and which slot fills each hole (`slots`)."""

    parts: tuple[str, ...]
    slots: tuple[int, ...]

    def stamp(self, title: str, description: str, canonical: str, head: str, body: str) -> str:
        """Give the page, byte for byte as the theme itself would render it. `head` and `body` are trusted HTML."""
        values = (escape(title), escape(description), canonical_link(canonical), head, body)
        pieces = [self.parts[0]]
        for slot, part in zip(self.slots, self.parts[1:], strict=True):
            pieces += (values[slot], part)
        return "".join(pieces)


@dataclass(frozen=True, slots=True)
class ShellSet:
    """Shells by the key of their frame, and the files they refer to by path under the site's root."""

    shells: Mapping[str, Shell]
    assets: Mapping[str, bytes]


def make_shells(frames: Iterable[Frame], config_file: Path, cache_dir: Path | None) -> ShellSet:
    """Give a shell per frame, from the cache where frames, theme and code are unchanged."""
    wanted = tuple(frames)
    if len({frame.key for frame in wanted}) != len(wanted):
        raise ValueError("Two frames have the same key.")
    if cache_dir is None:
        return _render(wanted, config_file)
    key, file = _key(wanted, config_file), cache_dir / _CACHE_NAME
    found = _read(file, key)
    if found is None:
        found = _render(wanted, config_file)
        with suppress(OSError):  # a cache that can't be written is no matter
            _write(file, key, found)
    return found


def _render(frames: Sequence[Frame], config_file: Path) -> ShellSet:
    # Loading MkDocs costs more than building a small guide, and a warm cache never comes here.
    from wmo_guide.guide.material import render_pages  # noqa: PLC0415

    pages = [_sentinel(frame, number) for number, frame in enumerate(frames)]
    rendered = render_pages(pages, config_file)
    shells = {page.frame.key: _split(rendered.pages[page.url]) for page in pages}
    return ShellSet(shells=shells, assets=rendered.assets)


def _sentinel(frame: Frame, number: int) -> WholePage:
    return WholePage(
        url=f"/{'x/' * frame.depth}shell-{number}.html",
        frame=frame,
        **{slot: _TOKEN.format(slot) for slot in _SLOTS},
    )


def _split(html: str) -> Shell:
    pieces = _HOLE.split(_whole_link(html))
    return Shell(parts=tuple(pieces[::2]), slots=tuple(_SLOTS.index(name) for name in pieces[1::2]))


def _whole_link(html: str) -> str:
    # The hole is the whole link, not its address alone: a page without an address has no link.
    token = _TOKEN.format("canonical")
    return html.replace(canonical_link(token), token)


def _key(frames: Sequence[Frame], config_file: Path) -> str:
    here = Path(__file__).parent
    theme = config_file.parent / "templates" / "theme"
    files = [config_file, *(here / name for name in _SOURCES), *sorted(theme.rglob("*"))]
    told = [
        [asdict(frame) for frame in frames],
        _libraries(),
        [[file.name, hashlib.sha256(file.read_bytes()).hexdigest()] for file in files if file.is_file()],
    ]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()


@cache
def _libraries() -> tuple[str, ...]:
    """The versions that this process has in memory."""
    return tuple(version(package) for package in _PACKAGES)


def _read(file: Path, key: str) -> ShellSet | None:
    """Give the cached shells; None when there are none, when they are of another key, or when the file is damaged."""
    try:
        seal, text = file.read_text(encoding="utf-8").split("\n", 1)
    except (OSError, ValueError):
        return None
    if seal != _seal(key, text):
        return None
    stored = json.loads(text)
    return ShellSet(
        shells={name: Shell(tuple(parts), tuple(slots)) for name, (parts, slots) in stored["shells"].items()},
        assets={path: base64.b64decode(content) for path, content in stored["assets"].items()},
    )


def _write(file: Path, key: str, shells: ShellSet) -> None:
    text = json.dumps(
        {
            "shells": {name: [shell.parts, shell.slots] for name, shell in shells.shells.items()},
            "assets": {path: base64.b64encode(content).decode() for path, content in shells.assets.items()},
        }
    )
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", dir=file.parent, delete=False) as fresh:
        fresh.write(f"{_seal(key, text)}\n{text}")
    os.replace(fresh.name, file)  # noqa: PTH105 - whole or not at all, also when two builds write at once


def _seal(key: str, text: str) -> str:
    return hashlib.sha256(f"{key}{text}".encode()).hexdigest()
