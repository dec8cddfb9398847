"""What staff do about a change that waits or failed: have it tried again, or take it back. What waits for it goes on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk.job_lines import HELD, built_on, line_of, text_in
from provider_forms.desk.publishing import FileChange, TooLateError, changes_of, fingerprint, note, open_jobs, stored
from provider_forms.desk.rebasing import rebased
from provider_forms.desk.staff_models import PublishJob


def retry(session: Session, job: PublishJob, person_id: int | None, now: datetime) -> None:
    """Lets the press try a failed job once more, with all that builds on it."""
    if _locked(session, job).state == "failed":
        job.state, job.step, job.problem = "waiting", "waiting", ""
        _go_on(_after(open_jobs(session), job))
        note(session, job, "retried", person_id, now)


def withdraw(  # noqa: PLR0913, PLR0917  (who takes which job out of the queue of which content, when and why)
    session: Session, job: PublishJob, content: Path, person_id: int | None, now: datetime, reason: str = ""
) -> None:
    """Takes a job out of the queue; those that build on it are from now on without what it changed.

    Raises TooLateError when the press has begun with it, it is live, or it stands in the content already.
    """
    if _locked(session, job).state not in ("waiting", "failed") or _stands(job, content):
        raise TooLateError
    take_out(session, job, content, "withdrawn")
    note(session, job, "withdrawn", person_id, now, reason)


def take_out(session: Session, job: PublishJob, content: Path, state: str) -> None:
    """Ends a job in this state; those that build on it go on without what it changed."""
    jobs = open_jobs(session)
    after = _after(jobs, job)
    _let_go(jobs, job, after, content)
    _go_on(after)
    job.state = job.step = state


def _stands(job: PublishJob, content: Path) -> bool:
    """Whether what it changes was kept, and only something else keeps it out of the guide, such as a full disk."""
    changes = [one for one in changes_of(job) if fingerprint(one.text) != one.base]
    return job.step != "failed" and bool(changes) and all(text_in(content, one.path) == one.text for one in changes)


def _after(jobs: Sequence[PublishJob], job: PublishJob) -> tuple[PublishJob, ...]:
    """The jobs that build on one."""
    numbers = line_of(job.id, built_on(jobs))[1:]
    return tuple(one for one in jobs if one.id in numbers)


def _go_on(jobs: Sequence[PublishJob]) -> None:
    for job in jobs:
        if job.step == HELD:
            job.step = "waiting"


def _let_go(jobs: Sequence[PublishJob], job: PublishJob, after: Sequence[PublishJob], content: Path) -> None:
    """Gives the jobs that build on this one texts without it."""
    moved: dict[tuple[str, str], tuple[str | None, str | None]] = {}
    for one in changes_of(job):
        base = _base_of(jobs, one, content)
        if one.text not in (base, text_in(content, one.path)):  # else it stands there already, whoever put it there
            moved[one.path, fingerprint(one.text)] = (one.text, base)
    for later in after:
        fresh = []
        for one in changes_of(later):
            if (key := (one.path, one.base)) not in moved:
                fresh.append(one)
                continue
            built, base = moved[key]
            text = rebased(one.path, built, one.text, base)
            moved[one.path, fingerprint(one.text)] = (one.text, text)
            fresh.append(FileChange(one.path, text, fingerprint(base), base))
        later.changes = stored(fresh)


def _base_of(jobs: Sequence[PublishJob], change: FileChange, content: Path) -> str | None:
    """The text that a change builds on: that of another one in the queue, or the file as it is now."""
    others = (one for job in jobs for one in changes_of(job) if one.path == change.path)
    now = text_in(content, change.path)
    if fingerprint(now) == change.base:
        return now
    return next((one.text for one in others if fingerprint(one.text) == change.base), now)


def _locked(session: Session, job: PublishJob) -> PublishJob:
    session.refresh(job, with_for_update=True)
    return job
