"""/zoekwoord: where the search page tells of words that found nothing. Keeps word and day; no cookie, no address."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from provider_forms.desk import search_misses
from provider_forms.desk.limits import Trickle
from provider_forms.provider.standing import today
from provider_forms.web import csrf
from provider_forms.web.desk import desk, now
from provider_forms.web.desk_menu import regions

door = Blueprint("search_miss", __name__)
_LARGEST = 2000
_PER_SECOND = 5
"""Readers don't miss more than that; a program would keep everybody else waiting for the database."""
_FROM_HERE = ("same-origin", None)
"""What a browser says of where the request comes from; an old one says nothing."""


@door.post("/zoekwoord")
def tell() -> Response:
    """The answer is the same whatever came of it."""
    nothing = Response(status=204)
    if (request.content_length or 0) > _LARGEST or request.headers.get("Sec-Fetch-Site") not in _FROM_HERE:
        return nothing
    region = request.form.get("p", "").strip("/").partition("/")[0]
    words = search_misses.tidy(request.form.get("q", ""))
    if words and region in regions() and _trickle().passes(now()):
        with desk().database.write() as db:
            search_misses.count(db, region, words, today())
    return nothing


def _trickle() -> Trickle:
    trickle: Trickle = current_app.extensions.setdefault("search_miss", Trickle(_PER_SECOND))
    return trickle


csrf.checks_itself("search_miss.tell")  # a page of the static guide has no token, and there is nothing to gain
