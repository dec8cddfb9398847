"""Finds out, of jobs that can't be published together, which can and which keep which others waiting."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from provider_forms.desk.job_lines import line_of
from provider_forms.press.jobs import Failure, Job, Reason


def sort_out(jobs: Sequence[Job], publish: Callable[[Sequence[Job]], Reason | None]) -> Iterator[Failure]:
    """Publishes all that can be. `publish` does some of them together, all or none, and tells why it can't.

    A later job can put an earlier one right, so a line of jobs that build on one another is cut as late as it can be.
    """
    reason = publish(jobs)
    if reason is None:
        return
    if len(jobs) == 1:
        yield Failure(jobs[0], reason, ())
        return
    left = list(jobs)
    while left:
        line = _line(left)
        done = 0
        for length in range(len(line), 0, -1):
            reason = publish(line[:length])
            if reason is None:
                done = length
                break
        if reason is not None:
            yield Failure(line[0], reason, tuple(line[1:]))
        settled = line[: done or len(line)]
        left = [job for job in left if job not in settled]


def _line(jobs: Sequence[Job]) -> list[Job]:
    """The first one, and those that build on it."""
    numbers = line_of(jobs[0].id, {job.id: job.built_on for job in jobs})
    return [job for job in jobs if job.id in numbers]
