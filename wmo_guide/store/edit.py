"""Changing what stands in a YAML file and nothing else: every other line stays as it was, remarks (#) too.

A file is taken apart into entries: keys of a mapping, items of a list. An entry that didn't change gives its own lines
back; one that did gives new ones; entries that moved take the remark right above them along.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import cast

import yaml

from wmo_guide.store.entries import (
    Entry,
    FileText,
    Wanted,
    apart_from_entry,
    gap,
    is_block,
    is_block_text,
    keyed,
    paired,
    plain,
    same_shape,
)
from wmo_guide.store.write import CommentError, dump, rewrite
from wmo_guide.store.yaml_text import LOADER, Tree, YamlTextError, read_tree

_NUMBER = re.compile(r"\d{1,9}(?:\.\d\d)?", re.ASCII)
"""Read as text like all else, so it needs no quotes."""
UNFOLDED = 1_000_000
"""A width that no line reaches: a paragraph is one line, so that a change of a word is a change of a word."""


def amend(old: str, tree: Tree) -> str:
    """The text of a YAML file, changed so that reading it gives this tree.

    Lines of entries that the change isn't about stay, byte for byte. Raises CommentError when a remark stands inside a
    value that changes, and YamlTextError for an old text that is no YAML as we accept it.
    """
    if read_tree(old) == tree:
        return old
    text = FileText(old)
    node = yaml.compose(text.whole, Loader=LOADER)
    try:
        fresh = old if node is None else _Amender(text).document(node, tree)
    except _NotApartError:
        fresh = ""
    return fresh if _reads_as(fresh, tree) else rewrite(old, tree)


def _reads_as(text: str, tree: Tree) -> bool:
    """Whether the text is what was wanted; what can't be taken apart safely is written anew as a whole."""
    try:
        return read_tree(text) == tree
    except YamlTextError:
        return False


class _NotApartError(Exception):
    """These lines hold more than one thing, so they can't be changed one by one."""


