"""Searching with a keyboard alone."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.searching import Searching
from tests.browser.test_keyboard import stops_on

_SMALL = """() => Array.from(document.querySelectorAll("main :is(a, button, input, summary)")).filter((one) => {
  const target = one.matches("input[type=checkbox], input[type=radio]") ? one.closest("label") : one;
  const box = target.getBoundingClientRect();
  return one.checkVisibility() && box.height && (box.height < 24 || box.width < 24);
}).map((one) => one.outerHTML)"""
_FOCUSED = "document.activeElement.closest('label, summary, button, a, body').innerText.split('\\n')[0]"


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("unfold", [(), ("Meer filters", "Soort pagina", "Wachttijd"), ("Kies uw gemeente",)])
def test_focus_follows_the_results(width: int, unfold: tuple[str, ...], search: Searching) -> None:
    """Tab goes through field, filters and results in the order of reading; each stop is on the screen with a ring around it."""
    search.page.set_viewport_size({"width": width, "height": 844})
    search.open(q="dagbesteding")
    for name in unfold:
        search.unfold(name)
    search.answered()
    search.page.evaluate("document.activeElement.blur(); scrollTo(0, 0); getSelection().removeAllRanges()")
    stops = stops_on(search.page)

    assert len(stops) > 40
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops)


def test_resident_searches_and_filters_by_keyboard(search: Searching) -> None:
    """From an empty page: a question, the municipality, a kind of help, to the first result; the focus never gets lost."""
    page = search.page
    page.goto(search.address)
    page.locator("#zoekveld").focus()
    page.keyboard.type("dagbesteding")
    page.keyboard.press("Enter")
    search.answered()
    assert _focus(search)["id"] == "zoekveld"

    _tab_to(search, "Kies uw gemeente")
    page.keyboard.press("Enter")
    _tab_to(search, "Heiloo")
    search.forget_status()
    page.keyboard.press("Space")
    assert "in Heiloo" in search.answered().status
    assert _focus(search)["value"] == "heiloo"
    search.forget_status()
    page.keyboard.press("Space")
    assert "Heiloo" not in search.answered().status
    assert _focus(search)["value"] == "heiloo"

    _tab_to(search, "Meer filters")
    page.keyboard.press("Enter")
    _tab_to(search, "Wachttijd")
    page.keyboard.press("Enter")
    _tab_to(search, "Maakt niet uit")
    search.forget_status()
    page.keyboard.press("ArrowDown")
    seen = search.answered()
    assert _focus(search)["name"] == "waiting_weeks"
    assert "waiting_weeks=" in search.asked

    _tab_to(search, "Toon de resultaten")
    page.keyboard.press("Enter")
    first = page.locator("#zoekresultaten a").first
    expect(first).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{seen.results[0]}")


def test_focus_stays_in_a_group_that_gives_nothing(search: Searching) -> None:
    """A group in which nothing is left to choose stays as long as the focus is in it."""
    search.open(q="dagbesteding")
    search.unfold("Meer filters")
    search.unfold("Talen")
    box = search.page.get_by_role("checkbox", name="Tigrinya")
    box.focus()
    search.ask({"q": "xqzwk"})

    expect(box).to_be_focused()
    expect(box).to_be_visible()


def test_forgetting_leaves_the_focus_near(search: Searching) -> None:
    """The button that forgets the municipality goes; the focus is where one can be chosen again."""
    search.open(q="dementie")
    search.unfold("Kies uw gemeente")
    search.page.get_by_role("checkbox", name="Heiloo").check()
    search.answered()
    search.page.get_by_role("button", name="Vergeet mijn gemeente").focus()
    search.page.keyboard.press("Enter")

    expect(search.page.locator(".wg-filters > summary").first).to_be_focused()


@pytest.mark.parametrize("question", ["q=dagbesteding&gemeente=heiloo", "q=dagbestding", "q=xqzwk"])
def test_everything_is_large_enough_to_hit(question: str, search: Searching) -> None:
    """Everything that can be pressed is at least 24 pixels wide and high, on a phone, with all filters open."""
    search.page.goto(f"{search.address}?{question}")
    search.answered()
    search.page.evaluate("document.querySelectorAll('#zoekformulier details').forEach((one) => { one.open = true; })")

    assert search.page.evaluate(_SMALL) == []


def test_focus_is_seen_in_forced_colours(search: Searching) -> None:
    """With colours of the reader's own the form has an edge, and what has the focus a ring."""
    search.page.emulate_media(forced_colors="active")
    search.open(q="dagbesteding")
    link = search.page.locator("#zoekresultaten a").first
    search.page.locator("#zoekveld").press("Tab")

    expect(search.page.locator("#zoekformulier")).to_have_css("border-top-style", "solid")
    assert search.page.evaluate("parseFloat(getComputedStyle(document.activeElement).outlineWidth)") >= 2
    expect(link).to_be_visible()


def test_print_has_the_results_alone(search: Searching) -> None:
    """On paper stand the results and their number, without form, filters and buttons."""
    search.open(q="dagbesteding")
    search.page.emulate_media(media="print")

    expect(search.page.locator("#zoekstatus")).to_be_visible()
    expect(search.page.locator("#zoekresultaten a").first).to_be_visible()
    expect(search.page.locator("#zoekformulier")).to_be_hidden()
    expect(search.page.get_by_role("button", name="Toon meer aanbieders")).to_be_hidden()


def _focus(search: Searching) -> dict[str, Any]:
    found: dict[str, Any] = search.page.evaluate(
        "({id: document.activeElement.id, name: document.activeElement.name, value: document.activeElement.value})"
    )
    return found


def _tab_to(search: Searching, text: str) -> None:
    """Presses Tab until something with this text has the focus."""
    for _ in range(60):
        search.page.keyboard.press("Tab")
        if search.page.evaluate(_FOCUSED).strip().startswith(text):
            return
    pytest.fail(f"Tab never comes to {text!r}")
