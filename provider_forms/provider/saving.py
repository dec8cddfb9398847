"""Opens and saves pages of the form so that nothing typed is ever lost.

Everything that is posted is stored at once, right or wrong. What can't be stored is kept for whoever typed it, and shown
again: on the page itself, or beside the other version when somebody else saved in the meantime.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from flask import Response, jsonify, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import drafts, reviews, typing_kept
from provider_forms.desk.drafts import Answers, Conflict, Edit, Outcome, Refused, Saved
from provider_forms.desk.typing_kept import KeptText, Place, new_tab, tab_in
from provider_forms.provider.draft import Draft, by, clock_time
from provider_forms.provider.form_page import FormPage
from provider_forms.web.desk import desk, now
from provider_forms.web.door import AUTOSAVE
from provider_forms.web.forms import PREFIX, AnswerForm, error_title, make_form
from provider_forms.web.forms.shapes import Typed
from provider_forms.web.forms.strays import in_words
from provider_forms.web.kept import forget, give_back, posted, shown_again, typed_again
from provider_forms.web.pages import render
from provider_forms.web.session import manager

AWAY = "weg"
"""Field with the keys of answers to questions that are no longer asked, which their writer doesn't need any more."""
LATER = "later"
"""What the button says that saves and stops for now."""
_AGAIN = "U ziet wat u hier het laatst typte. Het is nog niet opgeslagen. Klopt het? Druk dan op Opslaan."
_MERGED = "Uw keuze is opgeslagen. Hieronder staan nu de antwoorden die u koos."
_STRAY = "Er is een vraag uit het formulier gehaald of veranderd. Kies Opslaan. Dan ziet u wat u daar typte."
_REFUSED = {
    "large": "Dit is meer tekst dan wij kunnen bewaren. Uw tekst staat nog op deze pagina, maar is niet opgeslagen. Maak de tekst korter en sla de pagina opnieuw op.",
    "many": f"Er is plaats voor {drafts.MOST_LOCATIONS} locaties. Deze past er niet meer bij en is niet opgeslagen. Uw tekst staat nog op deze pagina. Haal eerst een andere locatie weg.",
    "room": "Deze pagina is ook ergens anders opgeslagen, en u hebt al veel tekst die nog niet is opgeslagen. Deze tekst past daar niet meer bij. Hij staat nog op deze pagina, maar is niet opgeslagen. Kopieer hem, en sla eerst uw andere teksten op.",
}
_LONGEST_VERSION = 9


@dataclass(frozen=True)
class Stored:
    """What came of storing a page."""

    outcome: Outcome
    waits: str = ""
    """After a conflict: key of the text that waits to be merged."""


def open_page(page: FormPage, draft: Draft) -> Response:
    """The page with what is stored, or with what was typed on it and could not be stored."""
    again = typed_again()
    stored = draft.parts.get(page.part)
    answers = page.read(stored.answers if stored else {})
    if again is not None:
        form = make_form(page.questions, page.scope, again, {}, show_errors=False, demands=page.demands)
        return show(page, form, version_in(again.get("version")), notice=_AGAIN)
    show_errors = "nakijken" in request.args
    form = make_form(page.questions, page.scope, None, answers, show_errors=show_errors, demands=page.demands)
    return show(page, form, stored.version if stored else 0, notice=_MERGED if "samengevoegd" in request.args else "")


def take(page: FormPage) -> AnyResponse:
    """Stores what was posted, and leads on; or back to the page with what must be mended."""
    form = make_form(page.questions, page.scope, request.form, {}, demands=page.demands)
    stored = store(page, form, version_in(request.form.get("version")))
    outcome = stored.outcome
    if request.headers.get(AUTOSAVE):
        return _tell_script(outcome, form)
    if isinstance(outcome, Conflict):
        return redirect(url_for("provider.merge", key=page.key, tekst=stored.waits), 303)
    if isinstance(outcome, Refused):
        return show(page, form, version_in(request.form.get("version")), status=413, problem=_REFUSED[outcome.why])
    return _lead_on(page, form, outcome)


def store(page: FormPage, form: AnswerForm, version: int) -> Stored:
    """Stores the page's answers. On a conflict it keeps them for who typed them."""
    author = by()
    with desk().database.write() as db:
        before = drafts.part(db, author.organisation_id, page.part)
        answers = _without(page, page.write(before.answers if before else {}, form))
        outcome = drafts.save(db, author, Edit(page.part, answers, version))
        return settle(db, page, outcome)


def settle(db: Session, page: FormPage, outcome: Outcome) -> Stored:
    """What was typed in this tab waits to be merged after a conflict, and no longer waits for anything once it is saved."""
    place = place_of(page)
    if isinstance(outcome, Refused):
        return Stored(outcome)
    if isinstance(outcome, Saved):
        forget(db, place)
        return Stored(outcome)
    key = typing_kept.keep(db, place, replace(posted(), waits="merge"), now())
    if key is None:
        return Stored(Refused("room"))
    typing_kept.forget(db, place, shown_again())
    return Stored(outcome, key)


