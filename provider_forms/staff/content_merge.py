"""Two versions of an item, written at the same time: which answers differ, and what is chosen of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from provider_forms.desk.line_changes import Spot as LineChange
from provider_forms.desk.line_changes import line_changes
from provider_forms.web.forms import PREFIX, AnswerForm, make_form
from provider_forms.web.forms.field import AnswerField
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.provider import Raw
from wmo_guide.domain.questions import Question

MINE, THEIRS = "mijn", "hun"
_CHOICE = "kies."
_DESK = "desk-"
"""Begins the keys of the desk's own questions, which no version answers; `desk-text` is the article's text."""
_OWN = ("desk-name", "desk-why", "desk-day")


@dataclass(frozen=True)
class Difference:
    """A question that the two versions answer differently."""

    mine: AnswerField
    theirs: AnswerField
    chosen: str
    """Whose answer is to stay; empty when nobody chose yet."""
    missing: bool

    @property
    def key(self) -> str:
        """The question's key."""
        return self.mine.question.key

    @property
    def spots(self) -> tuple[LineChange, ...]:
        """Where two long texts differ, from what is in the guide to what was typed; none for any other answer."""
        if self.mine.kind.widget != "textarea" or not (self.mine.text.strip() and self.theirs.text.strip()):
            return ()
        return line_changes(_lines(self.theirs), _lines(self.mine)).spots


@dataclass(frozen=True)
class Merge:
    """Both versions."""

    posted: MultiDict[str, str]
    """The answers of who saves last."""
    differences: tuple[Difference, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """Questions for which no choice was made."""
        return tuple(one.mine.question.label for one in self.differences if one.missing)

    @property
    def chosen(self) -> MultiDict[str, str]:
        """The answers by the choices made."""
        found: MultiDict[str, str] = MultiDict(self.posted)
        for one in self.differences:
            if one.chosen == THEIRS:
                found.setlist(one.mine.name, _as_posted(one.theirs))
        return found

    @classmethod
    def between(cls, base: AnswerForm, mine: AnswerForm, theirs: AnswerForm) -> Merge:
        """Both versions, with what only one of them changed chosen already."""
        was = {one.question.key: one for one in base.fields}
        found = []
        for one, other in _pairs(mine, theirs):
            before = was.get(one.question.key)
            chosen = "" if before is None else MINE if same(before, other) else THEIRS if same(before, one) else ""
            found.append(Difference(one, other, chosen, missing=False))
        return cls(MultiDict((one.name, text) for one in mine.fields for text in _as_posted(one)), tuple(found))


def merge(
    questions: Sequence[Question], scope: Scope, posted: MultiDict[str, str], theirs: Mapping[str, Raw]
) -> Merge | None:
    """The choices on a page with two versions; None for a post from any other page."""
    if "samen" not in posted:
        return None
    mine = make_form(questions, scope, posted, {}, show_errors=False)
    other = make_form(questions, scope, None, theirs, show_errors=False)
    found = []
    for one, two in _pairs(mine, other):
        chosen = posted.get(f"{_CHOICE}{one.question.key}", "")
        found.append(Difference(one, two, chosen, missing=chosen not in (MINE, THEIRS)))
    answers: MultiDict[str, str] = MultiDict()
    for name, text in posted.items(multi=True):
        if name.startswith(PREFIX):
            answers.add(name, text)
    return Merge(answers, tuple(found))


def same(one: AnswerField, other: AnswerField) -> bool:
    """Whether two answers say the same."""
    if one.kind.is_group and isinstance(one.typed, list) and isinstance(other.typed, list):
        return sorted(one.typed) == sorted(other.typed)
    return _lines(one) == _lines(other)


def _lines(field: AnswerField) -> str:
    return field.text.replace("\r\n", "\n").strip()


def _pairs(mine: AnswerForm, theirs: AnswerForm) -> list[tuple[AnswerField, AnswerField]]:
    pairs = zip(mine.fields, theirs.fields, strict=True)
    return [(one, other) for one, other in pairs if one.question.key not in _OWN and not same(one, other)]


def _as_posted(field: AnswerField) -> list[str]:
    if field.kind.is_group:
        return list(field.typed) if isinstance(field.typed, list) else [str(field.typed)]
    return [field.text]
