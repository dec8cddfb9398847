"""Plain text from outside, made into paragraphs and lists. It is escaped first, so it can never become markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from markupsafe import Markup, escape

_BULLET = "- "


def prose(text: str, inline: Callable[[str], Markup] = escape) -> Markup:
    """Paragraphs (a blank line between) and lists (lines that begin with "- ") as HTML.

    `inline` turns the text of one line into HTML; it must escape what it is given.
    """
    return Markup("\n").join(_chunks(text, inline))


def _chunks(text: str, inline: Callable[[str], Markup]) -> Iterator[Markup]:
    for chunk in text.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in chunk.splitlines() if line.strip()]
        words = [line for line in lines if not line.startswith(_BULLET)]
        items = [line.removeprefix(_BULLET).strip() for line in lines if line.startswith(_BULLET)]
        if words:
            yield Markup("<p>{}</p>").format(Markup(" ").join(inline(line) for line in words))
        if items:
            yield Markup("<ul>{}</ul>").format(
                Markup("").join(Markup("<li>{}</li>").format(inline(item)) for item in items)
            )
