"""The content that forms are held against: the region's standards and a provider's file, as they stand right now."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Literal, overload

from flask import g

from provider_forms.web.desk import desk
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.domain.standards import Standards
from wmo_guide.domain.upkeep import Upkeep
from wmo_guide.domain.values import parse_slug
from wmo_guide.store.reader import Reader
from wmo_guide.store.shared import load_upkeep
from wmo_guide.store.standards import load_shared, load_standards

_PROVIDERS = "providers"
_Stamp = tuple[tuple[str, int, int], ...]
_LOCK = Lock()
_KEPT: dict[tuple[Path, str], tuple[_Stamp, Standards]] = {}
"""The last good standards of each region; a shared value that never changes itself."""


class ContentError(Exception):
    """The content of a region can't be read, so no form of it can be shown. Staff must mend the named problems."""


@dataclass(frozen=True)
class Published:
    """A provider as it stands in content/."""

    file: ProviderFile
    digest: str
    """Fingerprint of the file."""


@overload
def standards(region: str) -> Standards: ...
@overload
def standards(region: str, *, or_none: Literal[True]) -> Standards | None: ...
def standards(region: str, *, or_none: bool = False) -> Standards | None:
    """The standards of a region, read again when a file changed, and the same all through one answer.

    Raises ContentError when they can't be read, or gives None if asked so.
    """
    found: dict[str, Standards | None] = g.setdefault("standards", {})
    if region not in found:
        found[region] = read_standards(desk().content, region)
    if found[region] is None and not or_none:
        raise ContentError(f"The standards of {region} in {desk().content} can't be read: run the build for problems.")
    return found[region]


def read_standards(content: Path, region: str) -> Standards | None:
    """The standards in a content folder; None when they can't be read."""
    if not _is_slug(region) or not (content / "regions" / region / "region.yaml").is_file():
        return None
    stamp = tuple(_stamps(content, region))
    with _LOCK:
        kept = _KEPT.get((content, region))
        if kept and kept[0] == stamp:
            return kept[1]
        reader = Reader(content)
        fresh = load_standards(reader, region, load_shared(reader))
        if fresh is not None:
            _KEPT[content, region] = (stamp, fresh)
        return fresh


def read_upkeep(content: Path) -> Upkeep | None:
    """What readers can report, and what is kept how long; None when nobody told, or it can't be read."""
    file = content / "shared" / "upkeep.yaml"
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    return _upkeep(content, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=4)
def _upkeep(content: Path, _changed: int, _size: int) -> Upkeep | None:
    return load_upkeep(Reader(content))


def provider_file(region: str, slug: str) -> ProviderFile | None:
    """A provider's file as it stands in content/; None when there is none yet or it can't be read."""
    found = published(region, slug)
    return found.file if found else None


def published(region: str, slug: str) -> Published | None:
    """A provider's file with its fingerprint."""
    return read_published(desk().content, region, slug)


def read_published(content: Path, region: str, slug: str) -> Published | None:
    """A provider's file in a content folder, with its fingerprint."""
    name = f"regions/{region}/{_PROVIDERS}/{slug}.yaml"
    reader = Reader(content)
    if not (_is_slug(region) and _is_slug(slug) and reader.exists(name)):
        return None
    file = reader.record(ProviderFile, name)
    return Published(file, reader.digests[name]) if file else None


def _is_slug(text: str) -> bool:
    try:
        parse_slug(text)
    except InvalidValueError:
        return False
    return True


def _stamps(content: Path, region: str) -> Iterator[tuple[str, int, int]]:
    """What tells the files behind a region's standards from their later selves."""
    for folder in ("questions", "shared", f"regions/{region}"):
        yield from _folder(str(content / folder))
    for path in sorted(content.glob("*.yaml")):
        state = path.stat()
        yield str(path), state.st_mtime_ns, state.st_size


def _folder(folder: str) -> Iterator[tuple[str, int, int]]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if not entry.is_dir():
            state = entry.stat()
            yield entry.path, state.st_mtime_ns, state.st_size
        elif entry.name != _PROVIDERS:
            yield from _folder(entry.path)
