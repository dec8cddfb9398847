"""Words that say the same as others: who types one finds what has another, in residents' words or another language.

They are many, so they stand in files by their first two letters: a phone fetches those of the words that were typed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wmo_guide.domain.search_words import Alike
from wmo_guide.guide.search.lists import dumped
from wmo_guide.guide.search.words import plain, stem

_LETTERS = 2


@dataclass(frozen=True)
class AlikeWords:
    """Each word with the stems of those that say the same."""

    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, groups: Iterable[Alike], known: Collection[str]) -> AlikeWords:
        """The words of all groups that lead to a stem that the guide knows."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for group in groups:
            targets = dict.fromkeys(stem(plain(word)) for word in group.words)
            for word in map(plain, (*group.words, *group.told_by)):
                own = stem(word)
                found[word].update(dict.fromkeys(one for one in targets if one in known and one != own))
        return cls({word: tuple(stems) for word, stems in sorted(found.items()) if stems})

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Each file by its name: the letters with which its words begin."""
        by_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for word, stems in self.words.items():
            by_name[word[:_LETTERS]][word] = " ".join(stems)
        return {name: dumped(words) for name, words in by_name.items()}
