"""The folder of the search files that tell of offers."""

from __future__ import annotations

from datetime import timedelta

from tests.builders import REGION, TODAY, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.guide.search.folder import folder_of


def test_another_day_has_another_folder(sample: ContentFolder) -> None:
    """Keys of providers are other ones each day, so files of two days never stand in one folder."""
    assert folder_of(book_of(sample)) != folder_of(book_of(sample, day=TODAY + timedelta(days=1)))


def test_another_filter_has_another_folder(content: ContentFolder) -> None:
    """With a filter more or less the columns of lists are other ones."""
    before = folder_of(book_of(content))
    questions = content.tree("questions/offering.yaml")
    questions["questions"].append({"key": "garden", "kind": "yes_no", "label": "Is er een tuin?", "facet": "true"})
    content.write("questions/offering.yaml", questions)

    assert folder_of(book_of(content)) != before


def test_a_changed_provider_stays_in_the_folder(content: ContentFolder) -> None:
    """What changes of providers rewrites their own files alone."""
    before = folder_of(book_of(content))
    content.remove(f"regions/{REGION}/providers/alfa-thuis.yaml")

    assert folder_of(book_of(content)) == before
