"""One press at work: takes what is due, publishes it together, and finds the one that spoils it."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from provider_forms.desk.database import Database
from provider_forms.desk.fitting import ClashError, fitted
from provider_forms.desk.publishing import FileChange, fingerprint
from provider_forms.desk.upcoming import before
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
_CLASH = (
    "Dit is niet gepubliceerd. Hetzelfde antwoord is intussen ook op een andere manier veranderd, en dat staat al in de "
    "gids. Er is niets verloren: bekijk bij Publicaties wat deze wijziging doet, neem in het formulier over wat nog "
    "nodig is, en trek deze wijziging daarna in."
)
_CHOOSE = (
    "Dit was goedgekeurd, maar is niet gepubliceerd. Hetzelfde antwoord is intussen ook op een andere manier veranderd, "
    "en dat staat al in de gids. De inzending staat weer in de wachtrij. Open haar en kies per antwoord wat er in de gids komt."
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


class _MustChooseError(_CannotError):
    """A job that would overwrite what was changed meanwhile."""

    def __init__(self, job: Job) -> None:
        super().__init__(_CLASH)
        self.job = job


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
        self._fitted: dict[int, Job] = {}
        """Jobs of this turn that were made to fit the files as they are now, by number."""
        self._clashing: set[int] = set()
        """Those of this turn that would overwrite what was changed meanwhile."""
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
        self._fitted, self._clashing, failed = {}, set(), 0
        for one in sort_out(begun, self._tried):
            self._fail(one)
            failed += 1 + len(one.held)
        return len(begun) - failed

    def _tried(self, jobs: Sequence[Job]) -> str:
        """Publishes these together; tells staff why when that can't be, with everything as it was."""
        self._at_work = jobs
        try:
            self._publish([self._fitted.get(job.id, job) for job in jobs])
        except _CannotError as error:
            self._clashing |= {error.job.id} if isinstance(error, _MustChooseError) else set()
            return str(error)
        finally:
            self._at_work = ()
        return ""

    def _publish(self, jobs: Sequence[Job]) -> None:
        """Raises _CannotError, with everything as it was."""
        day = self.today
        paths = {one.path for job in jobs for one in job.changes}
        with _in_plain_words(self._cleaned, paths), self._applied(jobs) as applied:
            changed = None if self._changed is None else self._changed | paths
            with self._publisher.prepared(changed, day, day) as ready:
                self._note_fit(one for one, job in zip(applied, jobs, strict=True) if one.changes != job.changes)
                commits = {job.id: self._commit(job) for job in applied}
                ready.switch()
        self._changed, self._day, self.problems, self._refused = set(), day, (), None
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
            raise _MustChooseError(job) from error
        return FileChange(one.path, text, fingerprint(now), now)

    def _note_fit(self, jobs: Iterable[Job]) -> None:
        """Before anything is written, so that it is known again after a crash."""
        changed = tuple(jobs)
        self._jobs.fitted(changed)
        self._fitted |= {job.id: job for job in changed}

    def _commit(self, job: Job) -> str:
        if not job.files:
            return self._history.head()
        return self._history.commit(job.files, job.message, job.author, job.committer, job.at)

    def _fail(self, failure: Failure) -> None:
        self._jobs.fail(failure.job, failure.problem, failure.held, self._settings.clock())
        with suppress(GitError, BusyError):
            failed = [self._fitted.get(job.id, job) for job in (failure.job, *failure.held)]
            self._history.put_back([one for job in failed for one in job.files])
        if failure.job.id in self._clashing:
            self._jobs.clash(failure.job, self._settings.content, _CHOOSE, self._settings.clock())

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
