"""Releases of the site: each a folder of its own, made aside and switched to in one step.

    site/current            -> releases/<id>, what is online
    site/releases/<id>/     a whole site
    site/releases/<id>.json which page was made from what, and the size of each file

Files of a release never change once they are written, so releases share unchanged files as hard links. Until the
switch nobody sees the new release; a press that is killed half-way leaves the old site as it was. A file that the disk
lost or cut short all the same is known by its size: of a release with such a file nothing is used again, and when it is
the one online it is mended in place. Everybody may read the files of a site: another user than the press serves them.
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from wmo_guide.guide.manifest import FILE_MODE, Manifest, sound, write_manifest

KEPT = 5
"""Number of releases that stay on disk."""
_FOLDER_MODE = 0o755
_UNFINISHED = ".new-"
_SPARE = "spare"
Put = TypeVar("Put")


class LostFileError(OSError):
    """The release that is online misses a file that its manifest names."""

    def __init__(self, path: str) -> None:
        super().__init__(errno.ENOENT, "een bestand van de site is kwijt of kapot", path)


@dataclass
class Draft:
    """A release in the making."""

    folder: Path
    old_folder: Path | None
    old: Manifest
    _sizes: dict[str, int] = field(default_factory=dict)

    base: Mapping[str, str] = field(default_factory=dict)
    """What stands in the folder already, when it was a release before: path -> fingerprint."""

    def reuse(self, path: str, fingerprint: str) -> bool:
        """Takes a file over from the last release if it was made from the same; tells whether it did."""
        if self.old_folder is None or self.old.files.get(path) != fingerprint:
            return False
        return self._link(path)

    def write(self, path: str, content: bytes) -> None:
        """Puts a file into the release; as a link when the last release had the same bytes."""
        if (before := self.before(path)) is not None and before == content and self._link(path):
            return
        with self._put(path, lambda place: open(place, "wb")) as file:  # noqa: PTH123  (a Path takes as long as the file)
            os.fchmod(file.fileno(), FILE_MODE)
            file.write(content)
        self._sizes[path] = len(content)

    def fill(self, files: Mapping[str, str], fresh: Mapping[str, bytes]) -> None:
        """Makes the folder hold these files and no others. What is not `fresh` is taken over from the last release."""
        for path in self.base.keys() - files.keys():
            self._remove(path)
            self._remove_empty(path.rpartition("/")[0])
        for path, content in fresh.items():
            self._remove(path)
            self.write(path, content)
        others = [path for path, fingerprint in files.items() if self.base.get(path) != fingerprint]
        for path in others:
            if path not in fresh:
                self._remove(path)
                if not self._link(path):
                    raise LostFileError(path)

    def _remove(self, path: str) -> None:
        """A file that was here goes; never written over, for other releases share it."""
        if path in self.base:
            (self.folder / path).unlink(missing_ok=True)

    def _remove_empty(self, folder: str) -> None:
        while folder:
            try:
                (self.folder / folder).rmdir()
            except OSError:
                return
            folder = folder.rpartition("/")[0]

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
        old = f"{self.old_folder}/{path}"
        try:
            self._put(path, lambda place: os.link(old, place))
        except OSError:
            return False
        return True

    def _put(self, path: str, put: Callable[[str], Put]) -> Put:
        """What comes of putting a file where it goes, in a folder that is made when it isn't there."""
        place = f"{self.folder}/{path}"
        try:
            return put(place)
        except FileNotFoundError:
            self._make_folder_of(path)
            return put(place)

    def _make_folder_of(self, path: str) -> None:
        if folder := path.rpartition("/")[0]:
            try:
                _make_folder(f"{self.folder}/{folder}")
            except FileNotFoundError:
                self._make_folder_of(folder)
                _make_folder(f"{self.folder}/{folder}")

    def sizes(self, files: Collection[str]) -> dict[str, int]:
        """Bytes of each of these files: those that were written here, and of others as the last release knew them."""
        known = {**self.old.sizes, **self._sizes}
        unknown = dict.fromkeys(set(files).difference(known), -1)
        for path in known.keys() - files:
            del known[path]
        return known | unknown


