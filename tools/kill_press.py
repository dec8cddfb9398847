"""Kills the press (or the application that started it) again and again, and looks whether everything is whole.

    python -m tools.kill_press [N] [--seed S]

Each of N times: two or three changes are queued, a press starts, and after a random moment it is killed with kill -9.
Then the site must be the old one or a new one, whole; every file of the content whole; the history sound; and at the
end, when a press may finish, everything that was queued is live, each with one commit, in the bytes of a fresh build.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from provider_forms.desk import publishing
from provider_forms.desk.desk import Desk, Settings
from provider_forms.desk.publishing import FileChange, Request
from provider_forms.desk.staff_models import PublishJob
from wmo_guide.guide.manifest import manifest
from wmo_guide.guide.release import current
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import publish
from wmo_guide.store.history import History, Signature
from wmo_guide.store.yaml_text import read_tree

_AUTHOR = Signature("Aanbieder", "aanbieder@noreply.invalid")
_REVIEWER = Signature("Beoordelaar", "beoordelaar@noreply.invalid")
_PATIENCE = 60.0
_ALONE = 0.7
"""How often the press itself is killed; else the application that started it."""
_LONGEST = 1.2
"""Seconds after which a press is killed, at most: it has begun, worked, and begun to wait by then."""
# Imports once, then makes a press by forking at each line that it reads: a start from scratch takes a second. With
# "app", an application in between is the parent, and is what gets killed.
_NURSERY = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from provider_forms.press.press import Settings
from provider_forms.press.running import run
database, var, content, site, cache, day = sys.argv[1:]
moment = datetime.fromisoformat(day)
settings = Settings(database, Path(var), Path(content), Path(site), Path(cache), clock=lambda: moment)
signal.signal(signal.SIGCHLD, signal.SIG_IGN)
def press(parent):
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    run(settings, parent)
    os._exit(0)
while line := sys.stdin.readline().strip():
    if os.fork() == 0:
        if line == "press":
            print(os.getpid(), os.getpid(), flush=True)
            press(None)
        theirs, ours = os.pipe()
        inner = os.fork()
        if inner == 0:
            os.close(ours)
            press(theirs)
        os.close(theirs)
        print(os.getpid(), inner, flush=True)
        signal.pause()
"""


class BrokenError(AssertionError):
    """Something was not whole after a kill."""


