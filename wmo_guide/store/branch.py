"""The branch that a history began with. Only there is anything kept, or what was kept is gone when somebody goes back."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from wmo_guide.store.git import GitError
from wmo_guide.store.write import write_whole

BRANCH = "main"
"""The branch of a history that we begin ourselves."""
_NOTE = "wmo-gids.branch"
"""Holds its name, beside git's own files."""
_HEADS = "refs/heads/"
_AWAY = "De map met inhoud staat op de tak {there}. Ga terug met: git switch {home}"
_DETACHED = "De map met inhoud staat op een oude versie (detached HEAD). Ga terug met: git switch {home}"


class Branch:
    """The branch of one history; `folder` is git's own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def remember(self) -> None:
        """Notes the branch that is checked out now, once."""
        there = self._there()
        if there and not self._home():
            with suppress(OSError):  # who may only read can't keep anything either
                write_whole(self._folder / _NOTE, f"{there}\n")

    def ref(self) -> str:
        """Git's name for it. Raises GitError when another branch, or an old version, is checked out."""
        there, home = self._there(), self._home()
        if not there:
            raise GitError(_DETACHED.format(home=home or BRANCH))
        if home and there != home:
            raise GitError(_AWAY.format(there=there, home=home))
        return f"{_HEADS}{there}"

    @property
    def astray(self) -> str:
        """The way back to the branch; empty when it is checked out."""
        try:
            self.ref()
        except GitError as error:
            return str(error)
        return ""

    def _there(self) -> str:
        """The branch that is checked out; empty when none is."""
        told = (self._folder / "HEAD").read_text(encoding="utf-8").strip()
        return told.removeprefix("ref: ").removeprefix(_HEADS) if told.startswith("ref: ") else ""

    def _home(self) -> str:
        try:
            return (self._folder / _NOTE).read_text(encoding="utf-8").strip()
        except OSError:
            return ""
