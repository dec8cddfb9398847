"""Heads of the log that are noted beside the database: a log that was made anew as a whole doesn't contain them.

Each transaction that adds to the log notes one. Who can change the database but not this file is found at once.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from provider_forms.desk.database import Database
from provider_forms.desk.log_chain import ADDED, Head

_LOG = logging.getLogger(__name__)
_LINE = re.compile(r"\S+ (\d{1,12}) ([0-9a-f]{64})")


def place(var: Path) -> Path:
    """The file with the heads of an instance: a line for each, with moment, number of events and digest."""
    return var / "log-heads.txt"


def noted(var: Path) -> tuple[Head, ...]:
    """The heads that were noted, the oldest first; lines that aren't heads are passed over."""
    try:
        lines = place(var).read_text(encoding="utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return ()
    found = (_LINE.fullmatch(line) for line in lines)
    return tuple(Head(int(one[1]), one[2]) for one in found if one)


def follow(database: Database, var: Path) -> Database:
    """Has each transaction that adds to the log note where it ends then; gives the database."""

    def noting(info: Mapping[Any, Any]) -> None:
        head = info.get(ADDED)
        if isinstance(head, Head):
            try:
                _append(var, head, datetime.now(UTC))
            except OSError:  # the event itself is safe; the next one notes where the log ends by then
                _LOG.exception("Where the log ends could not be noted.")

    database.after_write = noting
    return database


def note(var: Path, head: Head, now: datetime) -> bool:
    """Notes a head, safe on disk, unless it is the last one noted; tells whether it did."""
    if not head.events or (noted(var) or (None,))[-1] == head:
        return False
    _append(var, head, now, safe=True)
    return True


def _append(var: Path, head: Head, now: datetime, *, safe: bool = False) -> None:
    """A line more; `safe` waits until it is on the disk, so that a power cut doesn't lose it."""
    place(var).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(place(var), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        stream.write(f"{now:%Y-%m-%dT%H:%M:%SZ} {head.events} {head.digest}\n")
        stream.flush()
        if safe:
            os.fsync(stream.fileno())
