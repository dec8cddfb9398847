"""Reading YAML that anybody may have written.

Only texts, lists and mappings come out: `no`, `0123` and `2024-01-01` stay what was typed (facts.md 0.6), so one
`parse` serves files and browsers. The parser's events are walked by our own loop instead of PyYAML's composer:
the composer recurses in C and dies on deep nesting, lets a later key overwrite an earlier one, and unfolds anchors.
Files in which nothing is odd are read by yaml_events.py; the walk here knows every place, to tell what is wrong where.
"""

from __future__ import annotations

import re

import yaml

from wmo_guide.domain.findings import KeyPath
from wmo_guide.store.yaml_events import OddError, Tree, tree_of

__all__ = ["LOADER", "MAX_BYTES", "Tree", "YamlTextError", "decode", "read_lines", "read_tree"]

MAX_BYTES = 1024 * 1024
"""Largest file that is read."""
_MAX_DEPTH = 24
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_CONFLICT = re.compile(r"^[ \t]*(?:<{7}|>{7}|\|{7}|={7})(?:[ \t].*)?$", re.MULTILINE)
_LONELY = re.compile(r"^[ \t]*\r?\n={7}[ \t]*$", re.MULTILINE)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


class YamlTextError(ValueError):
    """Text that is no YAML as we accept it. The message, in Dutch, tells what to do; `line` counts from 1."""

    def __init__(self, message: str, line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.line = line


def decode(data: bytes) -> str:
    """The text of a file. Raises YamlTextError for files that are too large or no clean UTF-8."""
    if len(data) > MAX_BYTES:
        raise YamlTextError("Dit bestand is groter dan 1 MiB. Verdeel het over meer bestanden.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise YamlTextError(
            "Dit bestand is niet als UTF-8 opgeslagen. Sla het opnieuw op met codering UTF-8.", line
        ) from error
    bad = _CONTROLS.search(text)
    if bad:
        line = text.count("\n", 0, bad.start()) + 1
        raise YamlTextError(f"Hier staat een onzichtbaar stuurteken (U+{ord(bad.group()):04X}). Haal het weg.", line)
    _refuse_conflict(text)
    return text


def _refuse_conflict(text: str) -> None:
    """A line of seven equals signs alone may underline a title, unless there is nothing above it."""
    marks = "<<<<<<<" in text or ">>>>>>>" in text or ("=======" in text and _LONELY.search(text))
    found = _CONFLICT.search(text) if marks else None
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise YamlTextError(
            "Hier staan twee versies onder elkaar, met tekens van git. Kies er één, en haal de tekens en de andere weg.",
            line,
        )


def read_tree(text: str) -> Tree:
    """The texts, lists and mappings in one YAML document. Raises YamlTextError."""
    try:
        return _plain(text)
    except (OddError, yaml.YAMLError, UnicodeError):
        return _walk(text, None)


def _plain(text: str) -> Tree:
    loader = LOADER(text)
    try:
        return tree_of(loader.get_event, _MAX_DEPTH)
    finally:
        loader.dispose()


def read_lines(text: str) -> dict[KeyPath, int]:
    """The line, counted from 1, on which each value of a document begins (for a mapping's value: its key's line)."""
    lines: dict[KeyPath, int] = {}
    _walk(text, lines)
    return lines


def _walk(text: str, lines: dict[KeyPath, int] | None) -> Tree:
    try:
        return _Walker(lines).walk(text)
    except yaml.MarkedYAMLError as error:
        # Of a text whose closing quote is missing, the editor must see where it opens, not where the file ends.
        unclosed = "quoted scalar" in (error.context or "")
        mark = (error.context_mark if unclosed else error.problem_mark) or error.context_mark
        line = mark.line + 1 if mark else 0
        raise YamlTextError(_explain(error.problem or "", _line_of(text, line)), line) from error
    except (yaml.YAMLError, UnicodeError) as error:
        raise YamlTextError("Dit is geen YAML. Kijk of het bestand heel is.") from error


class _Frame:
    """An open list or mapping."""

    __slots__ = ("key", "node", "path")

    def __init__(self, node: list[Tree] | dict[str, Tree], path: KeyPath) -> None:
        self.node = node
        self.path = path
        self.key: str | None = None
        """In a mapping: the key that waits for its value."""


class _Walker:
    """Builds the tree from the parser's events with a stack of its own, so depth is ours to limit."""

    def __init__(self, lines: dict[KeyPath, int] | None) -> None:
        self.lines = lines
        self.root: Tree | None = None
        self.stack: list[_Frame] = []

    def walk(self, text: str) -> Tree:
        """The whole document as texts, lists and mappings."""
        loader = LOADER(text)
        try:
            while not isinstance(event := loader.get_event(), yaml.StreamEndEvent):
                self._take(event)
        finally:
            loader.dispose()
        return "" if self.root is None else self.root

    def _take(self, event: yaml.Event) -> None:
        # The kinds that a file has most of come first: a large guide has millions of them.
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event)
        elif isinstance(event, yaml.CollectionEndEvent):
            self.stack.pop()
        elif isinstance(event, yaml.SequenceStartEvent):
            self._open([], event)
        elif isinstance(event, yaml.MappingStartEvent):
            self._open({}, event)
        elif isinstance(event, yaml.AliasEvent):
            raise _at(event, 'Een verwijzing met "*" mag niet. Schrijf de tekst voluit.')
        elif isinstance(event, yaml.DocumentStartEvent) and self.root is not None:
            raise _at(event, 'Hier begint met "---" een tweede document. Zet het in een eigen bestand.')

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.anchor is not None or event.tag is not None:
            _refuse_magic(event)
        frame = self.stack[-1] if self.stack else None
        if frame is None or frame.key is not None or isinstance(frame.node, list):
            self._place(event.value, event)
        elif event.value in frame.node:
            raise _at(event, f'De sleutel "{event.value[:60]}" staat hier twee keer. Laat er één staan.')
        else:
            frame.key = event.value
            if self.lines is not None:
                self.lines[(*frame.path, event.value)] = _line_number(event)

    def _open(self, node: list[Tree] | dict[str, Tree], event: yaml.CollectionStartEvent) -> None:
        _refuse_magic(event)
        if len(self.stack) >= _MAX_DEPTH:
            raise _at(event, "Hier zit te veel in elkaar genest. Maak het eenvoudiger.")
        self.stack.append(_Frame(node, self._place(node, event)))

    def _place(self, value: Tree, event: yaml.Event) -> KeyPath:
        """Puts a value into what is open and returns its path."""
        if not self.stack:
            self.root = value
            return self._noted((), event)
        frame = self.stack[-1]
        if isinstance(frame.node, list):
            frame.node.append(value)
            return self._noted((*frame.path, len(frame.node) - 1), event)
        if frame.key is None:
            raise _at(event, "Een sleutel moet een gewone tekst zijn, geen lijst.")
        key, frame.key = frame.key, None
        frame.node[key] = value
        return (*frame.path, key)

    def _noted(self, path: KeyPath, event: yaml.Event) -> KeyPath:
        if self.lines is not None:
            self.lines[path] = _line_number(event)
        return path


def _refuse_magic(event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> None:
    if event.anchor is not None:
        raise _at(event, 'Een anker met "&" mag niet. Schrijf de tekst voluit, of zet er aanhalingstekens om.')
    if event.tag is not None:
        raise _at(event, 'Een soort met "!" mag niet. Haal het woord met het uitroepteken weg.')


def _at(event: yaml.Event, message: str) -> YamlTextError:
    return YamlTextError(message, _line_number(event))


def _line_number(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 0


def _line_of(text: str, line: int) -> str:
    lines = text.splitlines()
    return lines[line - 1] if 0 < line <= len(lines) else ""


def _explain(problem: str, line: str) -> str:
    if "end of stream" in problem:
        return "Hier begint een tekst met een aanhalingsteken dat nergens sluit. Sluit hem, of haal het teken weg."
    if "\t" in line:
        return "Hier staat een tab. Spring in met spaties."
    if "mapping values are not allowed" in problem or "could not find expected ':'" in problem:
        return (
            'Hier klopt een dubbele punt of het inspringen niet. Zet een tekst met ": " erin tussen aanhalingstekens.'
        )
    return "Dit is geen geldige YAML. Kijk op deze regel en de regel ervoor naar inspringen, streepjes en aanhalingstekens."
