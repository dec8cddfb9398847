"""The queue of the press: changes that were approved, each until it is live, whatever happens in between."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk import events
from provider_forms.desk.desk import Desk
from provider_forms.desk.staff_models import PublishJob
from wmo_guide.store.history import Signature

What: TypeAlias = Literal["provider", "content", "undo", "site"]
Step: TypeAlias = Literal[
    "waiting", "held", "writing", "building", "checking", "live", "failed", "withdrawn", "handed_back"
]
OPEN = ("waiting", "building")
"""States in which the press still has to do something."""
UNFINISHED = (*OPEN, "failed")


class TooLateError(Exception):
    """The press is at work on it, or it is live: it can't be taken back any more."""


@dataclass(frozen=True)
class FileChange:
    """A file as it is to be; without text it goes. `base` is the fingerprint of the file that the change builds on."""

    path: str
    text: str | None
    base: str
    was: str | None = None
    """That file itself, to tell later what the change does; None when there was none, or when nobody kept it."""


@dataclass(frozen=True)
class Request:
    """What is to be published, and who says so. Nothing private stands in title and message: they become history."""

    what: What
    region: str
    title: str
    changes: tuple[FileChange, ...]
    message: str
    author: Signature
    committer: Signature
    submission_id: int | None = None
    publish_on: date | None = None


@dataclass(frozen=True)
class Progress:
    """How far a job is."""

    id: int
    step: Step
    problem: str
    title: str
    seconds: float
    """From its being asked to its being live, or until now."""


def queue(session: Session, request: Request, person_id: int | None, now: datetime) -> PublishJob:
    """Puts a change in the queue, in the caller's transaction. Call `wake` after the commit."""
    job = PublishJob(
        state="waiting",
        what=request.what,
        region=request.region,
        title=request.title[:200],
        changes=stored(request.changes),
        message=request.message,
        author=str(request.author),
        committer=str(request.committer),
        submission_id=request.submission_id,
        publish_on=request.publish_on,
        made_at=now,
        made_by=person_id,
        commit="",
        step="waiting",
        problem="",
        live_at=None,
    )
    session.add(job)
    session.flush()
    note(session, job, "queued", person_id, now)
    return job


def progress(session: Session, job_id: int, now: datetime | None = None) -> Progress | None:
    """How far a job is; None when there is no such job."""
    job = session.get(PublishJob, job_id)
    if job is None:
        return None
    end = job.live_at or now or job.made_at
    step = job.state if job.state not in OPEN else job.step
    return Progress(job.id, cast("Step", step), job.problem, job.title, max(0.0, (end - job.made_at).total_seconds()))


def open_jobs(session: Session) -> tuple[PublishJob, ...]:
    """Jobs that are not live yet and not withdrawn, in the order in which they were asked."""
    return tuple(session.scalars(select(PublishJob).where(PublishJob.state.in_(UNFINISHED)).order_by(PublishJob.id)))


def recent_jobs(session: Session, limit: int = 50) -> tuple[PublishJob, ...]:
    """Jobs that are done, the newest first."""
    done = select(PublishJob).where(PublishJob.state.not_in(UNFINISHED)).order_by(PublishJob.id.desc())
    return tuple(session.scalars(done.limit(limit)))


def note(  # noqa: PLR0913, PLR0917  (who did what to which job, when and why)
    session: Session, job: PublishJob, state: str, person_id: int | None, now: datetime, reason: str = ""
) -> None:
    """Logs what became of a job."""
    why = {"reason": reason} if reason else {}
    events.note(
        session,
        "publication",
        now=now,
        person=person_id,
        role="system" if person_id is None else "staff",
        details={"job": job.id, "state": state, "what": job.what, "region": job.region, "commit": job.commit} | why,
    )


def changes_of(job: PublishJob) -> tuple[FileChange, ...]:
    """The files of a job."""
    return tuple(FileChange(one["path"], one["text"], one["base"], one.get("was")) for one in job.changes)


def stored(changes: Iterable[FileChange]) -> list[dict[str, Any]]:
    """Changes as a job keeps them."""
    return [{"path": one.path, "text": one.text, "base": one.base, "was": one.was} for one in changes]


def fingerprint(text: str | None) -> str:
    """Fingerprint of a file's text; empty when there is no file."""
    return "" if text is None else hashlib.blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def signature(told: str) -> Signature:
    """A signature out of "name <mail>"."""
    name, _, rest = told.rpartition(" <")
    return Signature(name, rest.removesuffix(">"))


def bell(var: Path) -> Path:
    """The pipe by which the press is woken."""
    return var / "press" / "bell"


def wake(desk: Desk) -> None:
    """Tells the press that there is work. Call it after the commit; without it, the press comes by a little later."""
    try:
        pipe = os.open(bell(desk.var), os.O_WRONLY | os.O_NONBLOCK)
    except OSError:  # nobody listens: the press looks in the queue when it starts
        return
    try:
        os.write(pipe, b"!")
    except OSError:  # full: it has been told often enough
        pass
    finally:
        os.close(pipe)
