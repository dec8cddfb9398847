"""Help me choose: a few plain questions that lead to situations, building blocks and provisions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Annotated

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.matrix import IconName
from wmo_guide.domain.values import Blank, Key, Line, PastDay, Prose, Slug

MOST_QUESTIONS = 5
"""More questions than these in a row and people stop."""


class ChooserOption(Record):
    """One answer to a question. It leads to another question or to a result."""

    slug: Slug
    """Name in the address of the page that it leads to."""
    label: Line
    """The answer, as residents would say it."""
    icon: IconName
    """Pictogram."""
    next: Annotated[Key | None, Blank] = None
    """Key of the question that comes next."""
    result: Annotated[Key | None, Blank] = None
    """Key of the result, when there is nothing more to ask."""


class ChooserQuestion(Record):
    """A question with its answers."""

    key: Key
    """Name by which answers lead to it."""
    question: Line
    """The question, in plain words."""
    explanation: Annotated[Prose | None, Blank] = None
    """What may help to answer it."""
    options: tuple[ChooserOption, ...] = Field(min_length=2)
    """The answers to choose from."""


class ChooserResult(Record):
    """What fits somebody who gave these answers."""

    key: Key
    """Name by which answers lead to it."""
    text: Prose
    """What to do with it, in one or two plain sentences."""
    situations: tuple[Slug, ...] = ()
    """Situations that look like theirs."""
    blocks: tuple[Slug, ...] = ()
    """Building blocks that can help."""
    facilities: tuple[Slug, ...] = ()
    """General provisions that can help."""


class Path(tuple[ChooserOption, ...]):
    """Answers in the order in which they were given."""

    __slots__ = ()

    @property
    def slug(self) -> str:
        """Their place in the address. No slug has two hyphens, so no two ways share one."""
        return "--".join(one.slug for one in self)


class Chooser(Record):
    """The questions of a region. Lives in `regions/<region>/chooser.yaml`; may be left out."""

    updated: PastDay
    """When a person last changed this file."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where it comes from."""
    intro: Prose
    """What the reader can expect."""
    questions: tuple[ChooserQuestion, ...] = Field(min_length=1)
    """The questions; the first one is asked first."""
    results: tuple[ChooserResult, ...] = Field(min_length=1)
    """What the answers lead to."""

    @cached_property
    def by_question(self) -> dict[str, ChooserQuestion]:
        """The questions by their key."""
        return {one.key: one for one in self.questions}

    @cached_property
    def by_result(self) -> dict[str, ChooserResult]:
        """The results by their key."""
        return {one.key: one for one in self.results}

    def paths(self) -> Iterator[Path]:
        """Every way through the questions, with each of its beginnings. Only for questions that are right."""
        waiting = [(Path(), self.questions[0])]
        while waiting:
            path, question = waiting.pop(0)
            for option in question.options:
                onward = Path((*path, option))
                yield onward
                if option.next is not None:
                    waiting.append((onward, self.by_question[option.next]))
