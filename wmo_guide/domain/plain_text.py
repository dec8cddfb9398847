"""Marks of Markdown and HTML, which stand as signs on the page wherever a text is shown as it is."""

from __future__ import annotations

import re

_TAGS = "a|b|br|button|div|em|form|h[1-6]|hr|i|iframe|img|input|li|link|ol|p|script|small|span|strong|style|svg|table|td|tr|u|ul"
_MARKS = re.compile(
    rf"\[[^\]\n]+\]\([^)\n]*\)|\*\*[^*\n]+\*\*|</?(?:{_TAGS})\b[^>\n]*>|&(?:[a-z]{{2,8}}|#\d{{1,6}}|#x[\da-f]{{1,6}});",
    re.IGNORECASE,
)


def marks_in(text: str) -> str:
    """The first link, bold words, tag or "&amp;" in a text, at most sixty signs of it; empty when there is none."""
    if (
        "*" not in text and "]" not in text and "<" not in text and "&" not in text
    ):  # nearly all texts, of which there are many
        return ""
    found = _MARKS.search(text)
    return found.group()[:60] if found else ""
