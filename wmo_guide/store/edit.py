"""Changing what stands in a YAML file and nothing else: every other line stays as it was, remarks (#) too.

A file is taken apart into entries: keys of a mapping, items of a list. An entry that didn't change gives its own lines
back; one that did gives new ones; entries that moved take the remark right above them along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeGuard, cast

import yaml

from wmo_guide.store.write import CommentError, dump, rewrite
from wmo_guide.store.yaml_text import LOADER, Tree, YamlTextError, read_tree

FENCE = "---"
_FENCE = re.compile(r"^---\r?\n", re.MULTILINE)
_BREAK = re.compile("\r\n|[\r\n\x85\u2028\u2029]")
_NUMBER = re.compile(r"\d{1,9}(?:\.\d\d)?", re.ASCII)
"""Read as text like all else, so it needs no quotes."""
_UNFOLDED = 1_000_000
"""A width that no line reaches: a paragraph is one line, so that a change of a word is a change of a word."""
_NAMES = ("slug", "key")
"""Keys whose value tells items of a list apart."""


def amend(old: str, tree: Tree) -> str:
    """The text of a YAML file, changed so that reading it gives this tree.

    Lines of entries that the change isn't about stay, byte for byte. Raises CommentError when a remark stands inside a
    value that changes, and YamlTextError for an old text that is no YAML as we accept it.
    """
    if read_tree(old) == tree:
        return old
    text = _Text(old)
    node = yaml.compose(text.whole, Loader=LOADER)
    try:
        fresh = old if node is None else _Amender(text).document(node, tree)
    except _NotApartError:
        fresh = ""
    return fresh if _reads_as(fresh, tree) else rewrite(old, tree)


def amend_article(old: str, head: dict[str, Tree], markdown: str) -> str:
    """The text of a Markdown file with these keys between its fences, and this text below them. Raises as `amend` does."""
    fences = list(_FENCE.finditer(old))
    if len(fences) < len(("above", "below")):
        return f"{FENCE}\n{dump(head, width=_UNFOLDED)}{FENCE}\n\n{markdown.strip()}\n"
    above, below = fences[:2]
    newline = "\r\n" if "\r\n" in old else "\n"
    text = old[below.end() :]
    if text.replace("\r\n", "\n").strip() != markdown.strip():
        text = f"\n{markdown.strip()}\n".replace("\n", newline)
    return (
        f"{old[: above.end()]}{amend(old[above.end() : below.start()], head)}{old[below.start() : below.end()]}{text}"
    )


def read_article(text: str) -> tuple[Tree, str]:
    """The keys and the Markdown of an article's file. Raises YamlTextError."""
    fences = list(_FENCE.finditer(text))
    if len(fences) < len(("above", "below")):
        raise YamlTextError('Begin met een regel "---", dan de sleutels, dan weer "---", dan de tekst.', 1)
    above, below = fences[:2]
    return read_tree(text[above.end() : below.start()]), text[below.end() :].replace("\r\n", "\n").strip()


def _reads_as(text: str, tree: Tree) -> bool:
    """Whether the text is what was wanted; what can't be taken apart safely is written anew as a whole."""
    try:
        return read_tree(text) == tree
    except YamlTextError:
        return False


class _NotApartError(Exception):
    """These lines hold more than one thing, so they can't be changed one by one."""


class _Text:
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


@dataclass(frozen=True)
class _Entry:
    """One key with its value, or one item of a list, and the lines that are its own."""

    key: str | None
    value: yaml.Node
    column: int
    """Where its key or its dash stands on the line."""
    first: int
    last: int
    """The line after its last one."""


@dataclass(frozen=True)
class _Wanted:
    """An entry as it must become."""

    place: int | None
    """Its place among the old entries; None for a new one."""
    key: str | None
    value: Tree


