"""Opens and saves pages of the form so that nothing typed is ever lost.

Everything that is posted is stored at once, right or wrong. What can't be stored is kept for whoever typed it, and shown
again: on the page itself, or beside the other version when somebody else saved in the meantime.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from urllib.parse import unquote

from flask import Response, jsonify, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, typing_kept
from provider_forms.desk.conflicts import place_in_tab, tab_in, tabs
from provider_forms.desk.drafts import Conflict, Edit, Outcome, Refused, Saved
from provider_forms.desk.typing_kept import Place
from provider_forms.provider.draft import Draft, by, clock_time
from provider_forms.provider.form_page import FormPage
from provider_forms.web.desk import desk, now
from provider_forms.web.forms import PREFIX, AnswerForm, error_title, make_form
from provider_forms.web.pages import render
from provider_forms.web.session import AUTOSAVE, give_back, manager, typed_again

LATER = "later"
"""What the button says that saves and stops for now."""
_AGAIN = "U ziet wat u hier het laatst typte. Het is nog niet opgeslagen. Klopt het? Druk dan op Opslaan."
_MERGED = "Uw keuze is opgeslagen. Hieronder staan nu de antwoorden die u koos."
_REFUSED = {
    "large": "Dit is meer tekst dan wij kunnen bewaren. Uw tekst staat nog op deze pagina, maar is niet opgeslagen. Maak de tekst korter en sla de pagina opnieuw op.",
    "many": f"Er is plaats voor {drafts.MOST_LOCATIONS} locaties. Deze past er niet meer bij en is niet opgeslagen. Uw tekst staat nog op deze pagina. Haal eerst een andere locatie weg.",
}
_KEPT = "teruggekregen"
"""Field of a page that shows what was kept for its reader: only saving that page replaces it, not one in another tab."""
_LONGEST_VERSION = 9


def open_page(page: FormPage, draft: Draft) -> Response:
    """The page with what is stored, or with what was typed on it and could not be stored."""
    again = typed_again()
    stored = draft.parts.get(page.part)
    answers = page.read(stored.answers if stored else {})
    if again is not None:
        form = make_form(page.questions, page.scope, again, {}, show_errors=False)
        return show(page, form, version_in(again.get("version")), notice=_AGAIN, kept=True)
    form = make_form(page.questions, page.scope, None, answers, show_errors="nakijken" in request.args)
    return show(page, form, stored.version if stored else 0, notice=_MERGED if "samengevoegd" in request.args else "")


def take(page: FormPage) -> AnyResponse:
    """Stores what was posted, and leads on; or back to the page with what must be mended."""
    form = make_form(page.questions, page.scope, request.form, {})
    outcome = store(page, form, version_in(request.form.get("version")))
    if request.headers.get(AUTOSAVE):
        return _tell_script(outcome)
    if isinstance(outcome, Conflict):
        return redirect(url_for("provider.merge", key=page.key, tab=tab_in(request.form.get("tab"))), 303)
    if isinstance(outcome, Refused):
        return show(page, form, version_in(request.form.get("version")), status=413, problem=_REFUSED[outcome.why])
    return _lead_on(page, form, outcome)


def store(page: FormPage, form: AnswerForm, version: int) -> Outcome:
    """Stores the page's answers. On a conflict it keeps them for who typed them."""
    author = by()
    with desk().database.write() as db:
        before = drafts.part(db, author.organisation_id, page.part)
        answers = page.write(before.answers if before else {}, form)
        outcome = drafts.save(db, author, Edit(page.part, answers, version))
        _settle(db, place_of(page), outcome)
    return outcome


def _settle(db: Session, place: Place, outcome: Outcome) -> None:
    """What was typed in this tab waits to be merged after a conflict, and no longer waits for anything once it is saved."""
    here = place_in_tab(place, tab_in(request.form.get("tab")))
    if isinstance(outcome, Refused):
        return
    if isinstance(outcome, Conflict):
        typing_kept.keep(db, here, {name: texts for name, texts in request.form.lists() if name != "csrf"}, now())
    else:
        typing_kept.forget(db, here)
    if request.form.get(_KEPT):
        typing_kept.forget(db, place)


def show(  # noqa: PLR0913  (a page, what is in it, and what is told above it)
    page: FormPage,
    form: AnswerForm,
    version: int,
    *,
    status: int = 200,
    problem: str = "",
    notice: str = "",
    kept: bool = False,
) -> Response:
    """The page with this form."""
    errors = form.errors if form.show_errors else ()
    return render(
        page.template,
        page.title,
        status=status,
        window_title=error_title(page.title, errors or ((problem,) if problem else ())),
        page=page,
        form=form,
        version=version,
        problem=problem,
        notice=notice,
        strays=tuple(_strays(form)),
        tab=secrets.token_hex(4) if request.method == "GET" else tab_in(request.form.get("tab")),
        merges=_merges(page),
        kept=_KEPT if kept or (problem and _KEPT in request.form) else "",
        **page.context,
    )


def place_of(page: FormPage) -> Place:
    """Where typing on this page is kept for this manager."""
    who = manager()
    return Place(who.person.id, who.organisation.id, unquote(page.url))


def version_in(text: str | None) -> int:
    """The version that a page was opened with; 0 for what is no version."""
    fits = text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST_VERSION
    return int(text) if text and fits else 0


def _lead_on(page: FormPage, form: AnswerForm, saved: Saved) -> AnyResponse:
    if request.form.get("doe") == LATER:
        return redirect(url_for("provider.start", gedaan="opgeslagen"), 303)
    if form.errors:
        return show(page, form, saved.version, status=400)
    unseen = {warning.key for warning in form.warnings} - set(request.form.getlist("gezien"))
    if unseen or any(_strays(form)):
        return show(page, form, saved.version)
    return redirect(page.onward, 303)


def _tell_script(outcome: Outcome) -> Response:
    if isinstance(outcome, Saved):
        return jsonify(version=outcome.version, saved_at=clock_time(outcome.part.saved_at))
    if isinstance(outcome, Conflict):
        return Response("Iemand anders heeft deze pagina ook veranderd.", 409, mimetype="text/plain")
    return Response("Dit is te veel om te bewaren.", 413, mimetype="text/plain")


def _merges(page: FormPage) -> tuple[str, ...]:
    """Addresses of the merge pages for what this manager typed here and didn't merge yet."""
    with desk().database.read() as db:
        found = tabs(db, place_of(page))
    return tuple(url_for("provider.merge", key=page.key, tab=tab) for tab in found)


def _strays(form: AnswerForm) -> Iterator[str]:
    """Posted answers to questions that are no longer asked: they aren't stored, so their text is shown once more."""
    names = tuple(one.name for one in form.fields)
    for name, text in request.form.items(multi=True):
        known = name in names or name.startswith(tuple(f"{one}." for one in names))
        if name.startswith(PREFIX) and not known and text.strip():
            yield text


def lost_page() -> Response:
    """The answer to a post to a page that is no longer there, e.g. because its block left the matrix: all that was typed."""
    answer = give_back()
    answer.status_code = 404
    return answer
