"""Whether there is room for `make serve`: told before the work begins, for a guide takes a while to build."""

from __future__ import annotations

import socket
import time
from collections.abc import Callable
from pathlib import Path

from provider_forms.press.lock import PressLock

_PATIENCE = 25.0
"""Seconds for a press that was told to stop to finish; after twenty it is killed (press/child.py)."""
_LOOK = 0.2


def is_free(host: str, port: int) -> bool:
    """Whether a server can have this port."""
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as servers do: a port that was just left is free
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def has_room(var: Path, tell: Callable[[str], None], patience: float = _PATIENCE) -> bool:
    """Whether no other press works on this instance, or ends in time. A second one would wait for ever, and so would we."""
    lock = PressLock(var)
    until = time.monotonic() + patience
    if lock.is_taken:
        tell("In deze map is nog een gids bezig. Even wachten of hij stopt...")
    while lock.is_taken:
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK)
    return True
