"""Why the press can't bring the guide up to date by itself: the press notes it in a file, and the desk tells it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from wmo_guide.store.write import write_whole


@dataclass(frozen=True)
class Notice:
    """What the press can't do, and why."""

    astray: str = ""
    """What to do before anything can be published at all: the content folder is on another branch."""
    problems: tuple[str, ...] = ()
    """Why what changed outside the queue, or the new day, could not be published; each with its file and line."""


def note(var: Path, notice: Notice | None) -> None:
    """Keeps it for the desk; None when all is well."""
    place = _place(var)
    if notice is None:
        place.unlink(missing_ok=True)
    else:
        write_whole(place, json.dumps({"astray": notice.astray, "problems": notice.problems}))


def noted(var: Path) -> Notice | None:
    """What the press noted last; None when all is well."""
    try:
        found = json.loads(_place(var).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    if not isinstance(found, dict):
        return None
    problems = found.get("problems")
    return Notice(str(found.get("astray", "")), tuple(map(str, problems)) if isinstance(problems, Sequence) else ())


def _place(var: Path) -> Path:
    return var / "press" / "notice.json"
