"""Answers that share their keys read like any mapping."""

from __future__ import annotations

import pickle

import pytest

from wmo_guide.domain.provider import Answer
from wmo_guide.store.row import Row

ANSWERS: dict[str, Answer] = {
    "what": "Wij helpen.",
    "how": ("group",),
    "levels": {"complexity": ("light",)},
    "yes": False,
}


@pytest.fixture
def row() -> Row:
    """The answers, as a row."""
    return Row({key: place for place, key in enumerate(ANSWERS)}, tuple(ANSWERS.values()))


def test_row_is_the_mapping_it_was_made_from(row: Row) -> None:
    """A row equals the mapping with the same answers, in both directions and in the same order."""
    assert row == ANSWERS
    assert row == ANSWERS
    assert list(row.items()) == list(ANSWERS.items())
    assert row != {**ANSWERS, "yes": True}


def test_row_knows_its_keys_and_no_others(row: Row) -> None:
    """A key that was not answered is not in a row, and asking for it is an error or gives what stands in for it."""
    assert "yes" in row
    assert "no" not in row
    assert row.get("yes", True) is False
    assert row.get("no", "other") == "other"
    with pytest.raises(KeyError):
        row["no"]


def test_row_comes_back_from_a_cache(row: Row) -> None:
    """A row that was stored is the same row, and rows that were stored together still share their keys."""
    first, second = pickle.loads(pickle.dumps([row, Row(row._places, (1, 2, 3, 4))]))  # noqa: S301, SLF001  (made here)

    assert first == row
    assert first._places is second._places  # noqa: SLF001  (sharing is what a row is for)
