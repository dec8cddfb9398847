"""Many ways to break content: each is told once, in its file, on its line, under its key, with what to do."""

from __future__ import annotations

import pytest

from tests.builders import ContentFolder
from tests.store.faults import (
    answers,
    chooser,
    contradictions,
    days,
    files,
    house_style,
    markdown,
    nonsense,
    references,
    search_words,
    sense,
    shape,
    twice,
    upkeep,
    values,
    yaml_text,
)
from tests.store.faults.row import Row

FAMILIES = (
    yaml_text,
    shape,
    values,
    twice,
    references,
    answers,
    sense,
    contradictions,
    days,
    house_style,
    files,
    markdown,
    nonsense,
    search_words,
    upkeep,
    chooser,
)
ROWS = {f"{family.__name__.rpartition('.')[2]}: {row.name}": row for family in FAMILIES for row in family.ROWS}


def _line_number(content: ContentFolder, row: Row) -> int:
    """The number of the line that the row means."""
    if isinstance(row.line, int):
        return row.line
    lines = content.path(row.file).read_bytes().decode("utf-8", "replace").split("\n")
    wanted, nth = row.line if isinstance(row.line, tuple) else (row.line, 1)
    found = [number for number, line in enumerate(lines, 1) if wanted in line]
    assert len(found) == nth, f"{wanted!r} stands on lines {found} of {row.file}"
    return found[nth - 1]


@pytest.mark.parametrize("row", ROWS.values(), ids=ROWS.keys())
def test_each_fault_is_told_once_with_its_place(content: ContentFolder, row: Row) -> None:
    """One fault in good content gives one problem, with the right file, line and key, that says what to do."""
    row.change(content)

    problems = content.problems()

    assert [(one.file, one.line, one.key) for one in problems] == [(row.file, _line_number(content, row), row.key)]
    assert row.says in problems[0].message


def test_there_are_many_ways() -> None:
    """The tables hold at least a hundred different faults, each under a name of its own."""
    assert len(ROWS) >= 100
    assert len(ROWS) == sum(len(family.ROWS) for family in FAMILIES)


def test_sample_has_no_problem(content: ContentFolder) -> None:
    """Good content has no problem, so every problem above comes from its row's change."""
    loaded = content.load()

    assert loaded.problems == ()
    assert [one.slug for one in loaded.catalogues] == ["duinrand", "veenpolder"]
