"""Marks of Markdown and HTML, which stand as signs on the page wherever a text is shown as it is."""

from __future__ import annotations

import re

_MARKS = re.compile(r"\[[^\]\n]+\]\([^)\n]*\)|\*\*[^*\n]+\*\*|</?(?:a|b|br|em|i|img|p|strong)\b[^>\n]*>")


def marks_in(text: str) -> str:
    """The first link, bold words or tag in a text, at most sixty signs of it; empty when there is none."""
    if "*" not in text and "]" not in text and "<" not in text:  # nearly all texts, of which there are many
        return ""
    found = _MARKS.search(text)
    return found.group()[:60] if found else ""
