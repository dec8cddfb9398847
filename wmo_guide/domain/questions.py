"""Questions: defined once in YAML, projected to form, check, store, page, filter and export (design.md 3)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.values import Blank, Count, Flag, Key, Line, Prose, Whole

CONDITION = r"^(block|answer|level)\.[a-z0-9_]+$"
Conditions = dict[Annotated[str, Field(pattern=CONDITION)], str]

Refusal: TypeAlias = Literal["missing", "invalid", "too_long", "too_many", "out_of_range", "unknown", "invisible"]
"""Why a form refuses an answer: there is none, its form is wrong, it is too long, there are too many lines, the number
is too small or too large, the choice doesn't exist (any more), or a character in it can't be seen."""


class Option(Record):
    """One of the answers to choose from."""

    key: Key
    """What is stored."""
    label: Line
    """What the provider chooses in the form."""
    page_label: Annotated[Line | None, Blank] = None
    """What residents read in the guide, e.g. "Bij u thuis" for "Bij de inwoner thuis"; the label when left out."""
    help: Annotated[Line | None, Blank] = None
    """One line of explanation in the form."""

    @property
    def shown(self) -> str:
        """What residents read in the guide."""
        return self.page_label or self.label


class Question(Record):
    """One question to a provider."""

    key: Key
    """Name under which the answer is stored."""
    kind: Key
    """Kind of answer, from the table of kinds (wmo_guide/domain/kinds)."""
    label: Line
    """The question as the provider reads it."""
    page_label: Annotated[Line | None, Blank] = None
    """The heading above the answer in the guide; the label when left out."""
    help: Annotated[Prose | None, Blank] = None
    """What to fill in, with an example."""
    required: Flag = False
    """true when an offer can't go live without it."""
    min: Annotated[Whole | None, Blank] = None
    """Smallest number allowed."""
    max: Annotated[Count | None, Blank] = None
    """Largest number allowed; for texts the largest number of characters."""
    unit: Annotated[Line | None, Blank] = None
    """Word behind a number, e.g. "weken"."""
    unit_one: Annotated[Line | None, Blank] = None
    """Word behind the number 1, e.g. "week"."""
    zero: Annotated[Line | None, Blank] = None
    """What the reader sees when the number is 0, e.g. "geen wachttijd"."""
    options: tuple[Option, ...] = ()
    """Answers to choose from, for the kinds choice and choices; for yes_no the words for `yes` and `no`."""
    lane: Literal["reviewed", "fast"] = "reviewed"
    """`fast`: goes live without review."""
    audience: Literal["public", "staff"] = "public"
    """`staff`: never leaves the desk, so it never stands in content/."""
    dated: Flag = False
    """true when the guide shows since when the answer holds: the offering then has a day for it under `dates`."""
    card: Flag = False
    """true when lists of providers show the answer; a yes_no is shown there only when it is yes."""
    compare: Flag = False
    """true when readers see the answer where they put providers side by side, as they see answers for lists."""
    facet: Flag = False
    """true when residents can filter on it."""
    at_most: tuple[Whole, ...] = ()
    """For a number to filter on: what residents can choose, as "at most so many"."""
    hsds: Annotated[Line | None, Blank] = None
    """Where the answer lands in the HSDS export."""
    messages: dict[Refusal, Line] = Field(default_factory=dict)
    """Own sentences for when the form refuses an answer, by reason, e.g. `missing: Kies minstens één taal.`"""
    when: Conditions = Field(default_factory=dict)
    """Asked only when all of these hold, e.g. `block.bands: true` or `answer.transport: some`."""

    @property
    def heading(self) -> str:
        """What stands above the answer in the guide."""
        return self.page_label or self.label

    def option(self, key: str) -> Option:
        """The option with this key. Raises KeyError when there is none."""
        return self.by_option[key]

    @cached_property
    def by_option(self) -> dict[str, Option]:
        """The options by key."""
        return {one.key: one for one in self.options}

    def applies(self, facts: Mapping[str, object]) -> bool:
        """Whether the question is asked, given facts such as {"block.bands": True, "answer.how": ("group",)}."""
        return not self.when or all(holds(facts.get(name), wanted) for name, wanted in self.when.items())


class QuestionSet(Record):
    """Questions that belong together. Lives in `questions/<key>.yaml`; blocks and regions refer to it."""

    title: Line
    """Heading above these questions in the form."""
    questions: tuple[Question, ...] = Field(min_length=1)
    """The questions, in the order of asking."""


def holds(fact: object, wanted: str) -> bool:
    """Whether a fact is, or is among, what a condition wants. Yes and no may be written as true and false too."""
    if isinstance(fact, bool):
        return wanted in (("true", "yes") if fact else ("false", "no"))
    if isinstance(fact, tuple | list | set | frozenset):
        return wanted in fact
    return str(fact) == wanted
