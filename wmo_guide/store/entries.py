"""A YAML file taken apart into its lines and entries, and entries paired with what they must become."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard

import yaml

from wmo_guide.store.yaml_text import Tree

_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NAMES = ("slug", "key")
"""Keys whose value tells items of a list apart."""


class FileText:
    """The lines of a file, each with its own line break."""

    def __init__(self, whole: str) -> None:
        self.whole = whole
        ends = [match.end() for match in _BREAK.finditer(whole)]
        self.lines = [whole[begin:end] for begin, end in pairwise([0, *ends, len(whole)])]
        self.newline = "\r\n" if "\r\n" in whole else "\n"
        if self.lines and not self.lines[-1]:
            self.lines.pop()
        elif self.lines:
            self.lines[-1] += self.newline  # a last line without its break would meet what is put below it

    def remarks(self, node: yaml.Node, begin: int, end: int) -> list[int]:
        """Lines from begin to before end, counted from 1, with a # outside the texts of the node."""
        rows = [list(line) for line in self.lines[begin:end]]
        for scalar in _scalars(node):
            for number in range(scalar.start_mark.line, min(scalar.end_mark.line + 1, end)):
                row = rows[number - begin]
                first = scalar.start_mark.column if number == scalar.start_mark.line else 0
                last = scalar.end_mark.column if number == scalar.end_mark.line else len(row)
                if scalar.style in ("|", ">") and number == scalar.start_mark.line:
                    continue  # what stands behind the sign is a remark
                row[first:last] = " " * (last - first)
        return [begin + index + 1 for index, row in enumerate(rows) if "#" in row]


@dataclass(frozen=True)
class Entry:
    """One key with its value, or one item of a list, and the lines that are its own."""

    key: str | None
    value: yaml.Node
    column: int
    """Where its key or its dash stands on the line."""
    first: int
    last: int
    """The line after its last one."""


@dataclass(frozen=True)
class Wanted:
    """An entry as it must become."""

    place: int | None
    """Its place among the old entries; None for a new one."""
    key: str | None
    value: Tree


def apart_from_entry(lead: Sequence[str]) -> Sequence[str]:
    """The remarks above an entry with a blank line below them: they are about more than that entry."""
    return lead[: max((index + 1 for index, line in enumerate(lead) if not line.strip()), default=0)]


def gap(gaps: Sequence[list[str]], before: int | None, here: int | None) -> list[str]:
    """The blank lines between two entries: those that stood between them, or as many as there usually are."""
    if before is not None and here == before + 1:
        return gaps[before]
    return max(gaps, key=gaps.count, default=[])


def keyed(entries: Sequence[Entry], tree: dict[str, Tree]) -> list[Wanted]:
    """The keys that stay, in the order of the file, and each new one behind the key that it follows."""
    keys = [one.key for one in entries if one.key in tree]
    for before, key in zip(("", *tree), tree, strict=False):
        if key not in keys:
            keys.insert(keys.index(before) + 1 if before in keys else min(len(keys), 1), key)
    places = {one.key: place for place, one in enumerate(entries)}
    return [Wanted(places.get(key), key, tree[key]) for key in keys if key is not None]


def paired(entries: Sequence[Entry], tree: list[Tree]) -> list[Wanted]:
    """The items of the new list, each with the place of the old item that it was."""
    old = [plain(one.value) for one in entries]
    free = set(range(len(old)))
    places: dict[int, int] = {}
    for alike in (_same_name, _equal, _any):
        for index, item in enumerate(tree):
            found = None if index in places else next((at for at in sorted(free) if alike(old[at], item)), None)
            if found is not None:
                places[index] = found
                free.remove(found)
    return [Wanted(places.get(index), None, item) for index, item in enumerate(tree)]


def is_block(node: yaml.Node) -> TypeGuard[yaml.CollectionNode]:
    """Whether a list or mapping has each of its entries on lines of its own, and has any."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def is_block_text(node: yaml.Node) -> bool:
    """Whether a text stands on the lines below its sign."""
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def same_shape(node: yaml.Node, tree: Tree) -> bool:
    """Whether a node becomes the same thing, a list or a mapping, with something in it."""
    wanted = dict if isinstance(node, yaml.MappingNode) else list
    return isinstance(tree, wanted) and bool(tree)


def plain(node: yaml.Node) -> Tree:
    """What a node says."""
    if isinstance(node, yaml.SequenceNode):
        return [plain(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    return str(node.value)


def _scalars(node: yaml.Node) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from _scalars(one)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _scalars(key)
            yield from _scalars(value)


def _name(item: Tree) -> Tree | None:
    found = (item[one] for one in _NAMES if one in item) if isinstance(item, dict) else ()
    return next(iter(found), None)


def _same_name(one: Tree, other: Tree) -> bool:
    return _name(one) is not None and _name(one) == _name(other)


def _equal(one: Tree, other: Tree) -> bool:
    return one == other


def _any(_one: Tree, _other: Tree) -> bool:
    """What is left on both sides changed as a whole; it keeps its place, and its remarks."""
    return True
