"""Texts under questions that are asked with boxes by now: no box can show them, and none of them is dropped."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from provider_forms.web.forms.kinds import FIELD_KINDS
from provider_forms.web.forms.shapes import texts_in
from wmo_guide.domain.questions import Question

LEFT = "~"
"""Ends the key that such a text is kept under. No question's key has this sign, so the text is in nobody's way."""
_CHOICE = re.compile(r"[a-z0-9_*-]+")
"""What boxes post. A choice that is gone says nothing to who reads it; a text that somebody typed does."""


def left_texts(questions: Iterable[Question], answers: Mapping[str, object]) -> dict[str, str]:
    """The texts among the answers to questions that are asked with boxes, by the keys that they are kept under."""
    boxed = (one.key for one in questions if FIELD_KINDS[one.kind].is_group)
    found = ((key + LEFT, _typed_text(answers[key])) for key in boxed if key in answers)
    return {key: text for key, text in found if text}


def put_beside(held: Mapping[str, object], key: str, text: str) -> str:
    """The text, behind what is kept under its key already."""
    before = "\n".join(texts_in(held.get(key)))
    if not before:
        return text
    return before if text in before else f"{before}\n\n{text}"


def _typed_text(answer: object) -> str:
    return "\n".join(text for text in texts_in(answer) if text.strip() and not _CHOICE.fullmatch(text))
