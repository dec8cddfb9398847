"""What a row of faults is, and the changes that rows are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.builders import HOME, ContentFolder

Change = Callable[[ContentFolder], None]

REGION = f"{HOME}/region.yaml"
MATRIX = f"{HOME}/matrix/2024.yaml"
CONVERSION = f"{HOME}/conversion/2020-to-2024.yaml"
FACILITIES = f"{HOME}/facilities.yaml"
SITUATIONS = f"{HOME}/situations.yaml"
FAQ = f"{HOME}/faq.yaml"
TERMS = f"{HOME}/terms.yaml"
FACTSHEET = f"{HOME}/factsheets/huis-zoeken.md"
PAGE = f"{HOME}/pages/doelen.md"
ALFA = f"{HOME}/providers/alfa-thuis.yaml"
GAMMA = f"{HOME}/providers/gamma-zorg.yaml"
ORGANISATION = "questions/organisation.yaml"
OFFERING = "questions/offering.yaml"

BIDI = "\N{RIGHT-TO-LEFT OVERRIDE}"

BLOCK = ("areas", 0, "blocks", 0)
BLOCK_KEY = "areas[0].blocks[0]"
ANSWERS = ("offerings", 0, "answers")
ANSWERS_KEY = "offerings[0].answers"


@dataclass(frozen=True)
class Row:
    """One way to break the sample, and the one problem that must be told."""

    name: str
    change: Change
    file: str
    line: str | tuple[str, int] | int
    """What stands on the line of the problem: on that line alone, or there for the nth time; or its number (0: no line)."""
    key: str
    says: str
    """Part of the message."""


def put(file: str, path: tuple[str | int, ...], value: Any) -> Change:
    """Gives a key another value."""
    return lambda content: content.put(file, path, value)


def drop(file: str, path: tuple[str | int, ...]) -> Change:
    """Takes a key away."""
    return lambda content: content.drop(file, path)


def swap(file: str, old: str, new: str) -> Change:
    """Replaces a piece of the file's text."""
    return lambda content: content.swap(file, old, new)


def both(*changes: Change) -> Change:
    """Several changes that make one fault."""

    def change(content: ContentFolder) -> None:
        for one in changes:
            one(content)

    return change


def raw(file: str, data: str | bytes) -> Change:
    """Writes the file anew."""
    return lambda content: content.raw(file, data)


def add(file: str, text: str | bytes) -> Change:
    """Writes below the last line of the file."""
    more = text.encode() if isinstance(text, str) else text
    return lambda content: content.raw(file, content.path(file).read_bytes() + more)
