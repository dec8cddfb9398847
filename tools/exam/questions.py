"""Search exams: what residents type, and the pages of the guide that count as right."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import yaml

from wmo_guide.publication import ROOT

EXAM = ROOT / "tests" / "search" / "exam.yaml"
"""The exam that comes with the project."""
CLASSES = ("everyday", "misspelt", "compound", "sentence", "provider", "place", "official", "english", "none")
"""What can be hard about a question; nothing in the guide answers one of the last class."""
UNANSWERED = CLASSES[-1]


@dataclass(frozen=True)
class Query:
    """One question of an exam."""

    ask: str
    """What somebody types."""
    kind: str
    """Its class, one of CLASSES."""
    right: tuple[str, ...]
    """Addresses that help, from the root of the site; an item on a page has a fragment."""


def read_exam(path: Path = EXAM) -> tuple[Query, ...]:
    """The questions of an exam, in the order of the file."""
    tree = yaml.safe_load(path.read_text(encoding="utf-8"))
    return tuple(Query(one["ask"], one["class"], tuple(one["right"])) for one in tree["queries"])
