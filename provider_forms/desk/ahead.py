"""What was approved already for a later day, held against what is to be published before that day.

The provider's next submission has those answers too, so that they would come into the guide too early with it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk.fitting import ClashError, fitted
from provider_forms.desk.job_lines import planned
from provider_forms.desk.publishing import FileChange, changes_of, fingerprint, note, stored
from provider_forms.desk.rebasing import rebased
from provider_forms.desk.reviews import Publication
from provider_forms.desk.staff_models import PublishJob
from provider_forms.desk.upcoming import before


@dataclass(frozen=True)
class Planned:
    """A publication that waits for its day."""

    number: int
    day: date
    change: FileChange
    """What it does to the file as it is now, and to what comes before it."""


@dataclass(frozen=True)
class Ahead:
    """All that waits for a later day in one file."""

    path: str
    now: str | None
    """The file without it; None when there is none."""
    text: str
    """The file with all of it."""
    jobs: tuple[Planned, ...]
    clashes: bool
    """Whether it changes what was changed meanwhile, so that somebody will have to choose."""

    @property
    def last(self) -> date:
        """The day from which all of it is in the guide."""
        return max(one.day for one in self.jobs)

    def apart(self, made: Publication) -> Publication:
        """The publication without the answers that wait; a provider that isn't in the guide yet waits with them."""
        if self.now is None:
            day = max(self.last, made.publish_on or self.last)
            return replace(made, base=fingerprint(self.text), was=self.text, publish_on=day)
        text = rebased(self.path, self.text, made.text, self.now)
        return replace(made, text=text or made.text, decided=made.text)

    def together(self, made: Publication) -> Publication:
        """The publication on top of the answers that wait."""
        text = rebased(self.path, self.now, made.text, self.text)
        return replace(made, text=text or made.text, base=fingerprint(self.text), was=self.text, decided=made.text)


def ahead(session: Session, content: Path, path: str, now: str | None, today: date) -> Ahead | None:
    """What waits for a later day in a file, that is like this without it; None when nothing does."""
    text, jobs, clashes = now, list[Planned](), False
    for job, change in planned(session, path, today):
        if change.text is None or job.publish_on is None:
            continue
        built_on = before(content, change)
        try:
            fresh = fitted(path, built_on, change.text, text)
        except ClashError:
            fresh, clashes = rebased(path, built_on, change.text, text), True
        jobs.append(Planned(job.id, job.publish_on, FileChange(path, fresh, fingerprint(text), text)))
        text = fresh
    return Ahead(path, now, text, tuple(jobs), clashes) if jobs and text is not None else None


def bring_forward(session: Session, jobs: Sequence[Planned], day: date | None, person_id: int, now: datetime) -> None:
    """Lets these go to the press now, or on another day, as versions of their own."""
    for one in jobs:
        job = session.get_one(PublishJob, one.number, with_for_update=True)
        others = [change for change in changes_of(job) if change.path != one.change.path]
        job.changes = stored((*others, one.change))
        job.publish_on = day
        note(session, job, "brought_forward", person_id, now)