class _Amender:
    """Makes the new lines of nodes that begin on a line of their own."""

    def __init__(self, text: FileText) -> None:
        self.text = text

    def document(self, node: yaml.Node, tree: Tree) -> str:
        """The whole file."""
        if not is_block(node) or not same_shape(node, tree):
            raise _NotApartError
        entries, lines = self.entries(node), self.text.lines
        return "".join([*lines[: entries[0].first], *self.block(node, tree), *lines[entries[-1].last :]])

    def entries(self, node: yaml.CollectionNode) -> list[Entry]:
        """The entries of a block; each begins on a line of its own (the first may stand behind a dash)."""
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(None, one) for one in node.value]
        found = [self._apart(key, value, node) for key, value in pairs]
        if any(one.last > other.first for one, other in pairwise(found)):
            raise _NotApartError
        return found

    def _apart(self, key: yaml.Node | None, value: yaml.Node, node: yaml.CollectionNode) -> Entry:
        first = self._dash(value, node) if key is None else int(key.start_mark.line)
        name = None if key is None else str(key.value)
        return Entry(name, value, int(node.start_mark.column), first, max(self._end(value), first + 1))

    def _dash(self, item: yaml.Node, node: yaml.CollectionNode) -> int:
        """The line of the dash that an item of a list stands behind or below."""
        for row in range(item.start_mark.line, node.start_mark.line - 1, -1):
            if self.text.lines[row][node.start_mark.column :].startswith("-"):
                return row
        raise _NotApartError

    def _end(self, node: yaml.Node) -> int:
        """The line after the last one that has something of the node on it."""
        if is_block(node):
            last = node.value[-1]
            return max(self._end(one) for one in (last if isinstance(last, tuple) else (last,)))
        end = int(node.end_mark.line) + (1 if node.end_mark.column or not is_block_text(node) else 0)
        if is_block_text(node) and not node.value.endswith("\n\n"):
            # The parser counts blank lines below a block of text as part of it; they part it from what follows.
            while end > node.start_mark.line + 1 and not self.text.lines[end - 1].strip():
                end -= 1
        return end

    def block(self, node: yaml.CollectionNode, tree: Tree) -> list[str]:
        """The lines of a block, from its first entry to its last, as they must become."""
        entries = self.entries(node)
        wanted = paired(entries, tree) if isinstance(tree, list) else keyed(entries, cast("dict[str, Tree]", tree))
        leads, gaps = self._between(entries)
        gone = sorted(set(range(len(entries))) - {one.place for one in wanted})
        headings = [line for place in gone for line in apart_from_entry(leads[place])]
        out: list[str] = []
        for index, one in enumerate(wanted):
            if index:
                out += gap(gaps, wanted[index - 1].place, one.place)
            out += headings if index == len(wanted) - 1 else ()
            out += self._lines(entries, leads, one)
        return out

    def _between(self, entries: Sequence[Entry]) -> tuple[list[list[str]], list[list[str]]]:
        """The remarks above each entry (none above the first), and the blank lines that follow each but the last."""
        leads: list[list[str]] = [[]]
        gaps = []
        for one, other in pairwise(entries):
            between = self.text.lines[one.last : other.first]
            blank = next((index for index, line in enumerate(between) if line.strip()), len(between))
            gaps.append(between[:blank])
            leads.append(between[blank:])
        return leads, gaps

    def _lines(self, entries: Sequence[Entry], leads: Sequence[list[str]], wanted: Wanted) -> list[str]:
        if wanted.place is None:
            return self._fresh(wanted.key, wanted.value, " " * entries[0].column)
        return [*leads[wanted.place], *self._entry(entries[wanted.place], wanted.value)]

    def _entry(self, entry: Entry, value: Tree) -> list[str]:
        """The lines of an entry with this value."""
        lines, inner = self.text.lines, entry.value
        if plain(inner) == value:
            return lines[entry.first : entry.last]
        if is_block(inner) and same_shape(inner, value):
            rows = self.entries(inner)
            if rows[0].first > entry.first:
                return [*lines[entry.first : rows[0].first], *self.block(inner, value)]
            if isinstance(value, dict) and rows[0].key in value:
                return self.block(inner, value)  # its first key stands behind the dash, and stays there
        return self._within_line(entry, value) or self._anew(entry, value)

    def _within_line(self, entry: Entry, value: Tree) -> list[str]:
        """The entry with the value put between the same words on its line; none when that can't be."""
        node = entry.value
        short = _short(value, deep=isinstance(node, yaml.CollectionNode) and bool(node.value))
        if short is None or is_block(node) or is_block_text(node) or self._has_remark_inside(node):
            return []
        if isinstance(value, str) and _NUMBER.fullmatch(value):
            short = value
        begin, end, lines = node.start_mark, node.end_mark, self.text.lines
        before, after = lines[begin.line][: begin.column], lines[end.line][end.column :]
        blank = "" if before[-1:].isspace() else " "
        return [*lines[entry.first : begin.line], f"{before}{blank}{short}{after}", *lines[end.line + 1 : entry.last]]

    def _has_remark_inside(self, node: yaml.Node) -> bool:
        """Whether a remark stands between the brackets of a list."""
        last = node.end_mark.line
        return last > node.start_mark.line and bool(self.text.remarks(node, node.start_mark.line, last))

    def _anew(self, entry: Entry, value: Tree) -> list[str]:
        lost = self.text.remarks(entry.value, entry.first, entry.last)
        if lost:
            raise CommentError(lost)
        return self._fresh(entry.key, value, self.text.lines[entry.first][: entry.column])

    def _fresh(self, key: str | None, value: Tree, before: str) -> list[str]:
        """The lines of an entry that wasn't there, the first behind what stood before it."""
        whole = dump([value] if key is None else {key: value}, width=UNFOLDED).removesuffix("\n").split("\n")
        indent = " " * len(before)
        return [
            f"{before if not number else indent if line else ''}{line}{self.text.newline}"
            for number, line in enumerate(whole)
        ]


def _short(value: Tree, *, deep: bool) -> str | None:
    """The value as it stands on one line behind its key; None when it takes more lines.

    With `deep` there may be lists in it, between brackets of their own.
    """
    if not _fits_a_line(value, 1 + deep):
        return None
    return dump([value], width=UNFOLDED, flow=True).strip().removeprefix("[").removesuffix("]")


def _fits_a_line(value: Tree, depth: int) -> bool:
    """Whether a value has no text of several lines in it, and no more lists in lists than this."""
    if isinstance(value, str):
        return "\n" not in value
    return depth > 0 and all(
        _fits_a_line(one, depth - 1) for one in (value.values() if isinstance(value, dict) else value)
    )
