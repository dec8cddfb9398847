"""The page of the fast lane as it is shown and read: of each offering what may change without review.

Only what is other than the page showed when it was opened counts as a change, so an old page undoes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cached_property

from flask import request
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from provider_forms.desk.models import Organisation
from provider_forms.desk.upcoming import upcoming
from provider_forms.provider.lane_strays import SHOWN, Strays, fields_of, strays_in
from provider_forms.provider.merge import same
from provider_forms.provider.standing import today
from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from provider_forms.web.forms import PREFIX, AnswerForm, FieldError, FieldWarning, make_form
from provider_forms.web.forms.field import AnswerField
from provider_forms.web.session import manager
from wmo_guide.domain.dutch import enumeration
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.kinds.base import Dumped
from wmo_guide.domain.provider import ProviderFile, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import static_facts

_NOTHING = "niets"
_NOTHING_LEFT = "U haalde bij “{title}” alle antwoorden weg. Vul er ten minste één in."
_CLASH = "“{label}” bij “{title}” is ook ergens anders veranderd. Daar staat nu: {now}. Kijk na wat moet blijven staan."
Changes = dict[str, dict[str, Dumped]]
"""New answers by part, with an empty text for an answer that was taken away."""


@dataclass(frozen=True)
class Lane:
    """The fast answers of one offering."""

    part: str
    """Name of the part of the draft."""
    title: str
    questions: tuple[Question, ...]
    form: AnswerForm
    before: Mapping[str, Raw]
    """All answers as they are now."""
    shown: Mapping[str, str]
    """By field: the answer as it is now, for the page to send along; only what differs from it is a change."""
    clashes: tuple[FieldError, ...] = ()
    """Answers that were changed here and also by somebody else since the page was opened."""

    @property
    def fresh(self) -> dict[str, Dumped]:
        """The answers that are other than before."""
        found = {one.key: self.form.public.get(_apart(one.key, self.part), "") for one in self.questions}
        return {key: answer for key, answer in found.items() if answer != self.before.get(key, "")}

    @property
    def errors(self) -> tuple[FieldError, ...]:
        """What must be mended, each with the offering that it is about: all of them ask the same questions."""
        if self.form.errors or self.form.raw or not any(self.before.get(one.key) for one in self.questions):
            return tuple(replace(one, message=f"{self.title}: {one.message}") for one in self.form.errors)
        first = self.form.fields[0]
        return (FieldError(first.target, first.question.key, _NOTHING_LEFT.format(title=self.title)),)


@dataclass(frozen=True)
class Lanes:
    """All offerings on the page, told as one form."""

    lanes: tuple[Lane, ...]
    posted: MultiDict[str, str] | None = None

    @cached_property
    def strays(self) -> Strays:
        """What was typed for questions that are no longer asked here."""
        return strays_in(self.posted, (field.name for lane in self.lanes for field in lane.form.fields))

    @property
    def stray_fields(self) -> list[tuple[str, str]]:
        """The fields that send those along."""
        return [(name, text) for name, texts in fields_of(self.posted, self.strays).items() for text in texts]

    @property
    def has_typing(self) -> bool:
        """Whether anything else was typed."""
        return any(name.startswith(PREFIX) and name not in self.strays for name in self.posted or ())

    @cached_property
    def errors(self) -> tuple[FieldError, ...]:
        """What must be mended, in the order of the page."""
        return tuple(error for lane in self.lanes for error in lane.errors)

    @cached_property
    def clashes(self) -> tuple[FieldError, ...]:
        """What somebody else changed as well."""
        return tuple(clash for lane in self.lanes for clash in lane.clashes)

    @cached_property
    def warnings(self) -> tuple[FieldWarning, ...]:
        """What deserves another look."""
        return tuple(one for lane in self.lanes for one in lane.form.warnings)

    @property
    def show_errors(self) -> bool:
        """Whether the page tells the errors."""
        return any(lane.form.show_errors for lane in self.lanes)

    @property
    def changes(self) -> Changes:
        """What was changed, by part."""
        return {lane.part: lane.fresh for lane in self.lanes if lane.fresh}

    @property
    def shown(self) -> dict[str, str]:
        """All answers as they are now, by field."""
        return {name: answer for lane in self.lanes for name, answer in lane.shown.items()}


def lanes_of(db: Session, posted: MultiDict[str, str] | None) -> Lanes:
    """All offerings of this manager's organisation that are in the guide, filled with what was posted if anything was."""
    organisation = manager().organisation
    found = upcoming(db, desk().content, organisation)
    return Lanes(tuple(_each(organisation, found.file, posted)) if found and found.file else (), posted)


