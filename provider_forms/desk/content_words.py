"""The words of the forms for content, out of editor.yaml."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.values import Blank, Line
from wmo_guide.store.yaml_text import read_tree

Choose = Literal["sources", "blocks", "facilities", "factsheets", "municipalities", "subjects", "terms", "pages"]
"""What a field can refer to."""


class KindWords(Record):
    """A kind of content."""

    title: Line
    """Heading of its list."""
    one: Line
    """One of them, within a sentence."""
    about: Line
    """What it is for."""
    example: Annotated[Line | None, Blank] = None
    """A name in an address, to show how one looks."""


class FieldWords(Record):
    """A field of a form."""

    label: Line
    """What is asked."""
    help: Annotated[Line | None, Blank] = None
    """What to fill in."""
    options: dict[str, Line] = Field(default_factory=dict)
    """What the reader sees for each value of a fixed choice."""
    choose: Annotated[Choose | None, Blank] = None
    """What a reference refers to."""
    none: Annotated[Line | None, Blank] = None
    """What choosing nothing means, where one of several can be chosen."""


class Words(Record):
    """All words."""

    kinds: dict[str, KindWords]
    """By the kind's key."""
    fields: dict[str, dict[str, FieldWords]]
    """By model and field."""

    def of(self, model: type[Record], field: str) -> FieldWords:
        """The words of a field."""
        return self.fields[model.__name__][field]


@cache
def words() -> Words:
    """The words."""
    text = Path(__file__).with_name("editor.yaml").read_text(encoding="utf-8")
    return Words.model_validate(read_tree(text))
