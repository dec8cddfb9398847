"""What the guide says besides the providers: lists of it, taking one away, putting them in another order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Response, abort, redirect, request
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.content_check import Place, check
from provider_forms.desk.content_edit import EditError, items, regions, with_order, without_item
from provider_forms.desk.content_form import removal_questions, why_question
from provider_forms.desk.content_kinds import KINDS, SHARED
from provider_forms.desk.content_words import words
from provider_forms.staff import staff
from provider_forms.staff.content_page import without_private
from provider_forms.staff.content_place import Shelf, region_title, shelf, title_of, today
from provider_forms.staff.content_routes import leading_to
from provider_forms.staff.content_send import Sent, send
from provider_forms.staff.content_where import Where, item_at, where
from provider_forms.web.content import ContentError
from provider_forms.web.desk import desk
from provider_forms.web.forms import AnswerForm, error_title, make_form
from provider_forms.web.kept import Keeping, forget_typed, give_back, keep_typed, typed_again
from provider_forms.web.pages import render

_MOVES = {"omhoog": -1, "omlaag": 1}


@dataclass(frozen=True)
class Row:
    """A line of a list."""

    ref: str
    title: str


@staff.errorhandler(EditError)
def cannot_edit(error: EditError) -> Response:
    """For a file that was changed by hand in a way that a form can't follow. What was typed is kept."""
    return _away("Dit kan nu niet met een formulier", 409, str(error))


@staff.errorhandler(ContentError)
def no_content(_error: ContentError) -> Response:
    """For a region whose files can't be read just now."""
    text = "De inhoud van deze regio is nu niet te lezen. Iemand veranderde de bestanden met de hand. Vraag een beheerder om te kijken."
    return _away("De inhoud is nu niet te lezen", 503, text)


def _away(title: str, status: int, text: str) -> Response:
    if request.method != "POST":
        return render("message", title, status=status, text=text)
    keeping = keep_typed()
    if keeping is Keeping.REFUSED:
        return give_back()
    end = (
        " Wij hebben bewaard wat u typte. U ziet het terug als u deze pagina later opent."
        if keeping is Keeping.KEPT
        else ""
    )
    return render("message", title, status=status, text=f"{text}{end}")


@staff.get("/inhoud/")
def content() -> Response:
    """What can be edited, per region."""
    found = [
        (
            region,
            region_title(region),
            [(one, words().kinds[one.key]) for one in KINDS.values() if one.shared or region != SHARED],
        )
        for region in regions(desk().content)
    ]
    own = [region for region, _, _ in found if region != SHARED]
    return render("staff/content", "Inhoud van de gids", regions=found, with_postcodes=own)


@staff.get("/inhoud/<region>/<kind>/")
def content_list(region: str, kind: str) -> Response:
    """All items of a kind."""
    mine = shelf(region, kind)
    rows = [Row(ref, title_of(mine.kind, item) or ref) for ref, item in mine.items.items()]
    if not mine.kind.ordered:
        rows.sort(key=lambda one: one.title.casefold())
    return render("staff/content_list", mine.words.title, shelf=mine, rows=rows)


@staff.get("/inhoud/<region>/<kind>/weghalen/<ref>")
def content_remove(region: str, kind: str, ref: str) -> Response:
    """Asks why an item goes, and tells what still refers to it."""
    mine = _holding(region, kind, ref)
    form = make_form(removal_questions(), mine.scope, typed_again(), {}, show_errors=False)
    return _show_removal(mine, ref, form, _removal(mine, ref)[1])


@staff.post("/inhoud/<region>/<kind>/weghalen/<ref>")
def content_remove_now(region: str, kind: str, ref: str) -> AnyResponse:
    """Takes an item away, unless something refers to it."""
    mine = _holding(region, kind, ref)
    form = without_private(make_form(removal_questions(), mine.scope, request.form, {}))
    text, users = _removal(mine, ref)
    if form.errors or users:
        return _show_removal(mine, ref, form, users, status=400)
    title = f"{mine.words.title}: {title_of(mine.kind, mine.items[ref])} weggehaald"
    sent = send(mine, ref, text, title, form)
    return _after(sent) or _show_removal(_holding(region, kind, ref), ref, form, (), status=409)


