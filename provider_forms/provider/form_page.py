"""A page of the form: its questions, and where in the draft its answers stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from provider_forms.desk.drafts import Answers
from provider_forms.web.forms import AnswerForm
from provider_forms.web.forms.left_texts import LEFT, left_texts, put_beside
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.quality import Demand
from wmo_guide.domain.questions import Question

Read: TypeAlias = Callable[[Answers], Answers]
Write: TypeAlias = Callable[[Answers, AnswerForm], Answers]


def _all(answers: Answers) -> Answers:
    return answers


def _replace(before: Answers, form: AnswerForm) -> Answers:
    # A question may be away from the YAML for a moment, or have nothing to choose from: its answer waits for it.
    asked = {one.question.key for one in form.fields}
    waits = {key: answer for key, answer in before.items() if key not in asked}
    return {**waits, **_left(before, waits, form), **form.raw}


def _left(before: Answers, waits: Answers, form: AnswerForm) -> Answers:
    """What was typed for questions that are gone, or that are asked with boxes since: it goes over nothing that waits."""
    left = {**left_texts([one.question for one in form.fields], before), **form.strays}
    return {key: put_beside(waits, key, str(one)) if key.endswith(LEFT) else one for key, one in left.items()}


@dataclass(frozen=True)
class FormPage:
    """One page of questions. Most pages are a part of the draft; some are about a piece of a part."""

    key: str
    """Names the page in addresses, e.g. of the page that merges two versions of it."""
    part: str
    """The part of the draft that holds its answers."""
    title: str
    template: str
    questions: Sequence[Question]
    scope: Scope
    url: str
    onward: str
    """Address of the next page."""
    demands: Sequence[Demand] = ()
    """What it must answer besides its required questions before the offer can be sent."""
    read: Read = _all
    """The page's answers out of the part's."""
    write: Write = _replace
    """The part's answers, given those before and the page's form."""
    context: Mapping[str, object] = field(default_factory=dict)
    """What else its template shows."""

    @property
    def holds_strays(self) -> bool:
        """Whether answers to questions that are no longer asked are stored with the others."""
        return self.write is _replace

    def unasked(self, answers: Answers) -> Answers:
        """Of the part's stored answers those to questions that the page no longer asks, and texts that it asks as boxes."""
        if not self.holds_strays:
            return {}
        asked = {one.key for one in self.questions}
        found = {key: answer for key, answer in answers.items() if key not in asked and answer}
        left = left_texts(self.questions, answers)
        return {**found, **{key: put_beside(found, key, text) for key, text in left.items()}}