class _Amender:
    """Makes the new lines of nodes that begin on a line of their own."""

    def __init__(self, text: _Text) -> None:
        self.text = text

    def document(self, node: yaml.Node, tree: Tree) -> str:
        """The whole file."""
        if not _is_block(node) or not _same_shape(node, tree):
            raise _NotApartError
        entries, lines = self.entries(node), self.text.lines
        return "".join([*lines[: entries[0].first], *self.block(node, tree), *lines[entries[-1].last :]])

    def entries(self, node: yaml.CollectionNode) -> list[_Entry]:
        """The entries of a block; each begins on a line of its own (the first may stand behind a dash)."""
        pairs = node.value if isinstance(node, yaml.MappingNode) else [(None, one) for one in node.value]
        found = [self._apart(key, value, node) for key, value in pairs]
        if any(one.last > other.first for one, other in pairwise(found)):
            raise _NotApartError
        return found

    def _apart(self, key: yaml.Node | None, value: yaml.Node, node: yaml.CollectionNode) -> _Entry:
        first = self._dash(value, node) if key is None else int(key.start_mark.line)
        name = None if key is None else str(key.value)
        return _Entry(name, value, int(node.start_mark.column), first, max(self._end(value), first + 1))

    def _dash(self, item: yaml.Node, node: yaml.CollectionNode) -> int:
        """The line of the dash that an item of a list stands behind or below."""
        for row in range(item.start_mark.line, node.start_mark.line - 1, -1):
            if self.text.lines[row][node.start_mark.column :].startswith("-"):
                return row
        raise _NotApartError

    def _end(self, node: yaml.Node) -> int:
        """The line after the last one that has something of the node on it."""
        if _is_block(node):
            last = node.value[-1]
            return max(self._end(one) for one in (last if isinstance(last, tuple) else (last,)))
        end = int(node.end_mark.line) + (1 if node.end_mark.column or not _is_block_text(node) else 0)
        if _is_block_text(node) and not node.value.endswith("\n\n"):
            # The parser counts blank lines below a block of text as part of it; they part it from what follows.
            while end > node.start_mark.line + 1 and not self.text.lines[end - 1].strip():
                end -= 1
        return end

    def block(self, node: yaml.CollectionNode, tree: Tree) -> list[str]:
        """The lines of a block, from its first entry to its last, as they must become."""
        entries = self.entries(node)
        wanted = _paired(entries, tree) if isinstance(tree, list) else _keyed(entries, cast("dict[str, Tree]", tree))
        leads, gaps = self._between(entries)
        gone = sorted(set(range(len(entries))) - {one.place for one in wanted})
        headings = [line for place in gone for line in _apart_from_entry(leads[place])]
        out: list[str] = []
        for index, one in enumerate(wanted):
            if index:
                out += _gap(gaps, wanted[index - 1].place, one.place)
            out += headings if index == len(wanted) - 1 else ()
            out += self._lines(entries, leads, one)
        return out

    def _between(self, entries: Sequence[_Entry]) -> tuple[list[list[str]], list[list[str]]]:
        """The remarks above each entry (none above the first), and the blank lines that follow each but the last."""
        leads: list[list[str]] = [[]]
        gaps = []
        for one, other in pairwise(entries):
            between = self.text.lines[one.last : other.first]
            blank = next((index for index, line in enumerate(between) if line.strip()), len(between))
            gaps.append(between[:blank])
            leads.append(between[blank:])
        return leads, gaps

    def _lines(self, entries: Sequence[_Entry], leads: Sequence[list[str]], wanted: _Wanted) -> list[str]:
        if wanted.place is None:
            return self._fresh(wanted.key, wanted.value, " " * entries[0].column)
        return [*leads[wanted.place], *self._entry(entries[wanted.place], wanted.value)]

    def _entry(self, entry: _Entry, value: Tree) -> list[str]:
        """The lines of an entry with this value."""
        lines, inner = self.text.lines, entry.value
        if _plain(inner) == value:
            return lines[entry.first : entry.last]
        if _is_block(inner) and _same_shape(inner, value):
            rows = self.entries(inner)
            if rows[0].first > entry.first:
                return [*lines[entry.first : rows[0].first], *self.block(inner, value)]
            if isinstance(value, dict) and rows[0].key in value:
                return self.block(inner, value)  # its first key stands behind the dash, and stays there
        return self._within_line(entry, value) or self._anew(entry, value)

    def _within_line(self, entry: _Entry, value: Tree) -> list[str]:
        """The entry with the value put between the same words on its line; none when that can't be."""
        node, short = entry.value, _short(value)
        if short is None or _is_block(node) or _is_block_text(node) or self._has_remark_inside(node):
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

    def _anew(self, entry: _Entry, value: Tree) -> list[str]:
        lost = self.text.remarks(entry.value, entry.first, entry.last)
        if lost:
            raise CommentError(lost)
        return self._fresh(entry.key, value, self.text.lines[entry.first][: entry.column])

    def _fresh(self, key: str | None, value: Tree, before: str) -> list[str]:
        """The lines of an entry that wasn't there, the first behind what stood before it."""
        whole = dump([value] if key is None else {key: value}, width=_UNFOLDED).removesuffix("\n").split("\n")
        indent = " " * len(before)
        return [
            f"{before if not number else indent if line else ''}{line}{self.text.newline}"
            for number, line in enumerate(whole)
        ]


