"""Kinds whose answer is a number or a day."""

from __future__ import annotations

from datetime import date

from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds.base import Choice, Filter, Kind, Scope, Shown, as_text, dump_text
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.values import parse_whole


def _parse_number(raw: Raw, question: Question, _scope: Scope) -> Answer:
    number = parse_whole(as_text(raw).strip())
    if question.min is not None and number < question.min:
        raise InvalidValueError(f"{number} is te klein. Vul {question.min} of meer in.")
    if question.max is not None and number > question.max:
        raise InvalidValueError(f"{number} is te groot. Vul {question.max} of minder in.")
    return number


def _show_number(value: Answer, question: Question, _scope: Scope) -> Shown:
    if value == 0 and question.zero:
        return Shown("line", (question.zero,))
    unit = question.unit_one if value == 1 and question.unit_one else question.unit
    return Shown("line", (f"{value} {unit}" if unit else str(value),))


def _parse_day(raw: Raw, _question: Question, _scope: Scope) -> Answer:
    return parse_date(as_text(raw).strip())


def _show_day(value: Answer, _question: Question, _scope: Scope) -> Shown:
    return Shown("line", (long_date(value) if isinstance(value, date) else str(value),))


def _steps(question: Question, scope: Scope) -> tuple[Choice, ...]:
    shown = ((step, _show_number(step, question, scope).texts[0]) for step in question.at_most)
    return tuple(Choice(str(step), f"Ten hoogste {text}" if step else text) for step, text in shown)


NUMBER = Kind(_parse_number, dump_text, _show_number, Filter(_steps, lambda value: (str(value),), most=True))
DATE = Kind(_parse_day, dump_text, _show_day)
