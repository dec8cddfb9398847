"""What stands on the pages of a release: their places, and where their links lead. Kept by a press that stays awake."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from pathlib import Path
from sys import intern
from typing import NamedTuple

from wmo_guide.guide.gates import Links, Seen, look_at
from wmo_guide.parallel import shared_out

_WORTH_A_SECOND_PROCESS = 1000


class Look(NamedTuple):
    """What was seen on one page."""

    ids: tuple[str, ...]
    targets: tuple[str, ...]
    """Addresses of the site where its links lead to."""


def look_of(seen: Seen) -> Look:
    """What is kept of what was seen on a whole page."""
    return Look(tuple(map(intern, seen.ids)), tuple(map(intern, seen.targets)))


def look_at_all(folder: Path, paths: Sequence[str]) -> dict[str, Look]:
    """What stands on all pages of a release."""

    def work(some: Sequence[str]) -> list[tuple[str, Look]]:
        return [(path, look_of(look_at((folder / path).read_text(encoding="utf-8")))) for path in some]

    pages = [path for path in paths if path.endswith(".html")]
    pairs = (pair for part in shared_out(work, pages, _WORTH_A_SECOND_PROCESS) for pair in part)
    return {path: Look(tuple(map(intern, one.ids)), tuple(map(intern, one.targets))) for path, one in pairs}


def lost_places(root: str, before: Mapping[str, Look], after: Mapping[str, Look], gone: Iterable[str]) -> set[str]:
    """Addresses of pages that are gone, and of places that pages had before and have no longer."""
    lost = {address(root, path) for path in gone}
    for path, one in after.items():
        if path in before:
            lost |= {f"{address(root, path)}#{each}" for each in set(before[path].ids) - set(one.ids)}
    for path in gone:
        if path in before:
            lost |= {f"{address(root, path)}#{each}" for each in before[path].ids}
    return lost


def linked_by(looks: Mapping[str, Look]) -> frozenset[str]:
    """Where links of these pages lead to."""
    return frozenset(target for one in looks.values() for target in one.targets)


def add_links_to(lost: Collection[str], looks: Mapping[str, Look], but: Collection[str], links: Links) -> None:
    """Adds to `links` where pages, but for those named, lead to what is lost."""
    for path, one in looks.items():
        if path not in but and not lost.isdisjoint(one.targets):  # type: ignore[attr-defined]  # a set
            for target in one.targets:
                if target in lost:
                    links.add(target, f"/{path}")


def ids_of(root: str, *looks: Mapping[str, Look]) -> Callable[[str], Collection[str]]:
    """Tells the ids on the page of an address, none when there is no such page. The first of `looks` that knows it tells."""

    def ids(address: str) -> Collection[str]:
        path = address.removeprefix(root)
        path += "index.html" if path.endswith("/") or not path else ""
        return next((known[path].ids for known in looks if path in known), ())

    return ids


def address(root: str, path: str) -> str:
    """The address of a file below the site's root."""
    return root + path.removesuffix("index.html")
