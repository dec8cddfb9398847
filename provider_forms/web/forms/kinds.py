"""The second table of question kinds: how each is asked in a form.

wmo_guide.domain.kinds holds how an answer is parsed, stored and shown; a kind stands in both tables or in none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Literal

from provider_forms.web.forms import options, shapes, tidy
from provider_forms.web.forms.shapes import Shape, Typed
from wmo_guide.domain.questions import Question, Refusal

Widget = Literal["input", "textarea", "radios", "checkboxes"]
_FAR_TOO_MANY_DIGITS = 10
"""The domain doesn't read such a number at all."""


@dataclass(frozen=True)
class FieldKind:
    """How one kind of question is asked, and how what people type is read."""

    widget: Widget
    shape: Shape
    tidied: Callable[[Typed, Question], Typed]
    """The answer as the kind's `parse` wants it."""
    refusal: Callable[[Typed, Question], Refusal]
    """Why `parse` refused a tidied answer."""
    groups: options.Groups = options.no_groups
    attributes: Mapping[str, str] = field(default_factory=dict)
    """Attributes of the input."""
    hint: str = ""
    """How to write the answer; `{max}` is the question's largest number of characters."""
    nothing: str = ""
    """What the form says when there is nothing to choose from; empty when the question is then left out."""
    free_text: bool = False
    """Whether people write what they like in it, so also what doesn't belong there."""
    short: bool = False
    """Whether the answer is a few characters long."""

    @property
    def is_group(self) -> bool:
        """Whether the question is asked with several inputs."""
        return self.widget in ("radios", "checkboxes")


def _one(tidy_text: tidy.Tidy, typed: Typed, question: Question) -> Typed:
    return tidy_text(typed, question) if isinstance(typed, str) else typed


def _lines(typed: Typed, question: Question) -> Typed:
    return tidy.tidy_lines(typed, question) if isinstance(typed, list) else typed


def _as_typed(typed: Typed, _question: Question) -> Typed:
    return typed


def _because(reason: Refusal) -> Callable[[Typed, Question], Refusal]:
    return lambda _typed, _question: reason


def _number_refusal(typed: Typed, _question: Question) -> Refusal:
    digits = typed.removeprefix("-") if isinstance(typed, str) else ""
    return (
        "out_of_range" if digits.isascii() and digits.isdecimal() and len(digits) < _FAR_TOO_MANY_DIGITS else "invalid"
    )


def _lines_refusal(typed: Typed, _question: Question) -> Refusal:
    return "too_long" if len(set(typed)) == len(typed) else "invalid"


_LIMIT = "Er is plaats voor {max} tekens."
_text = partial(FieldKind, shape=shapes.TEXT, refusal=_because("invalid"))
_radios = partial(
    FieldKind, widget="radios", shape=shapes.TEXT, tidied=partial(_one, tidy.tidy_line), refusal=_because("unknown")
)
_checkboxes = partial(
    FieldKind, widget="checkboxes", shape=shapes.CHOSEN, tidied=_as_typed, refusal=_because("unknown")
)

FIELD_KINDS: Mapping[str, FieldKind] = {
    "line": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_line),
        refusal=_because("too_long"),
        hint=_LIMIT,
        free_text=True,
    ),
    "lines": FieldKind(
        "textarea",
        shapes.LINES,
        _lines,
        _lines_refusal,
        attributes={"rows": "4"},
        hint="Er is op elke regel plaats voor {max} tekens.",
        free_text=True,
    ),
    "text": _text(
        widget="textarea",
        tidied=partial(_one, tidy.tidy_text),
        refusal=_because("too_long"),
        attributes={"rows": "7"},
        hint=_LIMIT,
        free_text=True,
    ),
    "yes_no": _radios(groups=options.yes_or_no),
    "choice": _radios(groups=options.one_of_given),
    "choices": _checkboxes(groups=options.given),
    "number": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_number),
        refusal=_number_refusal,
        attributes={"inputmode": "numeric", "autocomplete": "off"},
        short=True,
    ),
    "date": _text(
        widget="input",
        shape=shapes.DAY,
        tidied=partial(_one, tidy.tidy_date),
        attributes={"autocomplete": "off"},
        hint="Schrijf dag, maand en jaar. Bijvoorbeeld 1-12-2026.",
        short=True,
    ),
    "url": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_url),
        attributes={"inputmode": "url", "autocomplete": "url", "autocapitalize": "none", "spellcheck": "false"},
    ),
    "email": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_email),
        attributes={
            "inputmode": "email",
            "autocomplete": "work email",
            "autocapitalize": "none",
            "spellcheck": "false",
        },
    ),
    "phone": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_phone),
        attributes={"inputmode": "tel", "autocomplete": "work tel"},
        short=True,
    ),
    "postcode": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_postcode),
        attributes={"autocomplete": "postal-code", "autocapitalize": "characters", "spellcheck": "false"},
        short=True,
    ),
    "kvk": _text(
        widget="input",
        tidied=partial(_one, tidy.tidy_kvk),
        attributes={"inputmode": "numeric", "autocomplete": "off"},
        short=True,
    ),
    "municipality": _radios(groups=options.one_municipality),
    "municipalities": _checkboxes(groups=options.municipalities),
    "locations": _checkboxes(
        groups=options.locations, nothing="Er zijn nog geen locaties. Vul die eerst in, dan kunt u hier kiezen."
    ),
    "levels": _checkboxes(shape=shapes.PER_AXIS, groups=options.levels),
    "arrangements": _checkboxes(groups=options.arrangements),
    "bands": _checkboxes(groups=options.bands),
}
