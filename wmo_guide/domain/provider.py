"""Providers and what they offer. Their answers follow the question sets, so their keys stand in YAML, not here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, NamedTuple, TypeAlias

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.values import Blank, Day, Flag, Key, Line, PastDay, Slug

Raw: TypeAlias = object
"""An answer as it arrives: text, list or mapping of texts, from YAML or from a form."""
Answer: TypeAlias = str | int | bool | date | tuple[str, ...] | Mapping[str, tuple[str, ...]]
"""An answer that its question's kind has parsed."""
Answers: TypeAlias = Mapping[str, Answer]


class LocationFile(Record):
    """A place where a provider works or receives people."""

    key: Key
    """Short name by which offerings refer to it."""
    answers: dict[Key, Raw]
    """Answers to the question set about locations."""


class OfferingFile(Record):
    """What one provider offers for one block of one edition."""

    edition: Line
    """Edition of the matrix: the name of its file."""
    block: Slug
    """Slug of the building block."""
    start: Annotated[Day | None, Blank] = None
    """First day on which the guide shows it."""
    end: Annotated[Day | None, Blank] = None
    """Last day on which the guide shows it."""
    answers: dict[Key, Raw]
    """Answers to the region's and the block's question sets."""
    dates: dict[Key, Day] = Field(default_factory=dict)
    """Since when an answer holds: a day that has come, for each question that is dated and was answered."""


class Confirmation(Record):
    """Somebody at the provider said that the offer still holds. Not the same as edited."""

    on: PastDay
    """The day."""
    by: Line
    """The role of who said it, e.g. "de aanbieder"; never a person's name."""


class ProviderFile(Record):
    """A provider as it stands in `regions/<region>/providers/<slug>.yaml`."""

    example: Flag = False
    """true when it was made up to show how the guide looks."""
    updated: PastDay
    """When a person last changed these data."""
    confirmed: Confirmation
    """The last confirmation."""
    organisation: dict[Key, Raw]
    """Answers to the question set about the organisation."""
    locations: tuple[LocationFile, ...] = ()
    """The provider's locations."""
    offerings: tuple[OfferingFile, ...] = Field(default=())
    """What it offers, a block at a time."""


class Location(NamedTuple):
    """A location with parsed answers."""

    key: str
    answers: Answers


class Offering(NamedTuple):
    """An offering with parsed answers, in the order of the questions."""

    edition: str
    block: str
    start: date | None
    end: date | None
    answers: Answers
    dates: Mapping[str, date]

    def runs_on(self, day: date) -> bool:
        """Whether the guide shows it on that day."""
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)

    def many(self, key: str) -> tuple[str, ...]:
        """The answer to a question with several answers; none when it wasn't answered."""
        value = self.answers.get(key, ())
        return value if isinstance(value, tuple) else ()

    @property
    def levels(self) -> Mapping[str, tuple[str, ...]]:
        """Levels offered, per axis."""
        value = self.answers.get("levels", {})
        return value if isinstance(value, Mapping) else {}


class Provider(NamedTuple):
    """A provider whose every answer was parsed by its question's kind."""

    slug: str
    digest: str
    """Fingerprint of the file it came from."""
    example: bool
    updated: date
    confirmed: Confirmation
    organisation: Answers
    locations: tuple[Location, ...]
    offerings: tuple[Offering, ...]

    def __hash__(self) -> int:
        return hash((self.slug, self.digest))

    @property
    def name(self) -> str:
        """Name as residents know it."""
        return str(self.organisation["name"])

    def text(self, key: str) -> str:
        """An answer about the organisation as text; empty when it wasn't given."""
        return str(self.organisation.get(key, ""))
