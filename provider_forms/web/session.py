"""Who is asking."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import cast

from flask import Flask, abort, g

from provider_forms.desk import sessions
from provider_forms.desk.models import Organisation, Person, SignedIn
from provider_forms.web import cookie
from provider_forms.web.desk import desk, now

_LOCAL_PATH = re.compile(r"/(?:aanbieder|beheer)(?:/[A-Za-z0-9._~%/-]*)?(?:\?[A-Za-z0-9._~%&=/-]*)?")


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