def show(  # noqa: PLR0913  (a page, what is in it, and what is told above it)
    page: FormPage,
    form: AnswerForm,
    version: int,
    *,
    status: int = 200,
    problem: str = "",
    notice: str = "",
) -> Response:
    """The page with this form."""
    errors = form.errors if form.show_errors else ()
    _add_comments(page, form)
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
        away=AWAY,
        **_strays(page, form),
        tab=new_tab() if request.method == "GET" else tab_in(request.form.get("tab")),
        merges=_merges(page),
        **page.context,
    )


def _add_comments(page: FormPage, form: AnswerForm) -> None:
    """Puts what staff remarked beside the answers that they remarked on."""
    with desk().database.read() as db:
        comments = reviews.open_comments(db, manager().organisation.id)
    for field in form.fields:
        field.comment = comments.get((page.part, field.question.key), "")


def place_of(page: FormPage) -> Place:
    """Where typing on this page is kept for this manager."""
    who = manager()
    return Place(who.person.id, who.organisation.id, unquote(page.url))


def version_in(text: str | None) -> int:
    """The version that a page was opened with; 0 for what is no version."""
    fits = text and text.isascii() and text.isdecimal() and len(text) <= _LONGEST_VERSION
    return int(text) if text and fits else 0


def _lead_on(page: FormPage, form: AnswerForm, saved: Saved) -> AnyResponse:
    later = request.form.get("doe") == LATER
    if form.errors and not later:
        return show(page, form, saved.version, status=400)
    if unseen(form) or form.strays:
        return show(page, replace(form, show_errors=not later), saved.version)
    if later:
        return redirect(url_for("provider.start", gedaan="opgeslagen"), 303)
    # Another tab with this page had typing as well: it is shown next, before its writer goes on.
    return redirect(page.url if any(one.waits == "again" for one in _waiting(page)) else page.onward, 303)


def unseen(form: AnswerForm) -> bool:
    """Whether there is something to look at once more that the page didn't show yet."""
    return not {warning.mark for warning in form.warnings} <= set(request.form.getlist("gezien"))


def _tell_script(outcome: Outcome, form: AnswerForm) -> Response:
    if isinstance(outcome, Saved):
        told = {"told": _STRAY} if form.strays else {}
        return jsonify(version=outcome.version, saved_at=clock_time(outcome.part.saved_at), **told)
    if isinstance(outcome, Conflict):
        return Response("Iemand anders heeft deze pagina ook veranderd.", 409, mimetype="text/plain")
    return Response("Dit is te veel om te bewaren.", 413, mimetype="text/plain")


def _merges(page: FormPage) -> tuple[str, ...]:
    """Addresses of the merge pages for what this manager typed here and didn't merge yet, the oldest first."""
    others = [one for one in reversed(_waiting(page)) if one.key != shown_again()]
    with desk().database.read() as db:
        is_stored = others and drafts.part(db, manager().organisation.id, page.part) is not None
    return tuple(url_for("provider.merge", key=page.key, tekst=one.key) for one in others) if is_stored else ()


def _waiting(page: FormPage) -> tuple[KeptText, ...]:
    with desk().database.read() as db:
        return typing_kept.waiting(db, place_of(page))


def _strays(page: FormPage, form: AnswerForm) -> Mapping[str, object]:
    """Answers to questions that are no longer asked: their texts, and the fields that send along what isn't stored yet."""
    with desk().database.read() as db:
        stored = drafts.part(db, manager().organisation.id, page.part)
    held = page.unasked(stored.answers) if stored else {}
    fresh = {key: typed for key, typed in form.strays.items() if held.get(key) != typed}
    return {
        "strays": [(key, in_words(typed), key in held) for key, typed in {**held, **fresh}.items()],
        "stray_fields": [field for key, typed in fresh.items() for field in _fields(key, typed)]
        if page.holds_strays
        else [],
    }


def _fields(key: str, typed: Typed) -> list[tuple[str, str]]:
    """The fields that an answer was posted in."""
    if isinstance(typed, dict):
        return [(f"{PREFIX}{key}.{axis}", text) for axis, texts in typed.items() for text in texts]
    return [(PREFIX + key, text) for text in ([typed] if isinstance(typed, str) else typed)]


def _without(page: FormPage, answers: Answers) -> Answers:
    """The part's answers without those that their writer doesn't need any more, because their question is gone."""
    gone = page.unasked(answers).keys() & set(request.form.getlist(AWAY))
    return {key: answer for key, answer in answers.items() if key not in gone}


def lost_page() -> Response:
    """The answer to a post to a page that is no longer there, e.g. because its block left the matrix: all that was typed."""
    answer = give_back()
    answer.status_code = 404
    return answer
