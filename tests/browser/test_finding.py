"""Finding help: by clicking as a resident would, and by searching in one's own words."""

from __future__ import annotations

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.online import Online

HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def search_page(guide: Online) -> str:
    """The address of a region's search page."""
    return f"{guide.base}/alkmaar/zoeken/"


def test_resident_finds_help_within_two_clicks(old_phone: Page, guide: Online) -> None:
    """From the front page, two clicks on an old phone tell who in Heiloo helps with post and money, what it costs and how to ask."""
    old_phone.goto(f"{guide.base}/")
    old_phone.get_by_role("link", name="Heiloo", exact=True).click()
    old_phone.get_by_role("link", name="Post en geldzaken").click()

    expect(old_phone.get_by_role("heading", level=1)).to_have_text("Post en geldzaken in Heiloo")
    names = old_phone.locator("#aanbieders").get_by_role("heading", level=3)
    assert names.count() >= 3
    expect(old_phone.locator("#kosten")).to_contain_text("19 euro per maand")
    contact = old_phone.locator("#aanvragen .wg-contact").first
    expect(contact).to_contain_text("Heiloo")
    expect(contact.get_by_role("link", name="www.heiloo.nl")).to_be_visible()


def test_resident_reaches_the_contacts_in_a_third_click(old_phone: Page, guide: Online) -> None:
    """A third click leads to all contacts of the municipality."""
    old_phone.goto(f"{guide.base}/alkmaar/gemeenten/heiloo/administratie-en-financien/")
    old_phone.locator("#aanvragen").get_by_role("link", name="Meer contact in Heiloo").click()

    expect(old_phone.get_by_role("heading", name="Wie kunt u bellen of mailen?")).to_be_in_viewport()


def test_resident_of_a_former_municipality_is_led_on(old_phone: Page, guide: Online) -> None:
    """Who lives in Langedijk is led to the municipality of today."""
    old_phone.goto(f"{guide.base}/")
    old_phone.get_by_role("link", name="Langedijk").click()
    old_phone.locator("main").get_by_role("link", name="Hulp in Dijk en Waard").click()

    expect(old_phone.get_by_role("heading", level=1)).to_have_text("Hulp in Dijk en Waard")


@pytest.mark.parametrize(
    ("query", "expected"),
    [("post en geldzaken", "Post en geldzaken"), ("dementie", "Alzheimer"), ("rolstoel", "rolstoel")],
)
def test_search_finds(query: str, expected: str, phone: Page, search_page: str) -> None:
    """Typing these words in the header's field gives results and tells how many."""
    phone.goto(search_page)
    phone.locator("#wg-zoek").fill(query)
    phone.locator("#wg-zoek").press("Enter")

    expect(phone.locator("#zoekresultaten li").first).to_be_visible()
    expect(phone.locator("#zoekresultaten")).to_contain_text(expected, ignore_case=True)
    expect(phone.locator("#zoekstatus")).to_contain_text("resulta")
    expect(phone.locator("#zoekstatus")).to_contain_text(str(phone.locator("#zoekresultaten > li").count()))
    expect(phone.locator("#zoekveld")).to_have_value(query)


def test_hostile_words_stay_words(phone: Page, search_page: str) -> None:
    """HTML in the question is shown as the text it is."""
    alerts: list[str] = []

    def note(dialog: Dialog) -> None:
        alerts.append(dialog.message)
        dialog.dismiss()

    phone.on("dialog", note)
    phone.goto(search_page)
    phone.locator("#zoekveld").fill(HOSTILE)
    phone.locator("#zoekveld").press("Enter")

    expect(phone.locator("#zoekstatus")).to_contain_text(HOSTILE)
    expect(phone.locator("main img")).to_have_count(0)
    assert alerts == []


def test_search_without_javascript_says_so(old_phone: Page, search_page: str) -> None:
    """Without JavaScript the search page says that it can't search, and leads to the lists."""
    old_phone.goto(f"{search_page}?q=dementie")

    expect(old_phone.locator("main")).to_contain_text("Zoeken werkt alleen met JavaScript")
    expect(old_phone.locator("main").get_by_role("link", name="A tot Z")).to_be_visible()


def test_search_with_javascript_does_not_complain(phone: Page, search_page: str) -> None:
    """With JavaScript the notice that search needs it is gone."""
    phone.goto(search_page)

    expect(phone.get_by_text("Zoeken werkt alleen met JavaScript")).to_be_hidden()
