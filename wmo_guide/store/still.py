"""Holding a content folder still: its files and its history, for one who writes or one who copies."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LOCK = "wmo-gids.lock"


@contextmanager
def still(content: Path) -> Iterator[int]:
    """Nobody else of ours writes in the folder or in its history meanwhile; gives the handle of the lock."""
    with (content / ".git" / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield lock.fileno()
