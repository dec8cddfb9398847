"""What an offer can't be sent without stands on the page on which staff edit it, too."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING, PRIVATE, full_parts
from tests.provider_forms.provider.filling import elements, filled
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, sender
from tests.provider_forms.visiting import Forms, make_forms, text_of, title_of

CALL, WAIT = "Vul een nummer of een adres in.", "Vul de wachttijd in, of zeg of er een stop is."
DEMANDS: list[dict[str, object]] = [
    {"part": "organisation", "questions": ["phone", "email"], "message": CALL},
    {"part": "offering", "questions": ["waiting_weeks", "intake_stop"], "message": WAIT},
]
HERE = f"{QUEUE}2026-0001/"
EDIT = f"{HERE}wijzigen/"


@pytest.fixture
def forms(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The forms, without demands yet."""
    made = make_forms(tmp_path / "var", content.root)
    yield made
    made.desk.close()


@pytest.fixture
def one(forms: Forms, content: ContentFolder) -> Sender:
    """A manager who sent an offer with a telephone number and a waiting time, who didn't tell since when they are there."""
    found = sender(forms, content)
    answers = full_parts(content)["organisation"] | PRIVATE
    found.fill({"organisation": {key: answer for key, answer in answers.items() if key != "founded"}})
    found.send()
    return found


def _demand(content: ContentFolder, *demands: dict[str, object]) -> None:
    content.write("quality.yaml", {"minimum": {"demands": list(demands)}})
    assert content.problems() == ()


def test_the_page_tells_what_is_needed(forms: Forms, content: ContentFolder, one: Sender) -> None:
    """A question without which nothing can be sent says what else will do, as on the provider's page."""
    _demand(content, *DEMANDS)
    page = reviewer(forms).get(f"{EDIT}{OFFERING}")
    labels = {node.attrib["for"]: node.text_content() for node in elements(page, "//label[@for]")}

    assert labels["v-waiting_weeks"].partition("(")[2].startswith("vul dit in, of anders “")


def test_an_edit_that_takes_away_what_is_needed_is_refused(forms: Forms, content: ContentFolder, one: Sender) -> None:
    """Staff who take away what sending needs are told at the field and in the summary, in the words of the provider's page."""
    _demand(content, *DEMANDS)
    browser = reviewer(forms)
    path = f"{EDIT}organisation"
    page = browser.post(path, filled(browser.get(path), {"phone": "", "email": ""}, ""))

    assert page.status_code == 400
    assert title_of(page).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert [node.text_content() for node in elements(page, "//*[@id='fout-v-phone']")] == [f"Fout: {CALL}"]
    assert [node.text for node in elements(page, "//*[@role='alert']//a[@href='#v-phone']")] == [CALL]
    assert "Wat u hebt gewijzigd" not in text_of(browser.get(HERE))


def test_what_the_provider_left_open_may_stay_open(forms: Forms, content: ContentFolder, one: Sender) -> None:
    """A demand that came after sending doesn't keep staff from correcting another answer."""
    _demand(content, {"part": "organisation", "questions": ["founded"], "message": "Vul in sinds wanneer u er bent."})
    browser = reviewer(forms)
    path = f"{EDIT}organisation"
    page = browser.get(path)
    assert not elements(page, "//input[@id='v-founded']")[0].attrib["value"]
    saved = browser.post(path, filled(page, {"summary": "Wij komen langs."}, ""))

    assert saved.status_code == 303
    assert "Wat u hebt gewijzigd" in text_of(browser.get(HERE))


def test_an_answer_for_staff_alone_can_meet_a_demand(forms: Forms, content: ContentFolder, one: Sender) -> None:
    """A demand that the provider met with an answer that isn't on the page is not told as missing."""
    _demand(
        content, {"part": "organisation", "questions": ["website", "staff_contact"], "message": "Hoe bereiken wij u?"}
    )
    browser = reviewer(forms)
    path = f"{EDIT}organisation"

    assert browser.post(path, filled(browser.get(path), {"summary": "Wij komen langs."}, "")).status_code == 303
