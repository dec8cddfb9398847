"""Help me choose: a few plain questions that lead to situations, blocks and general provisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, NamedTuple

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.matrix import IconName
from wmo_guide.domain.values import Blank, Key, Line, PastDay, Prose, Slug

MOST_QUESTIONS = 5
"""So many questions, and no more, stand between a resident and an outcome."""
MOST_OPTIONS = 7
"""More would not fit on the screen of a phone, nor in anybody's head."""
MOST_PAGES = 500
"""Every way through the questions is a page for each answer; a few questions too many would give thousands."""


class ChooserOption(Record):
    """An answer that residents can choose. What it names is shown at the end of every way through it."""

    slug: Slug
    """Name in the addresses of the pages behind this answer."""
    label: Line
    """The answer, as residents would give it."""
    icon: IconName
    """Pictogram."""
    summary: Annotated[Prose | None, Blank] = None
    """What residents with this answer should know, above the outcome."""
    next: Annotated[Key | None, Blank] = None
    """The question that comes next; left out: the outcome."""
    situations: tuple[Slug, ...] = ()
    """Situations to recognise oneself in."""
    blocks: tuple[Slug, ...] = ()
    """Blocks that can help; they exist in each edition that is in force."""
    facilities: tuple[Slug, ...] = ()
    """General provisions to try first."""

    @property
    def leads_somewhere(self) -> bool:
        """Whether there is anything behind this answer."""
        return bool(self.next or self.situations or self.blocks or self.facilities)


class ChooserQuestion(Record):
    """A question with its answers."""

    key: Key
    """Name by which answers lead to it."""
    question: Line
    """The question: the heading of its page."""
    help: Annotated[Prose | None, Blank] = None
    """A sentence or two below it."""
    options: tuple[ChooserOption, ...] = Field(min_length=2)
    """The answers, at most seven, in the order of the page."""


class Answer(NamedTuple):
    """A question with the answer that was given."""

    question: ChooserQuestion
    option: ChooserOption


class Step(NamedTuple):
    """A place on a way through the questions."""

    answers: tuple[Answer, ...]
    """The answers that were given on the way."""
    question: ChooserQuestion | None
    """The question that is asked here; None at the end of the way."""


class Chooser(Record):
    """Questions that help residents choose. Lives in `regions/<region>/chooser.yaml`; without it there are no such pages."""

    updated: PastDay
    """When a person last changed this file."""
    questions: tuple[ChooserQuestion, ...] = Field(min_length=1)
    """The questions, at most five on any way; the first is where everybody begins."""

    @cached_property
    def by_key(self) -> Mapping[str, ChooserQuestion]:
        """Questions by key."""
        return {one.key: one for one in self.questions}

    def steps(self) -> Iterator[Step]:
        """Every place on every way through the questions. Only for a chooser in which nothing is wrong."""
        return self._from((), self.questions[0])

    def most_from(self, question: ChooserQuestion) -> int:
        """How many questions there can be, this one and all that may come after it."""
        return 1 + max((self.most_from(self.by_key[one.next]) for one in question.options if one.next), default=0)

    def _from(self, answers: tuple[Answer, ...], question: ChooserQuestion) -> Iterator[Step]:
        yield Step(answers, question)
        for option in question.options:
            given = (*answers, Answer(question, option))
            if option.next is None:
                yield Step(given, None)
            else:
                yield from self._from(given, self.by_key[option.next])
