"""Near me: sorted on the reader's own device, which tells nobody where the reader is."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect

from tests.browser.online import Online
from tests.browser.test_axe import AXE, SCREENS, violations
from tests.browser.test_keyboard import stops_on
from tests.browser.test_screens import TOO_SMALL, TOO_WIDE

NEAR = "/alkmaar/dichtbij/"


def test_nearest_comes_first_by_keyboard_and_nothing_leaves_the_device(phone: Page, guide: Online) -> None:
    """Typing a place and Enter sorts locations of one kind of help by distance; no request holds the place."""
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(guide.base + NEAR)
    phone.get_by_label("Welke hulp?").select_option("dagbesteding")
    phone.get_by_label("Uw plaats").fill("heiloo")
    phone.get_by_label("Uw plaats").press("Enter")

    expect(phone.locator("#dichtbijstatus")).to_contain_text("vanaf Heiloo.")
    texts = phone.locator("#dichtbijlijst li").all_inner_texts()
    distances = [0 if "minder dan" in one else int(re.search(r"ongeveer (\d+) km", one)[1]) for one in texts]  # type: ignore[index]
    assert len(distances) > 2
    assert distances == sorted(distances)
    assert distances[-1] > 1
    assert [url for url in asked if "heiloo" in url.lower().partition("#")[0]] == []
    assert phone.url == f"{guide.base}{NEAR}#plaats=heiloo&hulp=dagbesteding"


def test_an_unknown_place_leads_to_the_municipalities(phone: Page, guide: Online) -> None:
    """A place outside the region, or digits without a table, is told, with what to do."""
    for place in ("Maastricht", "1811", "<b>"):
        phone.goto(guide.base + NEAR)
        phone.get_by_label("Uw plaats").fill(place)
        phone.get_by_role("button", name="Zoek", exact=True).click()
        expect(phone.locator("#dichtbijstatus")).to_contain_text("Deze plaats kennen wij niet.")


def test_a_borrowed_point_is_told(phone: Page, guide: Online) -> None:
    """Who lives in a village that isn't on the list reads from which place is counted."""
    phone.goto(f"{guide.base}{NEAR}#plaats=Assum")
    expect(phone.locator("#dichtbijstatus")).to_contain_text("vanaf Assum (gerekend vanaf Uitgeest)")


def test_without_javascript_the_municipalities_stand_there(old_phone: Page, guide: Online) -> None:
    """Without JavaScript there is no field that does nothing; the municipalities are there."""
    old_phone.goto(guide.base + NEAR)
    expect(old_phone.locator("main form")).to_be_hidden()
    expect(old_phone.get_by_role("main").get_by_role("link", name="Heiloo")).to_be_visible()


def test_results_are_accessible_and_fit(browser: Browser, guide: Online) -> None:
    """The results pass axe, fit 320 px, and every stop of Tab is seen."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{guide.base}{NEAR}#plaats=Heiloo")
    page.locator("#dichtbijlijst .wg-take").first.wait_for()
    stops = stops_on(page)
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    page.evaluate(AXE)
    assert {screen: found for screen in SCREENS if (found := violations(page, *screen))} == {}
    assert page.evaluate(TOO_SMALL) == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(TOO_WIDE) == []
    context.close()
