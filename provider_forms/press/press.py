"""One press at work: takes what is due, publishes it together, and finds the one that spoils it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TypeAlias
from zoneinfo import ZoneInfo

from provider_forms.desk import log_anchors
from provider_forms.desk.database import Database
from provider_forms.desk.fitting import ClashError, fitted
from provider_forms.desk.press_notice import Notice, note, noted
from provider_forms.desk.publishing import FileChange, fingerprint
from provider_forms.desk.upcoming import before
from provider_forms.press.jobs import Failure, Job, Jobs, Reason
from provider_forms.press.sorting import sort_out
from provider_forms.press.words import CHOOSE, CannotError, MustChooseError, in_plain_words, told
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.warm import Printing
from wmo_guide.publication import Publication
from wmo_guide.publishing import RefusedError
from wmo_guide.store.git import GitError
from wmo_guide.store.history import BusyError, ConflictError, History
from wmo_guide.store.mirror import Mirror
from wmo_guide.warm_publishing import WarmPublisher

_Circumstances: TypeAlias = tuple[str, date, tuple[str, ...]]
_LOG = logging.getLogger(__name__)
_HERE = ZoneInfo("Europe/Amsterdam")
_CHECKING = "Pagina's controleren"


@dataclass(frozen=True)
class Settings:
    """Where a press works."""

    database_url: str
    var: Path
    content: Path
    site: Path
    cache: Path
    base_url: str = Site().url
    """Scheme and host of the guide's public address."""
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    tell: Callable[[str], None] = field(default=lambda _: None)


