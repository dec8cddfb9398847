"""Where in the content folder something stands that turned out wrong only on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from wmo_guide.domain.findings import KeyPath
from wmo_guide.store.problem import Problem, key_text
from wmo_guide.store.yaml_text import YamlTextError, read_lines


def trace(root: Path, files: Iterable[str], fits: Callable[[str], bool], message: str) -> Iterator[Problem]:
    """A problem for each line of these files that fits, with the key that it belongs to in a YAML file.

    Files that aren't there have no lines.
    """
    for file in dict.fromkeys(files):
        text = _text(root / file)
        hits = [number for number, line in enumerate(text.split("\n"), 1) if fits(line)]
        keys = _keys(text) if hits and not file.endswith(".md") else {}
        for number in hits:
            yield Problem(file, number, key_text(_key_at(keys, number)), message)


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, ValueError):
        return ""


def _keys(text: str) -> dict[KeyPath, int]:
    try:
        return read_lines(text)
    except YamlTextError:
        return {}


def _key_at(keys: dict[KeyPath, int], line: int) -> KeyPath:
    """The last and deepest key that begins on the line or above it."""
    return max(
        (path for path, begin in keys.items() if begin <= line), key=lambda one: (keys[one], len(one)), default=()
    )
