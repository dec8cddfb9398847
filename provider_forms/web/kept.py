"""Typing that could not be saved when it was posted: kept for who typed it, shown again, or given back to copy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum

from flask import Response, g, request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from provider_forms.desk import people, sessions, typing_kept
from provider_forms.desk.typing_kept import KeptText, Place, Typing
from provider_forms.web import cookie
from provider_forms.web.desk import desk, now
from provider_forms.web.desk_menu import on_desk
from provider_forms.web.pages import render
from provider_forms.web.session import current, manager
from provider_forms.web.told import Told, told

AGAIN = "teruggekregen"
"""Field of a page that shows a kept text: its key. Only saving that page drops that text, not one in another tab."""
TEXT = "tekst"
"""Argument of an address that is about one kept text: its key."""
ANSWERS = ("a.", "email")
"""Begins the names of the fields that people type in."""
_CHOICES = "kies."
"""Begins the names of choices on a merge page."""


class Keeping(Enum):
    """What came of keeping what was posted."""

    KEPT = "kept"
    NOTHING = "nothing"
    """Nothing was typed or chosen."""
    REFUSED = "refused"
    """It isn't known whose it is, or there is no room."""


def give_back() -> Response:
    """A page with all that was typed, to copy: for when it can't be kept."""
    texts = told({name: list(found) for name, found in request.form.lists()}, request.path)
    return render("typed", "Uw tekst is nog niet opgeslagen", status=400, typed=texts)


def broken() -> Response:
    """For when something of ours broke: all that was typed is shown to copy, and kept where that is possible."""
    if request.method == "POST":
        return _broken_post()
    texts = _set_aside() if shown_again() else []
    return render("broken", "Er ging iets mis bij ons", status=500, typed=texts, comes_back=False)


def _broken_post() -> Response:
    try:
        comes_back = keep_typed() is Keeping.KEPT
    except SQLAlchemyError:  # it is the database that broke
        comes_back = False
    texts = told({name: list(found) for name, found in request.form.lists()}, request.path)
    return render("broken", "Er ging iets mis bij ons", status=500, typed=texts, comes_back=comes_back)


def _set_aside() -> list[Told]:
    """The kept text that a page could not show. It isn't shown there again, or the page would never open any more."""
    with desk().database.write() as session:
        found = typing_kept.set_aside(session, here(), shown_again())
    return told(found.fields, found.name) if found else []


def left_over() -> tuple[KeptText, ...]:
    """All that this manager typed for the organisation and that isn't saved yet, the newest first."""
    who = manager()
    with desk().database.read() as session:
        found = typing_kept.of_person(session, who.person.id, who.organisation.id)
    return tuple(one for one in found if any(name.startswith(ANSWERS) and any(one.fields[name]) for name in one.fields))


def show_lost(texts: Sequence[KeptText]) -> Response:
    """A page with texts that can't be shown on their own page, to copy."""
    found = [(one.key, told(one.fields, one.name)) for one in texts]
    return render("kept", "Uw tekst is nog niet opgeslagen", status=404, texts=found)


def not_found() -> Response | None:
    """For a page that is no longer there: all that this manager typed on it; None when that is nothing."""
    visitor = current()
    if request.method == "POST" and any(name.startswith(ANSWERS) for name, _ in typed()):
        answer = give_back()
        answer.status_code = 404
        return answer
    if visitor is None or visitor.organisation is None:
        return None
    text = request.args.get(TEXT)
    mine = [one for one in left_over() if one.name in (request.path, _here()) or one.key == text]
    return show_lost(mine) if mine else None


def keep_typed() -> Keeping:
    """Keeps the posted fields for the person of this browser's session, also one whose time is over."""
    if not any(typed()):
        return Keeping.NOTHING
    with desk().database.write() as session:
        person_id = _writer(session)
        if person_id is None:
            return Keeping.REFUSED
        place = Place(person_id, g.get("organisation_id"), _here())
        kept = typing_kept.keep(session, place, posted(), now())
        if kept is None:
            return Keeping.REFUSED
        if kept != shown_again():
            typing_kept.forget(session, place, shown_again())
    show_again(kept)
    return Keeping.KEPT


def posted() -> Typing:
    """The fields that were posted, as they are kept."""
    fields = {name: texts for name, texts in request.form.lists() if name not in ("csrf", AGAIN)}
    return Typing(fields, typing_kept.tab_in(request.form.get("tab")))


def typed_again() -> MultiDict[str, str] | None:
    """What this manager typed last on this page and could not be saved; show it instead of what is stored.

    It stays until `forget_typed`, which a successful save calls.
    """
    with desk().database.read() as session:
        found = next((one for one in typing_kept.waiting(session, here()) if one.waits == "again"), None)
    if found is None:
        return None
    show_again(found.key)
    return MultiDict(found.fields)


def show_again(key: str) -> None:
    """Tells which kept text the page shows."""
    g.shown_again = key


def shown_again() -> str:
    """Key of the kept text that the page shows; empty when it shows none."""
    return str(g.get("shown_again", ""))


def forget_typed() -> None:
    """Drops what was kept of the page that was sent: it has been saved. Other texts of the same page stay."""
    with desk().database.write() as session:
        forget(session, here())


def forget(session: Session, place: Place) -> None:
    """Drops what was kept of the page that was sent."""
    typing_kept.forget(session, place, shown_again())
    typing_kept.forget_tab(session, place, typing_kept.tab_in(request.form.get("tab")))


def here() -> Place:
    """Where typing on this page is kept for this manager, or this member of staff."""
    visitor = current()
    if on_desk() and visitor is not None:
        return Place(visitor.person.id, None, _here())
    who = manager()
    return Place(who.person.id, who.organisation.id, _here())


def typed() -> Iterator[tuple[str, str]]:
    """What a person typed or chose, of all that was posted."""
    return (
        (name, text)
        for name, text in request.form.items(multi=True)
        if name.startswith((*ANSWERS, _CHOICES)) and text.strip()
    )


def _writer(session: Session) -> int | None:
    """Id of the person of this browser's session, when that may leave something in this organisation, or at the desk.

    The session's time may be over. One that was ended on purpose can be anyone's who has the device now.
    """
    token, organisation_id = cookie.sent(), g.get("organisation_id")
    found = sessions.find(session, token) if token and (organisation_id or on_desk()) else None
    if found is None or found.revoked_at is not None:
        return None
    if on_desk():
        return found.person_id if found.person.staff_role else None
    mine = {one.id for one in people.organisations_of(session, found.person_id)}
    return found.person_id if organisation_id in mine else None


def _here() -> str:
    """The page's path, with the text that it is about."""
    text = request.args.get(TEXT)
    return f"{request.path}?{TEXT}={text}" if text else request.path
