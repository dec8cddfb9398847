"""What a kind of question can do."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.matrix import BuildingBlock, Edition
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.region import Region
from wmo_guide.domain.values import is_nothing

ShownAs: TypeAlias = Literal["line", "prose", "list", "url", "email", "phone"]
Dumped: TypeAlias = str | list[str] | dict[str, list[str]]


_TEXT = {str}


@dataclass(frozen=True)
class Scope:
    """What an answer may refer to: the region, the block it is about, and the provider's own locations."""

    region: Region
    edition: Edition | None = None
    block: BuildingBlock | None = None
    locations: tuple[tuple[str, str], ...] = ()
    """Key and name of each location."""


class Shown(NamedTuple):
    """An answer made ready for a reader: plain texts and how to lay them out."""

    form: ShownAs
    texts: tuple[str, ...]


class Choice(NamedTuple):
    """Something that residents can choose to filter on."""

    value: str
    """What stands in addresses and in the search files."""
    label: str


@dataclass(frozen=True)
class Filter:
    """How residents filter on answers of a kind: `choices` gives what there is to choose, `values` what an answer has."""

    choices: Callable[[Question, Scope], tuple[Choice, ...]]
    values: Callable[[Answer], tuple[str, ...]]
    most: bool = False
    """Whether a choice means "at most", so that only one can be made."""


@dataclass(frozen=True)
class Kind:
    """One kind of question.

    `parse` takes an answer as YAML or a form gives it and returns the value, or raises InvalidValueError.
    `dump` gives the form in which YAML stores the value; parse(dump(value)) is the value.
    `show` gives what a reader sees.
    """

    parse: Callable[[Raw, Question, Scope], Answer]
    dump: Callable[[Answer], Dumped]
    show: Callable[[Answer, Question, Scope], Shown]
    filter: Filter | None = None
    """None when residents can't filter on such answers."""


def as_text(raw: Raw) -> str:
    """The raw answer, which must be one text."""
    if not isinstance(raw, str):
        raise InvalidValueError("Hier hoort één tekst, geen lijst en geen groep sleutels.")
    if is_nothing(raw):
        raise InvalidValueError("Hier staat niets. Vul het in of haal de sleutel weg.")
    return raw


def as_list(raw: Raw) -> list[str]:
    """The raw answer, which must be a list of texts, each once."""
    if not isinstance(raw, (list, tuple)) or not {*map(type, raw)} <= _TEXT:
        raise InvalidValueError("Hier hoort een lijst: elke keuze op een eigen regel met een streepje ervoor.")
    items = list(raw)
    if not items:
        raise InvalidValueError("Deze lijst is leeg. Kies er minstens één of haal de sleutel weg.")
    if len(set(items)) < len(items):
        index, item = next((index, item) for index, item in enumerate(items) if item in items[:index])
        raise InvalidValueError(f'"{item}" staat er twee keer. Laat er één staan.', (index,))
    return items


def dump_text(value: Answer) -> str:
    """A value stored as its own text."""
    return str(value)


def dump_list(value: Answer) -> list[str]:
    """A tuple of texts stored as a list."""
    return list(value) if isinstance(value, tuple) else [str(value)]


def chosen(raw: Raw, allowed: Collection[str], what: str) -> tuple[str, ...]:
    """The choices in the raw list, in the order of `allowed`; each must be one of them."""
    items = as_list(raw)
    for index, item in enumerate(items):
        if item not in allowed:
            raise InvalidValueError(unknown(item, allowed, what), (index,))
    return tuple(items) if len(items) == 1 else tuple(key for key in allowed if key in items)


def unknown(given: str, allowed: Collection[str], what: str) -> str:
    """The sentence that tells which choices there are."""
    if not allowed:
        return f'"{given[:60]}" kan hier niet: hier is geen {what} om uit te kiezen.'
    return f'"{given[:60]}" is hier geen {what}. Kies uit: {", ".join(allowed)}.'
