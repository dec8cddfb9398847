"""Sending what was checked, and the page that says so."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import submissions
from provider_forms.desk.bases import base_of_draft
from provider_forms.desk.mail import Mail
from provider_forms.desk.submissions import InReviewError, Sending
from provider_forms.provider import provider
from provider_forms.provider.check import seen, show_check
from provider_forms.provider.standing import Standing, standing
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render
from provider_forms.web.session import manager

_INCOMPLETE = "Uw aanbod is niet verstuurd, want er mist nog iets. Hieronder staat precies wat."
_CHANGED = (
    "Uw aanbod is niet verstuurd, want intussen is er iets veranderd. Kijk het nog even na en druk dan weer op de knop."
)


@provider.post("/versturen")
def send() -> AnyResponse:
    """Sends the draft as it stands, when it is complete and is what the check page showed."""
    try:
        made = _send()
    except InReviewError as error:
        return show_check(_in_review(error.number), 409)
    if isinstance(made, str):
        return show_check(made, 409)
    number, mails = made
    for mail in mails:
        desk().mail(mail)
    return redirect(url_for("provider.sent", number=number), 303)


@provider.get("/verstuurd/<number>")
def sent(number: str) -> Response:
    """What happens next."""
    with desk().database.read() as db:
        found = submissions.find(db, number)
    if found is None or found.organisation_id != manager().organisation.id:
        abort(404)
    return render("sent", "Uw aanbod is verstuurd", number=number)


def _send() -> tuple[str, tuple[Mail, ...]] | str:
    """Number and mails, or why it can't be sent. The check and the sending are one transaction.

    A second press finds the number of the first, and mails nothing.
    """
    who = manager()
    seen_before = request.form.get("seen", "")
    with desk().database.write() as db:
        earlier = submissions.already_sent(db, who.organisation, seen_before)
        if earlier is not None:
            return earlier.number, ()
        current = standing(db, who.organisation)
        if not current.completeness.can_be_sent or current.assembled.findings:
            return _INCOMPLETE
        if seen_before != seen(current):
            return _CHANGED
        found = submissions.send(db, who.organisation, _sending(db, current), who.person.id, now())
        staff = current.standards.region.publisher.email
        path = url_for("provider.status")
        return found.number, submissions.mails(db, desk(), found, who.organisation, status_path=path, staff=staff)


def _sending(db: Session, current: Standing) -> Sending:
    made = current.assembled
    base = base_of_draft(db, current.organisation.id, current.published.digest if current.published else "")
    return Sending("form", made.yaml_text, made.private, base)


def _in_review(number: str) -> str:
    return (
        f"Uw aanbod is niet verstuurd. Een medewerker bekijkt nu uw vorige aanbod (nummer {number}). "
        "Wacht op het antwoord. Wat u hebt veranderd, blijft bewaard."
    )
