"""Answers taken over from another building block: those that fit, and never over what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from provider_forms.desk.drafts import Answers
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.questions import Question


@dataclass(frozen=True)
class Source:
    """The offering that answers are taken from."""

    questions: Sequence[Question]
    answers: Answers


def carried(questions: Sequence[Question], scope: Scope, typed: Answers, source: Source) -> Answers:
    """The typed answers, and for questions without one the source's answer as far as it fits.

    It fits when the source's block asks exactly the same question; of choices and levels only those fit that exist for
    this block.
    """
    fitting = {
        question.key: _fitting(question, scope, source.answers[question.key])
        for question in questions
        if question in source.questions and question.key in source.answers
    }
    return {**{key: answer for key, answer in fitting.items() if answer}, **typed}


def _fitting(question: Question, scope: Scope, answer: object) -> object:
    if isinstance(answer, Mapping):
        parts = {
            axis: [one for one in chosen if _is_right(question, scope, {axis: [one]})]
            for axis, chosen in answer.items()
        }
        return {axis: chosen for axis, chosen in parts.items() if chosen}
    if isinstance(answer, list) and question.kind != "lines":
        return [one for one in answer if _is_right(question, scope, [one])]
    # A text comes along as it is: what is wrong with it there is wrong here too, and the page tells.
    return answer


def _is_right(question: Question, scope: Scope, raw: object) -> bool:
    try:
        KINDS[question.kind].parse(raw, question, scope)
    except InvalidValueError:
        return False
    return True
