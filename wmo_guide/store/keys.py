"""Which keys a record has: what an editor may have meant with a key that doesn't exist there."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import get_args

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import KeyPath


@lru_cache
def keys_beside(root: str, path: KeyPath) -> tuple[str, ...]:
    """The keys that may stand where this path leads, in a file whose record has this name.

    None of them when that can't be told: a wrong hint is worse than no hint.
    """
    record = next((one for one in _records(Record) if one.__name__ == root), None)
    for part in path[:-1]:
        if isinstance(part, str):
            record = None if record is None else _inside(record, part)
    return () if record is None else tuple(field.alias or name for name, field in record.model_fields.items())


def _records(record: type[Record]) -> Iterator[type[Record]]:
    for one in record.__subclasses__():
        yield one
        yield from _records(one)


def _inside(record: type[Record], key: str) -> type[Record] | None:
    """The record under a key; None when it holds something else."""
    found = (field.annotation for name, field in record.model_fields.items() if key == (field.alias or name))
    return next((one for annotation in found for one in _named_in(annotation)), None)


def _named_in(annotation: object) -> Iterator[type[Record]]:
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield annotation
    for part in get_args(annotation):
        yield from _named_in(part)
