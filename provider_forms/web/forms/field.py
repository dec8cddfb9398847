"""One question as a field of a form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Protocol, cast

from wtforms import Field
from wtforms.form import BaseForm
from wtforms.validators import StopValidation

from provider_forms.desk.personal import citizen_numbers
from provider_forms.web.forms.boxes import BoxGroup, box_groups
from provider_forms.web.forms.kinds import FIELD_KINDS, FieldKind
from provider_forms.web.forms.messages import invisible_place, number_warning, sentence
from provider_forms.web.forms.options import EVERYWHERE, Group
from provider_forms.web.forms.shapes import Typed, is_blank
from wmo_guide.domain.findings import InvalidValueError, KeyPath
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.provider import Answer
from wmo_guide.domain.questions import Question

MOST_LINES = 60
"""A list in an offer is never longer; more is a mistake or an attack."""
_EASY_LIMIT = 120
"""Nobody needs to be told that a name or an address may be this long."""


@dataclass(frozen=True, slots=True)
class FieldWarning:
    """One thing in an answer that is accepted, and that deserves another look."""

    target: str
    """Id of the input that a link to it leads to."""
    key: str
    message: str
    mark: str
    """What a page sends along when its reader has seen this, and nothing else: another number has another mark."""


class KnowsFacts(Protocol):
    """A form that can tell what conditions of questions ask about."""

    @property
    def facts(self) -> Mapping[str, object]:
        """The block at hand, and the answers so far."""
        ...


class AnswerField(Field):
    """A question with what was typed, what that means, and what is wrong with it.

    `typed` is never changed or thrown away, whatever is wrong with it; `data` is the parsed answer, None when there is
    none. `applies` is false when the question's conditions don't hold: then it isn't required and nothing is wrong.
    """

    def __init__(self, question: Question, scope: Scope, condition: str = "", **options: Any) -> None:
        super().__init__(label="", id=f"v-{question.key}", **options)
        self.question = question
        self.condition = condition
        """When the question is to be answered, for a question with conditions on other answers."""
        self.kind: FieldKind = FIELD_KINDS[question.kind]
        self.typed: Typed = ""
        self.data: Answer | None = None
        self.answered = False
        """Whether something was typed that says anything."""
        self.applies = True
        self.comment = ""
        """What staff remarked on the answer that was sent last."""
        self.demand: str | None = None
        """What else than this answer will do, or when it is needed, where an offer can't be sent without an answer.

        Empty when it is always needed, and nothing else will do; None when no demand is about the question.
        """
        self.path: KeyPath = ()
        """Leads to the part of the answer that is wrong, when only a part is."""
        self._scope = scope

    def process(self, formdata: Any, data: Any = None, extra_filters: Any = None) -> None:  # noqa: ARG002  (WTForms passes it)
        """Takes what was typed, from the posted form or else from what was stored, and parses it."""
        shape = self.kind.shape
        self.typed = shape.restore(data) if formdata is None else shape.read(formdata, self.name)
        if self.question.kind == "municipalities" and EVERYWHERE in self.typed:
            self.typed = sorted({*self.typed, *self._all_values} - {EVERYWHERE})
        tidied = self.kind.tidied(self.typed, self.question)
        self.answered = not is_blank(tidied)
        refused = self._parse(tidied) if self.answered else ""
        self.process_errors = [refused] if refused else []

    def pre_validate(self, form: BaseForm) -> None:
        """Refuses no answer where one is required; accepts anything where the question doesn't apply."""
        self.applies = self.question.applies(cast("KnowsFacts", form).facts)
        if not self.applies:
            self.errors = ()
        elif self.question.required and not self.answered:
            raise StopValidation(sentence("missing", self.question))

    def _parse(self, tidied: Typed) -> str:
        """Why the answer is refused; empty when it is right."""
        if isinstance(tidied, list) and not self.kind.is_group and len(tidied) > MOST_LINES:
            return sentence("too_many", self.question, most=MOST_LINES, count=len(tidied))
        try:
            self.data = KINDS[self.question.kind].parse(tidied, self.question, self._scope)
        except InvalidValueError as error:
            self.path = error.path
            return self._why(tidied, error)
        return ""

    def _why(self, tidied: Typed, error: InvalidValueError) -> str:
        where = None if self.kind.is_group else invisible_place(self.text)
        if where:
            return sentence("invisible", self.question, error, where=where)
        return sentence(self.kind.refusal(tidied, self.question), self.question, error)

    @property
    def blank(self) -> bool:
        """Whether nothing was typed or chosen."""
        return is_blank(self.typed)

    @property
    def text(self) -> str:
        """What stands in the input."""
        return self.typed if isinstance(self.typed, str) else "\n".join(self.typed)

    @property
    def error(self) -> str:
        """What is wrong; empty when nothing is."""
        return str(self.errors[0]) if self.errors else ""

    @cached_property
    def warnings(self) -> tuple[FieldWarning, ...]:
        """What to look at once more: each number that can be a citizen's."""
        if not self.kind.free_text or self.blank:
            return ()
        lines = self.text.strip("\n").count("\n") + 1
        return tuple(
            FieldWarning(self.target, self.question.key, number_warning(self.question, one, lines), one.mark(self.id))
            for one in citizen_numbers(self.text)
        )

    @property
    def optional(self) -> bool:
        """Whether the form says that no answer is needed."""
        return not self.question.required and self.demand is None

    @property
    def answerable(self) -> bool:
        """Whether the question can be asked: there is something to choose, or the form says why there isn't."""
        return not self.kind.is_group or bool(self._groups) or bool(self.kind.nothing)

    @property
    def hint(self) -> str:
        """How to write the answer, and how much room there is."""
        limit, hint = self.question.max, self.kind.hint
        if "{max}" not in hint:
            return hint
        told = limit is not None and (self.kind.widget == "textarea" or limit > _EASY_LIMIT)
        return hint.format(max=limit) + self._used() if told else ""

    def _used(self) -> str:
        if self.kind.widget != "textarea" or not isinstance(self.typed, str) or self.blank:
            return ""
        return f" Bij het laatste opslaan had u er {len(self.typed.strip())}."

    @property
    def is_long(self) -> bool:
        """Whether the answer is one line that is too long to be seen at once on a phone: it gets a box with two rows."""
        return self.question.kind == "line" and (self.question.max or 0) > _EASY_LIMIT

    @property
    def whole_region(self) -> str:
        """Value of the box that chooses all municipalities at once; empty when they are chosen or there is one."""
        if self.question.kind != "municipalities" or len(self._all_values) < 2:  # noqa: PLR2004  (two is what "all" needs)
            return ""
        return "" if self._all_values <= set(self.typed) else EVERYWHERE

    @property
    def target(self) -> str:
        """Id of the input that a link to this field leads to."""
        if self.path and len(self.groups) > 1:
            return next((group.boxes[0].id for group in self.groups if group.axis == self.path[0]), self.id)
        return self.id

    def described_by(self, *, show_errors: bool) -> str:
        """Ids of the texts that belong to the field, in reading order."""
        told = {
            "wanneer": self.condition,
            "hulp": self.question.help,
            "hint": self.hint,
            "opmerking": self.comment,
            "let-op": self.warnings,
            "fout": show_errors and self.error,
        }
        return " ".join(f"{name}-{self.id}" for name, text in told.items() if text)

    @cached_property
    def groups(self) -> tuple[BoxGroup, ...]:
        """The boxes to choose from, with what was chosen."""
        return box_groups(self._groups, self.id, self.name, self.typed)

    @cached_property
    def _all_values(self) -> set[str]:
        return {option.value for group in self._groups for option in group.options}

    @cached_property
    def _groups(self) -> tuple[Group, ...]:
        return self.kind.groups(self.question, self._scope)
