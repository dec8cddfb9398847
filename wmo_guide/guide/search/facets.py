"""What residents can filter providers on: the questions that say `facet: true`, whatever they ask."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wmo_guide.domain.kinds import KINDS, Choice, Scope
from wmo_guide.domain.provider import Answer, Answers
from wmo_guide.domain.questions import Question
from wmo_guide.guide.book import Book, Offer

PLACES = "municipalities"
"""Key of the question that every region asks: where an offer is (domain/checks: CORE_KEYS)."""


@dataclass(frozen=True)
class Facet:
    """One group of filters."""

    key: str
    """The key of its question."""
    kind: str
    title: str
    choices: tuple[Choice, ...]
    of_locations: bool = False
    """Whether the question is about locations, and so about an offer by way of the locations that it names."""

    @property
    def most(self) -> bool:
        """Whether a choice means "at most"."""
        found = KINDS[self.kind].filter
        return bool(found and found.most)

    def of(self, answer: Answer | None) -> tuple[str, ...]:
        """What an answer has of it."""
        found = KINDS[self.kind].filter
        return found.values(answer) if found and answer is not None else ()


@dataclass(frozen=True)
class Facets:
    """All groups of filters of a book that are about offers."""

    all: tuple[Facet, ...]
    places_asked: frozenset[str]
    """Keys of the questions by which an offer names its locations."""

    @classmethod
    def of(cls, book: Book) -> Facets:
        """The groups of a book's questions, in the order of asking; where an offer is comes first."""
        questions = list(_questions(book))
        merged: dict[str, Facet] = {}
        for question, of_locations in questions:
            facet = _facet(book, question, of_locations=of_locations)
            if facet.choices:
                before = merged.get(facet.key)
                merged[facet.key] = _joined(before, facet) if before else facet
        in_order = sorted(merged.values(), key=lambda one: one.key != PLACES)
        places = frozenset(one.key for _, block in book.blocks() for one in _asked(book, block.slug) if _names(one))
        return cls(tuple(in_order), places)

    def values(self, offer: Offer) -> tuple[tuple[str, ...], ...]:
        """What an offer has, by group."""
        answers, locations = offer.offering.answers, tuple(self._locations(offer))
        return tuple(
            _of_all(facet, locations) if facet.of_locations else facet.of(answers.get(facet.key)) for facet in self.all
        )

    def _locations(self, offer: Offer) -> Iterator[Answers]:
        named = {key for question in self.places_asked for key in offer.offering.many(question)}
        return (one.answers for one in offer.provider.locations if one.key in named)


def _of_all(facet: Facet, locations: Iterable[Answers]) -> tuple[str, ...]:
    """What locations together have of a facet, each value once."""
    return tuple(dict.fromkeys(value for answers in locations for value in facet.of(answers.get(facet.key))))


def _questions(book: Book) -> Iterator[tuple[Question, bool]]:
    for _, block in book.blocks():
        for question in _asked(book, block.slug):
            if question.facet:
                yield question, False
    for question in book.standards.location_questions:
        if question.facet:
            yield question, True


def _asked(book: Book, slug: str) -> tuple[Question, ...]:
    area, block = book.edition.by_slug[slug] if book.edition else (None, None)
    return book.standards.questions_for(area, block) if area and block else ()


def _names(question: Question) -> bool:
    return question.kind == "locations"


def _facet(book: Book, question: Question, *, of_locations: bool) -> Facet:
    found = KINDS[question.kind].filter
    choices = found.choices(question, Scope(book.region, book.edition)) if found else ()
    return Facet(question.key, question.kind, question.heading, choices, of_locations)


def _joined(one: Facet, other: Facet) -> Facet:
    """Two questions of the same name in two sets, with what there is to choose in either."""
    choices = {choice.value: choice for choice in (*one.choices, *other.choices)}
    return Facet(one.key, one.kind, one.title, tuple(choices.values()), one.of_locations)
