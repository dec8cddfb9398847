"""Formats for professionals are filled in and printed with the keyboard, without JavaScript, and nothing leaves the page."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from tests.browser.online import Online

PATH = "/alkmaar/professionals/formulieren/"


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", ["ondersteuningsplan", "overdracht", "evaluatie-dagbesteding"])
def test_format_is_filled_in_by_keyboard(name: str, plain: Page, guide: Online) -> None:
    """Tab goes from field to field, arrows from answer to answer; what is typed and chosen stays, and nothing is asked of any server."""
    plain.goto(f"{guide.base}{PATH}{name}/")
    asked: list[str] = []
    plain.on("request", lambda request: asked.append(request.url))
    fields = plain.locator(".wg-paper textarea")
    fields.first.focus()
    for number in range(1, 3):
        plain.keyboard.type(f"Antwoord {number}")
        plain.keyboard.press("Tab")
    group = plain.locator(".wg-paper input[type=radio]").first
    group.focus()
    plain.keyboard.press("Space")
    plain.keyboard.press("ArrowDown")

    assert [fields.nth(number).input_value() for number in range(2)] == ["Antwoord 1", "Antwoord 2"]
    assert plain.locator(".wg-paper input[type=radio]").nth(1).is_checked()
    assert [url for url in asked if "favicon" not in url] == []


def test_long_answer_is_printed_whole(plain: Page, guide: Online) -> None:
    """What is typed is on paper from the first word to the last, also when it is longer than the field."""
    plain.goto(f"{guide.base}{PATH}overdracht/")
    plain.locator(".wg-paper textarea").nth(3).fill("Zo gaat het nu thuis. " * 80 + "Slotwoord.")
    text = _printed(plain)

    assert "Slotwoord" in text
    assert text.count("thuis") >= 80
    assert "Download" not in text


def test_long_answer_is_printed_whole_by_an_older_browser(phone: Page, guide: Online) -> None:
    """A browser in which fields don't grow prints all that was typed too, over as many pages as it takes, by a script."""
    _without_growing_fields(phone)
    phone.goto(f"{guide.base}{PATH}overdracht/")
    field = phone.locator(".wg-paper textarea").nth(3)
    field.fill("Weg.")
    field.fill("Zo gaat het nu thuis.\n" * 80 + "<b>Slotwoord</b>.")
    text = _printed(phone)

    assert "<b>Slotwoord</b>" in text
    assert text.count("thuis.") == 80
    assert "Weg." not in text
    field.fill("")
    assert "thuis." not in _printed(phone)
    expect(field).to_be_visible()


def test_older_browser_without_script_is_told_what_is_printed(plain: Page, phone: Page, guide: Online) -> None:
    """Only where fields don't grow and there is no script, the reader is told to type no more than fits."""
    for page in (plain, phone):
        page.goto(f"{guide.base}{PATH}overdracht/")
        expect(page.locator(".wg-paper__short")).to_be_hidden()
        _without_growing_fields(page)
        page.reload()
    expect(plain.locator(".wg-paper__short")).to_contain_text("print misschien niet alles")
    expect(phone.locator(".wg-paper__short")).to_be_hidden()


def test_nothing_is_filled_in_on_the_way_back(phone: Page, guide: Online) -> None:
    """No box, tick or field keeps what was filled in, when the reader comes back from another page."""
    phone.goto(f"{guide.base}{PATH}evaluatie-dagbesteding/")
    phone.locator(".wg-paper input").first.check()
    phone.locator(".wg-paper textarea").first.fill("geheim")
    phone.goto(f"{guide.base}/")
    phone.go_back()

    assert phone.locator(".wg-paper input").count() > 8
    assert phone.locator(".wg-paper :checked").count() == 0
    assert phone.locator(".wg-paper textarea").first.input_value() == ""


def _without_growing_fields(page: Page) -> None:
    """Makes of this browser one that doesn't know `field-sizing`."""
    page.route("**/guide.*.css", lambda route: route.fulfill(body=_old(route.fetch().text()), content_type="text/css"))


def _old(style_sheet: str) -> str:
    assert style_sheet.count("field-sizing:content") == 2
    return style_sheet.replace("field-sizing:content", "field-growing:content")


def _printed(page: Page) -> str:
    return "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages)


def test_field_starts_empty_after_a_reload(plain: Page, guide: Online) -> None:
    """Nothing of what was typed is there when the page is opened again."""
    plain.goto(f"{guide.base}{PATH}overdracht/")
    plain.locator(".wg-paper textarea").first.fill("geheim")
    plain.reload()

    assert plain.locator(".wg-paper textarea").first.input_value() == ""


def test_pdf_is_sent_as_pdf(guide: Online, plain: Page) -> None:
    """A link beside a page gives a PDF."""
    plain.goto(f"{guide.base}/alkmaar/hulp/dagbesteding/")
    address = plain.locator(".wg-download a").get_attribute("href")
    answer = plain.request.get(f"{guide.base}{address}")

    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-1.7")
