"""A form made of questions: built, filled and checked at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from wtforms.fields.core import UnboundField
from wtforms.form import BaseForm

from provider_forms.web.forms.conditions import conditions
from provider_forms.web.forms.demands import put_demands
from provider_forms.web.forms.field import AnswerField, FieldWarning
from provider_forms.web.forms.left_texts import left_texts
from provider_forms.web.forms.shapes import Posted, Typed
from provider_forms.web.forms.strays import strays_in
from wmo_guide.domain.answers import answer_facts, block_facts
from wmo_guide.domain.findings import KeyPath
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.kinds.base import Dumped
from wmo_guide.domain.provider import Answers, Raw
from wmo_guide.domain.quality import Demand
from wmo_guide.domain.questions import Question

PREFIX = "a."
"""Begins the names of all posted answers, so that no question's key can be that of another field, such as `csrf`."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One answer that is refused. `target` is the id of the input that a link to it leads to."""

    target: str
    key: str
    message: str
    path: KeyPath = ()


class Asked(BaseForm):
    """The fields of a form while they are checked.

    WTForms' BaseForm takes a mapping, so a question may have any key, also one that WTForms uses itself.
    """

    def __init__(self, fields: Mapping[str, UnboundField[AnswerField]], scope: Scope) -> None:
        super().__init__(fields, prefix=PREFIX)
        self._scope = scope

    @cached_property
    def facts(self) -> Mapping[str, object]:
        """What conditions of questions can ask about: the block, and the answers so far."""
        found = {name: field.data for name, field in self._fields.items() if field.data is not None}
        return {**block_facts(self._scope), **answer_facts(found, self._scope)}


@dataclass(frozen=True)
class AnswerForm:
    """Questions with their answers: what was typed, what it means, and what is wrong with it."""

    fields: tuple[AnswerField, ...]
    """A field for each question that can be asked, in the order of asking."""
    show_errors: bool
    """Whether the page tells the errors; a page that nobody saved yet doesn't."""
    strays: Mapping[str, Typed] = field(default_factory=dict)
    """What was posted for questions that are no longer asked, or that no longer take a text, by the keys to keep it under."""

    @cached_property
    def raw(self) -> dict[str, Typed]:
        """Everything as it was typed, also what is wrong or doesn't apply now: this is what a draft stores."""
        return {field.question.key: field.typed for field in self.fields if not field.blank}

    @cached_property
    def errors(self) -> tuple[FieldError, ...]:
        """What must be mended, in the order of the page."""
        return tuple(FieldError(one.target, one.question.key, one.error, one.path) for one in self.fields if one.error)

    @cached_property
    def warnings(self) -> tuple[FieldWarning, ...]:
        """What deserves another look, in the order of the page."""
        return tuple(warning for one in self.fields for warning in one.warnings)

    @cached_property
    def parsed(self) -> Answers:
        """The answers that are right and that apply, for the public and for staff."""
        return {one.question.key: one.data for one in self.fields if one.applies and one.data is not None}

    @property
    def public(self) -> dict[str, Dumped]:
        """The right answers for everyone, in their normal form: exactly what belongs in the provider's YAML."""
        return self._normal("public")

    @property
    def private(self) -> dict[str, Dumped]:
        """The right answers for staff alone, in their normal form; these never go into YAML."""
        return self._normal("staff")

    def _normal(self, audience: str) -> dict[str, Dumped]:
        asked = ((one.question, one.data) for one in self.fields if one.applies and one.data is not None)
        return {
            question.key: KINDS[question.kind].dump(data) for question, data in asked if question.audience == audience
        }


def make_form(  # noqa: PLR0913  (questions, what was answered, and how strictly it is told)
    questions: Sequence[Question],
    scope: Scope,
    posted: Posted | None,
    stored: Mapping[str, Raw],
    *,
    show_errors: bool | None = None,
    demands: Iterable[Demand] = (),
) -> AnswerForm:
    """The form of these questions, filled with what was posted, or with what was stored when nothing was.

    It is checked in both cases. `show_errors` says whether the page tells the errors; when left out, it does for a
    posted form. What was posted is taken whole: a question without a posted answer has none. `demands` are what the
    page must answer besides its required questions.
    """
    told = conditions(questions)
    unbound = {one.key: UnboundField(AnswerField, one, scope, told.get(one.key, "")) for one in questions}
    asked = Asked(unbound, scope)
    asked.process(posted, data=stored)
    asked.validate()
    visible = posted is not None if show_errors is None else show_errors
    fields = tuple(one for one in asked if isinstance(one, AnswerField) and one.answerable)
    put_demands(fields, demands, scope)
    return AnswerForm(fields, visible, _strays(posted, fields) if posted else {})


def _strays(posted: Posted, fields: Sequence[AnswerField]) -> dict[str, Typed]:
    texts = {one.question.key: posted.getlist(one.name) for one in fields}
    left = left_texts([one.question for one in fields], texts)
    return {**left, **strays_in(posted, PREFIX, [one.name for one in fields])}
