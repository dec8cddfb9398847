"""Protection of forms: a post counts only when it comes from a page that this browser got from us."""

from __future__ import annotations

import hmac

from flask import Flask, Response, abort, current_app, jsonify, redirect, request
from markupsafe import Markup
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.secret import seal
from provider_forms.web import cookie, door, kept, session, way_back
from provider_forms.web.desk import desk
from provider_forms.web.kept import Keeping
from provider_forms.web.pages import render

FIELD = "csrf"
_ASKING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_CHECK: set[str] = set()
_TOO_OLD = "De pagina waarop u drukte, was te oud. Ga terug, open de pagina opnieuw en druk nog een keer op de knop."


def init_app(app: Flask) -> None:
    """Makes the application check every post, and lets every page make the hidden field."""
    app.before_request(_check)
    app.context_processor(lambda: {"csrf_field": field})


def token() -> str:
    """The token for the forms of this page."""
    return seal(desk().secret, FIELD, cookie.value())


def field() -> Markup:
    """The hidden fields that every form has: the token, and which kept text the page shows."""
    hidden = {FIELD: token(), kept.AGAIN: kept.shown_again()}
    one = Markup('<input type="hidden" name="{}" value="{}" autocomplete="off">')
    return Markup("\n").join(one.format(name, text) for name, text in hidden.items() if text)


def is_right() -> bool:
    """Whether the posted token is the one this browser got."""
    sent = cookie.sent()
    return sent is not None and hmac.compare_digest(
        request.form.get(FIELD, "").encode(), seal(desk().secret, FIELD, sent).encode()
    )


def checks_itself(endpoint: str) -> None:
    """Marks a view that calls `is_right` itself, because it can show its page again with what was typed."""
    _OWN_CHECK.add(endpoint)


def _check() -> AnyResponse | None:
    if request.method in _ASKING or request.endpoint is None:
        return None
    if sum(len(texts) for _, texts in request.form.lists()) > current_app.config["MAX_FORM_PARTS"]:
        abort(413)
    kept.show_again(request.form.get(kept.AGAIN, ""))
    if is_right() or request.endpoint in _OWN_CHECK:
        return None
    return _answer()


def _tell_script() -> Response:
    """A token for this browser, so that the script can save after all, and for whom: somebody else may have signed in."""
    visitor = session.current()
    answer = jsonify(csrf=token(), person=visitor.person.id if visitor else 0)
    answer.status_code = 403
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _answer() -> AnyResponse:
    """Nothing typed is lost: the same page comes back with it and a fresh token, or else a page to copy it from."""
    if session.current() is None:
        return door.sign_in_first()
    keeping, page = kept.keep_typed(), way_back.page_of_request()
    if door.AUTOSAVE in request.headers and keeping is Keeping.REFUSED:
        return Response("Dit is te veel om te bewaren.", 413, mimetype="text/plain")
    if door.AUTOSAVE in request.headers:
        return _tell_script()
    if keeping is Keeping.REFUSED or (keeping is Keeping.KEPT and page is None):
        return kept.give_back()
    if page is None:
        return render("message", "Dit is nog niet gedaan", status=400, text=_TOO_OLD)
    return redirect(page if keeping is Keeping.KEPT else way_back.undone(page), 303)
