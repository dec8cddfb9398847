"""Typing that was kept and isn't saved yet: a list for the start page, and each text by itself, to copy or to drop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from flask import abort, current_app, redirect, request, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import typing_kept
from provider_forms.desk.typing_kept import Place
from provider_forms.provider import provider
from provider_forms.provider.draft import Draft, local
from provider_forms.web.desk import desk
from provider_forms.web.kept import left_over, show_lost
from provider_forms.web.session import manager

_TITLES: Mapping[str, str] = {
    "provider.organisation": "Uw organisatie",
    "provider.location": "Uw locatie",
    "provider.blocks": "Welke bouwstenen biedt u?",
    "provider.misfit": "Wat niet in de matrix past",
    "provider.estate": "Woonruimte melden",
    "provider.waiting": "Wachttijd en aanmeldstop",
    "provider.colleagues": "Collega's",
}
_BLOCK = ("provider.offering", "provider.offering_end")


@dataclass(frozen=True)
class LeftOver:
    """A text that waits, with the page that shows it."""

    title: str
    url: str
    typed_at: datetime


@provider.get("/niet-opgeslagen/<key>")
def kept_text(key: str) -> AnyResponse:
    """One text, to copy."""
    found = [one for one in left_over() if one.key == key]
    return show_lost(found) if found else redirect(url_for("provider.start"), 303)


@provider.post("/niet-opgeslagen/<key>")
def drop_kept_text(key: str) -> AnyResponse:
    """Drops a text that its writer doesn't need any more."""
    found = next((one for one in left_over() if one.key == key), None)
    if found is not None:
        who = manager()
        with desk().database.write() as db:
            typing_kept.forget(db, Place(who.person.id, who.organisation.id, found.name), key)
    return redirect(url_for("provider.start", gedaan="tekst-weg"), 303)


def waiting_texts(mine: Draft) -> tuple[LeftOver, ...]:
    """All texts that this manager typed and that aren't saved; their pages show them, also pages that are gone."""
    return tuple(LeftOver(_title(mine, one.name), _address(one.name), local(one.kept_at)) for one in left_over())


def _address(name: str) -> str:
    path, question, rest = name.partition("?")
    return f"{quote(path)}{question}{rest}"


def _title(mine: Draft, name: str) -> str:
    adapter = current_app.create_url_adapter(request) or abort(404)
    try:
        endpoint, given = adapter.match(name.partition("?")[0], method="GET")
    except HTTPException:
        return "Uw tekst"
    if endpoint not in _BLOCK:
        return _TITLES.get(endpoint, "Uw tekst")
    edition = mine.standards.editions.get(str(given["edition"]))
    block = edition.by_slug.get(str(given["block"])) if edition else None
    return block[1].plain_title if block else "Een bouwsteen die er niet meer is"
