"""Heads of the log that were noted beside the database: a log that was made anew as a whole doesn't contain them."""

from __future__ import annotations

import os
import re
from datetime import datetime
from pathlib import Path

from provider_forms.desk.log_chain import Head

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


def note(var: Path, head: Head, now: datetime) -> bool:
    """Notes a head, safe on disk, unless it is the last one noted; tells whether it did."""
    if not head.events or (noted(var) or (None,))[-1] == head:
        return False
    place(var).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(place(var), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as stream:
        stream.write(f"{now:%Y-%m-%dT%H:%M:%SZ} {head.events} {head.digest}\n")
        stream.flush()
        os.fsync(stream.fileno())
    return True
