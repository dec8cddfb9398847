"""Finds out, of jobs that can't be published together, which can and which keep which others waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from provider_forms.desk.job_lines import line_of
from provider_forms.press.jobs import Job


@dataclass(frozen=True)
class Failure:
    """A job that can't be published."""

    job: Job
    problem: str
    held: tuple[Job, ...]
    """Those that build on it, and have to wait until it is put right or taken back."""


def sort_out(jobs: Sequence[Job], publish: Callable[[Sequence[Job]], str]) -> Iterator[Failure]:
    """Publishes all that can be. `publish` does some of them together, all or none, and tells why it can't.

    A later job can put an earlier one right, so a line of jobs that build on one another is cut as late as it can be.
    """
    problem = publish(jobs)
    if not problem:
        return
    if len(jobs) == 1:
        yield Failure(jobs[0], problem, ())
        return
    left = list(jobs)
    while left:
        line = _line(left)
        done = 0
        for length in range(len(line), 0, -1):
            problem = publish(line[:length])
            if not problem:
                done = length
                break
        if not done:
            yield Failure(line[0], problem, tuple(line[1:]))
        settled = line[: done or len(line)]
        left = [job for job in left if job not in settled]


def _line(jobs: Sequence[Job]) -> list[Job]:
    """The first one, and those that build on it."""
    numbers = line_of(jobs[0].id, {job.id: job.built_on for job in jobs})
    return [job for job in jobs if job.id in numbers]
