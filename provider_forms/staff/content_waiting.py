"""Changes of an item that wait for a later day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk.content_edit import EditError, Files, Spot, item
from provider_forms.desk.job_lines import planned
from provider_forms.desk.publishing import FileChange
from provider_forms.desk.upcoming import before


@dataclass(frozen=True)
class Waiting:
    """A change that waits."""

    number: int
    """Of the publication."""
    day: date
    goes: bool
    """Whether the item goes."""


def waiting(session: Session, content: Path, spot: Spot, ref: str, today: date) -> Iterator[Waiting]:
    """The changes of an item that wait for a later day; other items of the same list don't count."""
    if not ref:
        return
    for job, change in planned(session, spot.path(ref), today):
        texts = {"old": before(content, change), "new": change.text}
        with suppress(EditError):
            old, new = (item(_only(content, change, text), spot, ref) for text in texts.values())
            if old != new and job.publish_on is not None:
                yield Waiting(job.id, job.publish_on, new is None)


def _only(content: Path, change: FileChange, text: str | None) -> Files:
    """The content with this text in the place of the file."""
    queued: Mapping[str, str | None] = {change.path: text}
    return Files(content, queued)
