"""A text of one field that stands by itself: what somebody answers to a report."""

from __future__ import annotations

from provider_forms.web.forms.tidy import line_breaks
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import clean_text


def read_text(typed: str, longest: int, when_empty: str) -> str:
    """The text, tidied. Raises InvalidValueError, with `when_empty` for its message when nothing was typed."""
    text = clean_text(line_breaks(typed))
    if not text:
        raise InvalidValueError(when_empty)
    if len(text) > longest:
        raise InvalidValueError(f"Dit is te lang: {len(text)} tekens. Maak het korter, tot {longest} tekens.")
    return text
