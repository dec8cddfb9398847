"""Whether anything that a build reads changed since the last one, told by the stamps of files and without reading them.

A build that ends well notes, beside the site, the stamps that it began with and the release that is online. While they
are the same there is nothing to read, to check or to make. Whatever can't be told for sure counts as changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import site as interpreter
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import NamedTuple

from wmo_guide.guide import release as releases
from wmo_guide.guide.manifest import sound
from wmo_guide.publication import Publication
from wmo_guide.racy import RACY_NS

_COMPILED = "__pycache__"
_CODE = ("wmo_guide", "templates", "mkdocs.yml", "build.py")
_NOTE = ".last"


class Unchanged(NamedTuple):
    """What is online already."""

    release: str
    pages: int


class _UnsureError(Exception):
    """Something of which a stamp doesn't tell all."""


def stamps_of(order: Publication) -> str:
    """A fingerprint of all that a build reads: changes when any file of content, code or templates may have changed.

    Takes in when and for where the guide is made, Python, and the folders of packages. Empty when it can't be told: a
    file was touched just now, or is a link to elsewhere.
    """
    told = hashlib.blake2b(digest_size=16)
    asked = (order.content.resolve(), order.root.resolve(), order.regions, order.day, order.latest, order.site)
    told.update(f"{sys.version} {asked}".encode())
    try:
        for line in _lines(order):
            told.update(line.encode("utf-8", "surrogateescape"))
    except (OSError, _UnsureError):
        return ""
    return told.hexdigest()


def _lines(order: Publication) -> Iterator[str]:
    for folder in (*interpreter.getsitepackages(), interpreter.getusersitepackages()):
        if os.path.isdir(folder):  # noqa: PTH112  (pathlib adds nothing here)
            yield f"{folder} {os.stat(folder).st_mtime_ns}\0"  # noqa: PTH116  (as above)
    latest = time.time_ns() - RACY_NS
    yield from _below(str(order.content), latest)
    for name in _CODE:
        yield from _below(str(order.root / name), latest, _COMPILED)


def _below(path: str, latest: int, but: str = "") -> Iterator[str]:
    """A line for each file and folder, in a fixed order, but for folders of one name.

    What is hidden, such as git's folder, is not read by a build.
    """
    seen = os.lstat(path)
    if S_ISREG(seen.st_mode):
        if max(seen.st_mtime_ns, seen.st_ctime_ns) > latest:
            raise _UnsureError
        yield f"{path} {seen.st_mtime_ns} {seen.st_ctime_ns} {seen.st_size} {seen.st_ino}\0"
    elif S_ISDIR(seen.st_mode):
        yield f"{path}\0"
        for name in sorted(os.listdir(path)):  # noqa: PTH208  (a Path for each of thousands of files takes longer)
            if name != but and (name.startswith("..") or not name.startswith(".")):
                yield from _below(f"{path}/{name}", latest, but)
    else:
        raise _UnsureError


def unchanged(order: Publication, stamps: str) -> Unchanged | None:
    """The release that is online, whole, and was made with these stamps; None when there is work to do."""
    if not stamps or releases.current(order.site_dir) is None:
        return None
    with releases.the_press(order.site_dir):
        online = releases.current(order.site_dir)
        if _noted(order.site_dir) != [stamps, online]:
            return None
        files = sound(order.site_dir, online).files
        return Unchanged(online or "", sum(path.endswith(".html") for path in files)) if files else None


def note(order: Publication, stamps: str, release: str) -> None:
    """Keeps the stamps with which a build began, and what came of it. A folder that can't be written to is no matter."""
    with suppress(OSError):
        if stamps:
            fresh = order.site_dir / f"{_NOTE}.new"
            fresh.write_text(json.dumps([stamps, release]), encoding="utf-8")
            fresh.replace(order.site_dir / _NOTE)


def _noted(site_dir: Path) -> object:
    try:
        return json.loads((site_dir / _NOTE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
