"""Changes in the queue that build on one another. One that fails holds up those that build on it, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk.publishing import OPEN, FileChange, changes_of, fingerprint, open_jobs
from provider_forms.desk.staff_models import PublishJob

HELD = "held"
"""The step of a job that waits until another one, which failed, is put right or taken back."""

ELSEWHERE = "elsewhere"
"""The step of a failed job whose fault is with something else: once that has changed, the press tries it again by itself."""


def due_jobs(session: Session, today: date) -> tuple[PublishJob, ...]:
    """Jobs for the press to do on this day, in the order in which they were asked.

    One that builds on a failed one comes with it, once: it may put right what is wrong. After that it is held.
    """
    jobs = open_jobs(session)
    lines = built_on(jobs)
    wanted = {job.id for job in jobs if job.state in OPEN and job.step != HELD and _in_time(job, today)}
    for job in reversed(jobs):
        if job.id in wanted:
            wanted |= {one.id for one in jobs if one.id in lines[job.id] and _is_stuck(one) and _in_time(one, today)}
    return tuple(job for job in jobs if job.id in wanted)


def built_on(jobs: Sequence[PublishJob]) -> dict[int, frozenset[int]]:
    """For each job, by number, the earlier ones whose text it changes further."""
    makers: dict[tuple[str, str], int] = {}
    found = {}
    for job in jobs:
        changes = changes_of(job)
        found[job.id] = frozenset(makers[key] for one in changes if (key := (one.path, one.base)) in makers)
        makers |= {(one.path, made): job.id for one in changes if (made := fingerprint(one.text)) != one.base}
    return found


def line_of(first: int, lines: Mapping[int, Collection[int]]) -> tuple[int, ...]:
    """A job and all that build on it, however far off, in the order in which they were asked."""
    found = [first]
    for number in sorted(lines):
        if number > first and not set(found).isdisjoint(lines[number]):
            found.append(number)
    return tuple(found)


def held_by(jobs: Sequence[PublishJob]) -> dict[int, PublishJob]:
    """The failed job that a job waits for, by the number of the one that waits."""
    lines = built_on(jobs)
    held = {job.id for job in jobs if job.step == HELD}
    return {
        number: failed
        for failed in reversed(jobs)
        if failed.state == "failed"
        for number in line_of(failed.id, lines)[1:]
        if number in held
    }


def coming(session: Session, content: Path, today: date | None = None) -> dict[str, str | None]:
    """Files as they will be after all that waits for the press, by path; None for one that goes.

    With a day, also what waits for that day. What failed counts as long as it can still be put right as it is: what
    comes after it builds on it, so that it may be the one that puts it right.
    """
    found: dict[str, str | None] = {}
    for job in open_jobs(session):
        changes = changes_of(job)
        if job.state == "failed":
            fits = all(_now(found, content, one.path) == one.base for one in changes)
        else:
            fits = job.publish_on is None or (today is not None and _in_time(job, today))
        if fits:
            found |= {one.path: one.text for one in changes}
    return found


def planned(session: Session, path: str, today: date) -> tuple[tuple[PublishJob, FileChange], ...]:
    """The jobs that change a file on a later day, in the order in which they were asked, each with what it changes in it."""
    jobs = (one for one in open_jobs(session) if one.state == "waiting" and not _in_time(one, today))
    return tuple((job, one) for job in jobs for one in changes_of(job) if one.path == path)


def text_in(content: Path, path: str) -> str | None:
    """A file of the content folder; None when there is none."""
    file = content / path
    return file.read_bytes().decode("utf-8", "surrogateescape") if file.is_file() else None


def _now(found: Mapping[str, str | None], content: Path, path: str) -> str:
    return fingerprint(found[path] if path in found else text_in(content, path))


def _in_time(job: PublishJob, today: date) -> bool:
    return job.publish_on is None or job.publish_on <= today


def _is_stuck(job: PublishJob) -> bool:
    return job.state == "failed" or job.step == HELD
