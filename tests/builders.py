"""A small, valid content folder that tests copy, and change one thing in.

What it holds stands in tests/sample: one region with a matrix of two axes, a former edition, and four providers; one
region without a matrix. Everything in it is invented.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.provider import Provider
from wmo_guide.domain.standards import Standards
from wmo_guide.store.load import Loaded, load
from wmo_guide.store.problem import Problem

SAMPLE = Path(__file__).parent / "sample"
REGION = "duinrand"
"""The region with a matrix."""
PLAIN_REGION = "veenpolder"
"""The region without one."""
HOME = f"regions/{REGION}"
TODAY = date(2026, 1, 15)
"""A day on which all offers of the sample are shown."""


@dataclass(frozen=True)
class ContentFolder:
    """A content folder on disk. Files are named as in a Problem: inside the folder, with forward slashes."""

    root: Path

    def path(self, file: str) -> Path:
        """Where a file lies."""
        return self.root / file

    def text(self, file: str) -> str:
        """What stands in a file."""
        return self.path(file).read_text(encoding="utf-8")

    def raw(self, file: str, data: str | bytes) -> None:
        """Writes a file, byte by byte."""
        path = self.path(file)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    def tree(self, file: str) -> Any:
        """The texts, lists and mappings in a YAML file."""
        return yaml.load(self.text(file), Loader=yaml.CBaseLoader)  # noqa: S506  (it builds texts only)

    def write(self, file: str, tree: Any) -> None:
        """Writes texts, lists and mappings as YAML, one key to a line."""
        self.raw(file, yaml.safe_dump(tree, allow_unicode=True, sort_keys=False, width=1000))

    def put(self, file: str, path: tuple[str | int, ...], value: Any) -> None:
        """Gives a key of a YAML file a value; the index one past a list's end appends."""
        tree = self.tree(file)
        place = _walk(tree, path[:-1])
        last = path[-1]
        if isinstance(place, list) and last == len(place):
            place.append(value)
        else:
            place[last] = value
        self.write(file, tree)

    def drop(self, file: str, path: tuple[str | int, ...]) -> None:
        """Takes a key out of a YAML file."""
        tree = self.tree(file)
        del _walk(tree, path[:-1])[path[-1]]
        self.write(file, tree)

    def swap(self, file: str, old: str, new: str) -> None:
        """Replaces a text that stands in a file exactly once."""
        text = self.text(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.raw(file, text.replace(old, new))

    def remove(self, file: str) -> None:
        """Deletes a file."""
        self.path(file).unlink()

    def load(
        self,
        regions: Collection[str] = (),
        cache_dir: Path | None = None,
        is_icon: Callable[[str], bool] = lambda _: True,
        latest: date | None = TODAY,
    ) -> Loaded:
        """Reads the folder as the press does."""
        return load(self.root, regions, cache_dir, is_icon, latest)

    def problems(self) -> tuple[Problem, ...]:
        """All problems of the folder."""
        return self.load().problems

    def catalogue(self, region: str = REGION) -> Catalogue:
        """The catalogue of a region; the folder has no problems."""
        loaded = self.load()
        assert not loaded.problems, "\n".join(str(problem) for problem in loaded.problems)
        return next(one for one in loaded.catalogues if one.slug == region)

    def standards(self, region: str = REGION) -> Standards:
        """The standards of a region."""
        return self.catalogue(region).standards

    def provider(self, slug: str) -> Provider:
        """A provider of the region with a matrix."""
        return self.catalogue().provider_by_slug[slug]


def sample_content(target: Path) -> ContentFolder:
    """A fresh copy of the sample in a folder that doesn't exist yet."""
    return ContentFolder(shutil.copytree(SAMPLE, target))


def _walk(tree: Any, path: tuple[str | int, ...]) -> Any:
    for part in path:
        tree = tree[part]
    return tree
