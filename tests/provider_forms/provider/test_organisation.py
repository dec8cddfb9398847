"""The page about the organisation, which stands for all pages of questions."""

from __future__ import annotations

import pytest

from tests.provider_forms.provider.filling import BY_SCRIPT, elements, fill_in, filled, part, typed
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of, title_of


@pytest.fixture
def page(forms: Forms) -> str:
    """Path of the page."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/organisatie"


@pytest.fixture
def browser(forms: Forms, page: str) -> Browser:
    """A manager's browser."""
    return forms.signed_in()


def test_page_begins_with_what_the_guide_has(browser: Browser, page: str) -> None:
    """The first time, the page shows the answers in the provider's file."""
    found = browser.get(page)

    assert typed(found, "name") == "Alfa Thuis"
    assert typed(found, "kvk") == "01234567"


def test_page_of_a_new_organisation_has_its_name(forms: Forms) -> None:
    """An organisation that isn't in the guide yet begins with the name it was invited by."""
    number = forms.organisation(MANAGER, slug="nieuw")

    assert typed(forms.signed_in().get(f"/aanbieder/{number}/organisatie"), "name") == "Zorg van nieuw"


def test_right_answers_lead_on(forms: Forms, browser: Browser, page: str) -> None:
    """Saving right answers stores them and leads to the next page."""
    answer = fill_in(browser, page, {"name": "Beter Thuis", "staff_contact": "Bel de planning"})

    assert (answer.status_code, answer.location) == (303, page.replace("organisatie", "locaties"))
    assert part(forms, 1, "organisation").answers["name"] == "Beter Thuis"


def test_wrong_answers_are_stored_and_told(forms: Forms, browser: Browser, page: str) -> None:
    """Answers with errors are stored as typed, and the page tells the errors above the form and in the window's title."""
    answer = fill_in(browser, page, {"kvk": "12 34", "staff_contact": "Bel de planning"})

    assert answer.status_code == 400
    assert title_of(answer).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    [link] = elements(answer, "//*[@role='alert']//a")
    assert elements(answer, f"//form//input[@id='{link.attrib['href'][1:]}'][@aria-invalid='true']")
    assert not elements(answer, "//form//*[@role='alert']")
    assert typed(answer, "kvk") == "12 34"
    assert part(forms, 1, "organisation").answers["kvk"] == "12 34"


def test_mended_page_can_be_saved_at_once(browser: Browser, page: str) -> None:
    """The page with errors knows the version that it has just made, so that mending it is no conflict."""
    wrong = fill_in(browser, page, {"kvk": "12", "staff_contact": "Bel"})

    assert browser.post(page, filled(wrong, {"kvk": "12345678"})).status_code == 303


def test_stopping_for_now_needs_no_right_answers(browser: Browser, page: str) -> None:
    """With the other button, answers with errors are stored and the reader goes to the overview."""
    answer = fill_in(browser, page, {"kvk": "12"}, button="later")

    assert answer.status_code == 303
    assert "Uw antwoorden zijn opgeslagen" in text_of(browser.get(answer.location))
    assert typed(browser.get(page), "kvk") == "12"


def test_unfinished_page_can_be_opened_with_its_errors(browser: Browser, page: str) -> None:
    """The overview's link to a page that isn't complete shows what is missing; a plain visit tells no errors."""
    fill_in(browser, page, {"kvk": "12"}, button="later")

    assert elements(browser.get(f"{page}?nakijken=ja"), "//*[@role='alert']")
    assert not elements(browser.get(page), "//*[@role='alert']")


def test_number_of_a_citizen_is_warned_for_once(browser: Browser, page: str) -> None:
    """A text with a valid BSN is stored, is warned for, and is accepted when the reader saves again."""
    warned = fill_in(browser, page, {"description": "Bel over 111222333.", "staff_contact": "Bel"})

    assert warned.status_code == 200
    assert "burgerservicenummer" in text_of(warned)
    assert browser.post(page, filled(warned, {})).status_code == 303


def test_saving_for_later_warns_too(browser: Browser, page: str) -> None:
    """Who saves to go on later sees the warning for a BSN first, without errors of the rest of the page."""
    warned = fill_in(browser, page, {"description": "Bel over 111222333.", "kvk": "12"}, button="later")

    assert warned.status_code == 200
    assert "burgerservicenummer" in text_of(warned)
    assert not elements(warned, "//*[@role='alert']")
    assert browser.post(page, filled(warned, {}, "later")).status_code == 303


def test_another_number_is_warned_for_again(browser: Browser, page: str) -> None:
    """Having seen the warning for one number says nothing about another number in the same text."""
    warned = fill_in(browser, page, {"description": "Bel over 111222333.", "staff_contact": "Bel"})
    again = browser.post(page, filled(warned, {"description": "Bel over 111222333 en 123456782."}))

    assert again.status_code == 200
    assert "123••••••" in text_of(again)
    assert browser.post(page, filled(again, {})).status_code == 303


def test_only_asked_questions_are_answered(browser: Browser, page: str) -> None:
    """A field that belongs to no question gets no place in the form; its text is shown instead of dropped silently."""
    answer = fill_in(browser, page, {"staff_contact": "Bel", "forged": "Mijn tekst"})

    assert not elements(browser.get(page), "//*[@name='a.forged']")
    assert [one.text for one in elements(answer, "//textarea[@readonly]")] == ["Mijn tekst"]


def test_script_saves_without_leaving_the_page(forms: Forms, browser: Browser, page: str) -> None:
    """A save by script stores right and wrong answers alike and answers with the version and the time."""
    answer = browser.post(page, filled(browser.get(page), {"kvk": "1"}, button=""), headers=BY_SCRIPT)

    assert answer.json == {"version": 2, "saved_at": "13.00"}
    assert part(forms, 1, "organisation").answers["kvk"] == "1"


def test_too_much_text_stays_on_the_page(forms: Forms, browser: Browser, page: str) -> None:
    """Text that is too large to store is refused with a message, and stands on the page that says so."""
    text = "veel " * 40_000
    answer = fill_in(browser, page, {"description": text})

    assert answer.status_code == 413
    assert "meer tekst dan wij kunnen bewaren" in text_of(answer)
    assert typed(answer, "description") == text
    assert part(forms, 1, "organisation").version == 1


@pytest.mark.parametrize(
    "path",
    [
        "organisatie/",
        "locaties/geheim",
        "aanbod/2024/geheim",
        "aanbod/1999/post-en-papieren",
        "aanbod/2020/post/einde",
        "samenvoegen/geheim",
        "samenvoegen/offering/2024",
        "samenvoegen/location/../organisation",
        "onzin",
    ],
)
def test_unknown_page_is_not_found(forms: Forms, browser: Browser, page: str, path: str) -> None:
    """Parts that don't exist have no page, for reading or for saving."""
    address = page.replace("organisatie", path)
    browser.get(page)

    assert browser.get(address).status_code == 404
    assert browser.post(address, {"a.name": "x"}).status_code in (404, 405)
