"""The page of a submission about which was decided: by whom, what and why, what was sent, and what became of it."""

from __future__ import annotations

from flask import Response, request
from sqlalchemy.orm import Session

from provider_forms.desk import publishing, reviews
from provider_forms.desk.differences import PartChange, compare
from provider_forms.desk.models import Person, Submission
from provider_forms.desk.staff_models import Decision, PublishJob
from provider_forms.desk.taken_apart import questions_of, read_file
from provider_forms.provider.standing import today
from provider_forms.staff.access import staff as who
from provider_forms.staff.publication_links import ended
from provider_forms.staff.trail import trail
from provider_forms.web import kept
from provider_forms.web.content import standards
from provider_forms.web.desk import now
from provider_forms.web.pages import render
from wmo_guide.domain.standards import Standards

PLAN = "a.klaar"
"""The field for what becomes of what waits for a later day already."""
DECISIONS = {
    "approved": "Goedgekeurd",
    "edited": "Gewijzigd en goedgekeurd",
    "returned": "Teruggestuurd met opmerkingen",
    "rejected": "Afgewezen",
}
_STATES = {"withdrawn": "De aanbieder stuurde intussen iets nieuwers. Dit hoeft u niet meer te beoordelen."}


def closed(db: Session, found: Submission, status: int) -> Response:
    """What was decided, and how far its publication is."""
    decision = reviews.decision_of(db, found.id)
    job = db.query(PublishJob).filter_by(submission_id=found.id).order_by(PublishJob.id.desc()).first()
    held = standards(found.organisation.region)
    before, after = (read_file(text) for text in (decision.sent_payload if decision else "", found.payload))
    edits = [one for one in compare(before, after, held) if one.changed] if before and after else []
    return render(
        "staff/decided",
        f"{found.organisation.name} ({found.number})",
        status=status,
        decision=decision,
        what=DECISIONS[decision.what] if decision else "",
        who=email_of(db, decision.made_by) if decision else "",
        comments=told_comments(db, found),
        edits=edits,
        sent=_sent(decision, found, held),
        links=trail(db, found.organisation).links,
        organisation=found.organisation,
        text=_STATES.get(found.state, ""),
        ended=ended(db, job) if job and job.state != "handed_back" else None,
        progress=publishing.progress(db, job.id, now()) if job and job.state != "handed_back" else None,
        day=job.publish_on if job and job.publish_on and job.publish_on > today() else None,
        late=status == 409,  # noqa: PLR2004  (what a decision that comes second is answered with)
        mine=decision is not None and decision.made_by == who().person.id,
        typed=[text for name, text in kept.typed() if name.startswith("a.") and name != PLAN]
        if request.method == "POST"
        else [],
    )


def told_comments(db: Session, found: Submission) -> tuple[tuple[str, str, str], ...]:
    """The comments on a submission in words: part, question, comment."""
    file = read_file(found.payload)
    held = standards(found.organisation.region)
    parts = compare(None, file, held) if file else ()
    titles = {part.name: part.title for part in parts}
    comments = reviews.comments_of(db, found.id).items()
    return tuple((titles.get(part, part), _label(part, key, found), text) for (part, key), text in comments)


def _label(part: str, key: str, found: Submission) -> str:
    asked = questions_of(part, standards(found.organisation.region))
    return next((one.label for one in asked if one.key == key), key)


def _sent(decision: Decision | None, found: Submission, held: Standards) -> tuple[PartChange, ...]:
    """What the provider sent, before staff changed anything in it."""
    file = read_file((decision.sent_payload if decision else "") or found.payload)
    return compare(None, file, held) if file else ()


def email_of(db: Session, person_id: int) -> str:
    """The address of a member of staff, or of who sent something."""
    person = db.get(Person, person_id)
    return person.email if person else "iemand"
