"""The page of one item, or of a new one: its questions, its form, and what it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from flask import url_for
from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from provider_forms.desk.content_form import WHY, changed, questions, refusals, stored
from provider_forms.desk.content_kinds import Item
from provider_forms.desk.personal import private_in
from provider_forms.staff.content_place import Shelf, title_of
from provider_forms.web.forms import AnswerForm, make_form
from wmo_guide.domain.questions import Question


@dataclass(frozen=True)
class Page:
    """An item on its shelf; without a name it is a new one."""

    shelf: Shelf
    ref: str = ""

    @cached_property
    def item(self) -> Item | None:
        """The item as it is now; None for a new one, and for one that has gone."""
        return self.shelf.items.get(self.ref) if self.ref else None

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """What the form asks."""
        return questions(self.shelf.kind, self.shelf.choices(but=self.ref), is_new=not self.ref)

    @property
    def title(self) -> str:
        """The heading."""
        one = self.shelf.words.one
        found = title_of(self.shelf.kind, self.item) if self.item else ""
        return f"{one.capitalize()}: {found or self.ref}" if self.ref else f"{one.capitalize()} toevoegen"

    @property
    def url(self) -> str:
        """The address that the form is opened on and sent to."""
        region, kind = self.shelf.spot.region, self.shelf.kind.key
        if not self.ref:
            return url_for("staff.content_new", region=region, kind=kind)
        return url_for("staff.content_item", region=region, kind=kind, ref=self.ref)

    @property
    def history_url(self) -> str:
        """Where the history of the item's file is read, and turned back; empty when the file isn't there yet."""
        path = self.shelf.spot.path(self.ref)
        there = self.ref and (self.shelf.files.content / path).is_file()
        return url_for("staff.file_history", path=path) if there else ""

    def form(self, posted: MultiDict[str, str] | None, *, show_errors: bool | None = None) -> AnswerForm:
        """The form with what was posted, or with what stands in the guide; checked by the model's own rules too."""
        if posted is None:
            return make_form(
                self.questions, self.shelf.scope, None, stored(self.shelf.kind, self.item), show_errors=False
            )
        form = make_form(self.questions, self.shelf.scope, posted, {}, show_errors=show_errors)
        right = {one.question.key for one in form.fields if not one.error}
        wrong = refusals(self.shelf.kind, self.changed(form), right)
        return without_private(with_errors(form, wrong) if wrong and form.show_errors else form)

    def changed(self, form: AnswerForm) -> Item:
        """The item that the form makes of it."""
        return changed(self.shelf.kind, self.item, form.public, {one.question.key for one in form.fields})


@dataclass(frozen=True)
class Told:
    """What a page tells above its form."""

    status: int = 200
    notice: str = ""
    problems: tuple[str, ...] = ()
    preview: Mapping[str, Markup] = field(default_factory=dict)
    failed: int = 0
    """The publication that failed, when the form shows what it would have published; else 0."""


def without_private(form: AnswerForm) -> AnswerForm:
    """The same form; with an error at the reason when there is something private in it, for it goes into the history."""
    why = next(one for one in form.fields if one.question.key == WHY)
    private = private_in(why.text)
    return with_errors(form, {WHY: private}) if private and form.show_errors and not why.error else form


def packed(item: Item | None) -> str:
    """An item as the page holds it, to see later whether it was changed."""
    return "" if item is None else json.dumps(item, ensure_ascii=True, sort_keys=True)


def unpacked(text: str) -> Item:
    """The item that a page holds; nothing when it holds nonsense."""
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def only_errors(form: AnswerForm, wrong: Mapping[str, str]) -> AnswerForm:
    """The same form with these errors and no others: nobody has sent it yet."""
    for one in form.fields:
        one.errors = ()
    return with_errors(form, wrong)


def with_errors(form: AnswerForm, wrong: Mapping[str, str]) -> AnswerForm:
    """The same form, with what the rest of the content has against its answers."""
    for one in form.fields:
        if one.question.key in wrong:
            one.errors = (wrong[one.question.key],)
    return AnswerForm(form.fields, show_errors=True)
