"""Questions and blocks that are away from the content for a moment: their answers wait for them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import HOME, ContentFolder
from tests.provider_forms.provider.filling import OFFERING, fill_in, part, typed
from tests.provider_forms.visiting import MANAGER, Browser, Forms, make_forms

NAMING = tuple(f"{HOME}/{file}.yaml" for file in ("matrix/2024", "conversion/2020-to-2024", "situations"))
"""The files that name blocks."""


@pytest.fixture
def here(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The application over content that the test may change."""
    made = make_forms(tmp_path / "var", content.root)
    yield made
    made.desk.close()


@pytest.fixture
def browser(here: Forms) -> Browser:
    """A browser of a manager whose draft began from the file."""
    home = f"/aanbieder/{here.organisation(MANAGER)}/"
    browser = here.signed_in()
    browser.get(home)
    return browser


@pytest.mark.parametrize("button", ["verder", "later"])
def test_answers_wait_for_their_question(here: Forms, browser: Browser, content: ContentFolder, button: str) -> None:
    """A page saved while a question is away from the YAML keeps that question's answer, and shows it when it is back."""
    path = f"/aanbieder/1/{OFFERING}"
    fill_in(browser, path, {"what": "Wij lezen samen.", "waiting_weeks": "9"})
    before = content.tree("questions/offering.yaml")
    kept = [one for one in before["questions"] if one["key"] not in ("what", "waiting_weeks")]
    content.write("questions/offering.yaml", {**before, "questions": kept})
    fill_in(browser, path, {"summary": "Nieuw"}, button)
    content.write("questions/offering.yaml", before)

    assert typed(browser.get(path), "what") == "Wij lezen samen."
    assert typed(browser.get(path), "waiting_weeks") == "9"
    assert typed(browser.get(path), "summary") == "Nieuw"


def test_an_answer_that_was_taken_away_stays_away(here: Forms, browser: Browser) -> None:
    """Emptying the answer to a question that is asked does take it away."""
    fill_in(browser, f"/aanbieder/1/{OFFERING}", {"waiting_weeks": ""})

    assert "waiting_weeks" not in part(here, 1, "offering/2024/post-en-papieren").answers


def test_a_choice_waits_for_its_block(here: Forms, browser: Browser, content: ContentFolder) -> None:
    """A block that was chosen stays chosen when others are saved while it is away from the matrix."""
    path = "/aanbieder/1/bouwstenen"
    fill_in(browser, path, {"blocks": ["post-en-papieren", "uit-logeren"]})
    before = {file: content.text(file) for file in NAMING}
    for file, text in before.items():
        content.raw(file, text.replace("uit-logeren", "ergens-logeren"))
    saved = fill_in(browser, path, {"blocks": ["dag-buiten"]})
    for file, text in before.items():
        content.raw(file, text)

    assert saved.status_code == 303
    assert typed(browser.get(path), "blocks") == ["dag-buiten", "uit-logeren"]
