"""Reports of readers, as staff deal with them: read, look at the page, answer, closed."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import report_mails, reports
from provider_forms.desk.reports import ClosedError
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.web import kept
from provider_forms.web.content import read_upkeep
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render, wrong
from provider_forms.web.short_text import read_text
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.upkeep import days_kept

FIELD = "a.antwoord"
EXAMPLES = (
    "Bedankt. Wij hebben de pagina aangepast.",
    "Bedankt. Wij hebben het aan de aanbieder doorgegeven. Die past het aan.",
    "Bedankt voor uw melding. Wij hebben het nagekeken: de pagina klopt.",
)


@staff.get("/meldingen/")
def list_reports() -> Response:
    """Open reports, the oldest first, and the last ones that were closed."""
    upkeep = read_upkeep(desk().content)
    with desk().database.read() as db:
        waiting, closed = reports.open_ones(db), reports.closed_ones(db)
        rows = [
            [
                (one, report_mails.topic_of(one, upkeep), one.organisation.name if one.organisation else "")
                for one in some
            ]
            for some in (waiting, closed)
        ]
    return render(
        "staff/reports", "Meldingen", waiting=rows[0], closed=rows[1], number=request.args.get("afgehandeld", "")
    )


@staff.get("/meldingen/<number>")
def show_report(number: str) -> Response:
    """One report, with the form that closes it."""
    again = kept.typed_again()
    return _page(number, again.get(FIELD, "") if again else "")


@staff.post("/meldingen/<number>")
def close_report(number: str) -> AnyResponse:
    """Closes a report; its reporter is told."""
    typed = request.form.get(FIELD, "")
    try:
        answer = read_text(typed, reports.LONGEST, "Schrijf een antwoord. Eén zin is genoeg.")
    except InvalidValueError as error:
        return _page(number, typed, error.message, 400)
    with desk().database.write() as db:
        found = reports.find(db, number)
        if found is None:
            abort(404)
        try:
            reports.close(db, found, answer, who().person.id, now())
        except ClosedError:
            return _page(
                number, typed, "Een collega heeft deze melding net afgehandeld. Uw antwoord is niet verstuurd.", 409
            )
        kept.forget(db, kept.here())
        mail = report_mails.closed(desk(), found, days_kept("reports", read_upkeep(desk().content)) or 0)
    if mail is not None:
        desk().mail(mail)
    return redirect(url_for("staff.list_reports", afgehandeld=number), 303)


def _page(number: str, typed: str = "", problem: str = "", status: int = 200) -> Response:
    with desk().database.read() as db:
        found = reports.find(db, number)
        if found is None:
            abort(404)
        organisation, closer = found.organisation, found.closer
    title = f"Melding {found.number}"
    return render(
        "staff/report",
        title,
        status=status,
        window_title=wrong(title) if problem else title,
        report=found,
        topic=report_mails.topic_of(found, read_upkeep(desk().content)),
        organisation=organisation,
        closer=closer,
        typed=typed,
        problem=problem,
        examples=EXAMPLES,
        field=FIELD,
    )
