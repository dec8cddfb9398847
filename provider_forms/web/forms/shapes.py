"""The shapes that a typed answer has: one text, lines, choices, or choices per axis.

An answer is kept in its shape exactly as it was typed, also when it is wrong, so it can be stored and shown again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from werkzeug.datastructures import MultiDict

from provider_forms.web.forms.tidy import line_breaks

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
Typed: TypeAlias = str | list[str] | dict[str, list[str]]
Posted: TypeAlias = MultiDict[str, str]


@dataclass(frozen=True)
class Shape:
    """How an answer of this shape is taken from a posted form, and from what was stored."""

    read: Callable[[Posted, str], Typed]
    """From the posted fields with this name."""
    restore: Callable[[object], Typed]
    """From a stored answer, also of another shape: the question's kind may have changed since."""


def is_blank(typed: Typed) -> bool:
    """Whether nothing was typed or chosen."""
    if isinstance(typed, str):
        return not typed.strip()
    parts = typed.values() if isinstance(typed, dict) else typed
    return all(is_blank(part) for part in parts)


def _read_text(posted: Posted, name: str) -> str:
    # A browser sends a name once. Whatever else sends it more often gets all of it back, never a part.
    return line_breaks("\n".join(dict.fromkeys(posted.getlist(name))))


def _read_lines(posted: Posted, name: str) -> list[str]:
    return _read_text(posted, name).split("\n")


def _read_chosen(posted: Posted, name: str) -> list[str]:
    return list(dict.fromkeys(value for value in posted.getlist(name) if value))


def _read_per_axis(posted: Posted, name: str) -> dict[str, list[str]]:
    start = f"{name}."
    found = {key.removeprefix(start): _read_chosen(posted, key) for key in posted if key.startswith(start)}
    return {axis: chosen for axis, chosen in found.items() if chosen}


def texts_in(stored: object) -> list[str]:
    """All texts of a stored answer, whatever its shape."""
    if isinstance(stored, Mapping):
        return [text for part in stored.values() for text in texts_in(part)]
    if isinstance(stored, list | tuple):
        return [str(item) for item in stored]
    return [str(stored)] if stored else []


def _restore_text(stored: object) -> str:
    return "\n".join(texts_in(stored))


def _restore_lines(stored: object) -> list[str]:
    return _restore_text(stored).split("\n")


def _restore_day(stored: object) -> str:
    """A day as people write it: 1-12-2026. Anything else as it is, also a day that doesn't exist."""
    text = _restore_text(stored)
    try:
        day = date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return text
    return f"{day.day}-{day.month}-{day.year}" if day else text


def _restore_per_axis(stored: object) -> dict[str, list[str]]:
    return {str(axis): texts_in(chosen) for axis, chosen in stored.items()} if isinstance(stored, Mapping) else {}


TEXT = Shape(_read_text, _restore_text)
DAY = Shape(_read_text, _restore_day)
LINES = Shape(_read_lines, _restore_lines)
CHOSEN = Shape(_read_chosen, texts_in)
PER_AXIS = Shape(_read_per_axis, _restore_per_axis)
