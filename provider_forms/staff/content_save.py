"""Saving an item: held against what colleagues did meanwhile and against the rest of the guide, then handed to the press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from provider_forms.desk.content_check import Place, Verdict, check
from provider_forms.desk.content_edit import EditError, with_item
from provider_forms.desk.content_form import NAME, TEXT, name_of, stored
from provider_forms.desk.content_kinds import MARKDOWN, Item
from provider_forms.desk.content_links import dead_links
from provider_forms.staff.content_merge import Merge
from provider_forms.staff.content_page import Page, Told, packed, unpacked, with_errors
from provider_forms.staff.content_place import shelf, title_of, today
from provider_forms.staff.content_preview import article_html
from provider_forms.staff.content_routes import site_of
from provider_forms.staff.content_send import publish_on, send
from provider_forms.staff.content_where import where
from provider_forms.web.desk import desk
from provider_forms.web.forms import AnswerForm, make_form
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import parse_key
from wmo_guide.store.problem import Problem

_SAME = "U hebt nog niets veranderd."
_GONE = "Een collega heeft dit net weggehaald. Wat u typte staat nog op deze pagina. Wilt u het houden? Kopieer de tekst en maak een nieuw stuk."
_RACE = "De inhoud veranderde op hetzelfde moment. Er is niets weg. Druk nog een keer op de knop."
_TAKEN = "Deze is er al. Kies een andere, of verander de bestaande."
_DEAD = "Deze link leidt nergens heen: {}. Een pagina van de gids schrijft u als /regio/pagina/. Verbeter het adres, of haal de link weg."
_TRIES = 3


@dataclass(frozen=True)
class Saved:
    """It is on its way; `url` tells how far it is."""

    url: str


@dataclass(frozen=True)
class Refused:
    """It is not on its way: the page is shown again, and tells why."""

    form: AnswerForm
    told: Told


Outcome: TypeAlias = "Saved | Refused | Merge"
"""A merge: somebody changed the item meanwhile, so both versions are shown."""


def save(page: Page, form: AnswerForm, was: str) -> Outcome:
    """Saves the item that the form makes of the one that `was` there when the form was opened."""
    for _ in range(_TRIES):
        if page.ref and page.item is None:
            return Refused(form, Told(409, problems=(_GONE,)))
        if page.ref and was != packed(page.item):
            return _both(page, form, was)
        try:
            outcome = _try(page, form)
        except EditError as error:
            return Refused(form, Told(409, problems=(str(error),)))
        if outcome is not None:
            return outcome
        page = Page(shelf(page.shelf.spot.region, page.shelf.kind.key), page.ref)
    return Refused(form, Told(409, problems=(_RACE,)))


def _try(page: Page, form: AnswerForm) -> Saved | Refused | None:
    """None when the file was changed just now: look again."""
    ref, fresh = _answered(page, form)
    wrong = _name_problem(page, ref)
    if wrong:
        return Refused(with_errors(form, {_name_field(page): wrong}), Told(400))
    if page.ref and fresh == page.item:
        return Refused(form, Told(notice=_SAME))
    mine = page.shelf
    text, index = with_item(mine.files, mine.spot, (page.ref, ref), fresh, today())
    path = mine.spot.path(ref)
    place, day = Place(path, mine.kind.inside, index), publish_on(form) or today()
    verdict = check(desk().content, mine.files.queued, {path: text}, place, day)
    dead = _dead(page, fresh, ref)
    if dead or not verdict.is_right:
        return _refused(page, form, verdict, dead)
    sent = send(mine, ref, text, f"{mine.words.title}: {title_of(mine.kind, fresh) or ref}", form)
    return None if sent.job is None else Saved(sent.url)


def _answered(page: Page, form: AnswerForm) -> tuple[str, Item]:
    """The item that the form makes, and its name."""
    kind, fresh = page.shelf.kind, page.changed(form)
    if not kind.has_own_name:
        return kind.ref(fresh), fresh
    if page.ref:
        return page.ref, fresh
    ref = name_of(kind, form.public)
    return ref, fresh if kind.is_article else {kind.named_by[0]: ref, **fresh}


def _dead(page: Page, fresh: Item, ref: str) -> str:
    """What is wrong with the links of an article."""
    if not page.shelf.kind.is_article:
        return ""
    mine = page.shelf
    found = dead_links(article_html(str(fresh[MARKDOWN])), site_of(mine.files, mine.spot.path(ref)))
    told = " en ".join(f"\N{LEFT DOUBLE QUOTATION MARK}{one}\N{RIGHT DOUBLE QUOTATION MARK}" for one in found)
    return _DEAD.format(told) if found else ""


def _refused(page: Page, form: AnswerForm, verdict: Verdict, dead: str) -> Refused:
    """Tells what would break: at the field where it can be mended, or else above the form."""
    known, names = {one.key for one in page.questions}, page.shelf.kind.named_by
    at_field = {
        _name_field(page) if key in names and key not in known else key: text for key, text in verdict.by_field.items()
    }
    if dead:
        at_field.setdefault(TEXT, dead)
    above = tuple(text for key, text in at_field.items() if key not in known)
    elsewhere = tuple(_told(page, one) for one in verdict.elsewhere)
    return Refused(with_errors(form, at_field), Told(400, problems=(*above, *elsewhere)))


def _told(page: Page, problem: Problem) -> str:
    """A problem of something else: with its name, and the way to its form."""
    return Markup("{} ({})").format(problem.message, where(page.shelf.files, problem))


def _both(page: Page, form: AnswerForm, was: str) -> Merge:
    """Both versions of an item that somebody changed since the form was opened."""
    kind, scope = page.shelf.kind, page.shelf.scope
    base = make_form(page.questions, scope, None, stored(kind, unpacked(was))) if was else page.form(MultiDict())
    return Merge.between(base, form, make_form(page.questions, scope, None, stored(kind, page.item)))


def _name_problem(page: Page, ref: str) -> str:
    if ref == page.ref:
        return ""
    if ref in page.shelf.items:
        return _TAKEN
    if not page.shelf.kind.has_own_name:
        return ""
    try:
        parse_key(ref)
    except InvalidValueError as error:
        return error.message
    return ""


def _name_field(page: Page) -> str:
    return NAME if page.shelf.kind.has_own_name else page.shelf.kind.named_by[0]
