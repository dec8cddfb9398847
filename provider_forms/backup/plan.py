"""The last step of restoring: everything lies ready beside the instance, and takes its place.

The plan is a file. From the moment it stands there the restored instance is the instance: a restore that is killed
half-way is finished by whatever starts next. Before that moment nothing of the old instance has been touched.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from provider_forms.backup import staging
from wmo_guide.store.write import write_whole

_FOLDER, _FILE = ".restore", "plan.json"


@dataclass(frozen=True)
class Move:
    """A file or folder that takes its place."""

    fresh: str
    """Where it lies; empty: nothing comes in the place of the old one."""
    place: str
    old: str
    """Where the old one goes."""

    def do(self) -> None:
        """Once more does no harm."""
        fresh, place, old = (Path(one) if one else None for one in (self.fresh, self.place, self.old))
        if place is None or old is None or (fresh is not None and not os.path.lexists(fresh)):
            return
        if os.path.lexists(place):
            old.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            place.rename(old)
        if fresh is not None:
            place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh.rename(place)


@dataclass(frozen=True)
class Plan:
    """All that is left to do."""

    moves: tuple[Move, ...]
    folders: tuple[str, ...]
    """Where the new and the old lie; these go in the end."""
    on_server: bool
    """Whether the tables lie ready on a server of PostgreSQL."""


def folder_of(var: Path) -> Path:
    """Where a restore works."""
    return var / _FOLDER


def sync(path: Path) -> None:
    """Has a file, or the names in a folder, on disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def is_pending(var: Path) -> bool:
    """Whether a restore was decided on and isn't finished."""
    return (folder_of(var) / _FILE).exists()


def decide(var: Path, plan: Plan) -> None:
    """From here on the restored instance is the instance."""
    for folder in plan.folders:  # all that lies ready is on disk, before anything counts on it
        for place, _, names in os.walk(folder):
            for path in (*(Path(place, name) for name in names), Path(place)):
                sync(path)
    write_whole(folder_of(var) / _FILE, json.dumps(asdict(plan)))


def finish(var: Path, database_url: str) -> None:
    """Does what a plan says, if there is one."""
    try:
        tree = json.loads((folder_of(var) / _FILE).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return
    if tree["on_server"]:
        staging.take_over(database_url)
    _move([Move(**one) for one in tree["moves"]])
    (folder_of(var) / _FILE).unlink()
    for folder in tree["folders"]:
        shutil.rmtree(folder, ignore_errors=True)


def _move(moves: Sequence[Move]) -> None:
    for move in moves:
        move.do()
    for folder in {Path(move.place).parent for move in moves}:
        if folder.is_dir():
            sync(folder)
