"""Who is asking, and what happens when nobody is signed in: what was typed is kept, never lost."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn, cast

from flask import Flask, Response, abort, current_app, g, redirect, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import events, people, sessions, typing_kept
from provider_forms.desk.models import Organisation, Person, SignedIn
from provider_forms.desk.typing_kept import Place
from provider_forms.web import cookie
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render

AUTOSAVE = "X-Autosave"
"""Header of a save by script: it gets a short text for an answer, never a page or a redirect."""
_LOCAL_PATH = re.compile(r"/aanbieder(?:/[A-Za-z0-9._~%/-]*)?(?:\?[A-Za-z0-9._~%&=/-]*)?")


@dataclass(frozen=True)
class Visitor:
    """Somebody who is signed in."""

    person: Person
    session: SignedIn
    organisations: tuple[Organisation, ...]
    """All that this person answers for."""
    organisation: Organisation | None
    """The one that the address of the page names, if this person answers for it."""


@dataclass(frozen=True)
class Manager:
    """Somebody who is signed in, on a page of an organisation that they answer for."""

    person: Person
    organisation: Organisation


def init_app(app: Flask) -> None:
    """Makes every page know its visitor."""
    app.context_processor(lambda: {"visitor": current()})


def current() -> Visitor | None:
    """Who is signed in."""
    if "visitor" not in g:
        g.visitor = _find()
    return cast("Visitor | None", g.visitor)


def manager() -> Manager:
    """The manager that asks for a page under /aanbieder/<organisation>/; `guard` lets nobody else through."""
    visitor = current()
    if visitor is None or visitor.organisation is None:
        abort(404)
    return Manager(visitor.person, visitor.organisation)


def guard() -> AnyResponse | None:
    """Runs before every page of an organisation: lets only its managers through."""
    visitor = current()
    if visitor is None:
        return sign_in_first()
    if visitor.organisation is None:
        _refuse(visitor)
    return None


def sign_in_first() -> AnyResponse:
    """Leads to the sign-in page and back. Typing is kept for whoever the browser's last session belonged to."""
    kept = request.method == "POST" and keep_typed()
    if request.headers.get(AUTOSAVE):
        return Response("U bent uitgelogd. Log opnieuw in.", 401, mimetype="text/plain")
    if request.method == "POST" and not kept:
        return give_back()
    where = request.path if request.method == "POST" else _full_path()
    return redirect(url_for("sign_in.ask", verder=local_path(where), bewaard="ja" if kept else None), 303)


def give_back() -> Response:
    """A page with all that was typed, to copy: for when it is not known whose it is."""
    typed = [(name, text) for name, text in request.form.items(multi=True) if name != "csrf" and text.strip()]
    return render("typed", "Uw tekst is nog niet opgeslagen", status=400, typed=typed)


def keep_typed() -> bool:
    """Keeps the posted fields for the person of this browser's session, ended or not. False: it isn't known whose."""
    token, organisation_id = cookie.sent(), g.get("organisation_id")
    if token is None or organisation_id is None:
        return False
    fields = {name: texts for name, texts in request.form.lists() if name != "csrf"}
    with desk().database.write() as session:
        found = sessions.find(session, token)
        mine = people.organisations_of(session, found.person_id) if found else ()
        if found is None or organisation_id not in {one.id for one in mine}:
            return False
        return typing_kept.keep(session, Place(found.person_id, organisation_id, request.path), fields, now())


def typed_again() -> MultiDict[str, str] | None:
    """What this manager typed on this page and could not be saved; show it instead of what is stored.

    It stays until `forget_typed`, which a successful save calls.
    """
    who = manager()
    with desk().database.read() as session:
        fields = typing_kept.find(session, Place(who.person.id, who.organisation.id, request.path))
    return None if fields is None else MultiDict(fields)


def forget_typed() -> None:
    """Drops what was kept for this page: it has been saved."""
    who = manager()
    with desk().database.write() as session:
        typing_kept.forget(session, Place(who.person.id, who.organisation.id, request.path))


def local_path(text: str | None) -> str | None:
    """The path when it leads to a page behind this door, else None: an address in a link can't lead to another site."""
    return text if text and _LOCAL_PATH.fullmatch(text) and "//" not in text else None


def _find() -> Visitor | None:
    token = cookie.sent()
    if token is None:
        return None
    with desk().database.read() as session:
        known = sessions.who(session, token)
    if known is None or not sessions.is_live(known[0], now()):
        return None
    found, mine = known
    asked = next((one for one in mine if one.id == g.get("organisation_id")), None)
    return Visitor(found.person, found, mine, asked)


def _refuse(visitor: Visitor) -> NoReturn:
    """Another organisation's page doesn't exist for this person; that it was asked for is logged."""
    details = {"asked": g.organisation_id, "method": request.method}
    with desk().database.write() as session:
        events.note(
            session, "foreign_organisation", now=now(), person=visitor.person.id, role="manager", details=details
        )
    current_app.logger.warning("Person %s asked for organisation %s.", visitor.person.id, g.organisation_id)
    abort(404)


def _full_path() -> str:
    return request.full_path if request.query_string else request.path
