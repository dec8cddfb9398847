"""Texts under a question that staff change into boxes: no box can show them, and none of them is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import HOME, ContentFolder
from tests.provider_forms.provider.filling import BY_SCRIPT, OFFERING, elements, fill_in, filled, part, typed
from tests.provider_forms.visiting import MANAGER, Browser, Forms, make_forms

KEY = "start"
LONG = "Wij bellen u, en dan begint een lang verhaal."
PATH = f"/aanbieder/1/{OFFERING}"
PART = "offering/2024/post-en-papieren"
OPTIONS = [{"key": "call", "label": "Wij bellen u"}, {"key": "visit", "label": "Wij komen langs"}]
BOXES = [("yes_no", []), ("choice", OPTIONS), ("choices", OPTIONS), ("levels", [])]
Become = Callable[..., None]


@pytest.fixture
def here(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The application over content that the test may change, in which no file answers the question."""
    file = f"{HOME}/providers/alfa-thuis.yaml"
    content.raw(file, content.text(file).replace("      start: U belt ons.\n", ""))
    made = make_forms(tmp_path / "var", content.root)
    yield made
    made.desk.close()


@pytest.fixture
def browser(here: Forms) -> Browser:
    """A browser of a manager whose draft began from the file."""
    here.organisation(MANAGER)
    browser = here.signed_in()
    browser.get("/aanbieder/1/")
    return browser


@pytest.fixture
def become(content: ContentFolder) -> Become:
    """Asks the question in another way."""

    def change(kind: str, options: object = ()) -> None:
        tree = content.tree("questions/offering.yaml")
        asked = [{**one, "kind": kind, "options": options} if one["key"] == KEY else one for one in tree["questions"]]
        content.write("questions/offering.yaml", {**tree, "questions": asked})

    return change


def _left(browser: Browser) -> list[str | None]:
    return [one.text for one in elements(browser.get(PATH), "//textarea[contains(@class, 'wf-stray')]")]


@pytest.mark.parametrize(("kind", "options"), BOXES)
def test_a_stored_text_is_shown_and_kept(browser: Browser, become: Become, kind: str, options: object) -> None:
    """A text in the draft is shown when its question has boxes now, and stays when the page is saved."""
    fill_in(browser, PATH, {KEY: LONG})
    become(kind, options)

    assert _left(browser) == [LONG]
    fill_in(browser, PATH, {"summary": "Nieuw"})
    fill_in(browser, PATH, {"summary": "Nieuwer"})
    assert _left(browser) == [LONG]


@pytest.mark.parametrize(("kind", "options"), BOXES)
def test_a_posted_text_is_shown_and_kept(browser: Browser, become: Become, kind: str, options: object) -> None:
    """A text that is posted after its question got boxes is shown at once, and stays when the page is saved."""
    form = filled(browser.get(PATH), {KEY: LONG})
    become(kind, options)

    assert LONG in browser.post(PATH, form).text
    fill_in(browser, PATH, {"summary": "Nieuw"})
    assert _left(browser) == [LONG]


def test_a_script_is_told(browser: Browser, become: Become) -> None:
    """A save by script of such a text isn't told as an ordinary save."""
    form = filled(browser.get(PATH), {KEY: LONG}, "")
    become("choice", OPTIONS)

    answer = browser.post(PATH, form, headers=BY_SCRIPT)

    assert "veranderd" in answer.get_json()["told"]
    assert _left(browser) == [LONG]


def test_after_an_ended_session(here: Forms, browser: Browser, become: Become) -> None:
    """A text that was kept after the session ended is shown too."""
    form = filled(browser.get(PATH), {KEY: LONG})
    here.clock.forward(timedelta(hours=13))
    browser.post(PATH, form)
    become("choices", OPTIONS)
    browser.sign_in(MANAGER)

    fill_in(browser, PATH, {"summary": "Nieuw"})

    assert _left(browser) == [LONG]


def test_the_new_answer_stands_beside_it(here: Forms, browser: Browser, become: Become) -> None:
    """The question is answered with a box, and the text is taken away by who no longer needs it."""
    fill_in(browser, PATH, {KEY: LONG})
    become("choice", OPTIONS)

    fill_in(browser, PATH, {KEY: "call"})
    assert typed(browser.get(PATH), KEY) == "call"
    assert _left(browser) == [LONG]
    browser.post(PATH, filled(browser.get(PATH), {}) | {"weg": [f"{KEY}~"]})

    assert _left(browser) == []
    assert part(here, 1, PART).answers[KEY] == "call"


def test_a_second_text_goes_over_no_other(browser: Browser, become: Become) -> None:
    """A question that goes back and forth twice keeps both texts."""
    fill_in(browser, PATH, {KEY: LONG})
    become("choice", OPTIONS)
    fill_in(browser, PATH, {KEY: "call"})
    become("text")
    fill_in(browser, PATH, {KEY: "Een tweede verhaal."})
    become("choice", OPTIONS)
    fill_in(browser, PATH, {"summary": "Nieuw"})

    assert _left(browser) == [f"{LONG}\n\nEen tweede verhaal."]


def test_a_choice_that_is_gone_is_no_text(browser: Browser, become: Become) -> None:
    """The key of an option that staff took out isn't shown: it says nothing to who chose it."""
    become("choice", OPTIONS)
    fill_in(browser, PATH, {KEY: "call"})
    become("choice", OPTIONS[1:])

    assert _left(browser) == []
