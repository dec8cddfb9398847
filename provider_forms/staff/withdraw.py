"""Taking a change out of the queue of the press. Whoever sent it in is told why it doesn't come into the guide."""

from __future__ import annotations

from flask import Response, abort, redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import mending, publishing, taken_back
from provider_forms.desk.mail import Mail
from provider_forms.desk.personal import private_in
from provider_forms.desk.publishing import TooLateError
from provider_forms.desk.staff_models import PublishJob
from provider_forms.staff import staff
from provider_forms.staff.access import staff as who
from provider_forms.staff.publication_links import asked_by
from provider_forms.staff.submission import REASON, by
from provider_forms.staff.telling import mails_about, send_later
from provider_forms.web import kept
from provider_forms.web.desk import desk, now
from provider_forms.web.pages import render

_LONGEST = 1000
_NO_REASON = "Schrijf op waarom u dit intrekt. De aanbieder leest dit in een mail."
_TOO_LONG = f"Maak deze tekst korter: er is plaats voor {_LONGEST} tekens."


@staff.get("/publicaties/<int(max=2147483647):number>/intrekken")
def withdrawing(number: int) -> AnyResponse:
    """Asks why it is taken out of the queue."""
    typed = kept.typed_again()
    return _ask(number, typed.get(REASON, "") if typed else "")


@staff.post("/publicaties/<int(max=2147483647):number>/intrekken")
def withdraw_publication(number: int) -> AnyResponse:
    """Takes one out of the queue, if the press hasn't begun with it. What a provider sent needs a reason."""
    reason = request.form.get(REASON, "").replace("\r\n", "\n").strip()
    try:
        with desk().database.write() as db:
            job = db.get(PublishJob, number) or abort(404)
            problem = _problem(job, reason)
            mails = () if problem else _withdraw(db, job, reason)
            if not problem:
                kept.forget(db, kept.here())
    except TooLateError:
        return _back("te-laat")
    if problem:
        return _ask(number, reason, problem)
    publishing.wake(desk())
    send_later(mails)
    return _back("ingetrokken")


def _withdraw(db: Session, job: PublishJob, reason: str) -> tuple[Mail, ...]:
    """Takes it out; gives the mails about that. Raises TooLateError."""
    stays = taken_back.announced(db, job).gone if job.what == "undo" else ()
    mending.withdraw(db, job, desk().content, who().person.id, now(), reason)
    sent = taken_back.retract(db, job, reason, by())
    return (*mails_about(db, "retracted", (sent,) if sent else (), reason), *mails_about(db, "kept", stays, reason))


def _problem(job: PublishJob, reason: str) -> str:
    """What is wrong with the reason; empty when nothing is."""
    if not reason:
        return _NO_REASON if job.submission_id else ""
    return _TOO_LONG if len(reason) > _LONGEST else private_in(reason)


def _ask(number: int, typed: str, problem: str = "") -> AnyResponse:
    with desk().database.read() as db:
        job = db.get(PublishJob, number) or abort(404)
        asked = asked_by(db, job)
    if job.state not in ("waiting", "failed"):
        return _back("te-laat")
    page: Response = render(
        "staff/withdraw",
        f"Trek in: {job.title}",
        status=400 if problem else 200,
        job=job,
        who=asked,
        typed=typed,
        problem=problem,
    )
    return page


def _back(done: str) -> AnyResponse:
    return redirect(url_for("staff.publications", gedaan=done), 303)
