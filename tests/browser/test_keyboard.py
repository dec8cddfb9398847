"""The guide with a keyboard alone, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

FOCUS = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  return {
    name: one.outerHTML.slice(0, 120),
    place: [...document.querySelectorAll('*')].indexOf(one),
    body: one === document.body,
    ring: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
    seen: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight && box.height > 0,
  };
}"""
READING = [
    *(
        "portal",
        "region_home",
        "chooser",
        "chooser_outcome",
        "block",
        "municipality",
        "matrix",
        "faq",
        "search",
        "paper",
    ),
]


@pytest.mark.parametrize("kind", READING)
def test_focus_follows_the_text_and_is_seen(kind: str, phone: Page, examples: dict[str, str]) -> None:
    """Tab goes through this kind of page in the order of reading, and each stop is on the screen with a ring around it."""
    phone.goto(examples[kind])
    stops = stops_on(phone)

    assert len(stops) > 5
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops)


def test_first_stop_leads_to_the_content(old_phone: Page, examples: dict[str, str]) -> None:
    """The first Tab shows a link past the header; Enter brings the focus to the main part, and the next Tab goes on there."""
    old_phone.goto(examples["block"])
    skip = old_phone.get_by_role("link", name="Direct naar de inhoud")
    expect(skip).not_to_be_in_viewport()

    old_phone.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)

    old_phone.keyboard.press("Enter")
    expect(old_phone.locator("main")).to_be_focused()
    old_phone.keyboard.press("Tab")
    assert old_phone.evaluate("document.activeElement.closest('main') !== null")


def test_menu_opens_by_keyboard_without_javascript(old_phone: Page, examples: dict[str, str]) -> None:
    """On a phone without JavaScript, Enter unfolds the menu, Tab reaches its links and Enter follows them."""
    old_phone.goto(examples["region_home"])
    menu = old_phone.get_by_role("navigation", name="Hoofdmenu")
    first = menu.get_by_role("link").first
    expect(menu.get_by_role("link")).to_have_count(0)

    old_phone.locator("summary", has_text="Menu").focus()
    old_phone.keyboard.press("Enter")
    expect(first).to_be_visible()
    old_phone.keyboard.press("Tab")
    expect(first).to_be_focused()
    address = str(first.get_attribute("href"))
    old_phone.keyboard.press("Enter")
    old_phone.wait_for_url(f"**{address}")


def test_wide_screen_needs_no_folding_menu(phone: Page, examples: dict[str, str]) -> None:
    """On a wide screen the menu stands open, once."""
    phone.set_viewport_size({"width": 1280, "height": 900})
    phone.goto(examples["block"])
    menu = phone.get_by_role("navigation", name="Hoofdmenu")

    expect(menu.get_by_role("link", name="Kosten")).to_have_count(1)
    expect(menu.locator("summary")).to_be_hidden()


def test_questions_unfold_by_keyboard(old_phone: Page, examples: dict[str, str]) -> None:
    """Without JavaScript, Enter on a question shows its answer."""
    old_phone.goto(examples["faq"])
    question = old_phone.locator("main details").first
    expect(question.locator("p").first).to_be_hidden()

    question.locator("summary").focus()
    old_phone.keyboard.press("Enter")

    expect(question.locator("p").first).to_be_visible()


def stops_on(page: Page) -> list[dict[str, Any]]:
    """Where Tab stops on a page, in order."""
    stops: list[dict[str, Any]] = []
    while len(stops) < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["body"] or (stops and stop["place"] == stops[0]["place"]):
            break
        stops.append(stop)
    return stops
