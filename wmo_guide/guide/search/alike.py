"""Words that say the same as others: who types one finds what has another, in residents' words or another language.

They are many, so they stand in files by their first two letters: a phone fetches those of the words that were typed.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from wmo_guide.domain.search_words import Alike
from wmo_guide.guide.search.lists import dumped
from wmo_guide.guide.search.words import plain, stem

_LETTERS = 2
_MOST_WORDS = 60
"""Words with the same first letters in one file."""


@dataclass(frozen=True)
class AlikeWords:
    """Each word with the stems of those that say the same; none for what people look for elsewhere."""

    words: Mapping[str, tuple[str, ...]]

    @classmethod
    def of(cls, groups: Iterable[Alike], known: Collection[str], elsewhere: Iterable[str] = ()) -> AlikeWords:
        """The words of all groups that lead to a stem that the guide knows, and those that belong elsewhere."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for group in groups:
            targets = dict.fromkeys(stem(plain(word)) for word in group.words)
            for word in map(plain, (*group.words, *group.told_by)):
                own = stem(word)
                found[word].update(dict.fromkeys(one for one in targets if one in known and one != own))
        told = {word: tuple(stems) for word, stems in found.items() if stems}
        nothing = {one: () for word in elsewhere if (one := plain(word)) not in told and stem(one) not in known}
        return cls(dict(sorted((told | nothing).items())))

    @cached_property
    def files(self) -> dict[str, bytes]:
        """Each file by its name: the letters with which its words begin, a third one where many begin with the same two."""
        by_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
        many = Counter(word[:_LETTERS] for word in self.words)
        for word, stems in self.words.items():
            letters = _LETTERS + 1 if many[word[:_LETTERS]] > _MOST_WORDS else _LETTERS
            by_name[word[:letters]][word] = " ".join(stems)
        return {name: dumped(words) for name, words in by_name.items()}


def names_of(files: Iterable[str]) -> str:
    """The names of files in few bytes: those with a third letter as the first two with all third ones behind them."""
    thirds: defaultdict[str, str] = defaultdict(str)
    names = sorted(files)
    for name in names:
        thirds[name[:_LETTERS]] += name[_LETTERS:]
    short = {name for name in names if len(name) <= _LETTERS}
    return " ".join(sorted(short | {two + letters for two, letters in thirds.items()}))
