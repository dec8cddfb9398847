"""A slow phone: a browser of which all processes together get a quarter of one core, 5 of every 20 milliseconds.

By a cgroup, of either version, where one may be made; else by stopping and waking all its processes in that rhythm.
"""

from __future__ import annotations

import os
import signal
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Playwright

from tools.browser import chromium, launch

_RUNS, _OF = 0.005, 0.020
_CGROUPS = Path("/sys/fs/cgroup")
_LOOK_AGAIN = 50
_FIRST = -10


@dataclass(frozen=True)
class Group:
    """A cgroup of our own."""

    folder: Path
    second: bool
    """Whether it is of version 2."""

    def favour(self) -> None:
        """Has its processes go before others, so that a busy machine doesn't make the phone slower than it is."""
        (self.folder / ("cpu.weight" if self.second else "cpu.shares")).write_text("10000" if self.second else "262144")

    def limit(self, *, slow: bool) -> None:
        """Gives its processes a quarter of a core, or all there is."""
        quota, period = int(_RUNS * 1e6), int(_OF * 1e6)
        if self.second:
            (self.folder / "cpu.max").write_text(f"{quota if slow else 'max'} {period}")
        else:
            (self.folder / "cpu.cfs_period_us").write_text(str(period))
            (self.folder / "cpu.cfs_quota_us").write_text(str(quota if slow else -1))


@dataclass(frozen=True)
class Phone:
    """A browser that can be slowed down."""

    browser: Browser
    group: Group | None
    pid_file: Path

    @property
    def means(self) -> str:
        """How it is slowed down."""
        return "a cgroup" if self.group else "stopping and waking its processes"

    @contextmanager
    def slowed(self) -> Iterator[None]:
        """Slow until the block ends."""
        if self.group:
            self.group.limit(slow=True)
            try:
                yield
            finally:
                self.group.limit(slow=False)
        else:
            with _duty(int(self.pid_file.read_text())):
                yield


def go_first() -> None:
    """Lets this thread, and those that it starts, go before other work on a busy machine, where that is allowed."""
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _FIRST)


@contextmanager
def phone(playwright: Playwright) -> Iterator[Phone]:
    """Starts one, at full speed."""
    with _group() as group, tempfile.TemporaryDirectory(prefix="wmo-phone-") as folder:
        pid_file, start = Path(folder) / "pid", Path(folder) / "start"
        joins = f'echo $$ > "{group.folder}/cgroup.procs"\n' if group else ""
        program = chromium() or playwright.chromium.executable_path
        start.write_text(f'#!/bin/sh\n{joins}echo $$ > "{pid_file}"\nexec "{program}" "$@"\n')
        start.chmod(0o755)
        before = os.environ.get("CHROMIUM")
        os.environ["CHROMIUM"] = str(start)
        try:
            browser = launch(playwright)
        finally:
            os.environ.pop("CHROMIUM")
            os.environ.update({"CHROMIUM": before} if before else {})
        yield Phone(browser, group, pid_file)
        browser.close()


@contextmanager
def _group() -> Iterator[Group | None]:
    """A cgroup for the time of the block; None where none may be made."""
    second = (_CGROUPS / "cgroup.controllers").exists()
    folder = (_CGROUPS if second else _CGROUPS / "cpu") / f"wmo-bench-{os.getpid()}"
    group = Group(folder, second)
    try:
        folder.mkdir()
        group.limit(slow=False)
        group.favour()
    except OSError:
        with suppress(OSError):
            folder.rmdir()
        yield None
        return
    try:
        yield group
    finally:
        for pid in (folder / "cgroup.procs").read_text().split():  # what a browser leaves behind goes back up
            with suppress(OSError):
                (folder.parent / "cgroup.procs").write_text(pid)
        with suppress(OSError):
            folder.rmdir()


@contextmanager
def _duty(root: int) -> Iterator[None]:
    done = threading.Event()
    thread = threading.Thread(target=_beat, args=(root, done))
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def _beat(root: int, done: threading.Event) -> None:
    beats, pids = 0, list[int]()
    while not done.is_set():
        if beats % _LOOK_AGAIN == 0:
            pids = _family(root)
        beats += 1
        _send(pids, signal.SIGSTOP)
        done.wait(_OF - _RUNS)
        _send(pids, signal.SIGCONT)
        done.wait(_RUNS)


def _send(pids: list[int], sign: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, sign)


def _family(root: int) -> list[int]:
    """A process with all that it started."""
    children: dict[int, list[int]] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            parent = status.read_text().rpartition(")")[2].split()[1]
            children.setdefault(int(parent), []).append(int(status.parent.name))
    found, next_ones = list[int](), [root]
    while next_ones:
        pid = next_ones.pop()
        found.append(pid)
        next_ones += children.get(pid, [])
    return found
