"""Tells on a form what must be answered before an offer can be sent, besides the questions that are required."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from provider_forms.desk.demands import asked_by, unmet
from provider_forms.web.forms.conditions import when_in_words
from provider_forms.web.forms.field import AnswerField
from wmo_guide.domain.answers import answer_facts, block_facts
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.quality import Demand
from wmo_guide.domain.questions import holds

_BY_ANSWER = ("answer.", "level.")


def put_demands(fields: Sequence[AnswerField], demands: Iterable[Demand], scope: Scope) -> None:
    """Gives each question that a demand is about the words for that, and the first empty one of an unmet demand its error.

    A demand with a question whose answer is refused already says nothing: mending that answer may be all it takes.
    """
    block = block_facts(scope)
    parsed = {one.question.key: one.data for one in fields if one.applies and one.data is not None}
    facts = {**block, **answer_facts(parsed, scope)}
    for demand in demands:
        if _can_hold(demand, block):
            _name(demand, fields)
            wanting = unmet(demand, fields, parsed, facts)
            if wanting is not None and not any(one.error for one in asked_by(demand, fields)):
                wanting.errors = (demand.message,)


def _can_hold(demand: Demand, block: Mapping[str, object]) -> bool:
    """Whether it is asked about this block at all; answers may still decide."""
    fixed = ((fact, wanted) for fact, wanted in demand.when.items() if not fact.startswith(_BY_ANSWER))
    return all(holds(block.get(fact), wanted) for fact, wanted in fixed)


def _name(demand: Demand, fields: Sequence[AnswerField]) -> None:
    named = [one for one in fields if one.question.key in demand.questions]
    when = when_in_words(demand.when, {one.question.key: one.question for one in fields})
    for field in named:
        others = tuple(f"“{one.question.label}”" for one in named if one is not field)
        field.demand = f"vul dit in{_or(demand.least, others)}{when}" if others or when else ""


def _or(least: int, others: tuple[str, ...]) -> str:
    """What else will do."""
    if least > len(others):
        return ""
    if least == 1:
        return f", of anders {' of '.join(others)}"
    return f", of anders {least} van deze: {', '.join(others)}"
