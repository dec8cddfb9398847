"""What providers say of the answers that change often (the fast lane), by block: waiting times and intake stops."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median

from wmo_guide.domain.matrix import BuildingBlock
from wmo_guide.domain.questions import Question
from wmo_guide.guide.book import Book, Offer


@dataclass(frozen=True)
class Answers:
    """What all offers of one block answer to one question."""

    block: BuildingBlock
    question: Question
    offers: int
    """How many offers there are."""
    numbers: tuple[int, ...]
    """The answers to a question for a number, in ascending order."""
    yes: int
    """How often the answer to a yes-or-no question is yes."""
    oldest: date | None
    """The day of the oldest answer."""

    @property
    def middle(self) -> float | None:
        """Half of the offers has this number or a smaller one."""
        return median(self.numbers) if self.numbers else None


def waiting(book: Book) -> Iterator[Answers]:
    """By block, in the order of the matrix, each question of the fast lane that is for a number or for yes or no."""
    for area, block in book.blocks():
        offers = book.by_block.get(block.slug, ())
        for question in book.standards.questions_for(area, block):
            if question.lane == "fast" and question.audience == "public" and question.kind in ("number", "yes_no"):
                yield _answers(block, question, offers)


def _answers(block: BuildingBlock, question: Question, offers: tuple[Offer, ...]) -> Answers:
    values = [offer.offering.answers.get(question.key) for offer in offers]
    days = [offer.offering.dates[question.key] for offer in offers if question.key in offer.offering.dates]
    return Answers(
        block=block,
        question=question,
        offers=len(offers),
        numbers=tuple(sorted(one for one in values if isinstance(one, int) and not isinstance(one, bool))),
        yes=sum(one is True for one in values),
        oldest=min(days, default=None),
    )
