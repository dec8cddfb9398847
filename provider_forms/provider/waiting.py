"""The fast lane: waiting times and intake stops of all offers on one page."""

from __future__ import annotations

from flask import Response, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, publishing, reviews, submissions
from provider_forms.desk.payload import changed
from provider_forms.desk.submissions import Sending
from provider_forms.desk.typing_kept import new_tab, tab_in
from provider_forms.desk.upcoming import upcoming
from provider_forms.provider import lane_strays, provider
from provider_forms.provider.lanes import Changes, Lanes, lanes_of
from provider_forms.provider.merge import kept_for_script
from provider_forms.provider.saving import AWAY
from provider_forms.provider.standing import today
from provider_forms.web.content import standards
from provider_forms.web.desk import desk, now
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import error_title
from provider_forms.web.kept import forget, here, keep_typed, typed_again
from provider_forms.web.pages import render
from provider_forms.web.session import manager

_TITLE = "Wachttijd en aanmeldstop"
_AGAIN = "U ziet wat u hier het laatst typte. Het is nog niet opgeslagen. Klopt het? Druk dan op Opslaan."


@provider.get("/wachttijd")
def waiting() -> Response:
    """All offers in the guide with their waiting time; what was typed and not sent yet is filled in."""
    again = typed_again()
    with desk().database.read() as db:
        lanes = lanes_of(db, again)
    return _page(lanes, notice=_AGAIN if lanes.has_typing else "")


@provider.post("/wachttijd")
def save_waiting() -> AnyResponse:
    """Sends the changes through the fast lane, and puts them into the draft too."""
    if AUTOSAVE in request.headers:
        return kept_for_script()
    with desk().database.write() as db:
        lanes = lanes_of(db, request.form)
        is_right = not lanes.errors and not lanes.clashes
        has_room = is_right and _save(db, lanes)
    if not is_right:
        keep_typed()
        return _page(lanes, status=400 if lanes.errors else 409)
    publishing.wake(desk())
    if not has_room:
        return _page(lanes, status=413)
    return redirect(url_for("provider.waiting", gedaan="ja" if lanes.changes else "gelijk"), 303)


def _save(db: Session, lanes: Lanes) -> bool:
    """Sends what changed and keeps what has no question any more; False when there is no room for that."""
    if lanes.changes:
        _keep(db, lanes.changes)
    forget(db, here())
    return lane_strays.keep(db, lanes.strays)


def _page(lanes: Lanes, *, notice: str = "", status: int = 200) -> Response:
    wrong = (*lanes.errors, *lanes.clashes) if lanes.show_errors else ()
    return render(
        "waiting",
        _TITLE,
        status=status,
        window_title=error_title(_TITLE, wrong),
        lanes=lanes,
        away=AWAY,
        notice=notice,
        tab=new_tab() if request.method == "GET" else tab_in(request.form.get("tab")),
        done=request.args.get("gedaan", ""),
    )


def _keep(db: Session, fresh: Changes) -> None:
    """Sends the changes straight to the press."""
    who = manager()
    found = upcoming(db, desk().content, who.organisation)
    if found is None:
        return
    by_block = {(part.split("/")[1], part.split("/")[2]): answers for part, answers in fresh.items()}
    text = changed(found.text, standards(who.organisation.region), by_block, today())
    sending = Sending("fast", text, {"changes": fresh}, found.digest)
    sent = submissions.send(db, who.organisation, sending, who.person.id, now())
    reviews.pass_on(db, sent, found, reviews.By(who.person.id, now()))
    _into_draft(db, fresh)


def _into_draft(db: Session, fresh: Changes) -> None:
    """What was begun of these parts gets the same answers, so that a whole form sent later doesn't undo them."""
    who = manager()
    by = drafts.By(who.organisation.id, who.person.id, now())
    for name, answers in fresh.items():
        part = drafts.part(db, who.organisation.id, name)
        if part is not None:
            merged = {key: answer for key, answer in {**part.answers, **answers}.items() if answer}
            drafts.save(db, by, drafts.Edit(name, merged, part.version))
