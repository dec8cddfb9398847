"""What an offer needs before it can be sent, and what makes it better: rules that stand in content/quality.yaml."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.questions import Conditions, holds
from wmo_guide.domain.values import Blank, Count, Key, Line, Positive


class Demand(Record):
    """Something that must be answered before an offer can be sent, besides the questions that are required."""

    part: Literal["organisation", "location", "offering"]
    """The part of the form that it is about; it holds for each location and each offering."""
    questions: tuple[Key, ...] = Field(min_length=1)
    """Questions of that part."""
    least: Positive = 1
    """How many of them must be answered."""
    when: Conditions = Field(default_factory=dict)
    """It is asked only when all of these hold, as for a question."""
    message: Line
    """What to do, for the provider."""

    def applies(self, facts: Mapping[str, object]) -> bool:
        """Whether it is asked, given facts as for a question."""
        return _hold(self.when, facts)


class Minimum(Record):
    """What an offer needs before it can be sent."""

    offerings: Count = 1
    """Fewest building blocks."""
    demands: tuple[Demand, ...] = ()
    """What must be answered besides the required questions."""

    def about(self, part: str) -> tuple[Demand, ...]:
        """What one part of the form must answer."""
        return tuple(one for one in self.demands if one.part == part)


class Rule(Record):
    """One thing that makes an offer better. It earns points and never stops anybody."""

    key: Key
    """Short name of the rule."""
    part: Literal["organisation", "location", "offering", "whole"]
    """What it looks at; it is held against each location and each offering apart. `whole`: all of it at once."""
    check: Literal["answered", "length", "plain", "recent", "reachable", "blocks"]
    """How it looks: how many questions are answered; how many characters the texts have; how easy they read
    (Flesch-Douma); how many days ago a dated answer was given; whether a way to get in touch that a text names is
    there; what percentage of the edition's blocks is offered."""
    questions: tuple[Key, ...] = ()
    """Questions that it looks at."""
    least: Annotated[Count | None, Blank] = None
    """Smallest number that is good."""
    most: Annotated[Count | None, Blank] = None
    """Largest number that is good."""
    phrases: tuple[Line, ...] = ()
    """For `reachable`: words that send a resident to the organisation, e.g. "belt ons"."""
    needs: tuple[Key, ...] = ()
    """For `reachable`: questions about the organisation; one of them must then be answered."""
    when: Conditions = Field(default_factory=dict)
    """It counts only when all of these hold, as for a question."""
    points: Positive = 1
    """How much it weighs."""
    good: Line
    """What the provider reads when it is all right."""
    advice: Line
    """What the provider reads when it could be better: what to do."""
    missing: Line | None = None
    """What the provider reads instead of `advice` when there is no answer at all."""
    too_much: Line | None = None
    """What the provider reads instead of `advice` when it is more than `most`."""

    def applies(self, facts: Mapping[str, object]) -> bool:
        """Whether it counts, given facts as for a question."""
        return _hold(self.when, facts)


class RealEstateRule(Record):
    """How providers report homes that they have available."""

    questions: Key
    """The question set about a home."""
    subject: Key
    """Subject of the contact whose mailbox gets it; a region without that contact has no such form."""


class Quality(Record):
    """The rules for sending an offer and for its quality meter. Lives in `quality.yaml`, for all regions."""

    minimum: Minimum = Minimum()
    """What an offer needs before it can be sent."""
    rules: tuple[Rule, ...] = ()
    """The rules of the quality meter."""
    real_estate: RealEstateRule | None = None
    """The form about available homes; left out, there is none."""


def _hold(when: Mapping[str, str], facts: Mapping[str, object]) -> bool:
    return all(holds(facts.get(name), wanted) for name, wanted in when.items())
