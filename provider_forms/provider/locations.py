"""The organisation's locations: a list, and a page for each one."""

from __future__ import annotations

import re
import secrets

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts
from provider_forms.desk.drafts import LOCATION, MOST_LOCATIONS
from provider_forms.provider import provider
from provider_forms.provider.draft import Draft, by, draft
from provider_forms.provider.form_page import FormPage
from provider_forms.provider.saving import open_page, take
from provider_forms.web.desk import desk
from provider_forms.web.pages import render
from provider_forms.web.session import manager

_NEW_KEY = re.compile(r"l-[0-9a-f]{8}")
"""Keys are drawn at random, so that two people who add a location at the same moment don't add the same one."""

_FULL = f"U hebt {MOST_LOCATIONS} locaties. Meer kan niet. Haal eerst een andere locatie weg."
_NO_ROOM = (
    "Er is geen plaats meer om deze locatie terug te zetten. Haal eerst een andere locatie weg. Zet deze daarna terug."
)


@provider.get("/locaties")
def locations() -> Response:
    """The list."""
    return _list()


@provider.get("/locaties/nieuw")
def add_location() -> AnyResponse:
    """Leads to the page of a location that isn't there yet; it begins to exist when it is saved."""
    if len(draft().scope.locations) >= MOST_LOCATIONS:
        return _list(problem=_FULL, status=409)
    return redirect(url_for("provider.location", key=f"l-{secrets.token_hex(4)}"), 303)


@provider.get("/locaties/<key>")
def location(key: str) -> Response:
    """The questions about one location."""
    mine = draft()
    page = location_page(mine, key)
    if page is None or (page.part not in mine.parts and _was_removed(key)):
        abort(404)
    return open_page(page, mine)


@provider.post("/locaties/<key>")
def save_location(key: str) -> AnyResponse:
    """Stores the answers about one location."""
    return take(location_page(draft(), key) or abort(404))


@provider.post("/locaties/<key>/weghalen")
def remove_location(key: str) -> AnyResponse:
    """Takes a location off the list; it can be put back."""
    with desk().database.write() as db:
        if not drafts.remove(db, by(), LOCATION + key):
            abort(404)
    return redirect(url_for("provider.locations", weg=key), 303)


@provider.post("/locaties/<key>/terugzetten")
def restore_location(key: str) -> AnyResponse:
    """Puts a location back on the list."""
    with desk().database.write() as db:
        is_back = drafts.restore(db, by(), LOCATION + key)
    if not is_back and _was_removed(key):
        return _list(problem=_NO_ROOM, status=409, removed=key)
    # Whoever presses the button twice finds the location back on the list, as after the first time.
    if not is_back and LOCATION + key not in draft().parts:
        abort(404)
    return redirect(url_for("provider.locations"), 303)


def location_page(mine: Draft, key: str) -> FormPage | None:
    """The page of a location that exists, existed, or may be made; None for any other key."""
    if LOCATION + key not in mine.parts and not _NEW_KEY.fullmatch(key) and not _was_removed(key):
        return None
    name = dict(mine.scope.locations).get(key, "")
    return FormPage(
        key=LOCATION + key,
        part=LOCATION + key,
        title="Uw locatie" if name in ("", key) else f"Locatie: {name}",
        template="location",
        questions=mine.standards.location_questions,
        scope=mine.scope,
        url=url_for("provider.location", key=key),
        onward=url_for("provider.locations"),
        demands=mine.standards.quality.minimum.about("location"),
    )


def _was_removed(key: str) -> bool:
    with desk().database.read() as db:
        found = drafts.part(db, manager().organisation.id, LOCATION + key)
    return found is not None and found.removed


def _list(problem: str = "", status: int = 200, removed: str = "") -> Response:
    mine = draft()
    removed = removed or request.args.get("weg", "")
    return render(
        "locations",
        "Uw locaties",
        status=status,
        window_title="Er kan geen locatie bij \N{EN DASH} Uw locaties" if problem else "Uw locaties",
        places=tuple((key, name, mine.answers[LOCATION + key]) for key, name in mine.scope.locations),
        removed=removed if removed and _was_removed(removed) else "",
        problem=problem,
        most=MOST_LOCATIONS,
    )
