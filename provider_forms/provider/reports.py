"""Reports of readers about a provider's own page: what they say, and what the provider tells staff about it."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import report_mails, reports
from provider_forms.desk.reports import LONGEST, ClosedError
from provider_forms.desk.upkeep_models import Report
from provider_forms.provider import provider
from provider_forms.web import kept
from provider_forms.web.content import read_upkeep
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong
from provider_forms.web.session import manager
from provider_forms.web.short_text import read_text
from wmo_guide.domain.findings import InvalidValueError

FIELD = "a.reactie"
_EMPTY = "Schrijf wat u met de melding deed, of waarom zij niet klopt."
_CLOSED = "De gids heeft deze melding net afgehandeld. Uw reactie is niet bewaard. Uw tekst staat hieronder."


@provider.get("/meldingen")
def list_reports() -> Response:
    """All reports about this provider that aren't erased."""
    upkeep = read_upkeep(desk().content)
    with desk().database.read() as db:
        found = [
            (one, report_mails.topic_of(one, upkeep)) for one in reports.of_organisation(db, manager().organisation)
        ]
    return render("reports", "Meldingen over uw pagina", reports=found, done=request.args.get("gedaan", ""))


@provider.get("/meldingen/<number>")
def show_report(number: str) -> Response:
    """One report, with the form to tell staff about it."""
    again = kept.typed_again()
    return _page(number, again.get(FIELD, "") if again else "")


@provider.post("/meldingen/<number>")
def answer_report(number: str) -> AnyResponse:
    """Keeps what the provider says about a report, for staff."""
    typed = request.form.get(FIELD, "")
    try:
        text = read_text(typed, LONGEST, _EMPTY)
        with desk().database.write() as db:
            reports.say(db, _mine(db, number), text, manager().person.id, now())
            kept.forget(db, kept.here())
    except InvalidValueError as error:
        return _page(number, typed, error.message, 400)
    except ClosedError:
        return _page(number, typed, _CLOSED, 409)
    return redirect(url_for("provider.list_reports", gedaan=number), 303)


def _mine(db: Session, number: str) -> Report:
    found = next((one for one in reports.of_organisation(db, manager().organisation) if one.number == number), None)
    if found is None:
        abort(404)
    return found


def _page(number: str, typed: str = "", problem: str = "", status: int = 200) -> Response:
    with desk().database.read() as db:
        found = _mine(db, number)
    title = f"Melding {found.number}"
    return render(
        "report_answer",
        title,
        status=status,
        window_title=wrong(title) if problem else title,
        report=found,
        topic=report_mails.topic_of(found, read_upkeep(desk().content)),
        typed=typed,
        problem=problem,
        field=FIELD,
    )
