"""A change of a file made to stand by itself: without the change before it, on which it was built and which was taken back.

What the later change did stays, answer by answer; everything else is as if the earlier change had never been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
LATEST = ("updated", "confirmed")
"""Keys that only tell when something was written: of two, the latest day holds."""
Edit: TypeAlias = tuple[int, int, Sequence[str]]
"""From and up to which line, and what comes in their place."""


def rebased(path: str, built_on: str | None, change: str | None, base: str | None) -> str | None:
    """The text of a file with what `change` did to `built_on`, done to `base`. Without a text there is no file."""
    if change is None or built_on is None or base is None:
        return base if change == built_on else change
    try:
        return by_answer(path, built_on, change, base)
    except (YamlTextError, CommentError):  # by lines, then; the gates tell whether that gives a right file
        return by_lines(built_on, change, base)


def by_answer(path: str, built_on: str, change: str, base: str) -> str:
    """The text with the answers of the change. Raises YamlTextError or CommentError when they can't be told apart."""
    tree = _joined(read(path, built_on), read(path, change), read(path, base))
    if not isinstance(tree, dict):
        return change
    if path.endswith(".md"):
        return amend_article(base, _mapping(tree["head"]), str(tree["text"]))
    return amend(base, tree)


def read(path: str, text: str) -> Tree:
    """What stands in a file; of an article its keys and its text apart. Raises YamlTextError."""
    return _article(text) if path.endswith(".md") else read_tree(text)


def by_name(*lists: Sequence[Tree]) -> list[dict[str, Tree]]:
    """The items of each of these lists by what they are called; nothing when no key tells them apart in all of them."""
    for names in _NAMES:
        found = [_by_name(one, names) for one in lists]
        if all(one is not None for one in found):
            return [one or {} for one in found]
    return []


def is_reordered(old: Iterable[str], new: Iterable[str]) -> bool:
    """Whether what is in both stands in another order."""
    before, after = list(old), list(new)
    return [one for one in before if one in after] != [one for one in after if one in before]


def lines_meet(old: str, new: str, base: str) -> bool:
    """Whether two changes of a text are about the same lines, and differ there."""
    was = old.splitlines(keepends=True)
    ours, theirs = (list(_edits(was, text.splitlines(keepends=True))) for text in (new, base))
    return any(_meet(one, other) and one != other for one in ours for other in theirs)


def _article(text: str) -> Tree:
    head, markdown = read_article(text)
    return {"head": head, "text": markdown}


def _mapping(tree: Tree) -> dict[str, Tree]:
    return tree if isinstance(tree, dict) else {}


def _joined(old: Value, new: Value, base: Value, key: str = "") -> Value:
    """Where the later change did nothing, the base; where it did something, what it did."""
    if new == old or base in (old, new):
        return base if new == old else new
    if key in LATEST and new is not None and base is not None:
        return max(new, base, key=_day)
    if isinstance(old, dict) and isinstance(new, dict) and isinstance(base, dict):
        return _joined_keys(old, new, base, key)
    if isinstance(old, list) and isinstance(new, list) and isinstance(base, list):
        return _joined_items(old, new, base)
    if isinstance(old, str) and isinstance(new, str) and isinstance(base, str):
        return by_lines(old, new, base)
    return new


def _day(value: Tree) -> str:
    """The day that something tells, to see which is the latest."""
    return str(value.get("on", "") if isinstance(value, dict) else value)


def _joined_keys(
    old: Mapping[str, Tree], new: Mapping[str, Tree], base: Mapping[str, Tree], inside: str = ""
) -> dict[str, Tree]:
    order = _order(list(new), list(base)) if is_reordered(old, new) else _order(list(base), list(new))
    found = (
        (key, _joined(old.get(key), new.get(key), base.get(key), "updated" if inside == "dates" else key))
        for key in order
    )
    return {key: value for key, value in found if value is not None}


def _order(first: list[str], other: Sequence[str]) -> list[str]:
    """The one order, with what is only in the other after what it follows there."""
    order, place = list(first), 0
    for one in other:
        if one not in order:
            order.insert(place, one)
        place = order.index(one) + 1
    return order


def _joined_items(old: Sequence[Tree], new: Sequence[Tree], base: Sequence[Tree]) -> Tree:
    if lists := by_name(old, new, base):
        was, ours, theirs = lists
        return list(_joined_keys(was, ours, theirs).values())
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


def by_lines(old: str, new: str, base: str) -> str:
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
