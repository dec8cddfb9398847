"""What can stand on a sheet. Texts in it are only ever data: the typesetter never reads them as markup or code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from wmo_guide.guide.prose import runs


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one look."""

    text: str
    strong: bool = False
    emph: bool = False
    href: str = ""
    """Where it leads; empty when it is no link."""


Spans: TypeAlias = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; a sheet's own title has level 1."""

    level: int
    spans: Spans
    kind: Literal["heading"] = "heading"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    spans: Spans
    kind: Literal["paragraph"] = "paragraph"


@dataclass(frozen=True, slots=True)
class Items:
    """A list; an item holds paragraphs, and lists of its own."""

    items: tuple[tuple[Node, ...], ...]
    ordered: bool = False
    kind: Literal["items"] = "items"


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a row of headings."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]
    kind: Literal["table"] = "table"


@dataclass(frozen=True, slots=True)
class Field:
    """Room to write: on the page a field, on paper lines."""

    label: str
    lines: int = 1
    help: str = ""
    kind: Literal["field"] = "field"


@dataclass(frozen=True, slots=True)
class Option:
    """Something that can be ticked."""

    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """Options to tick: one, or as many as apply."""

    label: str
    options: tuple[Option, ...]
    many: bool = False
    help: str = ""
    kind: Literal["choice"] = "choice"


@dataclass(frozen=True, slots=True)
class Scores:
    """Statements, each to be judged in the same words."""

    label: str
    statements: tuple[str, ...]
    verdicts: tuple[str, ...]
    kind: Literal["scores"] = "scores"


Node: TypeAlias = Heading | Paragraph | Items | Table | Field | Choice | Scores


def heading(text: str, level: int = 2) -> Heading:
    """A heading of plain text."""
    return Heading(level, (Span(text),))


def plain(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Span(text),))


def bullets(*texts: str) -> Items:
    """A list of plain texts."""
    return Items(tuple((plain(text),) for text in texts))


def paragraphs(text: str) -> tuple[Node, ...]:
    """Prose from outside: the same paragraphs and lists as on a page."""
    return tuple(bullets(*lines) if kind == "item" else plain(" ".join(lines)) for kind, lines in runs(text))
