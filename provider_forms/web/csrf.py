"""Protection of forms: a post counts only when it comes from a page that this browser got from us."""

from __future__ import annotations

import hmac

from flask import Flask, Response, abort, current_app, redirect, request
from markupsafe import Markup
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk.secret import seal
from provider_forms.web import cookie, session
from provider_forms.web.desk import desk

FIELD = "csrf"
_ASKING = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_CHECK: set[str] = set()


def init_app(app: Flask) -> None:
    """Makes the application check every post, and lets every page make the hidden field."""
    app.before_request(_check)
    app.context_processor(lambda: {"csrf_field": field})


def token() -> str:
    """The token for the forms of this page."""
    return seal(desk().secret, FIELD, cookie.value())


def field() -> Markup:
    """The hidden field that every form has."""
    return Markup('<input type="hidden" name="{}" value="{}">').format(FIELD, token())


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
    if is_right() or request.endpoint in _OWN_CHECK:
        return None
    return _answer()


def _answer() -> AnyResponse:
    """Nothing typed is lost: the same page comes back with it and a fresh token, or else a page to copy it from."""
    if session.current() is None:
        return session.sign_in_first()
    kept = session.keep_typed()
    if request.headers.get(session.AUTOSAVE):
        return Response("Deze pagina is verouderd. Druk op Opslaan.", 403, mimetype="text/plain")
    if kept and _has_page():
        return redirect(request.path, 303)
    return session.give_back()


def _has_page() -> bool:
    """Whether the address that was posted to can also be asked for."""
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and not adapter.match(request.path, method="GET")[0].startswith("guide.")
    except HTTPException:
        return False