class Press:
    """Publishes the content of one instance. One at a time: see `lock.py`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs = Jobs(log_anchors.follow(Database(settings.database_url), settings.var), _HERE)
        self._history = History(settings.content)
        self._mirror = Mirror(settings.content, settings.var / "press" / "content")
        publication = Publication(
            content=self._mirror.folder,
            site_dir=settings.site,
            cache_dir=settings.cache,
            site=Site(url=settings.base_url),
            tell=self._hear,
        )
        self._publisher = WarmPublisher(publication)
        self._changed: set[str] | None = None
        """Files that changed by another way than a job and are not online yet; None: any may have changed."""
        self._day: date | None = None
        """The day of the guide that is online."""
        self._refused: tuple[str, date] | None = None
        """The version and the day that could not be published."""
        self._at_work: Sequence[Job] = ()
        self._fitted: dict[int, Job] = {}
        """Jobs of this turn that were made to fit the files as they are now, by number."""
        self._clashing: set[int] = set()
        """Those of this turn that would overwrite what was changed meanwhile."""
        self._tried_in: _Circumstances | None = None
        """In which jobs that failed through no fault of their own were tried last."""
        self._noted = noted(settings.var)

    @property
    def problems(self) -> tuple[str, ...]:
        """Why what changed outside the queue, or the new day, could not be published."""
        return () if self._noted is None else self._noted.problems or (self._noted.astray,)

    @property
    def today(self) -> date:
        """The day, where the readers are."""
        return self._settings.clock().astimezone(_HERE).date()

    def turn(self) -> int:
        """Does all that is due now; gives how many jobs went live."""
        try:
            if self._is_astray():
                return 0
            self._follow()
            self._resume()
            return self._work() if self._jobs.is_due(self.today) else 0
        except BaseException:
            self._look_anew()
            raise

    def get_ready(self) -> None:
        """Does beforehand what doesn't depend on the next job."""
        self._publisher.press.get_ready()

    def close(self) -> None:
        """Puts away what was done beforehand, and lets go of the database."""
        self._publisher.press.close()
        self._jobs.close()

    def tidy(self) -> None:
        """Packs the history once in a while."""
        with suppress(GitError, BusyError):
            self._history.tidy()

    def _look_anew(self) -> None:
        """How far it came is not known, or what stands there: next time everything is looked at."""
        self._mirror.version, self._changed, self._day, self._refused, self._tried_in = "", None, None, None, None

    def _is_astray(self) -> bool:
        """Whether another branch of the content is checked out. What is published there would be gone after going back."""
        told = self._history.astray
        if told:
            self._look_anew()
            self._note(Notice(astray=told))
        return bool(told)

    def _note(self, notice: Notice | None) -> None:
        """Notes for the desk what keeps the guide from being brought up to date; None when nothing does."""
        if notice == self._noted:
            return
        note(self._settings.var, notice)
        self._noted = notice
        if self.problems:
            _LOG.warning("De inhoud kan niet gepubliceerd worden:\n%s", "\n".join(self.problems))

    def _resume(self) -> None:
        """Has jobs that failed through no fault of their own tried again, when something has changed since."""
        if (stuck := self._jobs.elsewhere()) and self._circumstances(stuck) != self._tried_in:
            self._jobs.resume(self._settings.clock())

    def _circumstances(self, jobs: Sequence[Job]) -> _Circumstances:
        """What jobs can fail on that is no fault of theirs: the content, the day, and what is being changed by hand."""
        by_hand = self._history.conflicts([one for job in jobs for one in job.files])
        return self._history.head(), self.today, by_hand

    def _follow(self) -> None:
        """Publishes what somebody committed by hand, and the new day."""
        head, day = self._history.head(), self.today
        if head != self._mirror.version:
            changed = self._mirror.bring(head)
            self._changed = None if changed is None or self._changed is None else self._changed | set(changed)
        if (self._changed == set() and self._day == day) or self._refused == (head, day):
            return
        try:
            with self._publisher.prepared(self._changed, day, day) as ready:
                ready.switch()
        except RefusedError as error:
            self._refused, self._changed = (head, day), None
            self._note(Notice(problems=self._cleaned(error.problems)))
        else:
            self._is_online(day)
            self._tell(ready.printing)

    def _is_online(self, day: date) -> None:
        self._changed, self._day, self._refused = set(), day, None
        self._note(None)

    def _work(self) -> int:
        """Publishes what is due, in one build if that can be; gives how many jobs went live."""
        begun = self._jobs.begin(self.today)
        if not begun:
            return 0
        self._fitted, self._clashing = {}, set()
        failed, before_it = 0, self._history.head()
        for one in sort_out(begun, self._tried):
            self._fail(one)
            failed += 1 + len(one.held)
        if failed:
            self._tried_in = (before_it, *self._circumstances(self._jobs.elsewhere())[1:])
        return len(begun) - failed

    def _tried(self, jobs: Sequence[Job]) -> Reason | None:
        """Publishes these together; gives why when that can't be, with everything as it was."""
        self._at_work = jobs
        try:
            self._publish([self._fitted.get(job.id, job) for job in jobs])
        except CannotError as error:
            self._clashing |= {error.job.id} if isinstance(error, MustChooseError) else set()
            return error.reason
        finally:
            self._at_work = ()
        return None

    def _publish(self, jobs: Sequence[Job]) -> None:
        """Raises CannotError, with everything as it was."""
        day = self.today
        paths = {one.path for job in jobs for one in job.changes}
        with in_plain_words(self._cleaned, paths), self._applied(jobs) as applied:
            changed = None if self._changed is None else self._changed | paths
            with self._publisher.prepared(changed, day, day) as ready:
                self._note_fit(one for one, job in zip(applied, jobs, strict=True) if one.changes != job.changes)
                with ThreadPoolExecutor(1) as beside:  # git's programs work while files are written
                    kept = beside.submit(self._commits, applied)
                    ready.lay()
                    commits = kept.result()
                ready.switch()
        self._is_online(day)
        self._jobs.live(commits, self._settings.clock())
        self._mirror.holds(self._history.head(), paths)
        self._tell(ready.printing)

    @contextmanager
    def _applied(self, jobs: Sequence[Job]) -> Iterator[list[Job]]:
        """The copy of the content with what these jobs change; when it doesn't come to publishing, as it was.

        Gives the jobs, made to fit the files as they are.
        """
        if by_hand := self._history.conflicts([one for job in jobs for one in job.files]):
            raise ConflictError(by_hand)
        kept = {one.path: self._mirror.text(one.path) for job in jobs for one in job.changes}
        try:
            yield [self._apply(job) for job in jobs]
        except BaseException:
            for path, text in kept.items():
                self._mirror.put(path, text)
            raise

    def _apply(self, job: Job) -> Job:
        fresh = replace(job, changes=tuple(self._fit(job, one) for one in job.changes))
        for one in fresh.changes:
            self._mirror.put(one.path, one.text)
        return fresh

    def _fit(self, job: Job, one: FileChange) -> FileChange:
        """What a job does to a file, done to the file as it is now. What was asked to go on a day goes, whatever is in it."""
        now = self._mirror.text(one.path)
        if now == one.text or fingerprint(now) == one.base:
            return one
        if one.text is None and job.planned:
            return replace(one, base=fingerprint(now), was=now)
        try:
            text = fitted(one.path, before(self._settings.content, one), one.text, now)
        except ClashError as error:
            raise MustChooseError(job) from error
        return FileChange(one.path, text, fingerprint(now), now)

    def _note_fit(self, jobs: Iterable[Job]) -> None:
        """Before anything is written, so that it is known again after a crash."""
        changed = tuple(jobs)
        self._jobs.fitted(changed)
        self._fitted |= {job.id: job for job in changed}

    def _commits(self, jobs: Sequence[Job]) -> dict[int, str]:
        return {job.id: self._commit(job) for job in jobs}

    def _commit(self, job: Job) -> str:
        if not job.files:
            return self._history.head()
        return self._history.commit(job.files, job.message, job.author, job.committer, job.at)

    def _fail(self, failure: Failure) -> None:
        self._jobs.fail(failure, self._settings.clock())
        with suppress(GitError, BusyError):
            failed = [self._fitted.get(job.id, job) for job in (failure.job, *failure.held)]
            self._history.put_back([one for job in failed for one in job.files])
        if failure.job.id in self._clashing:
            self._jobs.clash(failure.job, self._settings.content, CHOOSE, self._settings.clock())

    def _cleaned(self, problems: Sequence[str]) -> tuple[str, ...]:
        """Problems with the names of files as staff know them."""
        return tuple(problem.replace(f"{self._mirror.folder}/", "") for problem in problems)

    def _hear(self, line: str) -> None:
        """What the press says while it works; it also tells staff how far their jobs are."""
        self._settings.tell(line)
        if line.startswith(_CHECKING) and self._at_work:
            self._jobs.step(self._at_work, "checking")

    def _tell(self, printing: Printing) -> None:
        self._settings.tell(told(printing))
