"""What the press reads from the desk's queue and notes in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

from sqlalchemy.orm import Session

from provider_forms.desk import publishing, submissions
from provider_forms.desk.database import Database
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

    @property
    def files(self) -> tuple[Change, ...]:
        """The changes, as the history takes them."""
        return tuple(Change(one.path, one.text) for one in self.changes)


class Jobs:
    """The queue, as the press sees it."""

    def __init__(self, database: Database, zone: tzinfo) -> None:
        self._database = database
        self._zone = zone

    def close(self) -> None:
        """Lets go of the database."""
        self._database.engine.dispose()

    def due(self, today: date) -> tuple[Job, ...]:
        """What is to be done today, in the order in which it was asked."""
        with self._database.read() as session:
            return tuple(map(self._job, publishing.due_jobs(session, today)))

    def begin(self, jobs: Sequence[Job], today: date) -> tuple[Job, ...]:
        """Notes that these are being built; gives those that were not withdrawn in the meantime."""
        with self._database.write() as session:
            still = {job.id for job in publishing.due_jobs(session, today)}
            begun = tuple(job for job in jobs if job.id in still)
            for job in self._all(session, begun):
                job.state, job.step, job.problem = "building", "building", ""
        return begun

    def step(self, jobs: Sequence[Job], step: str) -> None:
        """Notes how far these are."""
        with self._database.write() as session:
            for job in self._all(session, jobs):
                job.step = step

    def live(self, commits: Mapping[int, str], now: datetime) -> None:
        """Notes that these are live, each with its commit."""
        with self._database.write() as session:
            for number, commit in commits.items():
                job = session.get_one(PublishJob, number)
                job.state, job.step, job.problem, job.commit, job.live_at = "live", "live", "", commit, now
                publishing.note(session, job, "live", None, now)
                self._publish_submission(session, job, now)

    def fail(self, job: Job, problem: str, now: datetime) -> None:
        """Notes why one could not be published. It stays, to be tried again."""
        with self._database.write() as session:
            found = session.get_one(PublishJob, job.id)
            found.state, found.step, found.problem = "failed", "failed", problem
            publishing.note(session, found, "failed", None, now)

    def _publish_submission(self, session: Session, job: PublishJob, now: datetime) -> None:
        submission = session.get(Submission, job.submission_id) if job.submission_id else None
        if submission is not None and submission.state != "published":
            submissions.move(session, submission, "published", None, now)

    def _all(self, session: Session, jobs: Sequence[Job]) -> list[PublishJob]:
        return [session.get_one(PublishJob, job.id) for job in jobs]

    def _job(self, job: PublishJob) -> Job:
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
        )
