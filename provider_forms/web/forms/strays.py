"""Answers to questions that left the form while somebody typed: none of them is dropped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from provider_forms.web.forms.shapes import Posted, Typed, is_blank
from provider_forms.web.forms.tidy import line_breaks


def strays_in(posted: Posted, prefix: str, names: Sequence[str]) -> Mapping[str, Typed]:
    """What was posted under names that begin with the prefix and belong to none of these fields, by the questions' keys.

    It has a shape that a draft may hold, so that the answer stands in the form again when its question does.
    """
    starts = tuple(f"{name}." for name in names)
    found: dict[str, Typed] = {}
    for name, texts in posted.lists():
        if name.startswith(prefix) and name not in names and not name.startswith(starts) and not is_blank(texts):
            _put(found, name.removeprefix(prefix), [line_breaks(text) for text in texts if text.strip()])
    return found


def in_words(typed: object) -> str:
    """A stray answer as a text to copy: a line for each choice."""
    if isinstance(typed, Mapping):
        return "\n".join(f"{axis}: {in_words(chosen)}" for axis, chosen in typed.items())
    return "\n".join(map(str, typed)) if isinstance(typed, list) else str(typed)


def _put(found: dict[str, Typed], name: str, texts: list[str]) -> None:
    key, _, axis = name.partition(".")
    axes = found.get(key, {})
    if axis and isinstance(axes, dict):
        found[key] = {**axes, axis: texts}
    else:
        found[name if key in found else key] = texts[0] if len(texts) == 1 else texts
