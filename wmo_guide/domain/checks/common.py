"""What all checks share: names used twice, references to nothing, pictograms."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias, get_args

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import Finding, KeyPath, choose_from
from wmo_guide.domain.questions import QuestionSet

Names: TypeAlias = Collection[str] | None
"""Names that may be referred to; None when the file that holds them could not be read, so nobody can tell."""


_NEUTER = frozenset({"antwoord", "niveau", "onderdeel", "onderwerp", "resultaatgebied", "woord"})
"""Words that go with "dat" among those that say what a reference is to."""


@dataclass(frozen=True)
class Around:
    """What a record may refer to in its region."""

    sources: Names
    facilities: Names
    blocks: Names
    """Blocks of the editions that are not former."""
    factsheets: Collection[str]
    pages: Mapping[str, str | None]
    """Each page with the page that it stands under."""
    set_names: Collection[str]
    sets: Mapping[str, QuestionSet]
    """The question sets that could be read."""
    basis: tuple[str, ...]
    """Sets that every block asks."""


def names(keys: Iterable[str]) -> Names:
    """Names that may be referred to; None when one stands twice, for then one of the two was meant to be another."""
    listed = list(keys)
    return frozenset(listed) if len(set(listed)) == len(listed) else None


def twice(keys: Iterable[str], *path: str | int, name: str = "slug") -> Iterator[Finding]:
    """A finding for each key in a list of records that was used before."""
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield Finding((*path, index, name), f'"{key}" staat er twee keer. Geef elk een eigen naam.')
        seen.add(key)


def alike(texts: Iterable[str], *path: str | int, name: str) -> Iterator[Finding]:
    """A finding for each text in a list of records that a reader can't tell from one before it."""
    seen: set[str] = set()
    for index, text in enumerate(texts):
        if text.casefold() in seen:
            message = f'"{text}" staat er twee keer, dus een lezer kan ze niet uit elkaar houden. Verander er één.'
            yield Finding((*path, index, name), message)
        seen.add(text.casefold())


def known(given: Iterable[str], allowed: Names, what: str, path: KeyPath) -> Iterator[Finding]:
    """A finding for each reference to something that doesn't exist, or that the list has already."""
    seen: set[str] = set()
    for index, key in enumerate(given):
        if allowed is not None and key not in allowed:
            yield unknown(key, allowed, what, (*path, index))
        elif key in seen:
            yield Finding((*path, index), f'"{key}" staat er twee keer. Laat er één staan.')
        seen.add(key)


def unknown(key: str, allowed: Collection[str], what: str, path: KeyPath) -> Finding:
    """The finding for one reference to something that doesn't exist."""
    that = "dat er is" if what.partition(" ")[0] in _NEUTER else "die er is"
    kind = what if " die " in what else f"{what} {that}"
    return Finding(path, f'"{key}" is geen {kind}. {choose_from(sorted(allowed))}')


def records_in(record: Record, path: KeyPath = ()) -> Iterator[tuple[KeyPath, Record]]:
    """The record and every record inside it, at any depth, with the way to it."""
    yield path, record
    for name, key in _around_records(type(record)):
        value, inner = getattr(record, name), (*path, key)
        if isinstance(value, Record):
            yield from records_in(value, inner)
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, Record):
                    yield from records_in(one, (*inner, index))


def _records_with(field: str, record: Record) -> Iterator[tuple[KeyPath, Any]]:
    """Those among them that have this field, with the way to the field and its value."""
    for path, one in records_in(record):
        if field in _fields(type(one)):
            yield (*path, field), getattr(one, field)


@cache
def _fields(model: type[Record]) -> Collection[str]:
    """Names of the fields of a model: looked up once, for thousands of files have records of the same models."""
    return frozenset(model.model_fields)


@cache
def _around_records(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Name and key of the fields of a model that can hold records."""
    fields = model.model_fields.items()
    return tuple((name, field.alias or name) for name, field in fields if _is_of_records(field.annotation))


def _is_of_records(annotation: object) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return True
    return any(map(_is_of_records, get_args(annotation)))


def check_icons(record: Record, is_icon: Callable[[str], bool]) -> Iterator[Finding]:
    """Every pictogram that a record names, at any depth, exists."""
    for path, icon in _records_with("icon", record):
        if icon is not None and not is_icon(icon):
            yield Finding(
                path, f'Het pictogram "{icon}" bestaat niet. Zoek een naam op in de lijst van Material Design Icons.'
            )


def check_words(record: Record) -> Iterator[Finding]:
    """No list of everyday words, at any depth, has a word twice; capitals make no difference."""
    for path, words in _records_with("everyday_words", record):
        seen: set[str] = set()
        for index, word in enumerate(words):
            if word.casefold() in seen:
                yield Finding((*path, index), f'"{word}" staat er twee keer. Laat er één staan.')
            seen.add(word.casefold())
