"""What staff decide about submissions. A submission is decided once, whoever presses when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal, TypeAlias, cast

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from provider_forms.desk import events, publishing, submissions
from provider_forms.desk.models import Submission
from provider_forms.desk.publishing import FileChange, Request
from provider_forms.desk.signatures import by_desk, by_organisation, by_staff
from provider_forms.desk.staff_models import Comment, Decision, Opened, PublishJob, Rework
from provider_forms.desk.upcoming import Upcoming, path_of

Verdict: TypeAlias = Literal["approved", "edited", "returned", "rejected"]
Place: TypeAlias = tuple[str, str]
"""Part and question; an empty question for the part as a whole."""
LONGEST = 4000
"""Characters of a reason or a comment."""
UNDONE = "undone"
"""Stands for the verdict of a decision that has to be made anew."""
_ABOUT = {"fast": "wachttijd of aanmeldstop veranderd", "confirmation": "de aanbieder zegt dat alles klopt"}


class DecidedError(Exception):
    """Somebody has decided about it already; nothing was done."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(decision.what)
        self.decision = decision


class ReplacedError(Exception):
    """The provider sent something newer in its place; nothing was done."""


@dataclass(frozen=True)
class Ruling:
    """What a reviewer says of a submission."""

    what: Literal["approved", "returned", "rejected"]
    reason: str = ""
    comments: Mapping[Place, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Publication:
    """What an approval publishes."""

    text: str
    """The file."""
    base: str
    """Fingerprint of the file that it takes the place of."""
    about: str
    """What changes, in a few words without anything private."""
    publish_on: date | None = None
    was: str | None = None
    """That file; None when there is none."""
    decided: str = ""
    """The file as the reviewer has approved it, when a part of it is held back or comes with something else."""

    @property
    def approved(self) -> str:
        """The file as the reviewer has approved it."""
        return self.decided or self.text


@dataclass(frozen=True)
class By:
    """Who decides, and when."""

    person_id: int
    at: datetime


def claim(session: Session, submission: Submission, by: By) -> Opened | None:
    """Tells the others that this reviewer has it open. Gives whoever had it open first, when that is somebody else."""
    _lock(session, submission)
    if submission.state not in submissions.OPEN:
        return None
    if submission.state == "received":
        submissions.move(session, submission, "in_review", by.person_id, by.at, role="staff")
    found = session.get(Opened, submission.id)
    if found is None:
        session.add(Opened(submission_id=submission.id, person_id=by.person_id, at=by.at))
        return None
    return found if found.person_id != by.person_id else None


def take_over(session: Session, submission: Submission, by: By) -> None:
    """Makes this reviewer the one who has it open."""
    _lock(session, submission)
    found = session.get(Opened, submission.id)
    if found is not None and submission.state in submissions.OPEN:
        found.person_id, found.at = by.person_id, by.at


def release(session: Session, submission: Submission, by: By) -> None:
    """Puts it back in the queue undecided, so that the provider can send something newer."""
    _lock(session, submission)
    if submission.state == "in_review":
        submissions.move(session, submission, "received", by.person_id, by.at, role="staff")
    session.execute(delete(Opened).where(Opened.submission_id == submission.id))


def decide(
    session: Session, submission: Submission, ruling: Ruling, by: By, publication: Publication | None = None
) -> Decision:
    """Decides, once. An approval goes to the press and needs a publication. Raises DecidedError or ReplacedError."""
    _lock(session, submission)
    earlier = _made(session, submission.id)
    if earlier is not None and earlier.what != UNDONE:
        raise DecidedError(earlier)
    if submission.state not in submissions.OPEN:
        raise ReplacedError
    made = _decision(earlier, submission, ruling, by, publication)
    session.add(made)
    _comment_on(session, submission, ruling.comments, by)
    session.execute(delete(Opened).where(Opened.submission_id == submission.id))
    if publication is not None:
        submission.payload = publication.approved
        _publish(session, submission, publication, by)
    submissions.move(session, submission, ruling.what, by.person_id, by.at, role="staff")
    _note(session, submission, made, by)
    session.flush()
    return made


def pass_on(session: Session, submission: Submission, base: Upcoming, by: By) -> PublishJob:
    """Sends what needs no review straight to the press: an answer of the fast lane, or a confirmation."""
    organisation = submission.organisation
    submissions.move(session, submission, "approved", by.person_id, by.at)
    about = _ABOUT[submission.kind]
    request = Request(
        what="provider",
        region=organisation.region,
        title=organisation.name,
        changes=(FileChange(path_of(organisation), submission.payload, base.digest, base.text),),
        message=f"{organisation.name}: {about}\n\nInzending {submission.number}, zonder beoordeling.",
        author=by_organisation(organisation),
        committer=by_desk(),
        submission_id=submission.id,
    )
    return publishing.queue(session, request, by.person_id, by.at)


def decision_of(session: Session, submission_id: int) -> Decision | None:
    """What was decided about a submission."""
    made = _made(session, submission_id)
    return made if made is not None and made.what != UNDONE else None


def what_of(decision: Decision) -> Verdict:
    """The verdict of a decision."""
    return cast("Verdict", decision.what)


def comments_of(session: Session, submission_id: int) -> dict[Place, str]:
    """The comments on a submission."""
    query = select(Comment).where(Comment.submission_id == submission_id).order_by(Comment.id)
    return {(one.part, one.question): one.text for one in session.scalars(query)}


def rework_of(session: Session, submission_id: int) -> dict[str, Rework]:
    """What staff rewrote in a submission, by the part's name."""
    query = select(Rework).where(Rework.submission_id == submission_id)
    return {one.part: one for one in session.scalars(query)}


def earlier_rounds(session: Session, submission: Submission) -> tuple[Submission, ...]:
    """The forms of the organisation that were decided before this one was sent, the newest first."""
    mine = submissions.of_organisation(session, submission.organisation_id)
    decided = ("returned", "approved", "published", "rejected", *submissions.TAKEN_BACK)
    return tuple(one for one in mine if one.id < submission.id and one.kind == "form" and one.state in decided)


def answered_round(session: Session, submission: Submission) -> Submission | None:
    """The submission that came back with comments and to which this one is the answer."""
    rounds = earlier_rounds(session, submission)
    return rounds[0] if rounds and rounds[0].state == "returned" else None


def open_comments(session: Session, organisation_id: int) -> dict[Place, str]:
    """The comments that the organisation still has to answer: those on its last form, when that came back."""
    forms = (one for one in submissions.of_organisation(session, organisation_id) if one.kind == "form")
    last = next((one for one in forms if one.state != "withdrawn"), None)
    return comments_of(session, last.id) if last is not None and last.state == "returned" else {}


def _lock(session: Session, submission: Submission) -> None:
    session.refresh(submission, with_for_update=True)


def _made(session: Session, submission_id: int) -> Decision | None:
    """The decision that was made once, also when it has to be made anew."""
    return session.scalar(select(Decision).where(Decision.submission_id == submission_id))


def _decision(
    earlier: Decision | None, submission: Submission, ruling: Ruling, by: By, publication: Publication | None
) -> Decision:
    """The decision; in the place of the earlier one, when there was one."""
    edited = publication is not None and publication.approved != submission.payload
    sent = (earlier.sent_payload if earlier else "") or (submission.payload if edited else "")
    made = earlier or Decision(submission_id=submission.id)
    made.what = "edited" if edited else ruling.what
    made.reason, made.sent_payload, made.made_at, made.made_by = ruling.reason, sent, by.at, by.person_id
    return made


def _comment_on(session: Session, submission: Submission, comments: Mapping[Place, str], by: By) -> None:
    """Adds comments; one on the same answer takes the place of that of an earlier decision."""
    for (part, question), text in comments.items():
        mine = (Comment.submission_id == submission.id, Comment.part == part, Comment.question == question)
        session.execute(delete(Comment).where(*mine))
        session.add(
            Comment(
                submission_id=submission.id,
                part=part,
                question=question,
                text=text,
                made_at=by.at,
                made_by=by.person_id,
            )
        )


def _publish(session: Session, submission: Submission, publication: Publication, by: By) -> None:
    organisation = submission.organisation
    request = Request(
        what="provider",
        region=organisation.region,
        title=organisation.name,
        changes=(FileChange(path_of(organisation), publication.text, publication.base, publication.was),),
        message=f"{organisation.name}: {publication.about}\n\nInzending {submission.number}, goedgekeurd.",
        author=by_organisation(organisation),
        committer=by_staff(by.person_id),
        submission_id=submission.id,
        publish_on=publication.publish_on,
    )
    publishing.queue(session, request, by.person_id, by.at)


def _note(session: Session, submission: Submission, made: Decision, by: By) -> None:
    details = {"number": submission.number, "what": made.what}
    organisation = submission.organisation_id
    events.note(
        session, "decision", now=by.at, person=by.person_id, role="staff", organisation=organisation, details=details
    )
