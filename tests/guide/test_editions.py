"""What became of the blocks of an edition, and what will become of them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import REGION, TODAY, ContentFolder
from tests.guide.printing import book_of, parsed, printer_of
from wmo_guide.guide.kinds import PAGE_KINDS

MATRIX = next(kind for kind in PAGE_KINDS if kind.name == "matrix")
BEFORE = date(2023, 6, 1)
"""A day on which the newest edition of the sample has yet to come."""


@pytest.mark.parametrize(
    ("day", "asked"),
    [(TODAY, "Wat werd er van d"), (BEFORE, "Wat wordt er van d")],
    ids=["past", "to come"],
)
def test_change_to_come_is_told_as_a_plan(day: date, asked: str, sample: ContentFolder) -> None:
    """Before its first day, a new edition tells what will become of the old blocks; from then on what became of them."""
    book = book_of(sample, REGION, day)
    pages = [parsed(printer_of(book).body(MATRIX.name, page)) for page in MATRIX.pages(book)]

    told = [page.xpath("//h2[contains(., 'er van d')]") for page in pages]
    verbs = " ".join(text for page in pages for text in page.xpath("//dd//strong/text()"))

    assert all(heading.text_content().startswith(asked) for found in told for heading in found)
    assert [len(found) for found in told] == [1, 1]
    assert ("Werd" in verbs or "Kreeg" in verbs) is (day == TODAY)
    assert ("Wordt" in verbs or "Krijgt" in verbs) is (day == BEFORE)
