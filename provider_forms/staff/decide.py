"""Deciding about a submission, and what goes with it: taking it over, and putting it back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from flask import redirect, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from provider_forms.desk import decision_mails, draft_follows, drafts, publishing, reviews
from provider_forms.desk.ahead import bring_forward
from provider_forms.desk.dossier import Dossier
from provider_forms.desk.mail import Mail
from provider_forms.desk.merging import Place, Side
from provider_forms.desk.reviews import LONGEST, DecidedError, Publication, ReplacedError, Ruling
from provider_forms.desk.submissions import OPEN
from provider_forms.desk.taken_apart import questions_of, read_file
from provider_forms.provider.standing import today
from provider_forms.staff import staff
from provider_forms.staff.decided import PLAN, told_comments
from provider_forms.staff.submission import (
    APART,
    COMMENT,
    REASON,
    TOGETHER,
    Showing,
    by,
    day_form,
    find,
    opened,
    show,
)
from provider_forms.web import kept
from provider_forms.web.desk import desk
from provider_forms.web.way_back import leads_back
from wmo_guide.domain.clock import parse_date

_WHAT: Mapping[str, Literal["approved", "returned", "rejected"]] = {
    "goedkeuren": "approved",
    "terugsturen": "returned",
    "afwijzen": "rejected",
}
_NO_REASON = "Schrijf op waarom u dit afwijst. De aanbieder leest dit in een mail."
_NO_COMMENT = "Schrijf ten minste één opmerking of een toelichting. Anders weet de aanbieder niet wat er anders moet."
_FARTHEST = timedelta(days=731)
_FAR = "Kies een dag binnen twee jaar. Later kan niet."
_LONG = f"Maak deze tekst korter: er is plaats voor {LONGEST} tekens."
_CHANGED = "Intussen is er iets veranderd in deze inzending of in de gids. Kijk nog eens en druk dan weer op de knop."
_NO_PLAN = "Kies wat er gebeurt met wat al klaarstaat voor een latere dag."
_NOT_RIGHT = "Dit kan zo niet in de gids. Wijzig het eerst, of stuur het terug."


class RefusedError(Exception):
    """Nothing was decided; the page tells why."""

    def __init__(self, *problems: tuple[str, str]) -> None:
        super().__init__(*problems)
        self.problems = problems


@staff.post("/wachtrij/<number>/")
def decide(number: str) -> AnyResponse:
    """Decides by the button that was pressed; what was typed stays when nothing is decided."""
    what = _WHAT.get(request.form.get("doe", ""))
    if what is None:
        return show(number, Showing(typed=request.form))
    try:
        decide_now(number, Ruling(what, _reason(), _comments()))
    except RefusedError as error:
        kept.keep_typed()
        return show(number, Showing(400, error.problems, typed=request.form))
    except (DecidedError, ReplacedError):
        return show(number, Showing(409))
    return redirect(url_for("staff.queue", gedaan=what, nummer=number), 303)


@staff.post("/wachtrij/<number>/overnemen")
def take_over_submission(number: str) -> AnyResponse:
    """Tells the others that you have it open now."""
    with desk().database.write() as db:
        reviews.take_over(db, find(db, number), by())
    return redirect(url_for("staff.submission", number=number), 303)


@staff.post("/wachtrij/<number>/terugleggen")
def release_submission(number: str) -> AnyResponse:
    """Puts it back in the queue."""
    with desk().database.write() as db:
        reviews.release(db, find(db, number), by())
    return redirect(url_for("staff.queue", gedaan="teruggelegd", nummer=number), 303)


def decide_now(number: str, ruling: Ruling, chosen: Mapping[Place, Side] | None = None) -> None:
    """Decides in one transaction, then wakes the press and sends the mails. Raises RefusedError, DecidedError, ReplacedError."""
    with desk().database.write() as db:
        mails = _decide(db, number, ruling, chosen)
        kept.forget(db, kept.here())
    if ruling.what == "approved":
        publishing.wake(desk())
    for mail in mails:
        desk().mail(mail)


def _decide(db: Session, number: str, ruling: Ruling, chosen: Mapping[Place, Side] | None) -> tuple[Mail, ...]:
    found = find(db, number)
    if found.state not in OPEN:
        reviews.decide(db, found, ruling, by())  # tells who was first
    file = opened(db, found)
    ruling = replace(ruling, comments=_known(ruling.comments, file))
    _check(file, ruling)
    publication = None
    if ruling.what == "approved":
        publication = _with_what_waits(file, file.publication(chosen, _day(file)))
        if (file.must_merge and chosen is None) or file.is_broken:
            raise RefusedError(("besluit", _CHANGED))
        if file.checked(publication.text)[1]:
            raise RefusedError(("besluit", _NOT_RIGHT))
    sent = file.sent
    decision = reviews.decide(db, found, ruling, by(), publication)
    if publication and file.ahead and _plan() == TOGETHER:
        bring_forward(db, file.ahead.jobs, publication.publish_on, by().person_id, by().at)
    published = read_file(found.payload)
    if decision.sent_payload and published is not None:
        author = drafts.By(found.organisation_id, by().person_id, by().at)
        draft_follows.follow(db, author, sent, published, file.standards)
    comments = told_comments(db, found)
    path = _status_page(found.organisation_id)
    return decision_mails.write(db, desk(), decision_mails.Told(found, decision, comments), file.standards, path)


def _with_what_waits(file: Dossier, made: Publication) -> Publication:
    """What is to be published, as the reviewer chose: together with what waits for a later day, or apart from it."""
    if file.ahead is None:
        return made
    if _plan() == TOGETHER and not file.ahead.clashes:
        return file.ahead.together(made)
    if _plan() != APART:
        raise RefusedError(("klaar", _NO_PLAN))
    return file.ahead.apart(made)


def _plan() -> str:
    return request.form.get(PLAN, "")


def _known(comments: Mapping[Place, str], file: Dossier) -> dict[Place, str]:
    """The comments on answers that there are, or that there can be."""
    there = {one.place for part in file.parts for one in part.fields}
    asked = {(part, one.key) for part, _ in comments for one in questions_of(part, file.standards)}
    return {place: text for place, text in comments.items() if place in there or place in asked}


def _check(file: Dossier, ruling: Ruling) -> None:
    """Raises RefusedError when something is missing, too long, or other than was seen."""
    problems = [("reden", _LONG)] if len(ruling.reason) > LONGEST else []
    if any(len(text) > LONGEST for text in ruling.comments.values()):
        problems.append(("besluit", _LONG))
    if ruling.what == "rejected" and not ruling.reason:
        problems.append(("reden", _NO_REASON))
    if ruling.what == "returned" and not (ruling.reason or ruling.comments):
        problems.append(("reden", _NO_COMMENT))
    if request.form.get("seen", "") != file.seen:
        problems.append(("besluit", _CHANGED))
    if problems:
        raise RefusedError(*problems)


def _day(file: Dossier) -> date | None:
    form = day_form(request.form, file)
    if form.errors:
        raise RefusedError(*((one.target, one.message) for one in form.errors))
    typed = form.public.get("publish_on")
    day = parse_date(typed) if typed else None
    if day and day > today() + _FARTHEST:
        raise RefusedError((form.fields[0].target, _FAR))
    return day if day and day > today() else None


def _reason() -> str:
    return request.form.get(REASON, "").replace("\r\n", "\n").strip()


def _comments() -> dict[Place, str]:
    found: dict[Place, str] = {}
    for name, text in request.form.items():
        part, bar, question = name.removeprefix(COMMENT).partition("|")
        if name.startswith(COMMENT) and bar and text.strip():
            found[part[:200], question[:80]] = text.replace("\r\n", "\n").strip()
    return found


def _status_page(organisation_id: int) -> str:
    return url_for("provider.status", organisation=organisation_id)


leads_back("staff.take_over_submission", "staff.queue")
leads_back("staff.release_submission", "staff.queue")
