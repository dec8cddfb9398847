"""Formats for professionals are filled in and printed with the keyboard, without JavaScript, and nothing leaves the page."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
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
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(plain.pdf(format="A4"))).pages)

    assert "Slotwoord" in text
    assert text.count("thuis") >= 80
    assert "Download" not in text


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
