"""A copy of the newest version of a content folder, apart from the folder itself.

The press reads the copy: what somebody is half-way changing by hand in the folder is not published with the next
approval, and what fails the gates never stands in the folder.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from wmo_guide.store.git import Git, GitError


class Mirror:
    """A folder that holds exactly what one version holds. For one process at a time."""

    def __init__(self, content: Path, folder: Path) -> None:
        """`content` has a history; `folder` is where the copy goes."""
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._index = folder.with_name(f"{folder.name}.index")
        self._git = Git(content, folder)
        self.version = ""
        """The version it holds; empty before the first."""

    def bring(self, version: str) -> tuple[str, ...] | None:
        """Makes the copy hold a version. Tells which files are other ones; None when any may be."""
        before, self.version = self.version, ""
        self._index.with_name(f"{self._index.name}.lock").unlink(missing_ok=True)
        try:
            self._run("read-tree", "--reset", "-u", version)
        except GitError:  # what git remembers of the copy is damaged, as after a power cut
            self._index.unlink(missing_ok=True)
            self._run("read-tree", "--reset", "-u", version)
        changed = None
        if before:
            told = self._run("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", before, version)
            changed = tuple(path for path in told.decode("utf-8", "surrogateescape").split("\0") if path)
        else:  # what a killed press left behind
            self._run("checkout-index", "--force", "--all", "--quiet")
            self._run("clean", "-ffdxq")
        self.version = version
        return changed

    def holds(self, version: str, paths: Collection[str]) -> None:
        """Notes that the copy holds a version, if that differs from the one before in no more than these files.

        Otherwise somebody committed something else in between, and the next `bring` tells.
        """
        told = self._run("diff-tree", "-r", "-z", "--no-commit-id", "--name-only", self.version, version)
        if {path for path in told.decode("utf-8", "surrogateescape").split("\0") if path} <= set(paths):
            self.version = version

    def text(self, path: str) -> str | None:
        """A file of the copy; None when it isn't there."""
        try:
            return (self.folder / path).read_bytes().decode("utf-8", "surrogateescape")
        except OSError:
            return None

    def put(self, path: str, text: str | None) -> None:
        """Changes the copy alone."""
        place = self.folder / path
        if text is None:
            place.unlink(missing_ok=True)
        else:
            place.parent.mkdir(parents=True, exist_ok=True)
            fresh = place.with_name(f".new-{place.name}")
            fresh.write_bytes(text.encode("utf-8", "surrogateescape"))
            fresh.replace(place)

    def _run(self, *arguments: str) -> bytes:
        return self._git.run(*arguments, env={"GIT_INDEX_FILE": str(self._index)})
