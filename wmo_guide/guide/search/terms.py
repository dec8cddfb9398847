"""The words of a provider: those of its name, and those of its texts that no topic of the guide has.

Words that topics have lead to building blocks, and all providers of a block are equal: who writes a word more often
doesn't come first (decision 0018).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from wmo_guide.domain.kinds import KINDS, Scope, Shown
from wmo_guide.domain.provider import Answers, Provider
from wmo_guide.domain.questions import Question
from wmo_guide.guide.book import Book, Offer
from wmo_guide.guide.search.words import stem, words_of

IN_TEXT = 1
IN_NAME = 2
_LONGEST = 30
_READABLE = ("line", "prose", "list")


@dataclass(frozen=True)
class Reader:
    """Reads the words of one book's providers."""

    book: Book
    known: frozenset[str]
    """Stems that topics have."""
    skipped: Collection[str]
    """Plain words that tell nothing."""

    def terms(self, provider: Provider) -> dict[str, int]:
        """The stems by which somebody may look for a provider, each with where it stands; most weight last."""
        found = dict.fromkeys(self._in_texts(provider), IN_TEXT)
        return found | dict.fromkeys(self._in_name(provider.name), IN_NAME)

    def _in_name(self, name: str) -> Iterator[str]:
        """Each word, and each pair as one word: "Thuis Zorg" is found as "thuiszorg" too."""
        words = words_of(name)
        for word in words:
            if word not in self.skipped:
                yield stem(word)[:_LONGEST]
        for one, next_one in pairwise(words):
            yield stem(one + next_one)[:_LONGEST]

    def _in_texts(self, provider: Provider) -> set[str]:
        texts = set(self._texts(provider))  # many offers tell the same
        return set().union(*map(self._adds.__getitem__, set("\n".join(texts).split())))

    @cached_property
    def _adds(self) -> _Adds:
        return _Adds(self.known, self.skipped)

    def _texts(self, provider: Provider) -> Iterator[str]:
        around = Scope(self.book.standards.region)
        yield from _shown(self._of_organisations, provider.organisation, around)
        for location in provider.locations:
            yield from _shown(self._of_locations, location.answers, around)
        for offer in self.book.by_provider.get(provider.slug, ()):
            yield from self._told(offer)

    def _told(self, offer: Offer) -> Iterator[str]:
        questions = self._of_blocks.get(offer.block.slug)
        if questions is None:
            asked = self.book.standards.questions_for(offer.area, offer.block)
            questions = self._of_blocks[offer.block.slug] = _readable(asked)
        return _shown(questions, offer.offering.answers, Scope(self.book.region, offer.edition, offer.block))

    @cached_property
    def _of_organisations(self) -> tuple[Question, ...]:
        return _readable(self.book.standards.organisation_questions)

    @cached_property
    def _of_locations(self) -> tuple[Question, ...]:
        return _readable(self.book.standards.location_questions)

    @cached_property
    def _of_blocks(self) -> dict[str, tuple[Question, ...]]:
        """By the block's slug: all offers that are shown are of one edition."""
        return {}


class _Adds(dict[str, tuple[str, ...]]):
    """The stems that a text without blanks adds. Worked out once for each: the same words stand in thousands of texts."""

    def __init__(self, known: frozenset[str], skipped: Collection[str]) -> None:
        super().__init__()
        self._known, self._skipped = known, skipped

    def __missing__(self, text: str) -> tuple[str, ...]:
        found = self[text] = tuple(key for word in words_of(text) if (key := self._added(word)))
        return found

    def _added(self, word: str) -> str:
        key = stem(word)[:_LONGEST]
        tells = len(word) > 1 and not word[0].isdigit() and word not in self._skipped and key not in self._known
        return key if tells else ""


def _readable(questions: Iterable[Question]) -> tuple[Question, ...]:
    return tuple(one for one in questions if one.audience == "public" and one.kind not in _ABOUT_THE_MATRIX)


def _shown(questions: Collection[Question], answers: Answers, scope: Scope) -> Iterator[str]:
    for question in questions:
        if question.key in answers:
            shown: Shown = KINDS[question.kind].show(answers[question.key], question, scope)
            if shown.form in _READABLE:
                yield from shown.texts


_ABOUT_THE_MATRIX = frozenset(
    {"municipality", "municipalities", "locations", "levels", "arrangements", "bands", "number", "yes_no", "date"}
)
"""Kinds whose answers are in the lists already, or are no words."""
