"""Near me: sorted on the reader's own device, which tells nobody where the reader is."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.online import Online
from tests.browser.test_keyboard import stops_on
from tests.browser.test_screens import TOO_SMALL, TOO_WIDE

NEAR = "/alkmaar/dichtbij/"
DRENTHE = "/noord-midden-drenthe/dichtbij/"


def test_nearest_comes_first_by_keyboard_and_nothing_leaves_the_device(phone: Page, guide: Online) -> None:
    """Typing a place and Enter sorts locations of one kind of help by distance; no request holds the place."""
    asked: list[str] = []
    phone.on("request", lambda request: asked.append(request.url))
    phone.goto(guide.base + NEAR)
    phone.get_by_label("Welke hulp?").select_option("dagbesteding")
    phone.get_by_label("Uw plaats").fill("heiloo")
    phone.get_by_label("Uw plaats").press("Enter")

    expect(phone.locator("#dichtbijstatus")).to_contain_text("vanaf Heiloo. Dichtbij staat bovenaan.")
    texts = phone.locator("#dichtbijlijst li").all_inner_texts()
    known = [one for one in texts if "gerekend tot" not in one]
    distances = [0 if "in dezelfde plaats" in one else int(re.search(r"ongeveer (\d+) km", one)[1]) for one in known]  # type: ignore[index]
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


def _found(phone: Page, address: str) -> list[list[str]]:
    """Of each location: its provider, how far it is said to be, and where."""
    phone.goto("about:blank")
    phone.goto(address)
    phone.locator("#dichtbijlijst li").first.wait_for()
    lines: list[list[str]] = phone.locator("#dichtbijlijst li").evaluate_all(
        "all => all.map(one => [...one.querySelectorAll('h2, p')].slice(0, 3).map(part => part.textContent))"
    )
    return lines


def test_from_a_borrowed_point_no_distance_is_made_up(phone: Page, guide: Online) -> None:
    """Who lives in a village of which the point isn't known reads so: no kilometres within the municipality, and else from where."""
    found = _found(phone, f"{guide.base}{DRENTHE}#plaats=Smilde")

    expect(phone.locator("#dichtbijstatus")).to_contain_text("Wij weten niet precies waar dat ligt.")
    expect(phone.locator("#dichtbijstatus")).to_contain_text(
        "in de gemeente Midden-Drenthe is. De rest is gerekend vanaf Beilen."
    )
    told = {where.rpartition(", ")[2]: far for _, far, where in found}
    assert [far for _, far, _ in found[:2]] == ["in dezelfde plaats", "in de gemeente Midden-Drenthe"]
    assert told["Beilen"] == "in de gemeente Midden-Drenthe"
    assert all(re.fullmatch(r"ongeveer \d+ km, gerekend vanaf Beilen", far) for _, far, _ in found[2:])


def test_a_location_at_a_borrowed_point_never_seems_near(phone: Page, guide: Online) -> None:
    """A location in such a village has no kilometres, and stands below those that are known to be nearer than it may be."""
    found = _found(phone, f"{guide.base}{DRENTHE}#plaats=Beilen")
    far = [one[1] for one in found]

    assert far[0] == "in dezelfde plaats"
    place = next(number for number, one in enumerate(found) if "Smilde" in one[2])
    assert far[place] == "in de gemeente Midden-Drenthe"
    assert not [one for one in far if "minder dan" in one]
    assert _found(phone, f"{guide.base}{DRENTHE}#plaats=Assen")[-1][1].endswith(" km, gerekend tot Beilen")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Bergen (NH.)", "Bergen"),
        ("egmond binnen", "Egmond-Binnen"),
        ("St. Pancras", "Sint Pancras"),
        ("sint-pancras", "Sint Pancras"),
        ("  ÁLKMAAR ", "Alkmaar"),
        ("gemeente Heiloo", "Heiloo"),
    ],
)
def test_a_place_is_known_however_it_is_written(typed: str, meant: str, phone: Page, guide: Online) -> None:
    """Capitals, accents, hyphens, dots, "St." and what tells two municipalities apart make no difference."""
    phone.goto(guide.base + NEAR)
    phone.get_by_label("Uw plaats").fill(typed)
    phone.get_by_label("Uw plaats").press("Enter")
    expect(phone.locator("#dichtbijstatus")).to_contain_text(f"vanaf {meant}.")


def test_a_misspelt_place_is_guessed(phone: Page, guide: Online) -> None:
    """What looks like a place is offered as a link that searches there, with the same help."""
    phone.goto(f"{guide.base}{NEAR}#plaats=Heilo&hulp=dagbesteding")
    phone.locator("#dichtbijstatus").get_by_role("link", name="Heiloo").click()

    expect(phone.locator("#dichtbijstatus")).to_contain_text("vanaf Heiloo.")
    assert phone.url.endswith("#plaats=Heiloo&hulp=dagbesteding")


def test_without_locations_the_municipality_is_pointed_at(phone: Page, guide: Online) -> None:
    """When there is no location with this help, the reader is told that help may come home, and where it stands."""
    phone.goto(guide.base + NEAR)
    told = phone.request.get(f"{guide.base}{NEAR}plekken.json").json()
    given = {number for row in told["locations"] for number in row[7]}
    slug = next(block[0] for number, block in enumerate(told["blocks"]) if number not in given)
    phone.goto(f"{guide.base}{NEAR}#plaats=Heiloo&hulp={slug}")

    status = phone.locator("#dichtbijstatus")
    expect(status).to_contain_text(
        "Er staat geen locatie in deze gids waar u deze hulp krijgt. Vaak komt een aanbieder bij u thuis."
    )
    status.get_by_role("link", name="Heiloo").click()
    expect(phone.get_by_role("heading", level=1)).to_contain_text("Heiloo")


def test_a_long_list_grows_on_demand(phone: Page, guide: Online) -> None:
    """Of many locations the first are shown, which is said; a button shows more, from the first of which Tab goes on."""
    told = phone.request.get(f"{guide.base}{NEAR}plekken.json").json()
    total = len(told["locations"]) * 4
    phone.route("**/plekken.json", lambda route: route.fulfill(json=told | {"locations": told["locations"] * 4}))
    found = _found(phone, f"{guide.base}{NEAR}#plaats=Heiloo")
    status = phone.locator("#dichtbijstatus")
    assert len(found) == 30 < total
    expect(status).to_contain_text(f"{total} locaties")
    expect(status).to_contain_text("U ziet de eerste 30.")

    more = phone.get_by_role("button", name="Toon meer locaties")
    more.press("Enter")
    expect(phone.locator("#dichtbijlijst > li").nth(30).locator("h2 a")).to_be_focused()
    while more.is_visible():
        more.click()
    expect(phone.locator("#dichtbijlijst > li")).to_have_count(total)
    expect(status).not_to_contain_text("U ziet de eerste")


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
    assert violations(page) == {}
    assert page.evaluate(TOO_SMALL) == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(TOO_WIDE) == []
    context.close()
