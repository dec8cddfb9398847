"""Where in the content folder something stands that turned out wrong only on a page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from wmo_guide.domain.findings import KeyPath
from wmo_guide.store.problem import Problem, key_text
from wmo_guide.store.yaml_text import YamlTextError, read_lines

_LONG = 8_000
"""More letters than any one text of a guide should have."""


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


def too_long(root: Path, files: Iterable[str], message: str) -> Iterator[Problem]:
    """A problem for each text of these files that is far too long."""
    for file in dict.fromkeys(files):
        for one in _sizes(root / file):
            if one.size > _LONG:
                yield Problem(file, one.line, key_text(one.key), message)


def heaviest(root: Path, files: Iterable[str], message: str) -> Iterator[Problem]:
    """A problem for the longest of these files, at the key that takes up most of it."""
    sizes = {file: _sizes(root / file) for file in dict.fromkeys(files)}
    file = max(sizes, key=lambda file: sum(one.size for one in sizes[file]), default="")
    if file and sizes[file]:
        key = _most_of(sizes[file])
        yield Problem(file, _keys(_text(root / file)).get(key, 0) if key else 0, key_text(key), message)


class _Sized(NamedTuple):
    """A key without keys below it, or the text of an article."""

    key: KeyPath
    line: int
    size: int


def _sizes(path: Path) -> list[_Sized]:
    text = _text(path)
    lines = text.split("\n")
    if path.suffix == ".md":
        ends = [number for number, line in enumerate(lines, 1) if line == "---"][1:2]
        return [_Sized((), ends[0] + 1, sum(map(len, lines[ends[0] :])))] if ends else []
    keys = sorted(_keys(text).items(), key=lambda pair: (pair[1], len(pair[0])))
    inner = {path[:depth] for path, _ in keys for depth in range(len(path))}
    leaves = [(key, line) for key, line in keys if key not in inner]
    ends = [*(line for _, line in leaves[1:]), len(lines) + 1]
    return [
        _Sized(key, line, sum(map(len, lines[line - 1 : end - 1])))
        for (key, line), end in zip(leaves, ends, strict=False)
    ]


def _most_of(leaves: list[_Sized]) -> KeyPath:
    """The deepest key that holds more than half of what the key around it holds."""
    key: KeyPath = ()
    while True:
        weights: Counter[KeyPath] = Counter()
        for one in leaves:
            weights[one.key[: len(key) + 1]] += one.size
        heavy, weight = weights.most_common(1)[0]
        if heavy == key or weight * 2 <= weights.total():
            return key
        key, leaves = heavy, [one for one in leaves if one.key[: len(heavy)] == heavy]


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
