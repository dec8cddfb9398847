"""Writing records as YAML that a person would write: keys in one order, texts of several lines as blocks."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from wmo_guide.store.yaml_text import LOADER, Tree

_WIDTH = 110
_DAY = re.compile(r"[12]\d{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")


class CommentError(ValueError):
    """A file has remarks between its keys, which rewriting would lose. `lines` tells where, counted from 1."""

    def __init__(self, lines: Sequence[int]) -> None:
        where = ", ".join(str(line) for line in lines)
        super().__init__(
            f"Dit bestand heeft opmerkingen (#) op regel {where}. Zet ze bovenaan, dan blijven ze bewaard."
        )
        self.lines = tuple(lines)


def dump(tree: Tree, *, width: int = _WIDTH, flow: bool = False) -> str:
    """The YAML of texts, lists and mappings, in the order given; reading it gives the same tree back.

    With `flow`, lists and mappings stand between brackets.
    """
    return yaml.dump(tree, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=width, default_flow_style=flow)


def rewrite(old: str, tree: Tree) -> str:
    """The YAML of a tree under the remarks that stood at the top of its file. Raises CommentError for other remarks."""
    lines = old.splitlines(keepends=True)
    top = next((index for index, line in enumerate(lines) if line.strip() and not line.startswith("#")), len(lines))
    inner = _comment_lines(old, top)
    if inner:
        raise CommentError(inner)
    return "".join(lines[:top]) + dump(tree)


def write_whole(path: Path, text: str) -> None:
    """Puts a text into a file, on disk when this returns: whole or not at all, also when the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        fresh.chmod(0o644)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _comment_lines(text: str, top: int) -> list[int]:
    """Lines after `top` with a remark: a # that stands outside every text."""
    rest = list(text)
    for event in yaml.parse(text, Loader=LOADER):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            for place in range(event.start_mark.index, event.end_mark.index):
                rest[place] = "\n" if rest[place] == "\n" else " "
    return [number for number, line in enumerate("".join(rest).split("\n"), 1) if number > top and "#" in line]


class _Dumper(yaml.SafeDumper):
    """Lists under a key are indented, and texts of several lines are blocks."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002  (PyYAML's signature)
        """Always indents lists."""
        super().increase_indent(flow, indentless=False)


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    if text in ("true", "false"):
        return dumper.represent_scalar("tag:yaml.org,2002:bool", text)
    if _DAY.fullmatch(text):
        return dumper.represent_scalar("tag:yaml.org,2002:timestamp", text)
    lines = text.split("\n")
    as_block = len(lines) > 1 and not text.startswith((" ", "\n")) and all(line == line.rstrip() for line in lines)
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style="|" if as_block else None)


_Dumper.add_representer(str, _text)


def in_order(values: Mapping[str, Any], order: Sequence[str]) -> dict[str, Any]:
    """The mapping with its keys in the given order; keys outside it come last, as they stood."""
    return {key: values[key] for key in (*(k for k in order if k in values), *(k for k in values if k not in order))}
