"""Names of towns and villages of a large region, in the files that a phone fetches by the first letters of a typed word.

A whole country has thousands of them: in the first file they would weigh more than all that the guide itself says.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

import orjson

from wmo_guide.guide.search.compounds import JOINT
from wmo_guide.guide.search.lists import dumped

MOST_VILLAGES = 200
"""With no more than this they stand in the first file."""
PLACES = ""
"""Stands in a file where a word would, before its places; no word is that."""
_LETTERS = 2

Villages = Mapping[str, Sequence[str]]
"""The phrases of towns and villages, by the slug of their municipality."""


def with_villages(files: Mapping[str, bytes], villages: Villages) -> dict[str, bytes]:
    """Files by the first letters of their words, with each place in the file of the word that most tells it apart."""
    placed: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for slug, phrase, word in _by_word(villages):
        placed[_name(word, files)][slug].append(phrase)
    told = {name: {slug: "|".join(phrases) for slug, phrases in places.items()} for name, places in placed.items()}
    fresh = {name: dumped(orjson.loads(files.get(name, b"{}")) | {PLACES: places}) for name, places in told.items()}
    return dict(sorted((dict(files) | fresh).items()))


def _by_word(villages: Villages) -> Iterator[tuple[str, str, str]]:
    """Each municipality and place, with the word of the place that the fewest others have."""
    words = {phrase: phrase.replace(JOINT, "").split() for phrases in villages.values() for phrase in phrases}
    many = Counter(word for phrases in villages.values() for phrase in phrases for word in set(words[phrase]))
    for slug, phrases in villages.items():
        for phrase in phrases:
            yield slug, phrase, min(words[phrase], key=lambda word: many[word])


def _name(word: str, files: Mapping[str, bytes]) -> str:
    """The file of a word: two letters, or three where words with the same two fill several files already.

    A word of two letters has a file of its own there, beside those of longer words.
    """
    two = word[:_LETTERS]
    is_split = any(name.startswith(two) and name != two for name in files)
    return word[: _LETTERS + 1] if is_split else two
