"""The tree in a run of YAML events, for documents in which nothing is odd.

A large guide has millions of events, and nearly all of its files are right; so this asks as little of each event as it
can, and keeps no places. It never explains: what it doesn't take is for the careful walk of yaml_text.py.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from yaml.events import (
    DocumentEndEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
    StreamStartEvent,
)

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree]"
Next: TypeAlias = Callable[[], Any]
"""Gives the next event; what an event has depends on its kind."""


class OddError(ValueError):
    """Something that the careful walk has to look at."""


def tree_of(following: Next, deepest: int) -> Tree:
    """The only document in a stream, when it holds plain texts, lists and mappings, nested no deeper than allowed.

    Raises OddError for anything else: an anchor, an alias, a tag, a key twice, a second document, nothing at all.
    """
    _pass(following, StreamStartEvent, DocumentStartEvent)
    tree = _value(following(), following, deepest)
    _pass(following, DocumentEndEvent, StreamEndEvent)
    return tree


def _pass(following: Next, *kinds: type) -> None:
    for kind in kinds:
        if type(following()) is not kind:
            raise OddError


def _value(event: Any, following: Next, deeper: int) -> Tree:
    kind = type(event)
    if event.anchor is not None or event.tag is not None or (kind is not ScalarEvent and not deeper):
        raise OddError
    if kind is ScalarEvent:
        text: str = event.value
        return text
    if kind is MappingStartEvent:
        return _mapping(following, deeper - 1)
    if kind is SequenceStartEvent:
        return _list(following, deeper - 1)
    raise OddError


def _mapping(following: Next, deeper: int) -> dict[str, Tree]:
    found: dict[str, Tree] = {}
    while type(event := following()) is not MappingEndEvent:
        if type(event) is not ScalarEvent or event.anchor is not None or event.tag is not None or event.value in found:
            raise OddError
        found[event.value] = _value(following(), following, deeper)
    return found


def _list(following: Next, deeper: int) -> list[Tree]:
    found = []
    while type(event := following()) is not SequenceEndEvent:
        found.append(_value(event, following, deeper))
    return found
