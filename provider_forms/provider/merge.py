"""Two versions of one page, typed at the same time: shows both and lets their owner choose, answer by answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from flask import Response, abort, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, typing_kept
from provider_forms.desk.conflicts import place_in_tab, tab_in
from provider_forms.desk.drafts import Answers, Conflict, Edit, PartView, Refused
from provider_forms.desk.models import Person
from provider_forms.desk.typing_kept import Place
from provider_forms.provider import provider
from provider_forms.provider.blocks import blocks_page, misfit_page
from provider_forms.provider.draft import Draft, by, clock_time, draft, local
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.locations import location_page
from provider_forms.provider.offering import end_page, offering_page
from provider_forms.provider.organisation import organisation_page
from provider_forms.provider.saving import place_of, version_in
from provider_forms.web.desk import desk
from provider_forms.web.forms import AnswerForm, error_title, make_form
from provider_forms.web.forms.field import AnswerField
from provider_forms.web.forms.shapes import Typed
from provider_forms.web.pages import render
from provider_forms.web.session import manager

_MINE, _THEIRS, _BOTH = "mijn", "opgeslagen", "allebei"
_CHOICES = (_MINE, _THEIRS, _BOTH)
_PAGES: Mapping[tuple[str, int], Callable[..., FormPage | None]] = {
    ("organisation", 0): organisation_page,
    ("blocks", 0): blocks_page,
    ("misfit", 0): misfit_page,
    ("location", 1): location_page,
    ("offering", 2): offering_page,
    ("end", 2): end_page,
}
"""How each page is made, by the first word of its key and the number of words after that."""
_CHOOSE = "Kies bij “{label}” welk antwoord u wilt bewaren."


@dataclass(frozen=True)
class Difference:
    """A question with two answers."""

    mine: AnswerField
    theirs: AnswerField
    chosen: str
    """The choice so far; empty when none was made."""
    wrong: str
    """What is wrong with the choice."""

    @property
    def key(self) -> str:
        """The question's key."""
        return self.mine.question.key

    @property
    def can_have_both(self) -> bool:
        """Whether the two answers can stand together."""
        return isinstance(self.mine.typed, list | dict) or self.mine.kind.widget == "textarea"

    def answer(self) -> Typed:
        """The answer by the choice."""
        if self.chosen == _BOTH and self.can_have_both:
            return _together(self.theirs.typed, self.mine.typed)
        return self.theirs.typed if self.chosen == _THEIRS else self.mine.typed


@dataclass(frozen=True)
class Merge:
    """A page with what stands in the draft now, and what this manager typed meanwhile."""

    page: FormPage
    current: PartView
    mine: AnswerForm
    theirs: AnswerForm
    differences: tuple[Difference, ...]

    @property
    def answers(self) -> Answers:
        """All answers of the page by the choices made."""
        chosen = {one.key: one.answer() for one in self.differences}
        return {key: answer for key, answer in {**self.mine.raw, **chosen}.items() if answer}


@provider.get("/samenvoegen/<path:key>")
def merge(key: str) -> AnyResponse:
    """Both versions of a page."""
    page = find_page(draft(), key) or abort(404)
    found = _merge(page, {})
    return redirect(page.url, 303) if found is None else _show(found)


@provider.post("/samenvoegen/<path:key>")
def save_merge(key: str) -> AnyResponse:
    """Stores the chosen answers, unless somebody saved once more."""
    page = find_page(draft(), key) or abort(404)
    found = _merge(page, request.form)
    if found is None:
        return redirect(page.url, 303)
    if version_in(request.form.get("version")) != found.current.version:
        return _show(found, status=409, again=True)
    if any(one.wrong for one in found.differences):
        return _show(found, status=400)
    outcome = _store(found)
    if isinstance(outcome, Conflict | Refused):
        return redirect(url_for("provider.merge", key=key, tab=_tab()), 303)
    return redirect(f"{page.url}?samengevoegd=ja", 303)


def find_page(mine: Draft, key: str) -> FormPage | None:
    """The page of the form with this key."""
    kind, *rest = key.split("/")
    wanted = _PAGES.get((kind, len(rest)))
    return wanted(mine, *rest) if wanted else None


def _merge(page: FormPage, posted: MultiDict[str, str] | dict[str, str]) -> Merge | None:
    """None when there is nothing to merge."""
    with desk().database.read() as db:
        typed = typing_kept.find(db, _place(page))
        current = drafts.part(db, manager().organisation.id, page.part)
    if typed is None or current is None:
        return None
    mine = make_form(page.questions, page.scope, MultiDict(typed), {}, show_errors=False)
    theirs = make_form(page.questions, page.scope, None, page.read(current.answers), show_errors=False)
    pairs = zip(mine.fields, theirs.fields, strict=True)
    differences = tuple(_difference(one, other, posted) for one, other in pairs if not _same(one, other))
    return Merge(page, current, mine, theirs, differences)


def _place(page: FormPage) -> Place:
    return place_in_tab(place_of(page), _tab())


def _tab() -> str:
    return tab_in(request.args.get("tab"))


def _difference(mine: AnswerField, theirs: AnswerField, posted: MultiDict[str, str] | dict[str, str]) -> Difference:
    chosen = posted.get(f"kies.{mine.question.key}", "")
    if not posted and mine.blank != theirs.blank:
        chosen = _THEIRS if mine.blank else _MINE
    wrong = _CHOOSE.format(label=mine.question.label) if posted and chosen not in _CHOICES else ""
    return Difference(mine, theirs, chosen, wrong)


def _same(mine: AnswerField, theirs: AnswerField) -> bool:
    return (mine.blank and theirs.blank) or _plain(mine) == _plain(theirs)


def _plain(field: AnswerField) -> object:
    """The answer without what says nothing: the order of choices, blank edges of a text."""
    if isinstance(field.typed, dict):
        return {axis: sorted(chosen) for axis, chosen in field.typed.items()}
    return sorted(field.typed) if field.kind.is_group and isinstance(field.typed, list) else field.text.strip()


def _together(first: Typed, second: Typed) -> Typed:
    if isinstance(first, dict) and isinstance(second, dict):
        return {axis: _union(first.get(axis, []), second.get(axis, [])) for axis in (*first, *second)}
    if isinstance(first, list) and isinstance(second, list):
        return _union(first, second)
    return f"{first}\n\n{second}"


def _union(first: list[str], second: list[str]) -> list[str]:
    return list(dict.fromkeys((*first, *second)))


def _store(found: Merge) -> drafts.Outcome:
    page, author = found.page, by()
    form = make_form(page.questions, page.scope, None, found.answers)
    with desk().database.write() as db:
        edit = Edit(page.part, page.write(found.current.answers, form), found.current.version)
        outcome = drafts.save(db, author, edit)
        if isinstance(outcome, drafts.Saved):
            typing_kept.forget(db, _place(page))
    return outcome


def _show(found: Merge, status: int = 200, *, again: bool = False) -> Response:
    with desk().database.read() as db:
        person = db.get(Person, found.current.saved_by)
    who = "Iemand anders" if person is None else "U" if person.id == manager().person.id else person.email
    wrong = [one.wrong for one in found.differences if one.wrong]
    title = f"Samenvoegen: {found.page.title}"
    return render(
        "merge",
        title,
        status=status,
        window_title=error_title(title, wrong),
        found=found,
        tab=_tab(),
        who=who,
        day=local(found.current.saved_at).date(),
        time=clock_time(found.current.saved_at),
        again=again,
        wrong=len(wrong),
        choices=_CHOICES,
    )
