"""Changes of content that the press could not publish: which item each is about, and how a newer one takes its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from provider_forms.desk import mending
from provider_forms.desk.content_check import Place, field_of
from provider_forms.desk.content_edit import EditError, Files, Spot, items
from provider_forms.desk.content_form import TEXT
from provider_forms.desk.content_kinds import Item
from provider_forms.desk.job_lines import built_on, line_of, text_in
from provider_forms.desk.publishing import TooLateError, changes_of, fingerprint, open_jobs
from provider_forms.desk.staff_models import PublishJob
from wmo_guide.store.history import History
from wmo_guide.store.problem import Problem, read_problem

_REPLACED = "Vervangen door een nieuwere wijziging van hetzelfde stuk."


@dataclass(frozen=True)
class FailedSave:
    """A change of one item that could not be published."""

    job: PublishJob
    ref: str
    """The item's name."""
    path: str
    before: Item | None
    """The item as it was; None when it was new, or nobody knows any more."""
    after: Item | None
    """The item as it should have become; None when it was to go."""
    index: int
    """Its place in the list; -1 for an article."""
    text: str
    """The file."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the press found."""
        return tuple(found for line in self.job.problem.splitlines() if (found := read_problem(line)))

    def by_field(self, spot: Spot) -> Mapping[str, str]:
        """What is wrong with the item, by the name of its field; empty for the item as a whole."""
        found: dict[str, str] = {}
        for one in self.problems:
            name = field_of(one, Place(self.path, spot.kind.inside, self.index))
            if name == "" and spot.kind.is_article and one.line > _end_of_head(self.text):
                name = TEXT
            if name is not None:
                found.setdefault(name, one.message)
        return found

    def elsewhere(self, spot: Spot) -> tuple[Problem, ...]:
        """What is wrong with something else."""
        place = Place(self.path, spot.kind.inside, self.index)
        return tuple(one for one in self.problems if field_of(one, place) is None)


def failed_saves(session: Session, content: Path, spot: Spot, ref: str) -> tuple[FailedSave, ...]:
    """The changes of this item that failed, the newest first."""
    jobs = open_jobs(session)
    found = (_about(jobs, job, content, spot, ref) for job in jobs if job.state == "failed" and job.what == "content")
    return tuple(one for one in found if one is not None)[::-1]


def replace(  # noqa: PLR0913, PLR0917  (which makes way for what in which content, by whom and when)
    session: Session, old: FailedSave, base: str, content: Path, person_id: int, now: datetime
) -> str:
    """Withdraws a failed change that a newer one of its item takes the place of; gives what the newer one builds on.

    When others build on it too it stays: then the newer one puts it right for all of them. When it stands in the content
    already it stays too, and the newer one comes on top.
    """
    job = old.job
    if len(line_of(job.id, built_on(open_jobs(session)))) > 1:
        return base
    (change,) = changes_of(job)
    try:
        mending.withdraw(session, job, content, person_id, now, _REPLACED)
    except TooLateError:
        return base
    return change.base if fingerprint(change.text) == base else base


def _about(jobs: Sequence[PublishJob], job: PublishJob, content: Path, spot: Spot, ref: str) -> FailedSave | None:
    """The change that a job makes of an item; None when it leaves that alone."""
    path, changes = spot.path(ref), changes_of(job)
    if [one.path for one in changes] != [path]:
        return None
    known = next((text for text in _texts(jobs, content, path) if fingerprint(text) == changes[0].base), None)
    before, after = (_items(content, spot, path, text) for text in (known, changes[0].text))
    if before.get(ref) == after.get(ref) or (known is None and not spot.kind.is_article):
        return None
    index = -1 if spot.kind.is_article or ref not in after else list(after).index(ref)
    return FailedSave(job, ref, path, before.get(ref), after.get(ref), index, changes[0].text or "")


def _texts(jobs: Sequence[PublishJob], content: Path, path: str) -> Iterator[str | None]:
    """What is known of a file: what stands there, what waits, and what stood there."""
    yield text_in(content, path)
    yield from (one.text for job in jobs for one in changes_of(job) if one.path == path)
    if (content / ".git").is_dir():
        past = History(content)
        yield from (past.text(one.id, path) for one in past.versions(path))


def _items(content: Path, spot: Spot, path: str, text: str | None) -> dict[str, Item]:
    try:
        return items(Files(content, {path: text}), spot)
    except EditError:
        return {}


def _end_of_head(text: str) -> int:
    """The last line of what stands above an article's text."""
    ends = [number for number, line in enumerate(text.split("\n"), 1) if line.rstrip() == "---"]
    return ends[1] if len(ends) > 1 else 0
