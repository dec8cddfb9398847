"""What can still be told from a record that is wrong, so that providers' answers are held against the rest of it."""

from __future__ import annotations

import copy
import difflib
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import ValidationError

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import KeyPath
from wmo_guide.domain.region import Region
from wmo_guide.store.messages import path_of
from wmo_guide.store.yaml_text import Tree

T = TypeVar("T", bound=Record)
_TRIES = 5
_DAY = "1900-01-01"
_PLACE: dict[str, Tree] = {"slug": "x", "name": "x", "code": "GM0000", "province": "x"}
_STAND_INS: dict[str, Tree] = {
    **_PLACE,
    "key": "x",
    "title": "x",
    "plain_title": "x",
    "plain": "x",
    "label": "x",
    "summary": "x",
    "icon": "x/x",
    "updated": _DAY,
    "start": _DAY,
    "status": "current",
    "sources": ["x"],
    "everyday_words": ["a", "b", "c", "d", "e"],
    "publisher": {"name": "x", "about": "x"},
    "municipalities": [_PLACE],
    "areas": [{"slug": "x", "title": "x", "plain_title": "x", "summary": "x"}],
    "questions": [{"key": "x", "kind": "line", "label": "x"}],
}
"""What is put in the place of something wrong that may not be left out."""
_SOURCES: Tree = [{"key": "x", "title": "x", "date": _DAY}]
_HARMLESS = frozenset(
    {
        *("name", "title", "plain_title", "plain", "label", "page_label", "help", "unit", "unit_one", "zero"),
        *("lane", "card", "facet", "hsds", "messages", "summary", "intro", "note", "updated", "sources"),
        *("publisher", "subjects", "contacts", "rates", "freshness", "theme", "code", "province", "centre"),
        *("website", "places", "icon", "stabilise", "for_you", "includes", "excludes", "sub_result"),
        *("attention_points", "reached_when", "everyday_words", "try_first", "low", "high", "stack_with"),
        *("not_with", "stacking_note", "changes"),
    }
)
"""Keys that no answer is held against."""
_ITEMS = ("municipalities", "axes", "blocks", "questions")
"""Lists of which a wrong item is left out."""
_BEARING = (*_ITEMS, "areas", "question_sets")
"""Keys that answers are held against; an unknown key may be one of them with a slip."""
_TERM = ("start", "end")


@dataclass(frozen=True)
class Salvaged(Generic[T]):
    """A record without what was wrong in it."""

    record: T
    lost: frozenset[str]
    """Keys of which something is missing, or was put in its place."""


def salvage(model: type[T], tree: Tree | None, wrong: Iterable[KeyPath]) -> Salvaged[T] | None:
    """The record in a tree, without what stands at the wrong places; None when nothing of it can be told."""
    lost: set[str] = set()
    gone: set[KeyPath] = set()
    tree = {} if tree is None else copy.deepcopy(tree)
    for path in wrong:
        if not path:
            return None
        lost.update(_losses(path))
        item = None if _harmless(path) else _item(path)
        if item is not None:
            gone.add(item)
        elif path[0] in _TERM:
            gone.add(path[:1])
    for path in _last_first(gone | set(_twins(tree, gone))):
        _remove(tree, path)
    for _ in range(_TRIES):
        try:
            return Salvaged(model.model_validate(tree), frozenset(lost))
        except ValidationError as error:
            for detail in error.errors(include_url=False):
                if detail["type"] == "extra_forbidden":
                    _remove(tree, path_of(detail))
                else:
                    _mend(model, tree, path_of(detail))
    return None


def _losses(path: KeyPath) -> set[str]:
    words = [part for part in path if isinstance(part, str)]
    if _harmless(path):
        return {*words[:1]} & _HARMLESS
    return {*words, *(near for word in words for near in difflib.get_close_matches(word, _BEARING, n=1))}


def _twins(tree: Tree, gone: Collection[KeyPath]) -> Iterator[KeyPath]:
    """The ways to other items with the name of one that goes: nobody can tell which of them is meant."""
    names = {(path[-2], _name(_inside(tree, path))) for path in gone if len(path) > 1} - {(key, "") for key in _ITEMS}
    for path in _items(tree):
        if (path[-2], _name(_inside(tree, path))) in names:
            yield path


def _items(tree: Tree, path: KeyPath = ()) -> Iterator[KeyPath]:
    if isinstance(tree, dict):
        for key, one in tree.items():
            yield from _items(one, (*path, key))
    elif isinstance(tree, list):
        for index, one in enumerate(tree):
            if path and path[-1] in _ITEMS:
                yield (*path, index)
            else:
                yield from _items(one, (*path, index))


def _name(item: Tree | None) -> str:
    return str(item.get("slug", item.get("key", ""))) if isinstance(item, dict) else ""


def _last_first(paths: Iterable[KeyPath]) -> list[KeyPath]:
    """In an order in which taking one away leaves the others where they are."""
    return sorted(paths, key=lambda path: [(str(part), 0) if isinstance(part, str) else ("", part) for part in path])[
        ::-1
    ]


def _harmless(path: KeyPath) -> bool:
    return not _HARMLESS.isdisjoint(path)


def _item(path: KeyPath) -> KeyPath | None:
    """The way to the outermost item that holds a place."""
    for place, part in enumerate(path[:-1]):
        if part in _ITEMS and isinstance(path[place + 1], int):
            return path[: place + 2]
    return None


def _mend(model: type[Record], tree: Tree | None, path: KeyPath) -> None:
    """Puts something harmless in the place of what is wrong there, or leaves it out."""
    named = [place for place, part in enumerate(path) if isinstance(part, str)]
    place = next((place for place in named if path[place] in _HARMLESS), named[-1] if named else None)
    if place is None:
        return
    key = str(path[place])
    around = _inside(tree, path[:place])
    if isinstance(around, dict):
        around.pop(key, None)
        if key in _STAND_INS:
            records = model is Region and path[:place] == () and key == "sources"
            around[key] = copy.deepcopy(_SOURCES if records else _STAND_INS[key])


def _remove(tree: Tree | None, path: KeyPath) -> None:
    around = _inside(tree, path[:-1])
    last = path[-1]
    if isinstance(around, dict):
        around.pop(str(last), None)
    elif isinstance(around, list) and isinstance(last, int) and last < len(around):
        del around[last]


def _inside(tree: Tree | None, path: KeyPath) -> Tree | None:
    for part in path:
        if isinstance(tree, dict) and part in tree:
            tree = tree[str(part)]
        elif isinstance(tree, list) and isinstance(part, int) and part < len(tree):
            tree = tree[part]
        else:
            return None
    return tree
