"""Two presses never work at once."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class PressLock:
    """Held by the press that works; it goes by itself when its process ends, however that ends."""

    def __init__(self, var: Path) -> None:
        folder = var / "press"
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._path = folder / "lock"
        self._handle = -1

    def take(self) -> bool:
        """Takes the lock; False when another press has it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(handle)
            return False
        self._handle = handle
        return True

    def give_back(self) -> None:
        """Lets another press work."""
        os.close(self._handle)

    @property
    def is_taken(self) -> bool:
        """Whether a press is at work."""
        if not self.take():
            return True
        self.give_back()
        return False
