"""Who uses an instance: many at a time, but nobody while it is being replaced by a backup."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from provider_forms.backup.plan import finish, is_pending


class InUse:
    """Held by each process that uses the instance; it goes by itself when the process ends, however that ends."""

    def __init__(self, var: Path, database_url: str) -> None:
        """Waits while a backup is being put back, and finishes that where it was broken off."""
        while True:
            if is_pending(var):
                with _held(var, fcntl.LOCK_EX):
                    finish(var, database_url)
            self._handle = _take(var, fcntl.LOCK_SH)
            if not is_pending(var):
                return
            _give_back(self._handle)

    def leave(self) -> None:
        """Uses it no more; once more does no harm."""
        if self._handle >= 0:
            _give_back(self._handle)
            self._handle = -1


@contextmanager
def alone(var: Path) -> Iterator[bool]:
    """Whether nobody uses the instance; if so, nobody begins to meanwhile."""
    try:
        handle = _take(var, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        yield False
        return
    try:
        yield True
    finally:
        _give_back(handle)


@contextmanager
def _held(var: Path, how: int) -> Iterator[None]:
    handle = _take(var, how)
    try:
        yield
    finally:
        _give_back(handle)


def _take(var: Path, how: int) -> int:
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(var / ".in-use.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(handle, how)
    except BaseException:
        os.close(handle)
        raise
    return handle


def _give_back(handle: int) -> None:
    """Closing alone lets a child keep the lock that another thread is just starting."""
    fcntl.flock(handle, fcntl.LOCK_UN)
    os.close(handle)
