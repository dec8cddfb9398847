"""Kinds whose answer is chosen from options."""

from __future__ import annotations

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds.base import (
    Choice,
    Dumped,
    Filter,
    Kind,
    Scope,
    Shown,
    as_text,
    chosen,
    dump_list,
    dump_text,
    unknown,
)
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question

_YES_NO = {"yes": True, "no": False}


def _parse_yes_no(raw: Raw, _question: Question, _scope: Scope) -> Answer:
    text = as_text(raw)
    if text not in _YES_NO:
        raise InvalidValueError("Schrijf hier yes (ja) of no (nee).")
    return _YES_NO[text]


def _dump_yes_no(value: Answer) -> Dumped:
    return "yes" if value else "no"


def _show_yes_no(value: Answer, question: Question, _scope: Scope) -> Shown:
    words = {"yes": "Ja", "no": "Nee", **{option.key: option.shown for option in question.options}}
    return Shown("line", (words["yes" if value else "no"],))


def _parse_choice(raw: Raw, question: Question, _scope: Scope) -> Answer:
    text = as_text(raw)
    if text not in question.by_option:
        raise InvalidValueError(unknown(text, question.by_option, "keuze"))
    return text


def _show_choice(value: Answer, question: Question, _scope: Scope) -> Shown:
    return Shown("line", (question.option(str(value)).shown,))


def _parse_choices(raw: Raw, question: Question, _scope: Scope) -> Answer:
    return chosen(raw, question.by_option, "keuze")


def _show_choices(value: Answer, question: Question, _scope: Scope) -> Shown:
    return Shown("list", tuple(question.by_option[key].shown for key in dump_list(value)))


def _yes(question: Question, scope: Scope) -> tuple[Choice, ...]:
    """Who filters on a yes or no wants the yes."""
    return (Choice("yes", _show_yes_no(value=True, question=question, _scope=scope).texts[0]),)


def _options(question: Question, _scope: Scope) -> tuple[Choice, ...]:
    return tuple(Choice(option.key, option.shown) for option in question.options)


YES_NO = Kind(_parse_yes_no, _dump_yes_no, _show_yes_no, Filter(_yes, lambda value: ("yes",) if value else ()))
CHOICE = Kind(_parse_choice, dump_text, _show_choice, Filter(_options, lambda value: (str(value),)))
CHOICES = Kind(_parse_choices, dump_list, _show_choices, Filter(_options, lambda value: tuple(dump_list(value))))
