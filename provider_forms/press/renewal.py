"""A press of the new code in the place of one of the old code, in the same process, after a deploy."""

from __future__ import annotations

import logging
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable

from provider_forms.press.code import RunningCode
from provider_forms.press.press import Press, Settings
from provider_forms.press.running import OldCodeError, run

_LOG = logging.getLogger(__name__)
_QUIET = 1.0
"""Seconds in which nothing is written any more when a deploy is over."""


def keep_running(
    settings: Settings, parent: int | None = None, started: Callable[[Press], None] = lambda _: None
) -> None:
    """Works as `run` does, after a deploy with the new code. Raises PressBrokenError."""
    try:
        run(settings, parent, started)
    except OldCodeError:
        renew(parent)


def renew(parent: int | None) -> None:
    """Begins this process anew with what is on disk, once that is whole and can start. Returns when the parent has gone.

    The press has stopped by then: what is approved meanwhile waits.
    """
    broken: RunningCode | None = None
    while not _gone(parent, 0):
        code = RunningCode()
        if _gone(parent, _QUIET):
            return
        if code.is_old() or (broken is not None and not broken.is_old()):
            continue
        if _can_start():
            sys.stdout.flush()
            sys.stderr.flush()
            os.execv(sys.executable, _command())  # noqa: S606  (the command by which we were started)
        _LOG.error("The press can't start with the code that is on disk now. It waits until that changes.")
        broken = code


def _can_start() -> bool:
    """Half a deploy can't, and then there would be no press at all. What is wrong goes where our own errors go."""
    try:
        done = subprocess.run(  # noqa: S603  (the command by which we were started)
            [*_command(), "--help"], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def _command() -> list[str]:
    """As we were started; who started us has been told already that the first turn is over."""
    arguments = sys.orig_argv[1:]
    if "--started" in arguments:
        place = arguments.index("--started")
        del arguments[place : place + 2]
    return [sys.executable, *arguments]


def _gone(parent: int | None, seconds: float) -> bool:
    """Sleeps; whether the process that started us has ended."""
    if parent is None:
        time.sleep(seconds)
        return False
    return bool(select.select([parent], [], [], seconds)[0])
