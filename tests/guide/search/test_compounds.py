"""Long words taken apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.guide.search.compounds import Parts

PARTS = Parts.of(told=("dag", "zorg"), seen=("besteding", "boodschappen", "dienst", "regio", "mantel", "werk"))


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("dagbesteding", ("dag", "besteding")),
        ("dagbestedingen", ("dag", "bestedingen")),
        ("boodschappendienst", ("boodschappen", "dienst")),
        ("werksdienst", ("werks", "dienst")),
        ("dagsdienst", ("dag", "dienst")),
        ("mantelzorg", ("mantel", "zorg")),
        ("besteding", ("besteding",)),
        ("wandelen", ("wandelen",)),
        ("dagdag", ("dagdag",)),
    ],
)
def test_a_word_is_taken_apart(word: str, parts: tuple[str, ...]) -> None:
    """Words made of parts come apart, without what links them; short and other words stay whole."""
    assert PARTS.apart(word) == parts


@given(st.text(alphabet="abdegiknorst", max_size=24))
def test_parts_are_parts(word: str) -> None:
    """Whatever the word, its parts stand in it in their order, and there is at least one."""
    parts = PARTS.apart(word)

    assert word.startswith(parts[0])
    assert word.endswith(parts[-1])
    assert len(parts) in (1, 2)
