"""Answers to questions that leave the form while somebody types, on every way that they can be sent."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import HOME, ContentFolder
from tests.provider_forms.provider.filling import BY_SCRIPT, OFFERING, Fields, elements, fill_in, filled, typed
from tests.provider_forms.visiting import MANAGER, Browser, Forms, make_forms, text_of

STRAY = "Wij lezen samen."
PATH = f"/aanbieder/1/{OFFERING}"


@pytest.fixture
def here(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The application over content that the test may change."""
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
def rename(content: ContentFolder) -> Callable[[str, str], None]:
    """Gives a question another key."""

    def change(old: str, new: str) -> None:
        tree = content.tree("questions/offering.yaml")
        asked = [{**one, "key": new if one["key"] == old else one["key"]} for one in tree["questions"]]
        content.write("questions/offering.yaml", {**tree, "questions": asked})

    return change


def _typed_then_renamed(browser: Browser, rename: Callable[[str, str], None], button: str = "verder") -> Fields:
    form = filled(browser.get(PATH), {"what": STRAY}, button)
    rename("what", "what_else")
    return form


def _strays(browser: Browser) -> list[str | None]:
    return [one.text for one in elements(browser.get(PATH), "//textarea[contains(@class, 'wf-stray')]")]


def test_a_script_is_told_of_a_stray(browser: Browser, rename: Callable[[str, str], None]) -> None:
    """A save by script with an answer to a question that is gone isn't told as saved; the answer stands on the page later on."""
    form = _typed_then_renamed(browser, rename, "")

    answer = browser.post(PATH, form, headers=BY_SCRIPT)

    assert "uit het formulier gehaald" in answer.get_json()["told"]
    assert STRAY in _strays(browser)


@pytest.mark.parametrize("button", ["verder", "later", "overnemen:dag-buiten"])
def test_a_stray_returns_with_its_question(browser: Browser, rename: Callable[[str, str], None], button: str) -> None:
    """Whichever button is pressed, the answer is shown, and it stands at its question again when that comes back."""
    fill_in(browser, "/aanbieder/1/aanbod/2024/dag-buiten", {"summary": "Buiten"})
    form = _typed_then_renamed(browser, rename, button)

    browser.post(PATH, form)

    assert STRAY in _strays(browser)
    rename("what_else", "what")
    assert typed(browser.get(PATH), "what") == STRAY
    assert _strays(browser) == []


def test_a_stray_after_an_ended_session(here: Forms, browser: Browser, rename: Callable[[str, str], None]) -> None:
    """A text that was kept after the session ended is shown when its question is gone, and saving the page stores it too."""
    form = filled(browser.get(PATH), {"what": STRAY})
    here.clock.forward(timedelta(hours=13))
    browser.post(PATH, form)
    rename("what", "what_else")
    browser.sign_in(MANAGER)

    assert STRAY in _strays(browser)
    fill_in(browser, PATH, {"summary": "Nieuw"})
    fill_in(browser, PATH, {"summary": "Nieuwer"})
    rename("what_else", "what")
    assert typed(browser.get(PATH), "what") == STRAY


def test_a_stray_in_a_merge(browser: Browser, rename: Callable[[str, str], None]) -> None:
    """The page that merges two versions shows the answer to a question that is gone, and its choice keeps it."""
    form = filled(browser.get(PATH), {"what": STRAY, "summary": "Mijn"})
    fill_in(browser, PATH, {"summary": "Hun"}, "later")
    merge = browser.post(PATH, form).location
    rename("what", "what_else")

    page = browser.get(merge)
    assert STRAY in text_of(page)
    browser.post(merge, filled(page, {}, "") | {"kies.summary": ["mijn"]})
    rename("what_else", "what")
    assert STRAY in typed(browser.get(PATH), "what")


def test_a_stray_can_be_taken_away(browser: Browser, rename: Callable[[str, str], None]) -> None:
    """Who no longer needs such an answer ticks a box, and it is gone; other answers stay."""
    browser.post(PATH, _typed_then_renamed(browser, rename, "later"))

    browser.post(PATH, filled(browser.get(PATH), {}, "later") | {"weg": ["what", "summary"]})

    assert _strays(browser) == []
    assert typed(browser.get(PATH), "summary") == "Wij openen samen de post."


@pytest.fixture
def lost(here: Forms, browser: Browser, content: ContentFolder) -> Browser:
    """A browser of a manager whose text was kept on the page of a block that left the matrix since."""
    page = "/aanbieder/1/aanbod/2024/uit-logeren"
    form = filled(browser.get(page), {"what": STRAY, "how": ["group"]})
    here.clock.forward(timedelta(hours=13))
    browser.post(page, form)
    for file in (f"{HOME}/matrix/2024.yaml", f"{HOME}/conversion/2020-to-2024.yaml", f"{HOME}/situations.yaml"):
        content.raw(file, content.text(file).replace("uit-logeren", "ergens-logeren"))
    browser.sign_in(MANAGER)
    return browser


def test_a_page_that_is_gone_shows_its_text(lost: Browser) -> None:
    """A text that was kept on a page that is gone stands there to copy, with its questions; the start page leads to it."""
    link = elements(lost.get("/aanbieder/1/"), "//a[contains(., 'Een bouwsteen die er niet meer is')]")[0]

    page = lost.get(link.attrib["href"])

    assert page.status_code == 404
    assert STRAY in [one.text for one in elements(page, "//textarea")]
    assert "Tekst 1" not in text_of(page)
    assert "group" not in [one.text for one in elements(page, "//textarea")]


def test_a_text_of_a_page_that_is_gone_can_be_dropped(lost: Browser) -> None:
    """A button on that page drops the text; after that the start page doesn't tell of it any more."""
    page = lost.get("/aanbieder/1/aanbod/2024/uit-logeren")
    action = elements(page, "//form[contains(@action, 'niet-opgeslagen')]")[0].attrib["action"]

    assert STRAY in lost.get(action).text
    assert "De tekst is weg." in text_of(lost.get(lost.post(action).location))
    assert "nog niet is opgeslagen" not in text_of(lost.get("/aanbieder/1/"))
    assert lost.get("/aanbieder/1/aanbod/2024/uit-logeren").status_code == 404


def test_texts_given_back_tell_their_questions(here: Forms, browser: Browser) -> None:
    """A page with texts to copy has the questions and the choices in the words of the form."""
    form = filled(browser.get(PATH), {"what": STRAY, "levels.intensity": ["1"]})
    labels = [one.text_content() for one in elements(browser.get(PATH), "//label[@for='v-what']")]
    browser.post("/aanbieder/uitloggen")

    answer = browser.post(PATH, form)

    told = {one.attrib["id"]: one.text for one in elements(answer, "//textarea")}
    named = {one.text: told[one.attrib["for"]] for one in elements(answer, "//label")}
    assert named[labels[0].strip()] == STRAY
    assert "Zandhoek" in " ".join(filter(None, told.values()))
    assert "zandhoek" not in " ".join(filter(None, told.values()))
