"""A change of a file made to stand by itself: without the change before it, on which it was built and which was taken back.

What the later change did stays, answer by answer; everything else is as if the earlier change had never been.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from wmo_guide.store.article import amend_article, read_article
from wmo_guide.store.edit import amend
from wmo_guide.store.write import CommentError
from wmo_guide.store.yaml_text import Tree, YamlTextError, read_tree

Value: TypeAlias = "Tree | None"
"""None: it isn't there."""
_NAMES = (("key",), ("slug",), ("edition", "block"), ("subject", "municipality"), ("start", "per"))
"""Keys that tell an item from the others in its list, in all files of the content."""
Edit: TypeAlias = tuple[int, int, Sequence[str]]
"""From and up to which line, and what comes in their place."""


def rebased(path: str, built_on: str | None, change: str | None, base: str | None) -> str | None:
    """The text of a file with what `change` did to `built_on`, done to `base`. Without a text there is no file."""
    if change is None or built_on is None or base is None:
        return base if change == built_on else change
    read = _article if path.endswith(".md") else read_tree
    try:
        tree = _joined(read(built_on), read(change), read(base))
        if not isinstance(tree, dict):
            return change
        if path.endswith(".md"):
            return amend_article(base, _mapping(tree["head"]), str(tree["text"]))
        return amend(base, tree)
    except (YamlTextError, CommentError):  # by lines, then; the gates tell whether that gives a right file
        return _lines(built_on, change, base)


def _article(text: str) -> Tree:
    head, markdown = read_article(text)
    return {"head": head, "text": markdown}


def _mapping(tree: Tree) -> dict[str, Tree]:
    return tree if isinstance(tree, dict) else {}


def _joined(old: Value, new: Value, base: Value) -> Value:
    """Where the later change did nothing, the base; where it did something, what it did."""
    if new == old:
        return base
    if base in (old, new):
        return new
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(base, dict):
        return _joined_keys(old, new, base)
    if isinstance(old, list) and isinstance(new, list) and isinstance(base, list):
        return _joined_items(old, new, base)
    if isinstance(old, str) and isinstance(new, str) and isinstance(base, str):
        return _lines(old, new, base)
    return new


def _joined_keys(old: Mapping[str, Tree], new: Mapping[str, Tree], base: Mapping[str, Tree]) -> dict[str, Tree]:
    order = (*base, *new) if list(new) == list(old) else (*new, *base)
    found = ((key, _joined(old.get(key), new.get(key), base.get(key))) for key in dict.fromkeys(order))
    return {key: value for key, value in found if value is not None}


def _joined_items(old: Sequence[Tree], new: Sequence[Tree], base: Sequence[Tree]) -> Tree:
    for names in _NAMES:
        lists = [_by_name(one, names) for one in (old, new, base)]
        if all(one is not None for one in lists):
            return list(_joined_keys(*(one or {} for one in lists)).values())
    if all(isinstance(one, str) for one in (*old, *new, *base)):
        left = [one for one in base if one in new or one not in old]
        return [*left, *(one for one in new if one not in old and one not in left)]
    return list(new)


def _by_name(items: Sequence[Tree], names: Sequence[str]) -> dict[str, Tree] | None:
    """The items by what they are called; None when these keys don't tell them apart."""
    found: dict[str, Tree] = {}
    for one in items:
        if not isinstance(one, dict) or not any(name in one for name in names):
            return None
        found["\0".join(str(one.get(name, "")) for name in names)] = one
    return found if len(found) == len(items) else None


def _lines(old: str, new: str, base: str) -> str:
    """A text line by line; where both changed the same lines, those of the later change."""
    was = old.splitlines(keepends=True)
    done = list(_edits(was, new.splitlines(keepends=True)))
    others = [
        one for one in _edits(was, base.splitlines(keepends=True)) if not any(_meet(one, other) for other in done)
    ]
    for begin, end, lines in sorted((*done, *others), key=lambda one: one[:2], reverse=True):
        was[begin:end] = lines
    return "".join(was)


def _edits(old: Sequence[str], new: Sequence[str]) -> Iterator[Edit]:
    for what, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            yield begin, end, new[first:last]


def _meet(one: Edit, other: Edit) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
