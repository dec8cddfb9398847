"""An approval that can't be published as it was approved, as the guide has other answers now: it is decided anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from sqlalchemy import delete
from sqlalchemy.orm import Session

from provider_forms.desk import events, mending, submissions
from provider_forms.desk.models import Submission
from provider_forms.desk.publishing import FileChange, changes_of, note
from provider_forms.desk.reviews import UNDONE, decision_of
from provider_forms.desk.staff_models import PublishJob, Rework


def hand_back(session: Session, job: PublishJob, content: Path, problem: str, now: datetime) -> bool:
    """Puts what a job publishes back in the queue of submissions; gives whether that could be done.

    What a reviewer never decided about can't be decided anew: an answer of the fast lane, or a change of content.
    """
    found = session.get(Submission, job.submission_id, with_for_update=True) if job.submission_id else None
    if found is None or found.kind != "form" or found.state != "approved":
        return False
    (change,) = changes_of(job)
    mending.take_out(session, job, content, "handed_back")
    job.problem = problem
    note(session, job, "handed_back", None, now)
    _reopen(session, found, change, now)
    return True


def _reopen(session: Session, found: Submission, change: FileChange, now: datetime) -> None:
    """It is as it was approved, and builds on what the approval built on. What the provider sent is kept with the decision."""
    made = decision_of(session, found.id)
    if made is not None:
        made.what = UNDONE
    found.payload, found.base = change.text or found.payload, change.base
    session.execute(delete(Rework).where(Rework.submission_id == found.id))
    submissions.move(session, found, "received", None, now, role="system")
    details = {"number": found.number, "what": UNDONE}
    events.note(session, "decision", now=now, role="system", organisation=found.organisation_id, details=details)


def why_back(session: Session, submission: Submission) -> str:
    """Why a submission that was approved is in the queue again; empty when it wasn't."""
    job = session.query(PublishJob).filter_by(submission_id=submission.id).order_by(PublishJob.id.desc()).first()
    return job.problem if job is not None and job.state == "handed_back" else ""
