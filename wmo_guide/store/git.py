"""Git, run as a command: without hooks, without anybody's own settings, and waiting for no keyboard."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.attributesFile=/dev/null",
    "core.excludesFile=/dev/null",
    "core.autocrlf=false",
    "core.fsmonitor=false",
    "core.fsync=committed,pack-metadata,reference",
    "fastimport.unpackLimit=1",
    "core.quotePath=false",
    "commit.gpgSign=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "advice.detachedHead=false",
    "safe.directory=*",
)
_OPTIONS = tuple(part for one in _SETTINGS for part in ("-c", one))
_KEPT = ("PATH", "TMPDIR", "LD_LIBRARY_PATH")


class GitError(RuntimeError):
    """Git could not do what was asked; the message is git's own."""


class Git:
    """The git of one working copy."""

    def __init__(self, folder: Path, work_tree: Path | None = None, keep_open: Sequence[int] = ()) -> None:
        """`work_tree`: files elsewhere than beside the history. `keep_open`: handles that git inherits, such as a lock."""
        self._where = [f"--git-dir={folder / '.git'}", f"--work-tree={work_tree or folder}"]
        self._folder = work_tree or folder
        self._keep_open = tuple(keep_open)

    def run(self, *arguments: str, given: bytes = b"", env: Mapping[str, str] | None = None) -> bytes:
        """What git answers. Raises GitError."""
        command = ["git", *_OPTIONS, *self._where, *arguments]
        done = subprocess.run(  # noqa: S603  (a list of arguments, never a shell)
            command,
            cwd=self._folder,
            env={**_environment(), **(env or {})},
            input=given,
            capture_output=True,
            check=False,
            pass_fds=self._keep_open,
        )
        if done.returncode:
            told = done.stderr.decode("utf-8", "replace").strip()
            raise GitError(f"git {arguments[0]}: {told or f'exit code {done.returncode}'}")
        return done.stdout

    def text(self, *arguments: str) -> str:
        """The same as text, without the line end."""
        return self.run(*arguments).decode("utf-8", "surrogateescape").rstrip("\n")


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    return {
        **kept,
        "HOME": "/nonexistent",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
        "TZ": "UTC",
    }
