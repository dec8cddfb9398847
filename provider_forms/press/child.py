"""The press as a child of the application: starts with it, is started again when it ends, and ends with it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from wmo_guide.publication import ROOT

_SETTINGS = ("SITE_DIR", "CONTENT_DIR", "VAR_DIR", "CACHE_DIR", "DATABASE_URL", "BASE_URL")
_PATIENCE = 20
"""Seconds in which a press that is told to stop finishes what it is at."""
_PAUSE = 1.0
"""Seconds before a press that ended is started again."""


class PressProcess:
    """A press in a process of its own. It ends by itself when this process does, however that ends."""

    def __init__(self, config: Mapping[str, Any]) -> None:
        """Starts it with the settings of the application."""
        self._env = {**os.environ, **{f"WMO_{name}": _text(config[name]) for name in _SETTINGS}}
        self._theirs, self._ours = os.pipe()
        self._started, self._told = os.pipe()
        self._stopping = threading.Event()
        self._process = self._start("--started", str(self._told))
        os.close(self._told)
        self._watcher = threading.Thread(target=self._watch, name="press", daemon=True)
        self._watcher.start()

    @property
    def number(self) -> int:
        """The process that works now."""
        return self._process.pid

    def wait_for_guide(self) -> None:
        """Waits until its first turn is over, or it has ended."""
        os.read(self._started, 1)

    def stop(self) -> None:
        """Lets it finish what it is at, and end."""
        self._stopping.set()
        os.close(self._ours)
        os.close(self._started)
        self._watcher.join(_PATIENCE)
        if self._watcher.is_alive():  # killed at any moment, it leaves everything whole
            self._process.kill()
            self._watcher.join()
        os.close(self._theirs)

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  (our own module, with numbers)
            [sys.executable, "-m", __package__ or "", "--parent", str(self._theirs), *arguments],
            cwd=ROOT,
            env=self._env,
            pass_fds=(self._theirs, *((self._told,) if arguments else ())),
        )

    def _watch(self) -> None:
        """Whatever ended it: what was approved doesn't wait until somebody notices."""
        self._process.wait()
        while not self._stopping.wait(_PAUSE):
            self._process = self._start()
            self._process.wait()


def _text(value: object) -> str:
    return str(value) if isinstance(value, str | Path) else ""
