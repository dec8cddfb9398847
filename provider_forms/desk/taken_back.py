"""What was approved and is taken back after all: withdrawn before it was published, or undone in the guide."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import events, submissions
from provider_forms.desk.job_lines import built_on, line_of
from provider_forms.desk.models import Event, Submission
from provider_forms.desk.publishing import changes_of, open_jobs
from provider_forms.desk.reviews import By
from provider_forms.desk.staff_models import PublishJob
from provider_forms.desk.submissions import State

_UNDOING = "undoing"
"""The event of an undoing that was asked: what it takes out of the guide, and what it brings back."""


@dataclass(frozen=True)
class Undoing:
    """What an undoing means for what providers sent."""

    gone: tuple[Submission, ...] = ()
    """What goes out of the guide with it."""
    back: tuple[Submission, ...] = ()
    """What was undone before, and comes back."""
    reason: str = ""


def retract(session: Session, job: PublishJob, reason: str, by: By) -> Submission | None:
    """Notes that an approval was withdrawn with its job; gives the submission, None when the job had none."""
    found = session.get(Submission, job.submission_id) if job.submission_id else None
    if found is None or found.state != "approved":
        return None
    submissions.move(session, found, "retracted", by.person_id, by.at, role="staff", reason=reason)
    return found


def announce(session: Session, job: PublishJob, newer: Collection[str], reason: str, by: By) -> Undoing:
    """Notes what a queued undoing to a version will mean; `newer` are the versions that came after that."""
    paths = {one.path for one in changes_of(job)}
    waiting = open_jobs(session)
    lines = built_on(waiting)
    below = {one.id for one in waiting if job.id in line_of(one.id, lines)[1:]}
    later = _sent(session, paths, lambda one: one.commit in newer or one.id in below)
    before = _sent(session, paths, lambda one: bool(one.commit) and one.commit not in newer)
    undone = _undone_in(session, newer)
    gone = (*later, *(one for one in before if one.number in undone))
    back = (one for one in before if one.number not in undone)
    found = Undoing(
        tuple(one for one in gone if one.state in ("approved", "published")),
        tuple(one for one in back if one.state == "undone"),
        reason,
    )
    details = {
        "job": job.id,
        "reason": reason,
        "gone": [one.number for one in found.gone],
        "back": [one.number for one in found.back],
    }
    events.note(session, _UNDOING, now=by.at, person=by.person_id, role="staff", details=details)
    return found


def announced(session: Session, job: PublishJob) -> Undoing:
    """What an undoing means, as it was noted when it was asked."""
    query = select(Event).where(Event.what == _UNDOING, Event.details["job"].as_integer() == job.id)
    event = session.scalar(query.order_by(Event.id.desc()).limit(1))
    if event is None:
        return Undoing()
    told: dict[str, Any] = event.details
    gone, back = (tuple(_found(session, told[name])) for name in ("gone", "back"))
    return Undoing(gone, back, told["reason"])


def finish(session: Session, job: PublishJob, now: datetime) -> None:
    """Notes what a job that is live took out of the guide, when it is an undoing."""
    found = announced(session, job) if job.what == "undo" else Undoing()
    states: tuple[tuple[Sequence[Submission], State], ...] = ((found.gone, "undone"), (found.back, "published"))
    for sent, state in states:
        for one in sent:
            submissions.move(session, one, state, job.made_by, now, role="staff", reason=found.reason)


def _undone_in(session: Session, newer: Collection[str]) -> set[str]:
    """The numbers of what had been published before a version, and was out of the guide in it: undone, and not back."""
    found: set[str] = set()
    for event in session.scalars(select(Event).where(Event.what == _UNDOING).order_by(Event.id)):
        job = session.get_one(PublishJob, event.details["job"])
        if job.commit and job.commit not in newer:
            found.update(event.details["gone"])
            found.difference_update(event.details["back"])
    return found


class _Known(NamedTuple):
    """What is known of a job without reading its files, of which there can be very many."""

    id: int
    commit: str


def _sent(session: Session, paths: Collection[str], fits: Callable[[_Known], bool]) -> tuple[Submission, ...]:
    """What was sent of these files, in jobs that fit."""
    query = select(PublishJob.id, PublishJob.commit).where(
        PublishJob.submission_id.is_not(None), PublishJob.state != "withdrawn"
    )
    known = (_Known(*row) for row in session.execute(query.order_by(PublishJob.id)))
    jobs = [session.get_one(PublishJob, one.id) for one in known if fits(one)]
    found = {one.submission_id for one in jobs if any(change.path in paths for change in changes_of(one))}
    return tuple(session.get_one(Submission, number) for number in sorted(filter(None, found)))


def _found(session: Session, numbers: Sequence[str]) -> Iterator[Submission]:
    for number in numbers:
        if (one := submissions.find(session, number)) is not None:
            yield one
