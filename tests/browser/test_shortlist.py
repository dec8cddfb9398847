"""The reader's own list: chosen in lists and on pages of providers, compared, shared, printed and cleared."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.crawling import fetch
from tests.browser.online import Online
from tests.browser.test_keyboard import stops_on
from tests.browser.test_screens import TOO_SMALL, TOO_WIDE

DAY_SUPPORT = "/alkmaar/gemeenten/heiloo/dagbesteding/"
LIST = "/alkmaar/lijstje/"
TWO = "?aanbieders=voorbeeld-kustzorg,voorbeeld-de-vuurtoren&hulp=dagbesteding"
ON_PAPER = "() => [...document.querySelectorAll('nav, form, button, select, .wg-printed')].filter(one => one.checkVisibility())"


@pytest.fixture
def mine(browser: Browser) -> Iterator[Page]:
    """A phone of one reader, that keeps what this test puts on it; any complaint of the browser ends the test."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [one for one in complaints if "404" not in one] == []


def put_on_list(page: Page, guide: Online, number: int) -> None:
    """Presses the buttons of the first providers of the region."""
    page.goto(f"{guide.base}/alkmaar/aanbieders/")
    for place in range(number):
        page.locator(".wg-take button").nth(place).click()


def _names(page: Page) -> list[str]:
    expect(page.locator("#lijsttabel thead a").first).to_be_visible()
    return page.locator("#lijsttabel thead a").all_inner_texts()


def test_two_are_compared_by_keyboard_alone(mine: Page, guide: Online) -> None:
    """With Tab, Enter and Space alone, two providers of day support near Heiloo come to stand side by side."""
    mine.goto(guide.base + DAY_SUPPORT)
    buttons = mine.get_by_role("button", name="Zet op mijn lijstje")
    expect(buttons.first).to_be_visible()
    for key in ("Enter", "Space"):
        buttons.first.focus()
        mine.keyboard.press(key)
    mine.keyboard.press("Tab")
    expect(mine.get_by_role("link", name="Bekijk uw lijstje", exact=True).nth(1)).to_be_focused()
    mine.keyboard.press("Enter")

    expect(mine.locator("#lijststatus")).to_have_text("Er staan 2 aanbieders op.")
    assert len(_names(mine)) == 2
    heads = mine.get_by_role("rowheader").all_inner_texts()
    assert {"Hoe", "Niveaus", "Gemeenten", "Wachttijd", "Vervoer", "Zo begint u", "Contact"} <= set(heads)
    expect(mine.locator("#lijsthulp option:checked")).to_contain_text("Een fijne plek voor overdag")


def test_buttons_tell_what_they_did(mine: Page, guide: Online) -> None:
    """A button says whether it is pressed and for whom, the number is told, and a second press takes it back."""
    mine.goto(guide.base + DAY_SUPPORT)
    button = mine.locator(".wg-take button").first
    told = mine.locator(".wg-kept")
    expect(button).to_have_attribute("aria-pressed", "false")
    expect(told).to_have_attribute("role", "status")
    assert " Voorbeeld" in button.evaluate("one => one.textContent")

    button.click()
    expect(button).to_have_attribute("aria-pressed", "true")
    expect(told).to_contain_text("staat nu op uw lijstje. Bekijk uw lijstje (1 aanbieder)")
    mine.reload()
    expect(button).to_have_attribute("aria-pressed", "true")
    button.click()
    expect(told).to_have_text("Voorbeeld De Vuurtoren staat niet meer op uw lijstje.")


def test_a_fifth_is_refused_kindly(mine: Page, guide: Online) -> None:
    """With four on the list a fifth stays off, and the reader hears why."""
    mine.goto(f"{guide.base}/alkmaar/aanbieders/")
    buttons = mine.locator(".wg-take button")
    for number in range(5):
        buttons.nth(number).click()

    expect(buttons.nth(4)).to_have_attribute("aria-pressed", "false")
    expect(mine.locator(".wg-kept")).to_contain_text("Uw lijstje is vol")


