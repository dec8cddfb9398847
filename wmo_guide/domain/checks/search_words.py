"""What search knows of the language, without contradictions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TypeAlias

from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.search_words import SearchWords

_Placed: TypeAlias = tuple[KeyPath, str]
"""A word and the keys that lead to it."""


def check_search_words(words: SearchWords) -> Iterator[Finding]:
    """No list and no group has a word twice, and none that is skipped is looked for."""
    skipped = {word.casefold() for word in words.skipped}
    yield from _once(_placed(words.skipped, ("skipped",)))
    for name in ("parts", "elsewhere", "urgent"):
        yield from _fit(_placed(getattr(words, name), (name,)), skipped)
    for index, group in enumerate(words.alike):
        own = _placed(group.words, ("alike", index, "words"))
        yield from _fit([*own, *_placed(group.told_by, ("alike", index, "told_by"))], skipped)


def _placed(words: Iterable[str], path: KeyPath) -> list[_Placed]:
    return [((*path, index), word) for index, word in enumerate(words)]


def _fit(words: list[_Placed], skipped: set[str]) -> Iterator[Finding]:
    yield from _once(words)
    for path, word in words:
        if word.casefold() in skipped:
            yield Finding(path, f'"{word}" staat ook onder skipped, dus niemand zoekt ermee. Haal het ergens weg.')


def _once(words: list[_Placed]) -> Iterator[Finding]:
    seen: set[str] = set()
    for path, word in words:
        if word.casefold() in seen:
            yield Finding(path, f'"{word}" staat er twee keer. Laat er één staan.')
        seen.add(word.casefold())
