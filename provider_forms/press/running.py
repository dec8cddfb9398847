"""The press as a process: sleeps until it is woken, works, and ends with the process that started it."""

from __future__ import annotations

import logging
import os
import select
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from provider_forms.desk.publishing import bell
from provider_forms.press.code import RunningCode
from provider_forms.press.lock import PressLock
from provider_forms.press.press import Press, Settings

_LOG = logging.getLogger(__name__)
_LOOK_AGAIN = 2.0
"""Seconds after which it looks in the queue without being woken: for what was queued on another machine, and midnight."""
_PAUSE = 1.0
"""Seconds of rest after something went wrong, or while another press works."""
_MOST_FAILURES = 4
"""So many times in a row it tries by itself; then a press in a fresh process may do better."""


class PressBrokenError(Exception):
    """The press can't work, and doesn't know why. Nothing is lost: start it again."""


class OldCodeError(Exception):
    """Other code was put on disk. Nothing is lost: start the press again with that."""


class ParentGoneError(Exception):
    """The process that started the press has ended."""


def run(settings: Settings, parent: int | None = None, started: Callable[[Press], None] = lambda _: None) -> None:
    """Works until the other end of the pipe `parent` is closed; without one, for ever.

    `started` is called after the first turn. Raises PressBrokenError and, between two turns, OldCodeError.
    """
    code = RunningCode()
    alarm = _Alarm(settings.var, parent)
    lock = PressLock(settings.var)
    with suppress(ParentGoneError):
        while not lock.take():
            alarm.wait(_PAUSE)
        press = Press(settings)
        try:
            _work(press, alarm, started, code)
        finally:
            press.close()
            lock.give_back()
    alarm.close()


def _work(press: Press, alarm: _Alarm, started: Callable[[Press], None], code: RunningCode) -> None:
    tidied = press.today  # not at once: whoever started it may be waiting to publish
    first = True
    failures = 0
    while failures < _MOST_FAILURES:
        went_well = _turn(press)
        failures = 0 if went_well else failures + 1
        if first:
            started(press)
            first = False
        if went_well and not alarm.rings():
            _get_ready(press)
            if tidied != press.today:
                press.tidy()
                tidied = press.today
        alarm.wait(_LOOK_AGAIN if went_well else _PAUSE * 2 ** (failures - 1))
        if code.is_old():
            raise OldCodeError
    raise PressBrokenError


def _turn(press: Press) -> bool:
    try:
        press.turn()
    except Exception:  # noqa: BLE001  (whatever it is, what was approved has to wait for it, not be lost)
        _LOG.exception("The press could not do its work; it tries again.")
        return False
    return True


def _get_ready(press: Press) -> None:
    try:
        press.get_ready()
    except Exception:  # noqa: BLE001  (without it, the next job takes longer, no more)
        _LOG.exception("The press could not get ready.")


class _Alarm:
    """Wakes the press: at once when there is work, and in time for what comes by the clock."""

    def __init__(self, var: Path, parent: int | None) -> None:
        place = bell(var)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):
            os.mkfifo(place, 0o600)
        self._bell = os.open(place, os.O_RDWR | os.O_NONBLOCK | os.O_CLOEXEC)
        self._parent = parent

    def wait(self, seconds: float) -> None:
        """Sleeps until it is woken, but no longer than this. Raises ParentGoneError."""
        handles = [self._bell] if self._parent is None else [self._bell, self._parent]
        ringing, _, _ = select.select(handles, [], [], seconds)
        if self._parent in ringing:
            raise ParentGoneError
        if ringing:
            with suppress(BlockingIOError):
                os.read(self._bell, 4096)

    def rings(self) -> bool:
        """Whether there is work already."""
        return bool(select.select([self._bell], [], [], 0)[0])

    def close(self) -> None:
        """Listens no more."""
        os.close(self._bell)
