"""The list of a release's files: which was made from what, and how long each is."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import orjson

FILE_MODE = 0o644
"""Everybody may read the files of a site: another user than the press serves them."""


@dataclass(frozen=True)
class Manifest:
    """Which file of a release was made from what: path below the site's root -> fingerprint of its inputs."""

    release: str
    files: Mapping[str, str]
    sizes: Mapping[str, int] = field(default_factory=dict)
    """Bytes of each file."""


def manifest(site: Path, release: str | None) -> Manifest:
    """The manifest of a release; an empty one when it has none."""
    try:
        told = orjson.loads(_place(site, release).read_bytes())
        files, sizes = dict(told["files"]), dict(told["sizes"])
    except (OSError, ValueError, KeyError, TypeError):
        files, sizes = {}, {}
    return Manifest(release or "", files, sizes)


def write_manifest(site: Path, told: Manifest) -> None:
    """Puts the manifest of a release beside it, whole."""
    path = _place(site, told.release)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps({"files": dict(told.files), "sizes": dict(told.sizes)}))
    fresh.replace(path)


def sound(site: Path, release: str | None) -> Manifest:
    """The manifest of a release of which every file is there, has its size and can be read by all; else an empty one."""
    found = manifest(site, release)
    return found if _is_sound(f"{site}/releases/{release}", found) else Manifest(found.release, {})


def _is_sound(folder: str, found: Manifest) -> bool:
    try:
        for path in found.files:
            seen = os.stat(f"{folder}/{path}")  # noqa: PTH116  (thousands of files, and a Path for each takes longer)
            if seen.st_size != found.sizes.get(path) or seen.st_mode & FILE_MODE != FILE_MODE:
                return False
    except OSError:
        return False
    return True


def _place(site: Path, release: str | None) -> Path:
    return site / "releases" / f"{release}.json"
