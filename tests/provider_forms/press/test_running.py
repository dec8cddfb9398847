"""The press as a process: woken at once, alone, restarted when it is killed, and gone with the application."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from provider_forms.desk import publishing
from provider_forms.press import running
from provider_forms.press.child import PressProcess
from provider_forms.press.lock import PressLock
from provider_forms.press.press import Press
from provider_forms.press.settings import settings_of
from tests.provider_forms.press.hall import ALFA, BETA, Hall

PATIENCE = 30.0


@pytest.fixture
def child(hall: Hall) -> Iterator[PressProcess]:
    """A press as a child of this process, after its first turn."""
    found = PressProcess(hall.forms.app.config)
    found.wait_for_guide()
    yield found
    found.stop()


def _wait_for(what: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not what():
        assert time.monotonic() < end, "it doesn't come"
        time.sleep(0.01)


def _is_live(hall: Hall, number: int) -> Callable[[], bool]:
    return lambda: hall.progress(number).step == "live"


def test_press_comes_when_it_is_woken(hall: Hall, child: PressProcess) -> None:
    """A job that is queued is live long before the press would have looked by itself."""
    _wait_for(_is_live(hall, hall.rename(ALFA, "Alfa Nieuw")))
    begin = time.monotonic()
    _wait_for(_is_live(hall, hall.rename(ALFA, "Alfa Nieuwer")))

    assert time.monotonic() - begin < running._LOOK_AGAIN  # noqa: SLF001  (the time that waking saves)


def test_killed_press_is_started_again(hall: Hall, child: PressProcess) -> None:
    """After kill -9 another press takes over by itself and does what waits."""
    killed = child.number
    os.kill(killed, signal.SIGKILL)
    number = hall.rename(ALFA, "Alfa Nieuw")

    _wait_for(_is_live(hall, number))
    assert child.number != killed


def test_press_ends_with_the_application(hall: Hall) -> None:
    """When the other end of its pipe closes, the press ends and lets go of its lock."""
    child = PressProcess(hall.forms.app.config)
    child.wait_for_guide()
    assert PressLock(hall.forms.var).is_taken
    child.stop()

    assert not PressLock(hall.forms.var).is_taken


def test_two_presses_never_work_at_once(hall: Hall) -> None:
    """A second press waits until the first has ended, and then takes over."""
    lock = PressLock(hall.forms.var)
    assert lock.take()
    assert not PressLock(hall.forms.var).take()
    theirs, ours = os.pipe()
    turns: list[Press] = []
    thread = threading.Thread(target=running.run, args=(settings_of(hall.forms.app.config), theirs, turns.append))
    thread.start()
    time.sleep(0.3)
    assert turns == []
    lock.give_back()
    _wait_for(lambda: bool(turns))
    os.close(ours)
    thread.join(PATIENCE)
    os.close(theirs)

    assert not thread.is_alive()


def test_press_that_cannot_work_ends(
    hall: Hall, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A press that fails again and again without knowing why ends, for a fresh one to try; the job still waits."""
    monkeypatch.setattr(running, "_PAUSE", 0.001)
    monkeypatch.setattr(Press, "_follow", lambda _: 1 / 0)
    number = hall.rename(BETA, "Beta Nieuw")
    with pytest.raises(running.PressBrokenError):
        running.run(settings_of(hall.forms.app.config))

    assert "could not do its work" in caplog.text
    assert hall.progress(number).step == "waiting"
    assert not PressLock(hall.forms.var).is_taken


def test_waking_without_a_press_is_no_matter(hall: Hall) -> None:
    """Nobody listens: waking returns at once, and what is queued waits."""
    publishing.wake(hall.forms.desk)
    number = hall.rename(ALFA, "Alfa Nieuw")

    assert hall.progress(number).step == "waiting"
