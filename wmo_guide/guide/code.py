"""A fingerprint of all code and templates that make pages."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib.metadata import version
from pathlib import Path

import wmo_guide
from wmo_guide.racy import RACY_NS

_PACKAGES = ("snowballstemmer", "jinja2", "markupsafe", "babel", "markdown", "mkdocs-material", "pydantic", "typst")


def code_digest(root: Path) -> str:
    """Changes when a page could come out otherwise from the same content.

    By our templates as they are now, or by our code and the libraries as this process has them in memory.
    """
    files = [path for path in sorted([*(root / "templates").rglob("*"), root / "mkdocs.yml"]) if path.is_file()]
    stamps = tuple((path, (seen := path.stat()).st_mtime_ns, seen.st_ctime_ns, seen.st_size) for path in files)
    if max((max(stamp[1:3]) for stamp in stamps), default=0) > time.time_ns() - RACY_NS:
        return _digest(tuple(files))
    return _digest_of(stamps)


def _digest(files: Sequence[Path]) -> str:
    digest = hashlib.blake2b(running_code().encode(), digest_size=16)
    for path in files:
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


@lru_cache(maxsize=4)
def _digest_of(stamps: Sequence[tuple[Path, int, int, int]]) -> str:
    """The same, remembered as long as no file was touched: a press that stays awake asks for each change."""
    return _digest([path for path, *_ in stamps])


@cache
def running_code() -> str:
    """A fingerprint of our code and of the libraries as this process has them in memory."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(wmo_guide.__file__).parent
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.js")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