def _apart_from_entry(lead: Sequence[str]) -> Sequence[str]:
    """The remarks above an entry with a blank line below them: they are about more than that entry."""
    return lead[: max((index + 1 for index, line in enumerate(lead) if not line.strip()), default=0)]


def _gap(gaps: Sequence[list[str]], before: int | None, here: int | None) -> list[str]:
    """The blank lines between two entries: those that stood between them, or as many as there usually are."""
    if before is not None and here == before + 1:
        return gaps[before]
    return max(gaps, key=gaps.count, default=[])


def _keyed(entries: Sequence[_Entry], tree: dict[str, Tree]) -> list[_Wanted]:
    """The keys that stay, in the order of the file, and each new one behind the key that it follows."""
    keys = [one.key for one in entries if one.key in tree]
    for before, key in zip(("", *tree), tree, strict=False):
        if key not in keys:
            keys.insert(keys.index(before) + 1 if before in keys else min(len(keys), 1), key)
    places = {one.key: place for place, one in enumerate(entries)}
    return [_Wanted(places.get(key), key, tree[key]) for key in keys if key is not None]


def _paired(entries: Sequence[_Entry], tree: list[Tree]) -> list[_Wanted]:
    """The items of the new list, each with the place of the old item that it was."""
    old = [_plain(one.value) for one in entries]
    free = set(range(len(old)))
    places: dict[int, int] = {}
    for alike in (_same_name, _equal, _any):
        for index, item in enumerate(tree):
            found = None if index in places else next((at for at in sorted(free) if alike(old[at], item)), None)
            if found is not None:
                places[index] = found
                free.remove(found)
    return [_Wanted(places.get(index), None, item) for index, item in enumerate(tree)]


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


def _short(value: Tree) -> str | None:
    """The value as it stands on one line behind its key; None when it takes more lines."""
    texts = value if isinstance(value, list) else value.values() if isinstance(value, dict) else [value]
    if any(not isinstance(one, str) or "\n" in one for one in texts):
        return None
    return dump([value], width=_UNFOLDED, flow=True).strip().removeprefix("[").removesuffix("]")


def _is_block(node: yaml.Node) -> TypeGuard[yaml.CollectionNode]:
    """Whether a list or mapping has each of its entries on lines of its own, and has any."""
    return isinstance(node, yaml.CollectionNode) and not node.flow_style and bool(node.value)


def _is_block_text(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.style in ("|", ">")


def _same_shape(node: yaml.Node, tree: Tree) -> bool:
    wanted = dict if isinstance(node, yaml.MappingNode) else list
    return isinstance(tree, wanted) and bool(tree)


def _plain(node: yaml.Node) -> Tree:
    if isinstance(node, yaml.SequenceNode):
        return [_plain(one) for one in node.value]
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): _plain(value) for key, value in node.value}
    return str(node.value)
