"""How hard a Dutch text is to read: a hint for its writer, never a gate (facts.md 3.8: no formula tells the level B1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import pyphen  # type: ignore[import-untyped]  # it ships no types

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+|\n\s*(?:[-*•]\s*)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")  # noqa: RUF001  (the apostrophe that people type in 's ochtends)
_VOWELS = re.compile(r"ieu|eeu|aai|ooi|oei|eau|aa|ee|oo|uu|ie|oe|eu|ui|ij|ei|ai|ou|au|[aeiouyáàâäéèêëíìîïóòôöúùûü]")
_HARD_SYLLABLES = 4
_HARD_WORDS = 5
_BANDS = (
    (80, "gemakkelijk"),
    (70, "tamelijk gemakkelijk"),
    (60, "normaal"),
    (45, "tamelijk moeilijk"),
    (30, "moeilijk"),
)


@dataclass(frozen=True)
class Readability:
    """What the formula of Flesch-Douma says of a text, and what to look at first."""

    score: int
    """About 0 (very hard) to 100 (very easy)."""
    longest_sentence: str
    sentence_words: int
    """Number of words in the longest sentence."""
    hard_words: tuple[str, ...]
    """The words with most syllables, the longest first."""

    @property
    def band(self) -> str:
        """The score in a word."""
        return next((word for least, word in _BANDS if self.score >= least), "zeer moeilijk")


def readability(text: str) -> Readability | None:
    """How hard a text is to read; None when there are no words in it."""
    sentences = [(sentence.strip(), _WORD.findall(sentence)) for sentence in _SENTENCE_END.split(text) if sentence]
    sentences = [(sentence, words) for sentence, words in sentences if words]
    if not sentences:
        return None
    words = [word for _, some in sentences for word in some]
    per_sentence = len(words) / len(sentences)
    per_word = sum(syllables(word) for word in words) / len(words)
    longest, its_words = max(sentences, key=lambda one: len(one[1]))
    score = round(206.84 - 0.93 * per_sentence - 77 * per_word)
    return Readability(score, longest, len(its_words), _hard(words))


@lru_cache(maxsize=20_000)
def syllables(word: str) -> int:
    """Number of syllables in a Dutch word.

    The hyphenation patterns never break off a single letter, so those at either end (a-dres, ra-di-o) are counted here.
    """
    pieces = [piece for part in re.split(r"[-'’]", word.lower()) for piece in _hyphens().inserted(part).split("-")]  # noqa: RUF001  (as above)
    found = [piece for piece in pieces if _VOWELS.search(piece)]
    if not found:
        return 1
    extra = 0
    groups = list(_VOWELS.finditer(found[0]))
    if len(groups) > 1 and groups[0].span() == (0, 1):
        extra += 1
        found[0] = found[0][1:]
    groups = list(_VOWELS.finditer(found[-1]))
    if len(groups) > 1 and groups[-1].span() == (len(found[-1]) - 1, len(found[-1])):
        extra += 1
    return len(found) + extra


def _hard(words: list[str]) -> tuple[str, ...]:
    hard = dict.fromkeys(word for word in words if syllables(word) >= _HARD_SYLLABLES)
    return tuple(sorted(hard, key=syllables, reverse=True)[:_HARD_WORDS])


@lru_cache
def _hyphens() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="nl_NL")
