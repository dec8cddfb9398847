"""The content folder of an instance that begins with the content that comes with the project."""

from __future__ import annotations

import fcntl
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from wmo_guide.store.history import OURS, Change, History

_MESSAGE = "Overgenomen uit de map content/"


def bring(shipped: Path, content: Path) -> None:
    """Makes the folder a copy of the shipped content, and keeps it one for as long as nobody published anything in it."""
    content.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with content.with_name(f".{content.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not content.exists():
            _copy(shipped, content)
        history = History(content)
        newest = history.versions(limit=1)[0]
        if newest.committer != OURS or history.outside_changes() or history.astray:
            return
        changes = _differences(_files(shipped), _files(content))
        if changes:
            history.commit(changes, _MESSAGE, OURS, OURS, datetime.now(UTC))


def _copy(shipped: Path, content: Path) -> None:
    fresh = content.with_name(f".{content.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shutil.copytree(shipped, fresh, ignore=shutil.ignore_patterns(".*"))
    fresh.rename(content)


def _differences(wanted: dict[str, str], there: dict[str, str]) -> list[Change]:
    changed = [Change(path, text) for path, text in wanted.items() if there.get(path) != text]
    return [*changed, *(Change(path, None) for path in there if path not in wanted)]


def _files(root: Path) -> dict[str, str]:
    found = {}
    for folder, folders, names in os.walk(root):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                path = Path(folder, name)
                found[path.relative_to(root).as_posix()] = path.read_bytes().decode("utf-8", "surrogateescape")
    return found
