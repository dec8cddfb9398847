"""The reader's own list is the one on the device, whatever an address, another tab or an older page says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import PHONE
from tests.browser.online import Online
from tests.browser.test_shortlist import DAY_SUPPORT, LIST, TWO, put_on_list

KEPT = "() => (Object.entries(localStorage).find(([key]) => key.startsWith('wg-lijstje')) || ['', '|'])[1].split('|')[0].split(',').filter(Boolean)"
BROUGHT_BACK = "() => window.dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))"
"""What a browser tells a page that it held while the reader was elsewhere; the browser of the tests holds none."""
FULL = """const set = Storage.prototype.setItem;
Storage.prototype.setItem = function (key, value) {
  if (value.length > %d) { throw new DOMException("full", "QuotaExceededError"); }
  set.call(this, key, value);
};"""
BLOCKED = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }})"
PORTAL = (
    "<!doctype html><main><h1>Welkom op de wifi van de bibliotheek</h1><h3 id='hulp-dagbesteding'>Inloggen</h3></main>"
)


@pytest.fixture
def reader(browser: Browser) -> Iterator[Page]:
    """A phone of one reader, that keeps what this test puts on it."""
    context = browser.new_context(**PHONE)
    yield context.new_page()
    context.close()


def _columns(page: Page, number: int) -> list[str]:
    expect(page.locator("#lijsttabel thead a")).to_have_count(number)
    return page.locator("#lijsttabel thead a").all_inner_texts()


def test_the_own_list_stays_the_own_list(reader: Page, guide: Online) -> None:
    """After the list grew elsewhere, the way back and a reload show it as it is now, and nobody is said to have shared it."""
    put_on_list(reader, guide, 2)
    reader.goto(guide.base + LIST)
    _columns(reader, 2)
    reader.locator("#lijsthulp").select_option(index=1)
    assert reader.url == guide.base + LIST

    reader.goto(f"{guide.base}/alkmaar/aanbieders/")
    reader.locator(".wg-take button").nth(2).click()
    reader.go_back()
    _columns(reader, 3)
    reader.reload()
    _columns(reader, 3)
    expect(reader.locator("#lijststatus")).to_have_text("Er staan 3 aanbieders op.")
    expect(reader.get_by_role("button", name="Bewaar als mijn lijstje")).to_be_hidden()


def test_the_link_of_the_own_list_is_no_shared_list(reader: Page, guide: Online) -> None:
    """Who opens the link of a list that is on the device already, in whatever order, sees the own list at its own address."""
    put_on_list(reader, guide, 2)
    reader.goto(guide.base + LIST)
    _columns(reader, 2)
    link = reader.locator("#lijstlink").input_value()
    first, second = link.split("aanbieders=")[1].split("&")[0].split(",")
    reader.goto(link.replace(f"{first},{second}", f"{second},{first}"))

    _columns(reader, 2)
    expect(reader.locator("#lijststatus")).to_have_text("Er staan 2 aanbieders op.")
    assert reader.url == guide.base + LIST


def test_another_tab_is_followed(reader: Page, guide: Online) -> None:
    """What another tab puts on the list appears, and taking one off leaves the others."""
    put_on_list(reader, guide, 2)
    reader.goto(guide.base + LIST)
    _columns(reader, 2)
    other = reader.context.new_page()
    other.goto(f"{guide.base}/alkmaar/aanbieders/")
    for place in (2, 3):
        other.locator(".wg-take button").nth(place).click()

    names = _columns(reader, 4)
    reader.get_by_role("button", name=f"Haal weg {names[0]}").click()
    assert _columns(reader, 3) == names[1:]
    assert len(reader.evaluate(KEPT)) == 3


def test_a_stale_page_takes_off_only_what_it_says(reader: Page, guide: Online) -> None:
    """A page that did not hear of a change takes off the one provider, from the list as it is on the device."""
    put_on_list(reader, guide, 2)
    reader.goto(guide.base + LIST)
    names = _columns(reader, 2)
    _add_unheard(reader, 2)
    before = reader.evaluate(KEPT)
    assert len(before) == 4

    reader.get_by_role("button", name=f"Haal weg {names[0]}").click()
    _columns(reader, 3)
    assert reader.evaluate(KEPT) == before[1:]
    _add_unheard(reader, 1)
    reader.evaluate(BROUGHT_BACK)
    _columns(reader, 4)


def _add_unheard(page: Page, number: int) -> None:
    """Puts others on the list on the device; a page is not told of a change that was made in its own name."""
    others = ["voorbeeld-kustzorg", "voorbeeld-de-brug", "voorbeeld-de-vuurtoren", "voorbeeld-de-nieuwe-stap"]
    more = [one for one in others if one not in page.evaluate(KEPT)][:number]
    page.evaluate(
        "more => Object.entries(localStorage).forEach(([key, kept]) => localStorage.setItem(key, kept.replace('|', more)))",
        "".join(f",{one}" for one in more) + "|",
    )


def test_a_shared_list_leaves_the_own_list_alone(reader: Page, guide: Online) -> None:
    """A shared list can't be emptied, and what is taken off it stays on the reader's own, to which a link leads."""
    reader.goto(f"{guide.base}/alkmaar/aanbieders/voorbeeld-de-vuurtoren/")
    reader.locator(".wg-take button").click()
    own = reader.evaluate(KEPT)
    reader.goto(guide.base + LIST + TWO)
    _columns(reader, 2)
    expect(reader.get_by_role("button", name="Maak het lijstje leeg")).to_be_hidden()
    for _ in range(2):
        reader.get_by_role("button", name="Haal weg").first.click()
    expect(reader.locator("#lijststatus")).to_contain_text("Op dit gedeelde lijstje staat geen aanbieder uit de gids.")
    assert reader.evaluate(KEPT) == own

    reader.get_by_role("link", name="Bekijk mijn eigen lijstje").click()
    expect(reader.locator("#lijststatus")).to_have_text("Er staat 1 aanbieder op.")
    expect(reader.get_by_role("button", name="Maak het lijstje leeg")).to_be_visible()


def test_a_full_device_is_told(reader: Page, guide: Online) -> None:
    """Where a small test still fits and the list does not, a press says that nothing was kept and what to do."""
    reader.add_init_script(FULL % 3)
    reader.goto(guide.base + DAY_SUPPORT)
    reader.locator(".wg-take button").first.click()

    expect(reader.locator(".wg-kept")).to_contain_text("Het is niet bewaard")
    expect(reader.locator(".wg-kept")).to_contain_text("U kunt wel de pagina van een aanbieder printen.")
    expect(reader.locator(".wg-take button").first).to_have_attribute("aria-pressed", "false")

    reader.goto(guide.base + LIST + TWO)
    reader.get_by_role("button", name="Bewaar als mijn lijstje").click()
    expect(reader.locator("#lijststatus")).to_contain_text("Het is niet bewaard")
    expect(reader.get_by_role("button", name="Bewaar als mijn lijstje")).to_be_visible()


@pytest.mark.parametrize("script", [BLOCKED, FULL % 0], ids=["blocked", "full"])
def test_a_browser_that_keeps_nothing_says_so(script: str, reader: Page, guide: Online) -> None:
    """Where nothing can be kept no button is dead and none is spoken of; a shared list is still shown."""
    reader.add_init_script(script)
    reader.goto(guide.base + DAY_SUPPORT)
    expect(reader.locator(".wg-kept")).to_contain_text("Deze browser bewaart niets.")
    expect(reader.locator(".wg-take")).to_have_count(0)

    reader.goto(guide.base + LIST)
    expect(reader.locator("#lijststatus")).to_contain_text("Daarom kunt u hier geen lijstje maken.")
    expect(reader.get_by_role("heading", name="Wat u wel kunt doen")).to_be_visible()
    expect(reader.get_by_role("heading", name="Zo maakt u een lijstje")).to_be_hidden()
    expect(reader.locator("#lijstnoten")).to_be_hidden()
    expect(reader.locator("main")).not_to_contain_text("Zet op mijn lijstje", use_inner_text=True)
    expect(reader.get_by_text("onthoudt dit lijstje")).to_be_hidden()

    reader.goto(guide.base + LIST + TWO)
    _columns(reader, 2)
    expect(reader.locator("#lijstnoten")).to_contain_text("Print het lijstje, of bewaar de link.")


def test_the_page_of_a_network_is_no_provider(reader: Page, guide: Online) -> None:
    """A page of somebody else, given in the place of a provider's, is not put into the table."""

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html", body=PORTAL)

    reader.route("**/aanbieders/voorbeeld-kustzorg/", answer)
    reader.goto(guide.base + LIST + TWO)

    assert _columns(reader, 1) == ["Voorbeeld De Vuurtoren"]
    expect(reader.locator("#lijstnoten")).to_contain_text("Niet alles kon worden opgehaald.")
    reader.route("**/aanbieders/*/", answer)
    reader.reload()
    expect(reader.locator("#lijststatus")).to_have_text("Het lijstje kan nu niet worden getoond.")


@pytest.mark.parametrize(
    "path", ["/alkmaar/kosten/", "/alkmaar/woordenlijst/", "/alkmaar/aanbieders/voorbeeld-de-brug/"]
)
def test_every_page_leads_to_the_list(path: str, reader: Page, guide: Online) -> None:
    """The foot of any page leads to the list, to what is near, and to the questions that help to choose."""
    reader.goto(guide.base + path)
    foot = reader.get_by_role("navigation", name="Over deze gids")
    for name in ("Hulpwijzer", "Dichtbij", "Mijn lijstje"):
        expect(foot.get_by_role("link", name=name, exact=True)).to_be_visible()
    foot.get_by_role("link", name="Mijn lijstje").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Mijn lijstje")
