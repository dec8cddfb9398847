"""The table of the list on narrow screens and with much enlarged letters, by keyboard and by ear."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.online import Online
from tests.browser.test_shortlist import LIST

FOUR = (
    "?aanbieders=voorbeeld-kustzorg,voorbeeld-de-vuurtoren,voorbeeld-de-brug,voorbeeld-de-nieuwe-stap&hulp=dagbesteding"
)
COVERED = """() => {
  const one = document.activeElement;
  if (!one.closest('#lijsttabel')) { return null; }
  const seen = [...one.getClientRects()].some(box => [0.1, 0.5, 0.9].some(x => [0.2, 0.5, 0.8].some(y => {
    const hit = document.elementFromPoint(box.left + box.width * x, box.top + box.height * y);
    return hit && (one.contains(hit) || hit.contains(one) && !hit.matches('th, td, div'));
  })));
  return { name: one.textContent, seen: seen };
}"""


@pytest.fixture
def screen(browser: Browser) -> Iterator[Page]:
    """A page that is put on screens of several sizes."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def _open(page: Page, guide: Online, width: int, height: int) -> None:
    page.set_viewport_size({"width": width, "height": height})
    page.goto(guide.base + LIST + FOUR)
    expect(page.locator("#lijsttabel thead a")).to_have_count(4)


@pytest.mark.parametrize("key", ["Tab", "Shift+Tab"])
@pytest.mark.parametrize("size", [(320, 256), (390, 844), (700, 500), (820, 1180)])
def test_nothing_covers_where_the_keyboard_is(key: str, size: tuple[int, int], screen: Page, guide: Online) -> None:
    """In the table of four providers, forwards and backwards, no link or button that has the focus is covered."""
    _open(screen, guide, *size)
    screen.locator("#lijsthulp" if key == "Tab" else "#lijstprint").focus()
    stops: list[dict[str, Any]] = []
    while len(stops) < 60:
        screen.keyboard.press(key)
        if stop := screen.evaluate(COVERED):
            stops.append(stop)
        elif stops:
            break

    assert len(stops) >= 12
    assert [stop["name"] for stop in stops if not stop["seen"]] == []


@pytest.mark.parametrize("size", [(320, 256), (390, 844)])
def test_a_narrow_screen_needs_no_scrolling_sideways(size: tuple[int, int], screen: Page, guide: Online) -> None:
    """On a narrow screen the values stand below each other, each with the name of its provider, as wide as the screen."""
    _open(screen, guide, *size)
    box: Any = screen.locator(".wg-table")
    assert box.evaluate("one => one.scrollWidth <= one.clientWidth")
    cells = screen.locator("#lijsttabel tbody tr").first.locator("td")
    places = [cell.bounding_box() for cell in cells.all()]
    assert [place["y"] for place in places if place] == sorted({place["y"] for place in places if place})
    shown = cells.evaluate_all("all => all.map(one => getComputedStyle(one, '::before').content)")
    assert [name.split('"')[1] for name in shown] == screen.locator("#lijsttabel thead a").all_inner_texts()


def test_a_narrow_table_is_still_a_table_to_the_ear(screen: Page, guide: Online) -> None:
    """What a screen reader gets on a narrow screen is a table with a name, heads of rows and columns, and cells."""
    _open(screen, guide, 320, 256)
    table = screen.get_by_role("table", name="Vergelijking: Een fijne plek voor overdag")

    expect(table.get_by_role("columnheader")).to_have_count(5)
    tree = screen.context.new_cdp_session(screen).send("Accessibility.getFullAXTree")
    roles = [node["role"]["value"] for node in tree["nodes"] if not node["ignored"]]
    rows = screen.locator("#lijsttabel tr:visible").count()
    assert roles.count("row") == rows
    assert roles.count("rowheader") == rows - 1
    assert roles.count("cell") == (rows - 1) * 4
