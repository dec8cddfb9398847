"""What search knows of the language, without contradictions."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.search_words import SearchWords


def check_search_words(words: SearchWords) -> Iterator[Finding]:
    """No list and no group has a word twice, no word is in two groups, and none that is skipped is looked for."""
    for name in ("skipped", "parts", "urgent"):
        yield from _once(getattr(words, name), (name,))
    skipped = {word.casefold() for word in words.skipped}
    for name in ("parts", "urgent"):
        yield from _looked_for(getattr(words, name), skipped, (name,))
    for index, group in enumerate(words.alike):
        path = ("alike", index)
        yield from _once((*group.words, *group.told_by), (*path, "words"))
        yield from _looked_for(group.words, skipped, (*path, "words"))
        yield from _looked_for(group.told_by, skipped, (*path, "told_by"))


def _once(words: tuple[str, ...], path: KeyPath) -> Iterator[Finding]:
    seen: set[str] = set()
    for index, word in enumerate(words):
        if word.casefold() in seen:
            yield Finding((*path, index), f'"{word}" staat er twee keer. Laat er één staan.')
        seen.add(word.casefold())


def _looked_for(words: tuple[str, ...], skipped: set[str], path: KeyPath) -> Iterator[Finding]:
    for index, word in enumerate(words):
        if word.casefold() in skipped:
            yield Finding(
                (*path, index), f'"{word}" staat ook onder skipped, dus niemand zoekt ermee. Haal het ergens weg.'
            )
