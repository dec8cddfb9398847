"""Holds a change of content against everything else, before it is asked for: nothing is written in the content folder."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from wmo_guide.guide.icons import is_icon
from wmo_guide.store.load import load
from wmo_guide.store.problem import Problem

_PROVIDERS = "providers"
"""Left out: thousands of files that no change of these kinds can break. The press reads them all."""
_KEY = re.compile(r"(?P<inside>[a-z_]+)\[(?P<index>\d+)\](?:\.(?P<field>[a-z_]+))?.*")


@dataclass(frozen=True)
class Place:
    """The item that a change is about."""

    path: str
    inside: str = ""
    """The key of the list that it stands in; empty for an article."""
    index: int = -1
    """Its place in that list; -1 when it goes."""


@dataclass(frozen=True)
class Verdict:
    """What a change would break."""

    by_field: Mapping[str, str]
    """What is wrong with the item itself, by the name of its field."""
    elsewhere: tuple[Problem, ...]
    """What is wrong with the rest because of it."""

    @property
    def is_right(self) -> bool:
        """Whether nothing would break."""
        return not self.by_field and not self.elsewhere


def check(
    content: Path, queued: Mapping[str, str | None], change: Mapping[str, str | None], place: Place, today: date
) -> Verdict:
    """What the change would break in the content as it is after what is queued already.

    What was broken before is no reason to refuse a change that mends something else.
    """
    after = _problems(content, {**queued, **change}, today)
    if after:
        before = {(one.file, one.message) for one in _problems(content, queued, today)}
        own = {one for one in after if field_of(one, place) is not None}
        after = tuple(one for one in after if one in own or (one.file, one.message) not in before)
    by_field: dict[str, str] = {}
    for one in after:
        name = field_of(one, place)
        if name is not None:
            by_field.setdefault(name, one.message)
    return Verdict(by_field, tuple(one for one in after if field_of(one, place) is None))


def field_of(problem: Problem, place: Place) -> str | None:
    """The field of the item that a problem is about, empty for the item as a whole; None when it is about another."""
    if problem.file != place.path:
        return None
    if not place.inside:
        return problem.key.partition("[")[0]
    if index_in(problem.key, place.inside) not in (-1, place.index) or place.index < 0:
        return None
    found = _KEY.fullmatch(problem.key)
    return (found["field"] or "") if found and found["inside"] == place.inside else None


def index_in(key: str, inside: str) -> int:
    """The place in a list of the item that a problem's key leads to; -1 when it leads elsewhere."""
    found = _KEY.fullmatch(key)
    return int(found["index"]) if found and inside and found["inside"] == inside else -1


def field_in(key: str) -> str:
    """The field of an item in a list that a problem's key leads to; empty when it leads to none."""
    found = _KEY.fullmatch(key)
    return (found["field"] or "") if found else ""


def _problems(content: Path, changes: Mapping[str, str | None], today: date) -> tuple[Problem, ...]:
    latest = today + timedelta(days=1)  # as the press: in Amsterdam it may be tomorrow already
    with TemporaryDirectory(prefix="wmo-check-") as folder:
        root = Path(folder)
        _mirror(content, root, changes)
        return load(root, is_icon=is_icon, latest=latest).problems


def _copy(source: Path, target: Path) -> None:
    """A file as it is. Of what is no file, or can't be read, a link: that is a problem in the copy too."""
    if source.is_file() and not source.is_symlink():
        with suppress(OSError):
            shutil.copyfile(source, target)
            return
    target.unlink(missing_ok=True)
    target.symlink_to(source)


def _mirror(content: Path, root: Path, changes: Mapping[str, str | None]) -> None:
    """A copy of the content but its providers, with the changes in their places."""
    content = content.resolve()
    for folder, inner, names in os.walk(content):
        inner[:] = [name for name in inner if name != _PROVIDERS and not name.startswith(".")]
        here = Path(folder).relative_to(content)
        (root / here).mkdir(parents=True, exist_ok=True)
        for name in names:
            if (here / name).as_posix() not in changes:
                _copy(content / here / name, root / here / name)
    for path, text in changes.items():
        if text is not None and f"/{_PROVIDERS}/" not in path:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8", newline="")