@dataclass
class Ordeal:
    """One instance whose press is killed."""

    folder: Path
    content: Path
    chance: random.Random
    moment: datetime
    database: str = ""
    """Its address; empty: a file of SQLite in the folder."""
    killed_at_work: int = 0
    """Times that there was work left when it was killed."""
    _queued: dict[int, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        var = self.folder / "var"
        address = self.database or f"sqlite:///{var / 'desk.db'}"
        settings = Settings(address, var, self.content, ROOT / "templates" / "mail", "http://x.test", "s", None)
        self.desk = Desk(settings)
        self.history = History(self.content)
        self.providers = sorted(self.content.glob("regions/*/providers/*.yaml"))
        arguments = [
            address,
            str(var),
            str(self.content),
            str(self.site),
            str(self.folder / "cache"),
            self.moment.isoformat(),
        ]
        nursery = subprocess.Popen(  # noqa: S603  (our own code)
            [sys.executable, "-c", _NURSERY, *arguments],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        if nursery.stdin is None or nursery.stdout is None:
            raise BrokenError("no pipes")
        self._nursery, self._asks, self._answers = nursery, nursery.stdin, nursery.stdout

    @property
    def site(self) -> Path:
        """The site folder."""
        return self.folder / "site"

    def run(self, times: int) -> None:
        """Lets the press be killed so many times, and then finish. Raises BrokenError."""
        self._let_it_work(_PATIENCE, until_done=True)
        for _ in range(times):
            self._queue_some()
            self._let_it_work(self.chance.uniform(0, _LONGEST))
            self.check()
        self._let_it_work(_PATIENCE, until_done=True)
        self.check()
        self._check_all_is_live()

    def close(self) -> None:
        """Ends everything that was started."""
        self._asks.close()
        self._nursery.wait()
        self._answers.close()
        self.desk.close()

    def check(self) -> None:
        """Holds everything against what it should be. Raises BrokenError."""
        self._check_site()
        for path in self.content.rglob("*.yaml"):
            read_tree(path.read_text(encoding="utf-8"))
        told = _git(self.content, "fsck", "--full", "--strict")
        if told.returncode or "error" in told.stderr:
            raise BrokenError(f"git fsck: {told.stdout}{told.stderr}")
        if self.history.outside_changes() and not self._open():
            raise BrokenError(f"left in the content: {self.history.outside_changes()}")

    def _check_site(self) -> None:
        release = current(self.site)
        files = manifest(self.site, release).files
        if not files:
            raise BrokenError("no manifest of the site that is online")
        lost = [path for path in files if not (self.site / "current" / path).is_file()]
        if lost:
            raise BrokenError(f"{release} misses {lost[:5]}")
        known = {path.relative_to(self.site / "current").as_posix() for path in _files(self.site / "current")}
        if known != files.keys():
            raise BrokenError(f"{release} has strange files: {sorted(known ^ files.keys())[:5]}")

    def _check_all_is_live(self) -> None:
        with self.desk.database.read() as session:
            jobs = [session.get_one(PublishJob, number) for number in self._queued]
        waiting = [(job.id, job.state, job.problem) for job in jobs if job.state != "live"]
        if waiting:
            raise BrokenError(f"not live: {waiting[:5]}")
        told = _git(self.content, "log", "--format=%B").stdout
        for number in self._queued:
            times = told.count(f"Opdracht: {number}\n")
            if times != 1:
                raise BrokenError(f"job {number} has {times} commits")
        fresh = self.folder / "fresh"
        day = self.moment.date()
        publish(Publication(content=self.content, site_dir=fresh, cache_dir=None, day=day, today=day))
        if _bytes(fresh / "current") != _bytes(self.site / "current"):
            raise BrokenError("the site is not what a build from nothing gives")

    def _queue_some(self) -> None:
        waiting = {one["path"] for job in self._open() for one in job.changes}
        free = [path for path in self.providers if path.relative_to(self.content).as_posix() not in waiting]
        for path in self.chance.sample(free, min(len(free), self.chance.randint(1, 3))):
            self._queue(path)

    def _queue(self, path: Path) -> None:
        name = path.relative_to(self.content).as_posix()
        text = self.history.text("HEAD", name) or ""
        number = self.chance.randint(0, 10**6)
        top = "".join(line for line in text.splitlines(keepends=True) if not line.startswith("# proef"))
        summary = f"# proef {number}\n{_with_day(top, number)}"
        request = Request(
            what="provider", region="", title=path.stem, message=f"Proef {path.stem}",
            changes=(FileChange(name, summary, publishing.fingerprint(text)),), author=_AUTHOR, committer=_REVIEWER,
        )  # fmt: skip
        with self.desk.database.write() as session:
            job = publishing.queue(session, request, None, datetime.now(UTC))
            self._queued[job.id] = name

    def _open(self) -> Sequence[PublishJob]:
        with self.desk.database.read() as session:
            return publishing.open_jobs(session)

    def _let_it_work(self, seconds: float, *, until_done: bool = False) -> None:
        """Starts a press, by itself or as a child of an application, and kills it after a while."""
        self._asks.write("press\n" if until_done or self.chance.random() < _ALONE else "app\n")
        self._asks.flush()
        victim, press = map(int, self._answers.readline().split())
        end = time.monotonic() + seconds
        while time.monotonic() < end and not (until_done and self._is_done()):
            time.sleep(0.05 if until_done else max(0.0, end - time.monotonic()))
        self.killed_at_work += bool(self._open())
        os.kill(victim, signal.SIGKILL)
        if victim != press:  # the press notices by itself that its parent has gone
            _wait_for_end(press)

    def _is_done(self) -> bool:
        return not self._open() and current(self.site) is not None


def _with_day(text: str, number: int) -> str:
    """A provider's file with another day of its last change."""
    day = f"updated: '2025-{number % 12 + 1:02}-{number % 28 + 1:02}'"
    return re.sub(r"^updated: .*$", day, text, count=1, flags=re.MULTILINE)


def _wait_for_end(process: int) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.01)
    raise BrokenError("the press outlives the application")


def _files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}


def _git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = ["git", "-C", str(folder), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (fixed words)


def main() -> int:
    """Runs the ordeal over a copy of the sample content."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("times", type=int, nargs="?", default=200)
    parser.add_argument("--seed", type=int, default=2026)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wmo-kill-") as folder:
        content = Path(folder, "content")
        shutil.copytree(ROOT / "content", content)
        ordeal = Ordeal(Path(folder), content, random.Random(options.seed), datetime.now(UTC))  # noqa: S311
        with contextlib.closing(ordeal):
            ordeal.run(options.times)
            sys.stdout.write(
                f"{options.times} keer gedood, {ordeal.killed_at_work} keer met werk in de rij: alles bleef heel.\n"
            )
    return 0


if __name__ == "__main__":
    sys.exit(main())