@staff.get("/inhoud/<region>/<kind>/volgorde")
def content_order(region: str, kind: str) -> Response:
    """The items in their order, to move."""
    mine = shelf(region, kind)
    return _show_order(
        mine, list(mine.items), make_form([why_question()], mine.scope, typed_again(), {}, show_errors=False)
    )


@staff.post("/inhoud/<region>/<kind>/volgorde")
def content_order_now(region: str, kind: str) -> AnyResponse:
    """Moves an item in the list that the page holds, or puts that order into the guide."""
    mine = shelf(region, kind)
    order = _posted_order(mine)
    moving = request.form.get("doe", "").partition(":")
    if moving[0] in _MOVES:
        form = make_form([why_question()], mine.scope, request.form, {}, show_errors=False)
        return _show_order(mine, _moved(order, moving[2], _MOVES[moving[0]]), form, told=moving[2])
    form = without_private(make_form([why_question()], mine.scope, request.form, {}))
    if form.errors:
        return _show_order(mine, order, form, status=400)
    if order == list(mine.items):
        return _show_order(mine, order, form)
    text = with_order(mine.files, mine.spot, order, today())
    sent = send(mine, "", text, f"{mine.words.title}: andere volgorde", form)
    return _after(sent) or _show_order(shelf(region, kind), order, form, status=409)


def _after(sent: Sent) -> AnyResponse | None:
    """Where to go on; None when the file was changed just before."""
    if sent.job is None:
        return None
    forget_typed()
    return redirect(sent.url, 303)


def _holding(region: str, kind: str, ref: str) -> Shelf:
    mine = shelf(region, kind)
    if ref not in mine.items:
        abort(404)
    return mine


def _removal(mine: Shelf, ref: str) -> tuple[str | None, tuple[Where, ...]]:
    """The file without an item, and what in the guide still needs that item."""
    text = without_item(mine.files, mine.spot, ref, today())
    path = mine.spot.path(ref)
    verdict = check(desk().content, mine.files.queued, {path: text}, Place(path, mine.kind.inside), today())
    users = [where(mine.files, one, ref if one.file == path else "") for one in verdict.elsewhere]
    users += [Where(text) for text in verdict.by_field.values()]
    if mine.kind.is_article:
        under = str(mine.items[ref].get("under", ""))
        found = leading_to(mine.files, path, under)
        users += [item_at(spot, name, items(mine.files, spot)[name]) for spot, name in found]
    return text, tuple(dict.fromkeys(users))


def _show_removal(mine: Shelf, ref: str, form: AnswerForm, users: Sequence[Where], status: int = 200) -> Response:
    title = f"{title_of(mine.kind, mine.items[ref]) or ref} weghalen"
    told = form.errors if form.show_errors else ()
    return render(
        "staff/content_remove",
        title,
        status=status,
        window_title=error_title(title, told),
        shelf=mine,
        ref=ref,
        form=form,
        users=users,
        busy=status == 409,  # noqa: PLR2004  (the status says it)
    )


def _posted_order(mine: Shelf) -> list[str]:
    """The order on the page; what came into the list meanwhile stands last, what went is gone."""
    posted = [ref for ref in dict.fromkeys(request.form.getlist("a.volgorde")) if ref in mine.items]
    return [*posted, *(ref for ref in mine.items if ref not in posted)]


def _moved(order: Sequence[str], ref: str, step: int) -> list[str]:
    fresh = list(order)
    if ref in fresh:
        place = fresh.index(ref)
        fresh.insert(max(0, place + step), fresh.pop(place))
    return fresh


def _show_order(mine: Shelf, order: Sequence[str], form: AnswerForm, *, status: int = 200, told: str = "") -> Response:
    if not mine.kind.ordered:
        abort(404)
    title = f"Volgorde van {mine.words.title.lower()}"
    rows = [Row(ref, title_of(mine.kind, mine.items[ref]) or ref) for ref in order]
    moved = next(
        (f"{row.title} staat nu op plaats {place}." for place, row in enumerate(rows, 1) if row.ref == told), ""
    )
    errors = form.errors if form.show_errors else ()
    return render(
        "staff/content_order",
        title,
        status=status,
        window_title=error_title(title, errors),
        shelf=mine,
        rows=rows,
        form=form,
        moved=moved,
        busy=status == 409,  # noqa: PLR2004  (the status says it)
    )