def _each(organisation: Organisation, file: ProviderFile, posted: MultiDict[str, str] | None) -> Iterator[Lane]:
    held = standards(organisation.region)
    for one in file.offerings:
        edition = held.editions.get(one.edition)
        if edition is None or one.block not in edition.by_slug or (one.end and one.end < today()):
            continue
        area, block = edition.by_slug[one.block]
        part = f"offering/{one.edition}/{one.block}"
        before = one.answers
        facts = {**static_facts(area, block), **{f"answer.{key}": answer for key, answer in before.items()}}
        fast = tuple(q for q in held.questions_for(area, block) if q.lane == "fast" and q.applies(facts))
        if fast:
            # Whoever comes here has read the help before; eight times the same help makes a long way on a phone.
            asked = [q.model_copy(update={"key": _apart(q.key, part), "when": {}, "help": None}) for q in fast]
            stored = {_apart(q.key, part): before[q.key] for q in fast if before.get(q.key)}
            form, clashes = _filled(asked, Scope(held.region, edition, block), posted, stored)
            shown = {key: json.dumps(stored.get(key, "")) for key in (q.key for q in asked)}
            yield Lane(part, block.plain_title, fast, form, before, shown, clashes)


def _filled(
    asked: Sequence[Question], scope: Scope, posted: MultiDict[str, str] | None, stored: Mapping[str, Raw]
) -> tuple[AnswerForm, tuple[FieldError, ...]]:
    """The form with what was typed where that is a change, and with what stands there now everywhere else."""
    now_there = make_form(asked, scope, None, stored)
    if posted is None:
        return now_there, ()
    typed, then = make_form(asked, scope, posted, {}), make_form(asked, scope, None, _shown_in(posted, asked))
    answers: dict[str, Raw] = {}
    clashing = {}
    for mine, opened, current in zip(typed.fields, then.fields, now_there.fields, strict=True):
        key = mine.question.key
        is_known = f"{SHOWN}{key}" in posted
        is_mine = not same(mine, opened) if is_known else not mine.blank
        answers[key] = mine.typed if is_mine else current.typed
        if is_mine and not same(mine, current) and not (is_known and same(opened, current)):
            clashing[key] = _CLASH.format(
                label=mine.question.label, title=scope.block.plain_title if scope.block else "", now=_told(current)
            )
    form = make_form(asked, scope, None, answers, show_errors=request.method == "POST")
    keys = {field.question.key: field.target for field in form.fields}
    return form, tuple(FieldError(keys[key], key, message) for key, message in clashing.items())


def _shown_in(posted: MultiDict[str, str], asked: Sequence[Question]) -> dict[str, Raw]:
    """The answers that the page showed when it was opened; what nobody's page can have shown counts as no answer."""
    found = {}
    for question in asked:
        text = posted.get(f"{SHOWN}{question.key}", "")
        with suppress(ValueError, RecursionError):
            answer = json.loads(text)
            found[question.key] = answer if isinstance(answer, str | list) or text.count("{") == 1 else ""
    return found


def _told(field: AnswerField) -> str:
    """What an answer says, in words."""
    if field.kind.is_group:
        chosen = [box.label for group in field.groups for box in group.boxes if box.checked]
        return enumeration(tuple(chosen)) if chosen else _NOTHING
    return _NOTHING if field.blank else field.text


def _apart(key: str, part: str) -> str:
    """The key of a question on a page that asks it for every offering."""
    return f"{key}.{part.partition('/')[2].replace('/', '.')}"
