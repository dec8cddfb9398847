"""The folder of the search files that tell of offers."""

from __future__ import annotations

from datetime import date, timedelta

from tests.builders import REGION, TODAY, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.guide.search.facets import Facets
from wmo_guide.guide.search.folder import folder_of


def _folder(content: ContentFolder, day: date = TODAY) -> str:
    book = book_of(content, day=day)
    return folder_of(book, Facets.of(book))


def test_another_day_has_another_folder(sample: ContentFolder) -> None:
    """Keys of providers are other ones each day, so files of two days never stand in one folder."""
    assert _folder(sample) != _folder(sample, TODAY + timedelta(days=1))


def test_another_filter_has_another_folder(content: ContentFolder) -> None:
    """With a filter more or less the columns of lists are other ones."""
    before = _folder(content)
    questions = content.tree("questions/offering.yaml")
    questions["questions"].append({"key": "garden", "kind": "yes_no", "label": "Is er een tuin?", "facet": "true"})
    content.write("questions/offering.yaml", questions)

    assert _folder(content) != before


def test_a_changed_provider_stays_in_the_folder(content: ContentFolder) -> None:
    """What changes of providers rewrites their own files alone."""
    before = _folder(content)
    content.remove(f"regions/{REGION}/providers/alfa-thuis.yaml")

    assert _folder(content) == before
