"""Pages tell when the newest of what stands on them was changed."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import HOME, TODAY, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.guide.kinds import PAGE_KINDS

KINDS = {kind.name: kind for kind in PAGE_KINDS}
NEW = date(2026, 1, 14)
"""Later than all else in the sample, and before the guide's day."""


def _day(kind: str, content: ContentFolder) -> date:
    return max(page.updated for page in KINDS[kind].pages(book_of(content)))


@pytest.mark.parametrize("kind", ["region_home", "block", "municipality", "municipality_block"])
def test_page_with_texts_of_the_matrix_tells_when_it_changed(kind: str, content: ContentFolder) -> None:
    """A page that shows names or texts of the matrix is as new as the matrix."""
    assert _day(kind, content) < NEW < TODAY

    content.put(f"{HOME}/matrix/2024.yaml", ("updated",), NEW.isoformat())

    assert _day(kind, content) == NEW


@pytest.mark.parametrize("kind", ["block", "municipality_block", "provider"])
def test_page_with_an_offer_tells_when_it_changed(kind: str, content: ContentFolder) -> None:
    """A page that shows what a provider offers is as new as what the provider told."""
    content.put(f"{HOME}/providers/alfa-thuis.yaml", ("updated",), NEW.isoformat())

    assert _day(kind, content) == NEW


def test_home_tells_when_a_situation_changed(content: ContentFolder) -> None:
    """The home page of a region, which leads to situations, is as new as they are."""
    content.put(f"{HOME}/situations.yaml", ("situations", 0, "updated"), NEW.isoformat())

    assert _day("region_home", content) == NEW
