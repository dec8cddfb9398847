"""Answers on the page of the fast lane whose question goes away while somebody types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from provider_forms.desk.staff_models import PublishJob
from tests.builders import HOME, ContentFolder
from tests.provider_forms.provider.filling import Fields, elements, fields
from tests.provider_forms.visiting import MANAGER, SLUG, Browser, Forms, make_forms, text_of
from wmo_guide.store.yaml_text import read_tree

WEEKS = "a.waiting_weeks.2024.post-en-papieren"
STOP = "a.intake_stop.2024.post-en-papieren"
GARDEN = "a.waiting_weeks.2024.dag-buiten"


@pytest.fixture
def here(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The application over content that the test may change."""
    made = make_forms(tmp_path / "var", content.root)
    yield made
    made.desk.close()


@pytest.fixture
def path(here: Forms) -> str:
    """The page's address."""
    return f"/aanbieder/{here.organisation(MANAGER)}/wachttijd"


@pytest.fixture
def browser(here: Forms, path: str) -> Browser:
    """A manager's browser."""
    return here.signed_in()


@pytest.fixture
def rename(content: ContentFolder) -> Callable[[str, str], None]:
    """Gives a question another key."""

    def change(old: str, new: str) -> None:
        tree = content.tree("questions/offering.yaml")
        asked = [{**one, "key": new if one["key"] == old else one["key"]} for one in tree["questions"]]
        content.write("questions/offering.yaml", {**tree, "questions": asked})

    return change


def _typed(browser: Browser, path: str, **more: str) -> Fields:
    return {**fields(browser.get(path)), WEEKS: ["9"], **{name: [text] for name, text in more.items()}}


def _strays(page: TestResponse) -> list[str | None]:
    return [one.text for one in elements(page, "//textarea[contains(@class, 'wf-stray')]")]


def _jobs(forms: Forms) -> list[PublishJob]:
    with forms.desk.database.read() as db:
        return list(db.query(PublishJob).order_by(PublishJob.id))


def test_an_answer_without_its_question_is_kept(
    here: Forms, browser: Browser, path: str, rename: Callable[[str, str], None]
) -> None:
    """Other answers are sent; the one whose question is gone stands on the page to copy, also after saving again and elsewhere."""
    form = _typed(browser, path, **{STOP: "yes"})
    rename("waiting_weeks", "weeks_to_wait")
    saved = browser.post(path, form)

    assert saved.location == f"{path}?gedaan=ja"
    tree = read_tree(_jobs(here)[0].changes[0]["text"])
    assert tree["offerings"][0]["answers"]["intake_stop"] == "yes"  # type: ignore[index,call-overload]
    page = browser.get(saved.location)
    assert _strays(page) == ["9"]
    assert "nog niet opgeslagen" not in text_of(page)
    assert browser.post(path, fields(page)).location == f"{path}?gedaan=gelijk"
    assert _strays(here.signed_in().get(path)) == ["9"]


def test_it_returns_with_its_question(browser: Browser, path: str, rename: Callable[[str, str], None]) -> None:
    """When the question is back, the answer stands at it, told as not saved yet; once saved it is sent."""
    form = _typed(browser, path)
    rename("waiting_weeks", "weeks_to_wait")
    browser.post(path, form)
    rename("weeks_to_wait", "waiting_weeks")
    page = browser.get(path)

    assert _strays(page) == []
    assert fields(page)[WEEKS] == ["9"]
    assert "nog niet opgeslagen" in text_of(page)
    assert browser.post(path, fields(page)).location == f"{path}?gedaan=ja"
    assert "nog niet opgeslagen" not in text_of(browser.get(path))


def test_it_survives_an_error_elsewhere(browser: Browser, path: str, rename: Callable[[str, str], None]) -> None:
    """A page that comes back with an error shows the answer as well, and the post that mends the error keeps it."""
    form = _typed(browser, path, **{STOP: "misschien"})
    rename("waiting_weeks", "weeks_to_wait")
    wrong = browser.post(path, form)

    assert wrong.status_code == 400
    assert _strays(wrong) == ["9"]
    assert browser.post(path, {**fields(wrong), STOP: ["yes"]}).status_code == 303
    assert _strays(browser.get(path)) == ["9"]


def test_it_can_be_taken_away(browser: Browser, path: str, rename: Callable[[str, str], None]) -> None:
    """Who no longer needs the answer ticks a box and saves, and it is gone."""
    form = _typed(browser, path)
    rename("waiting_weeks", "weeks_to_wait")
    browser.post(path, form)
    page = browser.get(path)
    (box,) = elements(page, "//input[@name='weg']")
    browser.post(path, {**fields(page), "weg": [box.attrib["value"]]})

    assert _strays(browser.get(path)) == []


def test_an_answer_of_an_offering_that_went_is_kept(
    here: Forms, browser: Browser, path: str, content: ContentFolder
) -> None:
    """When the whole offering has gone from the guide the answer is kept, and so it is when nothing is left to ask."""
    file = f"{HOME}/providers/{SLUG}.yaml"
    form = _typed(browser, path, **{GARDEN: "7"})
    offerings = content.tree(file)["offerings"]
    content.put(file, ("offerings",), offerings[1:])
    browser.post(path, form)

    assert _strays(browser.get(path)) == ["9"]
    content.put(file, ("offerings", 0, "end"), "2026-01-01")
    assert "9" in _strays(browser.get(path))
    assert "nog niet is opgeslagen" in text_of(browser.get(f"/aanbieder/{here.organisation(MANAGER)}/"))


def test_what_nobody_changed_is_no_typing(browser: Browser, path: str, rename: Callable[[str, str], None]) -> None:
    """Answers that stood there already and were left alone aren't told about when their question goes."""
    form = {**fields(browser.get(path)), STOP: ["yes"]}
    rename("waiting_weeks", "weeks_to_wait")
    browser.post(path, form)

    assert _strays(browser.get(path)) == []
