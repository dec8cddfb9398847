"""What a check has to say about a record: where in the record, and what to do."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple, TypeAlias

KeyPath: TypeAlias = tuple[str | int, ...]
"""The way from a record's root to a value, e.g. ("offerings", 0, "answers", "levels")."""


class Finding(NamedTuple):
    """One thing that is wrong in one record. The message tells the editor, in Dutch, what to do."""

    path: KeyPath
    message: str


class InvalidValueError(ValueError):
    """A value that its kind refuses; the text tells the person who typed it what to do, in Dutch.

    `path` leads to the part that is wrong when only a part is, e.g. ("complexity", 1).
    """

    def __init__(self, message: str, path: KeyPath = ()) -> None:
        super().__init__(message)
        self.message = message
        self.path = path


def choose_from(allowed: Iterable[str]) -> str:
    """The sentence that tells what there is to choose from, or what to do when there is nothing."""
    listed = ", ".join(allowed)
    return f"Kies uit: {listed}." if listed else "Er is er nog geen. Maak er eerst een, of haal dit hier weg."