@contextmanager
def the_press(site: Path) -> Iterator[None]:
    """Holds the press: one build at a time per site folder; another one waits."""
    site.parent.mkdir(parents=True, exist_ok=True)
    for folder in (site, site / "releases"):
        _make_folder(f"{folder}")
    with (site / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def current(site: Path) -> str | None:
    """The release that is online, if any."""
    try:
        return Path(os.readlink(site / "current")).name  # noqa: PTH115  (the name in the link, not the place it leads to)
    except OSError:
        return None


def start(site: Path, release: str) -> Draft:
    """A new, empty draft, that takes over files of the release online when it is sound.

    Drafts that a killed press left behind are removed.
    """
    online = current(site)
    return _start(site, release, sound(site, online))


def _start(site: Path, release: str, old: Manifest) -> Draft:
    releases = site / "releases"
    for left in releases.glob(f"{_UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    folder = releases / f"{_UNFINISHED}{release}"
    _make_folder(f"{folder}")
    online = current(site)
    return Draft(folder, releases / online if online else None, old)


def spare(site: Path) -> Draft:
    """A draft for a release to come, with all that stands in the one that is online.

    Where there are more releases than are kept, the oldest becomes the draft: that saves linking and removing thousands
    of files. Drafts that a killed press left behind are removed. Raises LostFileError when the one online is damaged.
    """
    releases = site / "releases"
    old = sound(site, current(site))
    if not old.files:
        raise LostFileError(f"{site}/current")
    oldest = _oldest(site)
    base = sound(site, oldest).files
    draft = replace(_start(site, _SPARE, old), base=base)
    if oldest and base:
        # The manifest first: a folder without one is no release, whatever is done to it.
        (releases / f"{oldest}.json").unlink(missing_ok=True)
        draft.folder.rmdir()
        (releases / oldest).rename(draft.folder)
    draft.fill(old.files, {})
    return replace(draft, base=old.files)


def take(site: Path, spare: Draft, release: str) -> Draft | None:
    """The spare as the draft of a release; None when it was made for another release than the one that is online."""
    online = current(site)
    if spare.old_folder != site / "releases" / str(online):
        return None
    folder = spare.folder.with_name(f"{_UNFINISHED}{release}")
    try:
        spare.folder.rename(folder)
    except OSError:
        return None
    return replace(spare, folder=folder)


def _oldest(site: Path) -> str:
    """The oldest release when there are more than are kept; never the one that is online."""
    names = _newest(site)
    return names[-1] if len(names) > KEPT and names[-1] != current(site) else ""


def abandon(draft: Draft) -> None:
    """Throws a draft away."""
    shutil.rmtree(draft.folder, ignore_errors=True)


def finish(site: Path, draft: Draft, files: Mapping[str, str], kept: int = KEPT) -> str:
    """Makes a draft a release and switches to it; returns its id. Releases beyond those that are kept go."""
    release = draft.folder.name.removeprefix(_UNFINISHED)
    releases = site / "releases"
    place = releases / release
    told = Manifest(release, files, draft.sizes(files))
    if release == current(site) and place.is_dir():
        _mend(place, draft, files)
        write_manifest(site, told)
    else:
        if place.exists():
            shutil.rmtree(place)
        write_manifest(site, told)
        draft.folder.rename(place)
    os.sync()  # after a power cut, what is online is on disk: the switch may get there long before the files
    switch(site, release)
    _prune(site, kept)
    return release


def _mend(place: Path, draft: Draft, files: Mapping[str, str]) -> None:
    """Puts the files of a draft in the place of damaged ones in the same release, while readers have it before them."""
    for path in files:
        target = place / path
        if not target.exists() or not target.samefile(draft.folder / path):
            for folder in [*Path(path).parents][-2::-1]:
                _make_folder(f"{place / folder}")
            (draft.folder / path).replace(target)
    for found in place.rglob("*"):
        if not found.is_dir() and found.relative_to(place).as_posix() not in files:
            found.unlink()
    abandon(draft)


def _make_folder(folder: str) -> None:
    """Makes a folder, when it isn't there, that all may look into whatever the process's umask."""
    try:
        os.mkdir(folder)  # noqa: PTH102  (for hundreds of folders)
    except FileExistsError:
        return
    os.chmod(folder, _FOLDER_MODE)  # noqa: PTH101  (as above)


def switch(site: Path, release: str) -> None:
    """Puts a release online in one step: readers get the old site or the new one, never something between."""
    link = site / ".current"
    link.unlink(missing_ok=True)
    link.symlink_to(Path("releases") / release)
    link.replace(site / "current")
    os.utime(site / "releases" / release)


def _newest(site: Path) -> list[str]:
    """All releases, the newest first."""
    releases = [path for path in (site / "releases").iterdir() if path.is_dir() and not path.name.startswith(".")]
    return [path.name for path in sorted(releases, key=lambda path: path.stat().st_mtime_ns, reverse=True)]


def _prune(site: Path, kept: int) -> None:
    """Keeps the newest releases; the one online always."""
    for name in _newest(site)[kept:]:
        if name != current(site):
            # The manifest first: a folder without one is no release, however much of it a killed press left behind.
            (site / "releases" / f"{name}.json").unlink(missing_ok=True)
            shutil.rmtree(site / "releases" / name, ignore_errors=True)
