"""The history of a content folder: every change with who, when and why, kept by git.

Whatever happens in between, each file is whole, the history is sound, and doing the same commit again finishes what was
begun without doing it twice. What somebody changed by hand is never overwritten.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from wmo_guide.store.branch import BRANCH, Branch
from wmo_guide.store.git import Git, GitError
from wmo_guide.store.made import Asked, Made
from wmo_guide.store.still import still
from wmo_guide.store.versions import (
    FORMAT,
    OURS,
    VERSION,
    Change,
    Signature,
    Version,
    checked,
    named,
    records,
    stream,
    version_of,
    who_env,
)
from wmo_guide.store.write import write_whole

__all__ = ["OURS", "BusyError", "Change", "ConflictError", "History", "Signature", "Version"]

_RECENT = 100  # so far back a commit that is made again is looked for
_PATIENCE = 5.0
"""Seconds to wait for somebody who is using git in this folder."""
_LOCKS = ("index.lock", "HEAD.lock", f"refs/heads/{BRANCH}.lock", "config.lock", "packed-refs.lock", "shallow.lock")
_PACKING = ("-c", "gc.auto=2000", "-c", "gc.autoPackLimit=100", "-c", "gc.autoDetach=false")
"""After so many loose things or packs: each version adds a pack."""
_NEVER_CONTENT = ".new-*\n"
"""Files that are being written, for git to pass over."""


class ConflictError(Exception):
    """These files were changed by hand in the content folder; nothing was written."""

    def __init__(self, paths: Sequence[str]) -> None:
        self.paths = tuple(paths)
        super().__init__(
            f"Iemand heeft {', '.join(paths)} met de hand veranderd. Leg die verandering eerst vast met git, of haal haar weg."
        )


class BusyError(Exception):
    """Somebody else is using git in the content folder."""

    def __init__(self) -> None:
        super().__init__("Iemand gebruikt git in de map met inhoud. Probeer het zo opnieuw.")


class History:
    """The history of one content folder. One writer at a time; readers need not wait."""

    def __init__(self, content: Path) -> None:
        """Makes the history when there is none yet, with all files as they are for its first step."""
        self.content = content
        self.folder = content / ".git"
        self._git = Git(content)
        self._branch = Branch(self.folder)
        self._read_at: tuple[str, dict[str, str | None]] = ("", {})
        """Files of a version, read before: the newest one is asked for twice in a row."""
        self._made = Made(lambda: self.versions(limit=_RECENT), _RECENT)
        if not (self.folder / "HEAD").is_file() or not self._has_head():
            self._begin()
        self._branch.remember()

    @property
    def astray(self) -> str:
        """What to do before anything can be kept; empty when the branch that the history began with is checked out."""
        return self._branch.astray

    def head(self) -> str:
        """The newest version."""
        try:  # as a file, where it is one: a hundred times quicker than asking git
            found = (self.folder / self._branch.ref()).read_text(encoding="ascii").strip()
        except (OSError, GitError):
            found = ""
        return found if VERSION.fullmatch(found) else self._git.text("rev-parse", "--verify", "HEAD^{commit}")

    def commit(
        self, changes: Sequence[Change], message: str, author: Signature, committer: Signature, at: datetime
    ) -> str:
        """Writes the files and keeps them as one version; gives its id.

        The same commit once more gives the same id and does nothing but finish what was broken off; when the files are
        already as asked, it gives the newest version. Raises ConflictError, BusyError, GitError.
        """
        self._branch.ref()  # on another branch it would be gone when somebody goes back
        wanted = {checked(change.path): change.text for change in changes}
        with self._writing() as (git, broken_off):
            if broken_off:
                self._mend(git)
            asked = Asked.of(message, author, committer, at)
            if made := self._made.version(asked, self.head()):
                return made
            # What was written before a crash stands there already; anything else is somebody's own.
            kept = self._texts(list(wanted))
            if strange := self._strange(changes, kept):
                raise ConflictError(strange)
            if kept == wanted:
                return self.head()
            for path, text in wanted.items():
                self._put(path, text)
            version = self._keep(git, wanted, message, (author, committer), at)
            self._made.add(asked, version)
            return version

    def conflicts(self, changes: Sequence[Change]) -> tuple[str, ...]:
        """Files of these changes that somebody changed by hand and didn't commit."""
        return self._strange(changes, self._texts(list({checked(change.path): None for change in changes})))

    def _strange(self, changes: Sequence[Change], kept: Mapping[str, str | None]) -> tuple[str, ...]:
        """Of these files those that are neither what was kept nor what is to be."""
        allowed = {path: {text} for path, text in kept.items()}
        for change in changes:
            allowed[change.path].add(change.text)
        return tuple(path for path, texts in allowed.items() if _read(self.content / path) not in texts)

    def put_back(self, changes: Sequence[Change]) -> None:
        """Where a commit of these changes was broken off after writing a file, the file becomes what it was."""
        with self._writing():
            kept = self._texts([checked(change.path) for change in changes])
            for change in changes:
                if _read(self.content / change.path) == change.text:
                    self._put(change.path, kept[change.path])

    def versions(self, path: str = "", limit: int = 100, skip: int = 0) -> tuple[Version, ...]:
        """The versions in which a file (or anything) changed, newest first."""
        where = ["--", checked(path)] if path else []
        told = self._git.run("log", f"--max-count={int(limit)}", f"--skip={int(skip)}", FORMAT, *where)
        return tuple(map(version_of, records(told)))

    def version(self, name: str) -> Version | None:
        """The version with this id."""
        if not VERSION.fullmatch(name) or name.endswith("~1"):
            return None
        try:
            told = self._git.run("log", "--max-count=1", FORMAT, name, "--")
        except GitError:
            return None
        return next(map(version_of, records(told)), None)

    def newer(self, version: str) -> frozenset[str]:
        """The versions that came after this one."""
        return frozenset(self._git.text("rev-list", f"{named(version)}..HEAD").split())

    def text(self, version: str, path: str) -> str | None:
        """A file as it was in a version; None when it wasn't there."""
        try:
            return self._git.run("cat-file", "blob", f"{named(version)}:{checked(path)}").decode("utf-8", "replace")
        except GitError:
            return None

    def paths(self, version: str) -> tuple[str, ...]:
        """All files of a version."""
        return tuple(self.files(version))

    def files(self, version: str) -> dict[str, str]:
        """All files of a version, each with git's name for what stands in it."""
        told = self._git.run("ls-tree", "-r", "-z", named(version)).decode("utf-8", "surrogateescape")
        rows = (row.partition("\t") for row in told.split("\0") if row)
        return {path: head.split(" ")[2] for head, _, path in rows}

    def touched(self, version: str) -> tuple[str, ...]:
        """The files that a version changed."""
        told = self._git.run("diff-tree", "-r", "-z", "--root", "--no-commit-id", "--name-only", named(version))
        return tuple(path for path in told.decode("utf-8", "surrogateescape").split("\0") if path)

    def outside_changes(self) -> tuple[str, ...]:
        """Files that were changed by hand and not committed."""
        return self._changed()

    def tidy(self) -> None:
        """Packs the history when much was added; safe at any moment, and no matter when it fails."""
        with self._writing() as (git, _):
            git.run(*_PACKING, "gc", "--auto", "--quiet")

    def _has_head(self) -> bool:
        try:
            self.head()
        except GitError:
            return False
        return True

    def _begin(self) -> None:
        self.content.mkdir(parents=True, exist_ok=True)
        self._git.run("init", "--quiet", f"--initial-branch={BRANCH}")
        info = self.folder / "info"
        info.mkdir(exist_ok=True)
        (info / "exclude").write_text(_NEVER_CONTENT, encoding="utf-8")
        with self._writing() as (git, _):
            if not self._has_head():
                git.run("add", "--all", "--", ".")
                message = "Begin van de geschiedenis\n"
                git.run(
                    "commit", "--quiet", "--allow-empty", "--cleanup=verbatim", "-F", "-",
                    given=message.encode(), env=who_env(OURS, OURS, datetime.now(UTC)),
                )  # fmt: skip

    @contextmanager
    def _writing(self) -> Iterator[tuple[Git, bool]]:
        """Holds the history, and tells whether the last one who held it was broken off.

        The lock is git's to inherit: a git that outlives a killed press keeps it until it is done.
        """
        with still(self.content) as lock:
            busy = self.folder / "wmo-gids.busy"
            broken_off = busy.exists()
            self._clear_locks(ours=broken_off)
            busy.touch()
            try:
                yield Git(self.content, keep_open=[lock]), broken_off
            except ConflictError:  # nothing was begun; after any other error the next one has to mend
                busy.unlink()
                raise
            busy.unlink()

    def _clear_locks(self, *, ours: bool) -> None:
        """Locks of our own git that was killed go; for a git of somebody else we wait."""
        until = time.monotonic() + _PATIENCE
        while left := [path for name in _LOCKS if (path := self.folder / name).exists()]:
            if ours:
                for path in left:
                    path.unlink(missing_ok=True)
            elif time.monotonic() > until:
                raise BusyError
            else:
                time.sleep(0.02)

    def _mend(self, git: Git) -> None:
        """Where a commit was made and git was killed before it had noted so, git is told."""
        git.run("read-tree", "HEAD")

    def _put(self, path: str, text: str | None) -> None:
        place = self.content / path
        if text is None:
            place.unlink(missing_ok=True)
        elif _read(place) != text:
            write_whole(place, text)

    def _texts(self, paths: Sequence[str]) -> Mapping[str, str | None]:
        """Files of the newest version."""
        version, known = self.head(), self._read_at
        if known[0] != version or not known[1].keys() >= set(paths):
            known = self._read_at = (version, self._asked(version, paths))
        return {path: known[1][path] for path in paths}

    def _asked(self, version: str, paths: Sequence[str]) -> dict[str, str | None]:
        """Files of a version, by one question to git."""
        asked = "".join(f"{version}:{path}\n" for path in paths).encode()
        told = self._git.run("cat-file", "--batch", given=asked)
        found: dict[str, str | None] = {}
        for path in paths:
            head, _, told = told.partition(b"\n")
            if head.endswith(b" missing"):
                found[path] = None
            else:
                size = int(head.rpartition(b" ")[2])
                found[path] = told[:size].decode("utf-8", "surrogateescape")
                told = told[size + 1 :]
        return found

    def _changed(self) -> tuple[str, ...]:
        told = self._git.run("status", "--porcelain", "-z", "--no-renames", "--untracked-files=all")
        return tuple(row[3:] for row in told.decode("utf-8", "surrogateescape").split("\0") if row)

    def _keep(
        self, git: Git, wanted: dict[str, str | None], message: str, who: tuple[Signature, Signature], at: datetime
    ) -> str:
        """Adds a version by git's own way in for programs: it is there whole, or not at all."""
        branch, before = self._branch.ref(), self.head()
        told, paths = stream(branch, before, wanted, message, who, at), "\0".join(wanted).encode()
        with ThreadPoolExecutor(1) as beside:
            # what git remembers of the files beside its history: of no account for what was kept
            noted = beside.submit(git.run, "update-index", "--add", "--remove", "-z", "--stdin", given=paths)
            git.run("fast-import", "--quiet", "--done", "--date-format=raw", given=told)
            noted.result()
        return self.head()


def _read(path: Path) -> str | None:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return None
