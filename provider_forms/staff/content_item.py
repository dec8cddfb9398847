"""The form of one item: shown, previewed, kept, saved."""

from __future__ import annotations

from flask import Response, abort, jsonify, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.content_form import TEXT, stored
from provider_forms.desk.typing_kept import new_tab, tab_in
from provider_forms.staff import staff
from provider_forms.staff.content_failed import Reopened, failed_of, reopened
from provider_forms.staff.content_merge import Merge, merge
from provider_forms.staff.content_page import Page, Told, packed
from provider_forms.staff.content_place import shelf, today
from provider_forms.staff.content_preview import preview
from provider_forms.staff.content_save import Refused, Saved, save
from provider_forms.staff.content_waiting import Waiting, waiting
from provider_forms.web.desk import desk
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import PREFIX, AnswerForm, error_title
from provider_forms.web.kept import Keeping, forget_typed, keep_typed, typed_again
from provider_forms.web.pages import render

_AGAIN = "U ziet wat u hier het laatst typte. Het staat nog niet in de gids."


@staff.get("/inhoud/<region>/<kind>/nieuw")
def content_new(region: str, kind: str) -> Response:
    """An empty form; `?opnieuw=` names an item that could not be published and isn't there yet."""
    return _open(Page(shelf(region, kind)), request.args.get("opnieuw", ""))


@staff.post("/inhoud/<region>/<kind>/nieuw")
def content_add(region: str, kind: str) -> AnyResponse:
    """Adds an item."""
    return _take(Page(shelf(region, kind)))


@staff.get("/inhoud/<region>/<kind>/wijzig/<ref>")
def content_item(region: str, kind: str, ref: str) -> AnyResponse:
    """The form of an item."""
    page = Page(shelf(region, kind), ref)
    if page.item is None and typed_again() is None:
        if failed_of(page) is None:
            abort(404)
        return redirect(url_for("staff.content_new", region=region, kind=kind, opnieuw=ref), 303)
    return _open(page)


@staff.post("/inhoud/<region>/<kind>/wijzig/<ref>")
def content_change(region: str, kind: str, ref: str) -> AnyResponse:
    """Changes an item."""
    return _take(Page(shelf(region, kind), ref))


def _open(page: Page, new: str = "") -> Response:
    again = typed_again()
    merging = merge(page.questions, page.shelf.scope, again or MultiDict(), stored(page.shelf.kind, page.item))
    if merging is not None:
        return _show_merge(page, merging, status=200)
    if again is not None:
        return _show(page, page.form(again, show_errors=False), again.get("version", ""), Told(notice=_AGAIN))
    failed = failed_of(page, new)
    outcome = reopened(page, failed) if failed is not None else Reopened(page.form(None), Told())
    if isinstance(outcome, Reopened):
        return _show(page, outcome.form, packed(page.item), outcome.told)
    return _show_merge(page, outcome, status=200, failed=True)


def _take(page: Page) -> AnyResponse:
    doing, was = request.form.get("doe", ""), request.form.get("version", "")
    if AUTOSAVE in request.headers:
        return _kept_for_script()
    if doing == "weggooien":
        forget_typed()
        return redirect(page.url, 303)
    merging = merge(page.questions, page.shelf.scope, request.form, stored(page.shelf.kind, page.item))
    if merging and merging.missing:
        return _show_merge(page, merging, status=400)
    form = page.form(merging.chosen if merging else request.form, show_errors=doing != "voorbeeld")
    if doing == "voorbeeld":
        return _show(page, form, was, Told(preview=preview(form)))
    return _show(page, form, was, Told(400)) if form.errors else _finish(page, form, was)


def _finish(page: Page, form: AnswerForm, was: str) -> AnyResponse:
    outcome = save(page, form, was)
    if isinstance(outcome, Saved):
        forget_typed()
        return redirect(outcome.url, 303)
    page = Page(shelf(page.shelf.spot.region, page.shelf.kind.key), page.ref)
    if isinstance(outcome, Refused):
        return _show(page, outcome.form, was, outcome.told)
    return _show_merge(page, outcome, status=409)


def _kept_for_script() -> Response:
    if keep_typed() is Keeping.REFUSED:
        return Response("Dit is te veel om te bewaren.", 413, mimetype="text/plain")
    return jsonify(version=request.form.get("version", ""))


def _waiting(page: Page) -> tuple[Waiting, ...]:
    with desk().database.read() as db:
        return tuple(waiting(db, desk().content, page.shelf.spot, page.ref, today()))


def _show(page: Page, form: AnswerForm, was: str, told: Told) -> Response:
    errors = form.errors if form.show_errors else ()
    return render(
        "staff/content_item",
        page.title,
        status=told.status,
        window_title=error_title(page.title, errors or told.problems),
        page=page,
        form=form,
        was=was,
        told=told,
        waiting=_waiting(page),
        markdown=f"v-{TEXT}",
        tab=new_tab() if request.method == "GET" else tab_in(request.form.get("tab")),
    )


def _show_merge(page: Page, merging: Merge, status: int, *, failed: bool = False) -> Response:
    title = f"Twee versies van: {page.title}"
    fields = [(name, text) for name, text in merging.posted.items(multi=True) if name.startswith(PREFIX)]
    return render(
        "staff/content_merge",
        title,
        status=status,
        window_title=error_title(title, merging.missing),
        page=page,
        merging=merging,
        failed=failed,
        fields=fields,
        was=packed(page.item),
        tab=tab_in(request.form.get("tab")),
    )
