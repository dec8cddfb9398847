"""Two versions of one page, typed at the same time: shows both and lets their owner choose, answer by answer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from flask import Response, abort, jsonify, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, real_estate, typing_kept
from provider_forms.desk.drafts import Answers, Edit, PartView
from provider_forms.desk.models import Person
from provider_forms.desk.typing_kept import new_tab, tab_in
from provider_forms.provider import provider
from provider_forms.provider.blocks import blocks_page, misfit_page
from provider_forms.provider.draft import Draft, by, clock_time, draft, local
from provider_forms.provider.estate import estate_page
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.locations import location_page
from provider_forms.provider.offering import end_page, offering_page
from provider_forms.provider.organisation import organisation_page
from provider_forms.provider.saving import place_of, version_in
from provider_forms.web.desk import desk, now
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import AnswerForm, error_title, make_form
from provider_forms.web.forms.field import AnswerField
from provider_forms.web.forms.shapes import Typed
from provider_forms.web.forms.strays import in_words
from provider_forms.web.kept import TEXT, Keeping, forget, here, keep_typed, typed_again
from provider_forms.web.pages import render
from provider_forms.web.session import manager

_MINE, _THEIRS, _BOTH = "mijn", "opgeslagen", "allebei"
_CHOICES = (_MINE, _THEIRS, _BOTH)
_PAGES: Mapping[tuple[str, int], Callable[..., FormPage | None]] = {
    ("organisation", 0): organisation_page,
    ("blocks", 0): blocks_page,
    ("misfit", 0): misfit_page,
    (real_estate.PART, 0): estate_page,
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

    @property
    def strays(self) -> Mapping[str, Typed]:
        """What this manager typed at questions that are no longer asked, beside what stands there in the draft."""
        held = self.page.unasked(self.current.answers)
        return {
            key: typed if held.get(key, typed) == typed else _together(held[key], typed)
            for key, typed in self.mine.strays.items()
        }

    @property
    def stray_texts(self) -> list[str]:
        """What this manager typed there, to read."""
        return [in_words(typed) for typed in self.mine.strays.values()]


@provider.get("/samenvoegen/<path:key>")
def merge(key: str) -> AnyResponse:
    """Both versions of a page, with the choices made so far."""
    page = find_page(draft(), key) or abort(404)
    found = _merge(page, typed_again(), check=False)
    return redirect(page.url, 303) if found is None else _show(found)


@provider.post("/samenvoegen/<path:key>")
def save_merge(key: str) -> AnyResponse:
    """Stores the chosen answers, unless somebody saved once more. Choices that can't be stored yet are kept."""
    page = find_page(draft(), key) or abort(404)
    if AUTOSAVE in request.headers:
        return kept_for_script()
    found = _merge(page, request.form, check=True)
    if found is None:
        return redirect(page.url, 303)
    if version_in(request.form.get("version")) != found.current.version:
        keep_typed()
        return _show(found, status=409, again=True)
    if any(one.wrong for one in found.differences):
        keep_typed()
        return _show(found, status=400)
    if not isinstance(_store(found), drafts.Saved):
        keep_typed()
        return redirect(url_for("provider.merge", key=key, tekst=_text()), 303)
    return redirect(f"{page.url}?samengevoegd=ja", 303)


def kept_for_script() -> Response:
    """Keeps what stands on a page that stores nothing before its button is pressed."""
    if keep_typed() is Keeping.REFUSED:
        return Response("Dit is te veel om te bewaren.", 413, mimetype="text/plain")
    return jsonify(version=version_in(request.form.get("version")), saved_at=clock_time(now()))


def find_page(mine: Draft, key: str) -> FormPage | None:
    """The page of the form with this key."""
    kind, *rest = key.split("/")
    wanted = _PAGES.get((kind, len(rest)))
    return wanted(mine, *rest) if wanted else None


def _merge(page: FormPage, choices: MultiDict[str, str] | None, *, check: bool) -> Merge | None:
    """None when there is nothing to merge. `check` tells where a choice is missing."""
    with desk().database.read() as db:
        typed = typing_kept.find(db, place_of(page), _text())
        current = drafts.part(db, manager().organisation.id, page.part)
    if typed is None or current is None:
        return None
    mine = make_form(page.questions, page.scope, MultiDict(typed.fields), {}, show_errors=False)
    theirs = make_form(page.questions, page.scope, None, page.read(current.answers), show_errors=False)
    pairs = [(one, other) for one, other in zip(mine.fields, theirs.fields, strict=True) if not same(one, other)]
    differences = tuple(_difference(one, other, choices, check=check) for one, other in pairs)
    return Merge(page, current, mine, theirs, differences)


def _text() -> str:
    """Key of the typing that is merged."""
    return request.args.get(TEXT, "")


def _difference(
    mine: AnswerField, theirs: AnswerField, choices: MultiDict[str, str] | None, *, check: bool
) -> Difference:
    chosen = choices.get(f"kies.{mine.question.key}", "") if choices else ""
    if choices is None and mine.blank != theirs.blank:
        chosen = _THEIRS if mine.blank else _MINE
    wrong = _CHOOSE.format(label=mine.question.label) if check and chosen not in _CHOICES else ""
    return Difference(mine, theirs, chosen, wrong)


def same(mine: AnswerField, theirs: AnswerField) -> bool:
    """Whether two answers say the same."""
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
    form = replace(make_form(page.questions, page.scope, None, found.answers), strays=found.strays)
    with desk().database.write() as db:
        edit = Edit(page.part, page.write(found.current.answers, form), found.current.version)
        outcome = drafts.save(db, author, edit)
        if isinstance(outcome, drafts.Saved):
            typing_kept.forget(db, place_of(page), _text())
            forget(db, here())
    return outcome


def _name(person: Person) -> str:
    """Who saved last, for this manager: of staff no address is told."""
    if person.id == manager().person.id:
        return "U"
    return "Een medewerker van de gids" if person.staff_role else person.email


def _show(found: Merge, status: int = 200, *, again: bool = False) -> Response:
    with desk().database.read() as db:
        person = db.get(Person, found.current.saved_by)
    who = "Iemand anders" if person is None else _name(person)
    wrong = [one.wrong for one in found.differences if one.wrong]
    title = f"Samenvoegen: {found.page.title}"
    return render(
        "merge",
        title,
        status=status,
        window_title=error_title(title, wrong),
        found=found,
        text=_text(),
        tab=new_tab() if request.method == "GET" else tab_in(request.form.get("tab")),
        who=who,
        day=local(found.current.saved_at).date(),
        time=clock_time(found.current.saved_at),
        again=again,
        wrong=len(wrong),
        choices=_CHOICES,
    )
