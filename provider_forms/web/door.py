"""Who may pass, and what happens to the others: what they typed is kept, never lost."""

from __future__ import annotations

from typing import Any

from flask import Response, abort, current_app, g, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import events
from provider_forms.web import way_back
from provider_forms.web.desk import desk, now
from provider_forms.web.kept import ANSWERS, Keeping, give_back, keep_typed, typed
from provider_forms.web.session import Visitor, current, local_path

AUTOSAVE = "X-Autosave"
"""Header of a save by script: it gets a short text for an answer, never a page or a redirect."""


def guard() -> AnyResponse | None:
    """Runs before every page of an organisation: lets only its managers through."""
    visitor = current()
    if visitor is None:
        return sign_in_first()
    if visitor.organisation is None:
        return _refuse(visitor)
    return None


def sign_in_first() -> AnyResponse:
    """Leads to the sign-in page and back. Typing is kept for whoever the browser's last session belonged to."""
    if request.method != "POST":
        return _to_sign_in(request.full_path.removesuffix("?"))
    keeping = keep_typed()
    if AUTOSAVE in request.headers:
        return Response("U bent uitgelogd. Log opnieuw in.", 401, mimetype="text/plain")
    if keeping is Keeping.REFUSED:
        return give_back()
    page = way_back.page_of_request()
    if keeping is Keeping.KEPT:
        return _to_sign_in(page, bewaard="ja")
    return _to_sign_in(way_back.undone(page) if page else None, **{way_back.UNDONE: "ja"})


def _refuse(visitor: Visitor) -> Response:
    """Another organisation's page doesn't exist for this person; that it was asked for is logged.

    Somebody who was removed while typing gets the text back.
    """
    details = {"asked": g.organisation_id, "method": request.method}
    with desk().database.write() as session:
        events.note(
            session, "foreign_organisation", now=now(), person=visitor.person.id, role="manager", details=details
        )
    current_app.logger.warning("Person %s asked for organisation %s.", visitor.person.id, g.organisation_id)
    if not any(name.startswith(ANSWERS) for name, _ in typed()):
        abort(404)
    answer = give_back()
    answer.status_code = 404
    return answer


def _to_sign_in(onward: str | None, **told: Any) -> AnyResponse:
    return redirect(url_for("sign_in.ask", verder=local_path(onward), **told), 303)
