"""What the press reads from the desk's queue and notes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk import mending, publishing, submissions, taken_back
from provider_forms.desk.database import Database
from provider_forms.desk.handing_back import hand_back
from provider_forms.desk.job_lines import ELSEWHERE, HELD, built_on, due_jobs
from provider_forms.desk.models import Submission
from provider_forms.desk.publishing import FileChange
from provider_forms.desk.staff_models import PublishJob
from wmo_guide.store.history import Change, Signature


@dataclass(frozen=True)
class Job:
    """A job as the press does it."""

    id: int
    title: str
    changes: tuple[FileChange, ...]
    message: str
    author: Signature
    committer: Signature
    at: datetime
    """The same each time it is tried: by this, with the message, it is known again in the history."""
    built_on: frozenset[int]
    """The jobs whose text it changes further."""
    planned: bool = False
    """Whether it was asked for a later day."""

    @property
    def files(self) -> tuple[Change, ...]:
        """The changes, as the history takes them."""
        return tuple(Change(one.path, one.text) for one in self.changes)


@dataclass(frozen=True)
class Reason:
    """Why something can't be published."""

    text: str
    """In words for staff."""
    elsewhere: bool = False
    """Whether the fault is with something else, so that it can be tried again when that has changed."""


@dataclass(frozen=True)
class Failure:
    """A job that can't be published."""

    job: Job
    reason: Reason
    held: tuple[Job, ...]
    """Those that build on it, and have to wait until it is put right or taken back."""


class Jobs:
    """The queue, as the press sees it."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    def close(self) -> None:
        """Lets go of the database."""
        self._database.engine.dispose()

    def is_due(self, today: date) -> bool:
        """Whether there is something to do today."""
        with self._database.read() as session:
            return bool(due_jobs(session, today))

    def begin(self, today: date) -> tuple[Job, ...]:
        """Notes that all that is due is being built, so that it can't be withdrawn any more; gives it in its order."""
        with self._database.write() as session:
            jobs = due_jobs(session, today)
            lines = built_on(publishing.open_jobs(session))
            for job in jobs:
                job.state, job.step, job.problem = "building", "building", ""
            return tuple(self._job(job, lines[job.id]) for job in jobs)

    def step(self, jobs: Sequence[Job], step: str) -> None:
        """Notes how far these are."""
        with self._database.write() as session:
            for job in self._all(session, jobs):
                job.step = step

    def fitted(self, jobs: Sequence[Job]) -> None:
        """Notes that these were made to fit the files as they are now."""
        with self._database.write() as session:
            for job in jobs:
                session.get_one(PublishJob, job.id).changes = publishing.stored(job.changes)

    def live(self, commits: Mapping[int, str], now: datetime) -> None:
        """Notes that these are live, each with its commit."""
        with self._database.write() as session:
            for number, commit in commits.items():
                job = session.get_one(PublishJob, number)
                job.state, job.step, job.problem, job.commit, job.live_at = "live", "live", "", commit, now
                publishing.note(session, job, "live", None, now)
                self._publish_submission(session, job, now)
                taken_back.finish(session, job, now)

    def fail(self, failure: Failure, now: datetime) -> None:
        """Notes why one could not be published. It stays, to be tried again, and those that build on it wait."""
        with self._database.write() as session:
            found = session.get_one(PublishJob, failure.job.id)
            found.state, found.problem = "failed", failure.reason.text
            found.step = ELSEWHERE if failure.reason.elsewhere else "failed"
            publishing.note(session, found, "failed", None, now)
            for one in self._all(session, failure.held):
                one.state, one.step = "waiting", HELD

    def clash(self, job: Job, content: Path, problem: str, now: datetime) -> bool:
        """Notes that somebody has to choose between this and what is in the guide; gives whether a reviewer will be asked."""
        with self._database.write() as session:
            return hand_back(session, session.get_one(PublishJob, job.id), content, problem, now)

    def elsewhere(self) -> tuple[Job, ...]:
        """The jobs that failed through no fault of their own."""
        with self._database.read() as session:
            jobs = publishing.open_jobs(session)
            return tuple(self._job(job, frozenset()) for job in jobs if _failed_elsewhere(job))

    def resume(self, now: datetime) -> None:
        """Has those tried again, with all that builds on them."""
        with self._database.write() as session:
            for job in publishing.open_jobs(session):
                if _failed_elsewhere(job):
                    mending.retry(session, job, None, now)

    def _publish_submission(self, session: Session, job: PublishJob, now: datetime) -> None:
        submission = session.get(Submission, job.submission_id) if job.submission_id else None
        if submission is not None and submission.state != "published":
            submissions.move(session, submission, "published", None, now)

    def _all(self, session: Session, jobs: Sequence[Job]) -> list[PublishJob]:
        return [session.get_one(PublishJob, job.id) for job in jobs]

    def _job(self, job: PublishJob, lines: frozenset[int]) -> Job:
        at = job.made_at
        if job.publish_on is not None:
            at = max(at, datetime.combine(job.publish_on, time(), self._zone))
        return Job(
            id=job.id,
            title=job.title,
            changes=publishing.changes_of(job),
            message=f"{job.message.strip()}\n\nOpdracht: {job.id}",
            author=publishing.signature(job.author),
            committer=publishing.signature(job.committer),
            at=at.replace(microsecond=0),
            built_on=lines,
            planned=job.publish_on is not None,
        )


def _failed_elsewhere(job: PublishJob) -> bool:
    return job.state == "failed" and job.step == ELSEWHERE
