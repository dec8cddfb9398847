"""Which headings of a page have something below them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_FIELDS = frozenset({"input", "textarea", "select", "button"})


def lonely_headings(tree: Any) -> list[str]:
    """Headings that are followed by nothing, or at once by a heading of their own level or a higher one."""
    lonely: list[str] = []
    last: Any = None
    for one in _parts(tree):
        if one is None:
            last = None
        else:
            if last is not None and _LEVELS[one.tag] <= _LEVELS[last.tag]:
                lonely.append(_words(last))
            last = one
    return [*lonely, *([_words(last)] if last is not None else [])]


def _parts(element: Any) -> Iterator[Any]:
    """The headings in an element, in their order, and None for every text or field outside of them."""
    if element.tag in _LEVELS:
        yield element
    elif isinstance(element.tag, str):
        if element.tag in _FIELDS or (element.text or "").strip():
            yield None
        for child in element:
            yield from _parts(child)
            if (child.tail or "").strip():
                yield None


def _words(element: Any) -> str:
    return " ".join(str(element.text_content()).split())
