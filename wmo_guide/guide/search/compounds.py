"""Long words taken apart: Dutch writes "boodschappendienst" as one word, and people look for "boodschappen"."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from wmo_guide.guide.search.words import stem

_SHORTEST_PART = 4
_SHORTEST_COMPOUND = 8
_LINKS = ("", "s", "en", "e", "n")
"""What may stand between two parts."""
JOINT = "+"
"""Stands between the parts of a word that was taken apart."""


@dataclass(frozen=True)
class Parts:
    """The words that longer words are made of."""

    told: frozenset[str]
    """Plain words that an editor named: these may be short."""
    seen: frozenset[str]
    """Plain words that stand in the guide by themselves."""

    @classmethod
    def of(cls, told: Iterable[str], seen: Iterable[str]) -> Parts:
        """The parts out of an editor's list and the words of the guide."""
        return cls(frozenset(told), frozenset(word for word in seen if len(word) >= _SHORTEST_PART))

    @cached_property
    def _stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.told | self.seen))

    def apart(self, word: str) -> tuple[str, ...]:
        """The parts of a plain word, with what links them left out; the word itself when it isn't a compound."""
        if len(word) < _SHORTEST_COMPOUND:
            return (word,)
        found = [(head, word[at:]) for at in range(len(word) - 3, 2, -1) for head in self._heads(word, at)]
        return max(found, key=lambda pair: min(map(len, pair)), default=(word,))

    def _heads(self, word: str, at: int) -> list[str]:
        """What may stand before a place in a word, when a part stands behind it."""
        head, tail = word[:at], word[at:]
        if not self._is_part(tail):
            return []
        cut = [head.removesuffix(link) for link in _LINKS if head.endswith(link)]
        return [one for one in cut if self._is_part(one)][:1]

    def _is_part(self, word: str) -> bool:
        if word in self.told or word in self.seen:
            return True
        return len(word) > _SHORTEST_PART and stem(word) in self._stems
