"""One press at work: takes what is due, publishes it together, and finds the one that spoils it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from provider_forms.desk.database import Database
from provider_forms.desk.publishing import fingerprint
from provider_forms.press.jobs import Job, Jobs
from provider_forms.press.sorting import Failure, sort_out
from wmo_guide.guide.warm import Printing
from wmo_guide.publishing import Publication, RefusedError
from wmo_guide.store.git import GitError
from wmo_guide.store.history import BusyError, ConflictError, History
from wmo_guide.store.mirror import Mirror
from wmo_guide.warm_publishing import WarmPublisher

_LOG = logging.getLogger(__name__)
_HERE = ZoneInfo("Europe/Amsterdam")
_CHANGED = (
    "Dit is niet gepubliceerd. {paths} is intussen veranderd. Bekijk wat er nu staat en keur het daarna opnieuw goed."
)
_BY_HAND = (
    "Dit is niet gepubliceerd. Iemand heeft {paths} met de hand veranderd, en die verandering staat nog niet in de "
    "geschiedenis. Vraag de beheerder om haar vast te leggen of weg te halen. Probeer het daarna opnieuw."
)
_BROKEN = "Dit is niet gepubliceerd. Er ging iets mis bij ons: {problem} Probeer het opnieuw."
_REFUSED = "Dit is niet gepubliceerd. De controle vond deze problemen:"
_ELSEWHERE = (
    "Dit is niet gepubliceerd. De controle vond problemen in de gids, misschien door iets anders dan deze wijziging:"
)
_CHECKING = "Pagina's controleren"
_MOST_TOLD = 20


class _CannotError(Exception):
    """A job that can't be done as it is; the message tells staff why."""


@dataclass(frozen=True)
class Settings:
    """Where a press works."""

    database_url: str
    var: Path
    content: Path
    site: Path
    cache: Path
    clock: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))
    tell: Callable[[str], None] = field(default=lambda _: None)


class Press:
    """Publishes the content of one instance. One at a time: see `lock.py`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._jobs = Jobs(Database(settings.database_url), _HERE)
        self._history = History(settings.content)
        self._mirror = Mirror(settings.content, settings.var / "press" / "content")
        publication = Publication(
            content=self._mirror.folder, site_dir=settings.site, cache_dir=settings.cache, tell=self._hear
        )
        self._publisher = WarmPublisher(publication)
        self._changed: set[str] | None = None
        """Files that changed by another way than a job and are not online yet; None: any may have changed."""
        self._day: date | None = None
        """The day of the guide that is online."""
        self._refused: tuple[str, date] | None = None
        """The version and the day that could not be published."""
        self._at_work: Sequence[Job] = ()
        self.problems: tuple[str, ...] = ()
        """Why what changed outside the queue, or the new day, could not be published."""

    @property
    def today(self) -> date:
        """The day, where the readers are."""
        return self._settings.clock().astimezone(_HERE).date()

    def turn(self) -> int:
        """Does all that is due now; gives how many jobs went live."""
        try:
            self._follow()
            return self._work() if self._jobs.is_due(self.today) else 0
        except BaseException:
            # How far it came is not known: next time everything is looked at anew.
            self._mirror.version, self._changed, self._day = "", None, None
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
            self.problems, self._refused = self._cleaned(error.problems), (head, day)
            self._changed = None
            _LOG.warning("De inhoud kan niet gepubliceerd worden:\n%s", "\n".join(self.problems))
        else:
            self._changed, self._day, self.problems, self._refused = set(), day, (), None
            self._tell(ready.printing)

    def _work(self) -> int:
        """Publishes what is due, in one build if that can be; gives how many jobs went live."""
        begun = self._jobs.begin(self.today)
        if not begun:
            return 0
        failed = 0
        for one in sort_out(begun, self._tried):
            self._fail(one)
            failed += 1 + len(one.held)
        return len(begun) - failed

    def _tried(self, jobs: Sequence[Job]) -> str:
        """Publishes these together; tells staff why when that can't be, with everything as it was."""
        self._at_work = jobs
        try:
            self._publish(jobs)
        except _CannotError as error:
            return str(error)
        finally:
            self._at_work = ()
        return ""

    def _publish(self, jobs: Sequence[Job]) -> None:
        """Raises _CannotError, with everything as it was."""
        day = self.today
        paths = {one.path for job in jobs for one in job.changes}
        with _in_plain_words(self._cleaned, paths), self._applied(jobs):
            changed = None if self._changed is None else self._changed | paths
            with self._publisher.prepared(changed, day, day) as ready:
                commits = {job.id: self._commit(job) for job in jobs}
                ready.switch()
        self._changed, self._day, self.problems, self._refused = set(), day, (), None
        self._jobs.live(commits, self._settings.clock())
        self._mirror.holds(self._history.head(), paths)
        self._tell(ready.printing)

    @contextmanager
    def _applied(self, jobs: Sequence[Job]) -> Iterator[None]:
        """The copy of the content with what these jobs change; when it doesn't come to publishing, as it was."""
        if by_hand := self._history.conflicts([one for job in jobs for one in job.files]):
            raise ConflictError(by_hand)
        before = {one.path: self._mirror.text(one.path) for job in jobs for one in job.changes}
        try:
            for job in jobs:
                self._apply(job)
            yield
        except BaseException:
            for path, text in before.items():
                self._mirror.put(path, text)
            raise

    def _apply(self, job: Job) -> None:
        for one in job.changes:
            now = self._mirror.text(one.path)
            if now != one.text and fingerprint(now) != one.base:
                raise _CannotError(_CHANGED.format(paths=one.path))
            self._mirror.put(one.path, one.text)

    def _commit(self, job: Job) -> str:
        if not job.files:
            return self._history.head()
        return self._history.commit(job.files, job.message, job.author, job.committer, job.at)

    def _fail(self, failure: Failure) -> None:
        self._jobs.fail(failure.job, failure.problem, failure.held, self._settings.clock())
        with suppress(GitError, BusyError):
            self._history.put_back([one for job in (failure.job, *failure.held) for one in job.files])

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


def told(printing: Printing) -> str:
    """What was published, and why, on one line."""
    kinds: Counter[str] = Counter()
    for shell, number in printing.why.items():
        kinds[shell.rpartition("/")[2] if shell.partition("/")[0] != "portal" else "portal"] += number
    of_them = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    made = f"{printing.made} van {printing.pages} pagina's gemaakt"
    return f"{printing.release}: {printing.cause}; {made}{f' ({of_them})' if of_them else ''}."


@contextmanager
def _in_plain_words(cleaned: Callable[[Sequence[str]], tuple[str, ...]], paths: Collection[str]) -> Iterator[None]:
    """What can go wrong with a job, as words for staff."""
    try:
        yield
    except RefusedError as error:
        problems = cleaned(error.problems)
        more = [f"En nog {len(problems) - _MOST_TOLD} problemen."] if len(problems) > _MOST_TOLD else []
        ours = any(problem.startswith(path) for problem in problems for path in paths)
        begin = _REFUSED if ours else _ELSEWHERE
        raise _CannotError("\n".join([begin, *problems[:_MOST_TOLD], *more])) from error
    except ConflictError as error:
        raise _CannotError(_BY_HAND.format(paths=", ".join(error.paths))) from error
    except (BusyError, GitError, OSError) as error:
        _LOG.exception("A job could not be published.")
        raise _CannotError(_BROKEN.format(problem=error)) from error
