"""Plain text from outside, made into paragraphs and lists. It is escaped first, so it can never become markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import groupby

from markupsafe import Markup, escape

_BULLET = "- "


def prose(text: str, inline: Callable[[str], Markup] = escape) -> Markup:
    """Paragraphs (a blank line between) and lists (lines that begin with "- ") as HTML.

    `inline` turns the text of one line into HTML; it must escape what it is given.
    """
    return Markup("\n".join(_chunks(text, inline)))  # noqa: S704  (made of what `inline` gives)


def runs(text: str) -> Iterator[tuple[str, list[str]]]:
    """The parts of a text in their order: lines of a list ("item"), or of a paragraph ("words")."""
    lines = [line.strip() for line in text.splitlines()]
    for kind, run in groupby(lines, key=_kind):
        if kind != "blank":
            yield kind, [line.removeprefix(_BULLET).strip() if kind == "item" else line for line in run]


def _chunks(text: str, inline: Callable[[str], Markup]) -> Iterator[str]:
    for kind, lines in runs(text):
        if kind == "item":
            yield f"<ul>{''.join(f'<li>{inline(line)}</li>' for line in lines)}</ul>"
        else:
            yield f"<p>{' '.join(map(inline, lines))}</p>"


def _kind(line: str) -> str:
    return "blank" if not line else "item" if line.startswith(_BULLET) else "words"
