"""The content that forms are held against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_forms.web import content as web_content
from provider_forms.web.content import ContentError
from tests.builders import HOME, REGION, ContentFolder
from tests.provider_forms.visiting import Forms, make_forms


@pytest.fixture
def own(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The application over content that the test may change."""
    made = make_forms(tmp_path / "var", content.root)
    yield made
    made.desk.close()


def test_standards_follow_the_files(own: Forms, content: ContentFolder) -> None:
    """A question added in YAML is there at the next request, and nothing is read twice in between."""
    with own.app.app_context():
        before = web_content.standards(REGION)
        assert web_content.standards(REGION) is before
    with own.app.app_context():
        assert web_content.standards(REGION) is before
    asked = content.tree("questions/organisation.yaml")["questions"]
    extra = {"key": "extra", "kind": "line", "label": "Iets anders"}
    content.put("questions/organisation.yaml", ("questions", len(asked)), extra)

    with own.app.app_context():
        keys = [question.key for question in web_content.standards(REGION).organisation_questions]

    assert keys[-1] == "extra"


@pytest.mark.parametrize("region", ["nergens", "../regions/duinrand", "", "duinrand/providers"])
def test_a_region_that_is_not_there(own: Forms, region: str) -> None:
    """A region without content raises ContentError, or gives None if asked so."""
    with own.app.app_context():
        assert web_content.standards(region, or_none=True) is None
        with pytest.raises(ContentError):
            web_content.standards(region)


def test_a_providers_file_comes_with_its_fingerprint(own: Forms, content: ContentFolder) -> None:
    """The fingerprint changes with the file, and a file that is broken or missing gives nothing."""
    with own.app.app_context():
        first = web_content.published(REGION, "alfa-thuis")
        content.put(f"{HOME}/providers/alfa-thuis.yaml", ("updated",), "2026-01-02")
        second = web_content.published(REGION, "alfa-thuis")
        content.raw(f"{HOME}/providers/alfa-thuis.yaml", "updated: [")

        assert first is not None
        assert second is not None
        assert first.digest != second.digest
        assert str(second.file.updated) == "2026-01-02"
        assert web_content.provider_file(REGION, "alfa-thuis") is None
        assert web_content.provider_file(REGION, "nieuw") is None
        assert web_content.provider_file(REGION, "../region") is None
