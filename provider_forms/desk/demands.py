"""What a part must answer before it can be sent, besides its required questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, TypeVar

from wmo_guide.domain.provider import Answers
from wmo_guide.domain.quality import Demand
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards


class Asked(Protocol):
    """A question on a page."""

    @property
    def question(self) -> Question:
        """The question."""

    @property
    def applies(self) -> bool:
        """Whether it is asked, given the other answers."""


_Field = TypeVar("_Field", bound=Asked)


def demands_on(part: str, standards: Standards) -> tuple[Demand, ...]:
    """What a page of the form, by the name of its part, must answer."""
    return standards.quality.minimum.about(part.partition("/")[0])


def asked_by(demand: Demand, fields: Sequence[_Field]) -> list[_Field]:
    """The questions of a demand that are asked, in the order of the demand: it names the best one to answer first."""
    by_key = {one.question.key: one for one in fields if one.applies}
    return [by_key[key] for key in demand.questions if key in by_key]


def unmet(demand: Demand, fields: Sequence[_Field], parsed: Answers, facts: Mapping[str, object]) -> _Field | None:
    """The question to answer for a demand that isn't met: its first without an answer. None when it is met."""
    asked = asked_by(demand, fields)
    empty = [one for one in asked if one.question.key not in parsed]
    if not empty or len(asked) - len(empty) >= demand.least or not demand.applies(facts):
        return None
    return empty[0]
