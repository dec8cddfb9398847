"""Releases of the site: each a folder of its own, made aside and switched to in one step.

    site/current            -> releases/<id>, what is online
    site/releases/<id>/     a whole site
    site/releases/<id>.json which page was made from what

Files of a release never change once they are written, so releases share unchanged files as hard links. Until the
switch nobody sees the new release; a press that is killed half-way leaves the old site as it was.
"""

from __future__ import annotations

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

KEPT = 5
"""Number of releases that stay on disk."""
_UNFINISHED = ".new-"


@dataclass(frozen=True)
class Manifest:
    """Which file of a release was made from what: path below the site's root -> fingerprint of its inputs."""

    release: str
    files: Mapping[str, str]


@dataclass
class Draft:
    """A release in the making."""

    folder: Path
    old_folder: Path | None
    old: Manifest
    _made: set[str] = field(default_factory=set)

    def reuse(self, path: str, fingerprint: str) -> bool:
        """Takes a file over from the last release if it was made from the same; tells whether it did."""
        if self.old_folder is None or self.old.files.get(path) != fingerprint:
            return False
        return self._link(path)

    def write(self, path: str, content: bytes) -> None:
        """Puts a file into the release; as a link when the last release had the same bytes."""
        if (before := self.before(path)) is not None and before == content and self._link(path):
            return
        with open(self._place(path), "wb") as file:  # noqa: PTH123  (see _place)
            file.write(content)

    def before(self, path: str) -> bytes | None:
        """The file as it was in the last release, if it was there."""
        if self.old_folder is None or path not in self.old.files:
            return None
        try:
            return (self.old_folder / path).read_bytes()
        except OSError:
            return None

    def read(self, path: str) -> bytes:
        """A file that was put into the release."""
        return (self.folder / path).read_bytes()

    def _link(self, path: str) -> bool:
        if self.old_folder is None:
            return False
        try:
            os.link(f"{self.old_folder}/{path}", self._place(path))
        except OSError:
            return False
        return True

    def _place(self, path: str) -> str:
        """Where a file goes, in a folder that is there. Plain texts: a Path per file would take as long as the file."""
        folder, _, name = path.rpartition("/")
        if folder not in self._made:
            try:
                os.mkdir(f"{self.folder}/{folder}")  # noqa: PTH102  (as above)
            except OSError:
                os.makedirs(f"{self.folder}/{folder}", exist_ok=True)  # noqa: PTH103  (as above)
            self._made.add(folder)
        return f"{self.folder}/{folder}/{name}"


@contextmanager
def the_press(site: Path) -> Iterator[None]:
    """Holds the press: one build at a time per site folder; another one waits."""
    (site / "releases").mkdir(parents=True, exist_ok=True)
    with (site / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def current(site: Path) -> str | None:
    """The release that is online, if any."""
    try:
        return Path(os.readlink(site / "current")).name  # noqa: PTH115  (the name in the link, not the place it leads to)
    except OSError:
        return None


def manifest(site: Path, release: str | None) -> Manifest:
    """The manifest of a release; an empty one when it has none."""
    try:
        files = json.loads((site / "releases" / f"{release}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        files = {}
    return Manifest(release or "", files)


def start(site: Path, release: str) -> Draft:
    """A new, empty draft. Drafts that a killed press left behind are removed."""
    releases = site / "releases"
    for left in releases.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = releases / f"{_UNFINISHED}{release}"
    folder.mkdir()
    online = current(site)
    return Draft(folder, releases / online if online else None, manifest(site, online))


def abandon(draft: Draft) -> None:
    """Throws a draft away."""
    shutil.rmtree(draft.folder, ignore_errors=True)


def finish(site: Path, draft: Draft, files: Mapping[str, str]) -> str:
    """Makes a draft a release and switches to it; returns its id."""
    release = draft.folder.name.removeprefix(_UNFINISHED)
    releases = site / "releases"
    place = releases / release
    if place.exists():
        shutil.rmtree(place)
    _write_whole(releases / f"{release}.json", json.dumps(files, separators=(",", ":")))
    draft.folder.rename(place)
    switch(site, release)
    _prune(site)
    return release


def switch(site: Path, release: str) -> None:
    """Puts a release online in one step: readers get the old site or the new one, never something between."""
    link = site / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / release)
    link.replace(site / "current")
    os.utime(site / "releases" / release)


def _write_whole(path: Path, text: str) -> None:
    fresh = path.with_suffix(".new")
    fresh.write_text(text, encoding="utf-8")
    fresh.replace(path)


def _prune(site: Path) -> None:
    """Keeps the newest releases; the one online always."""
    releases = [path for path in (site / "releases").iterdir() if path.is_dir() and not path.name.startswith(".")]
    newest = sorted(releases, key=lambda path: path.stat().st_mtime_ns, reverse=True)
    for path in newest[KEPT:]:
        if path.name != current(site):
            # The manifest first: a folder without one is no release, however much of it a killed press left behind.
            path.with_suffix(".json").unlink(missing_ok=True)
            shutil.rmtree(path, ignore_errors=True)