def test_provider_pages_and_search_results_have_the_button(mine: Page, guide: Online) -> None:
    """The button stands on a provider's page and at providers among the results, and nowhere at other results."""
    mine.goto(f"{guide.base}/alkmaar/aanbieders/voorbeeld-de-brug/")
    mine.get_by_role("button", name="Zet op mijn lijstje Voorbeeldzorg De Brug").click()
    mine.goto(f"{guide.base}/alkmaar/zoeken/?q=de+brug")
    expect(mine.locator("#zoekresultaten .wg-take button").first).to_have_attribute("aria-pressed", "true")
    without = mine.locator("#zoekresultaten li:not(:has(.wg-take)) a").evaluate_all("all => all.map(one => one.href)")
    assert [url for url in without if "/aanbieders/" in url] == []


def test_cells_say_what_the_pages_say(mine: Page, guide: Online) -> None:
    """What stands in the table is what the provider's own page says under the same heading."""
    mine.goto(guide.base + LIST + TWO)
    expect(mine.locator("#lijsttabel thead a")).to_have_count(2)
    page = fetch(f"{guide.base}/alkmaar/aanbieders/voorbeeld-kustzorg/")
    for heading in ("Wachttijd", "Vervoer"):
        path = f"//h3[@id='hulp-dagbesteding']/following-sibling::dl[1]/dt[.='{heading}']/following-sibling::dd[1]"
        row = mine.get_by_role("row").filter(has=mine.get_by_role("rowheader", name=heading, exact=True))
        assert page.text(path) != ""
        assert " ".join(row.get_by_role("cell").first.inner_text().split()) == page.text(path)


def test_a_link_shares_ids_and_leaves_the_readers_own_list(mine: Page, guide: Online) -> None:
    """A shared link shows its list without touching the reader's own, until the reader keeps it."""
    mine.goto(f"{guide.base}/alkmaar/aanbieders/voorbeeld-de-brug/")
    mine.locator(".wg-take button").click()
    mine.goto(guide.base + LIST + TWO)
    expect(mine.locator("#lijststatus")).to_contain_text("Iemand deelde dit lijstje met u.")
    expect(mine.locator("#lijstlink")).to_have_value(guide.base + LIST + TWO)

    mine.goto(guide.base + LIST)
    expect(mine.locator("#lijsttabel thead a")).to_have_text(["Voorbeeldzorg De Brug"])
    mine.goto(guide.base + LIST + TWO)
    mine.get_by_role("button", name="Bewaar als mijn lijstje").click()
    mine.goto(guide.base + LIST)
    expect(mine.locator("#lijsttabel thead a")).to_have_count(2)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("?aanbieders=voorbeeld-kustzorg,bel-nu-0909-1234", "1 aanbieder uit de link staat niet (meer) in de gids."),
        ("?aanbieders=voorbeeld-kustzorg,weg,ook-weg", "2 aanbieders uit de link staan niet (meer) in de gids."),
        ("?aanbieders=voorbeeld-kustzorg,<img src=x onerror=alert(1)>", "In de link stond iets dat de gids niet kent"),
        ("?aanbieders=voorbeeld-kustzorg,../../gegevens", "In de link stond iets dat de gids niet kent"),
    ],
)
def test_what_is_gone_or_wrong_is_told(asked: str, told: str, mine: Page, guide: Online) -> None:
    """Providers that left the guide, and what was never a provider, are told; the others are shown."""
    mine.goto(guide.base + LIST + asked)

    expect(mine.locator("#lijstnoten")).to_contain_text(told)
    expect(mine.locator("#lijsttabel thead a")).to_have_text(["Voorbeeld Kustzorg"])
    expect(mine.locator("main img")).to_have_count(0)
    expect(mine.locator("main")).not_to_contain_text("0909")
    expect(mine.locator("#lijstlink")).to_have_value(
        f"{guide.base}{LIST}?aanbieders=voorbeeld-kustzorg&hulp=dagbesteding"
    )


