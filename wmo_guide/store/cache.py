"""Parsed and validated providers, kept between builds in one file per region.

An entry holds only while the file's stamp (time, size, inode), the region's standards, the code of the domain and the
store, and the versions of Python and pydantic are what they were. The file is a pickle: it lies in a folder that only
the owner may write to, next to the code itself; whoever can change it can change the code.
"""

from __future__ import annotations

import gc
import hashlib
import os
import pickle
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import TypeAlias

import pydantic

import wmo_guide
from wmo_guide.domain.checks import last_day
from wmo_guide.domain.provider import Provider
from wmo_guide.racy import RACY_NS

Stamp: TypeAlias = str
"""Times, size and inode of a file; empty when it can't be trusted. One text takes far less room than four numbers."""


_NOTHING: tuple[Mapping[str, Stamp], Mapping[str, Provider], date] = ({}, {}, date.min)


@dataclass(frozen=True)
class ProviderCache:
    """The entries that held at the last build, if their key still fits."""

    path: Path | None
    key: str
    stamps: Mapping[str, Stamp]
    providers: Mapping[str, Provider]
    last_day: date
    """The last day on which any of these providers says that something happened."""
    latest: int
    """A file touched after this moment is not trusted yet."""

    @classmethod
    def open(cls, folder: Path | None, region: str, standards: str) -> ProviderCache:
        """The cache of a region. A missing, damaged or outdated file gives an empty one."""
        key = f"{_code_digest()} {standards}"
        latest = time.time_ns() - RACY_NS
        if folder is None:
            return cls(None, key, *_NOTHING, latest)
        path = folder / f"providers-{region}.pickle"
        return cls(path, key, *_read(path, key), latest)

    @property
    def size(self) -> int:
        """Number of entries."""
        return len(self.providers)

    def get(self, file: str, stamp: Stamp) -> Provider | None:
        """The provider parsed from this file when it had this stamp."""
        return self.providers.get(file) if stamp and self.stamps.get(file) == stamp else None

    def stamp(self, path: str | Path) -> Stamp:
        """What tells a file from its later self."""
        try:
            state = os.stat(path)  # noqa: PTH116  (a Path for each of thousands of files takes longer than the look)
        except OSError:
            return ""
        changed, touched = state.st_mtime_ns, state.st_ctime_ns
        if changed > self.latest or touched > self.latest:
            return ""
        return f"{changed} {touched} {state.st_size} {state.st_ino}"

    def save(self, stamps: Mapping[str, Stamp], providers: Mapping[str, Provider]) -> None:
        """Writes the providers for the next build, whole or not at all; a folder that can't be written to is no matter.

        `stamps` has one for each of their files, and may have more.
        """
        if self.path is None:
            return
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle, name = tempfile.mkstemp(dir=self.path.parent, prefix=".providers-")
            try:
                with os.fdopen(handle, "wb") as stream:
                    last = max(map(last_day, providers.values()), default=date.min)
                    for part in (self.key, {file: stamps[file] for file in providers}, [*providers.values()], last):
                        pickle.dump(part, stream, protocol=5)
                Path(name).replace(self.path)
            finally:
                Path(name).unlink(missing_ok=True)


def _read(path: Path, key: str) -> tuple[Mapping[str, Stamp], Mapping[str, Provider], date]:
    try:
        with path.open("rb") as stream:
            if pickle.load(stream) != key:  # noqa: S301  (our own file, see the module's docstring)
                return _NOTHING
            stamps, providers, last = (pickle.load(stream) for _ in range(3))  # noqa: S301  (as above)
            return stamps, dict(zip(stamps, providers, strict=True)), last
    except Exception:  # noqa: BLE001  (whatever is wrong with a cache, the answer is to do without)
        return _NOTHING
    finally:
        gc.freeze()  # what is kept need not be looked through again and again


@lru_cache
def _code_digest() -> str:
    digest = hashlib.blake2b(f"{sys.version} {pydantic.VERSION}".encode(), digest_size=16)
    root = Path(wmo_guide.__file__).parent
    for path in sorted([*root.glob("domain/**/*.py"), *root.glob("store/**/*.py")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()
