"""Whether the code that this process runs is still the code on disk. After a deploy it isn't."""

from __future__ import annotations

import hashlib
import os
import sysconfig
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from wmo_guide.publication import ROOT

_PARTS = ("wmo_guide", "provider_forms", "templates", "mkdocs.yml")
_LIBRARIES = Path(sysconfig.get_path("purelib"))


class RunningCode:
    """The code, templates and libraries as they are on disk when this is made."""

    def __init__(self) -> None:
        self._stamp, self._digest = _stamp(), _digest()

    def is_old(self) -> bool:
        """Whether something else stands on disk now. Files that were only touched are no reason."""
        stamp = _stamp()
        if stamp == self._stamp:
            return False
        if _digest() != self._digest:
            return True
        self._stamp = stamp
        return False


def _stamp() -> int:
    """Changes whenever a file is written: a quick look, for before every job."""
    found = [_when(path) for path in _files()]
    return hash((*found, _when(_LIBRARIES)))


def _when(path: str | Path) -> tuple[str, int, int, int]:
    with suppress(OSError):  # it went away between two looks
        seen = os.stat(path)  # noqa: PTH116  (half as quick as a Path, and there are hundreds)
        return str(path), seen.st_mtime_ns, seen.st_size, seen.st_ino
    return str(path), 0, 0, 0


def _digest() -> str:
    digest = hashlib.blake2b(digest_size=16)
    for path in _files():
        digest.update(path.encode())
        with suppress(OSError):
            digest.update(Path(path).read_bytes())
    for name in sorted(path.name for path in _LIBRARIES.glob("*.dist-info")):  # the names tell the versions
        digest.update(name.encode())
    return digest.hexdigest()


def _files() -> Iterator[str]:
    for part in _PARTS:
        place = ROOT / part
        if place.is_file():
            yield str(place)
        for folder, inner, names in os.walk(place):
            inner[:] = sorted(name for name in inner if name != "__pycache__" and not name.startswith("."))
            yield from (f"{folder}/{name}" for name in sorted(names) if not name.startswith("."))