def test_a_provider_named_twice_is_no_fault(mine: Page, guide: Online) -> None:
    """A link that names a provider twice shows it once, without a word about it."""
    mine.goto(guide.base + LIST + "?aanbieders=voorbeeld-kustzorg,voorbeeld-kustzorg")

    expect(mine.locator("#lijsttabel thead a")).to_have_text(["Voorbeeld Kustzorg"])
    expect(mine.locator("#lijstnoten")).to_be_hidden()


def test_taking_off_and_clearing(mine: Page, guide: Online) -> None:
    """One can be taken off and all can; the focus stays on what is told, and an empty list says how to begin."""
    put_on_list(mine, guide, 2)
    mine.goto(guide.base + LIST)
    first, second = _names(mine)
    mine.get_by_role("button", name=f"Haal weg {first}").click()
    expect(mine.locator("#lijststatus")).to_be_focused()
    expect(mine.locator("#lijsttabel thead a")).to_have_text([second])

    mine.get_by_role("button", name="Maak het lijstje leeg").click()
    expect(mine.locator("#lijststatus")).to_have_text("Uw lijstje is leeg.")
    expect(mine.get_by_role("heading", name="Zo maakt u een lijstje")).to_be_visible()
    assert mine.url == guide.base + LIST


def test_without_javascript_nothing_is_dead(old_phone: Page, guide: Online) -> None:
    """Without JavaScript no button stands anywhere, and the page of the list says what works instead."""
    old_phone.goto(guide.base + DAY_SUPPORT)
    expect(old_phone.locator("main button")).to_have_count(0)
    old_phone.goto(guide.base + LIST)
    expect(old_phone.locator("main button:visible")).to_have_count(0)
    expect(old_phone.get_by_text("Het lijstje werkt alleen met JavaScript.")).to_be_visible()


def test_paper_has_the_list_alone(mine: Page, guide: Online) -> None:
    """On paper stand the table with what it compares, the guide's address, its day and edition before it, and no word for the screen."""
    mine.goto(guide.base + LIST + TWO)
    expect(mine.locator("#lijsttabel thead a")).to_have_count(2)
    mine.emulate_media(media="print")
    seen = mine.evaluate(f"({ON_PAPER})().map(one => one.textContent.trim().replace(/\\s+/g, ' '))")

    assert len(seen) == 1
    assert seen[0].startswith("Gemaakt op ")
    assert seen[0].endswith(
        "met de gids van 1 december 2026, Resultatenoverzicht 3.0 (2017): https://wmo-gids.example.nl/alkmaar/"
    )
    expect(mine.locator("caption")).to_have_text("Vergelijking: Een fijne plek voor overdag")
    assert mine.evaluate(
        "document.querySelector('.wg-printed').compareDocumentPosition(document.querySelector('#lijsttabel')) === 4"
    )
    expect(mine.locator("caption")).to_be_visible()
    for screen in ("#lijstgedeeld", "#lijstnoten", "#lijststatus"):
        expect(mine.locator(screen)).to_be_hidden()
    box: Any = mine.locator("#lijsttabel").bounding_box()
    assert box["x"] + box["width"] <= 390


@pytest.mark.parametrize("address", [LIST + TWO, LIST + "?aanbieders=weg", DAY_SUPPORT])
def test_filled_list_is_accessible_and_fits(address: str, browser: Browser, guide: Online) -> None:
    """A filled list, one with a provider that left, and cards with buttons pass axe, fit 320 px, and can be hit."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce", viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(guide.base + address)
    page.wait_for_function("document.querySelector('.wg-take, #lijsttabel thead a, #lijstnoten p')")
    stops = stops_on(page)
    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    assert violations(page) == {}
    assert page.evaluate(TOO_SMALL) == []
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate(TOO_WIDE) == []
    page.emulate_media(forced_colors="active")
    assert page.evaluate(TOO_WIDE) == []
    context.close()
