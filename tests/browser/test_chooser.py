"""Help me choose, without JavaScript: every answer is a page that can be shared."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.online import Online


def test_answers_lead_to_help_by_keyboard_without_javascript(old_phone: Page, guide: Online) -> None:
    """From the home page, Enter on three answers leads to a situation and a block, with the answers in the trail."""
    old_phone.goto(f"{guide.base}/alkmaar/")
    for answer in ("Voor mijzelf", "Mijn dagen", "Een fijne plek voor overdag"):
        link = old_phone.get_by_role("main").get_by_role("link", name=answer, exact=True).first
        address = str(link.get_attribute("href"))
        link.focus()
        old_phone.keyboard.press("Enter")
        old_phone.wait_for_url(f"**{address}")

    assert old_phone.url == f"{guide.base}/alkmaar/hulpwijzer/mijzelf--dag--onder-de-mensen/"
    trail = old_phone.get_by_role("navigation", name="Kruimelpad")
    expect(trail.get_by_role("link", name="Mijn dagen")).to_have_attribute("href", "/alkmaar/hulpwijzer/mijzelf--dag/")
    expect(old_phone.get_by_role("heading", name="Hulp van de gemeente")).to_be_visible()
    expect(old_phone.get_by_role("main").get_by_role("link", name="Een fijne plek voor overdag")).to_be_visible()
    assert old_phone.context.cookies() == []


def test_a_region_without_questions_has_no_link_to_them(old_phone: Page, guide: Online) -> None:
    """Where a region asks nothing there is no page, and no link to one."""
    for address in ("", "zoeken/"):
        old_phone.goto(f"{guide.base}/holland-rijnland/{address}")
        expect(old_phone.locator("a[href*=hulpwijzer]")).to_have_count(0)
    assert not (guide.release / "holland-rijnland" / "hulpwijzer").exists()


def test_who_finds_nothing_is_led_to_the_questions(phone: Page, guide: Online) -> None:
    """A search that finds nothing leads to the questions."""
    phone.goto(f"{guide.base}/alkmaar/zoeken/?q=qqxxzz")
    expect(phone.locator("#zoekniets").get_by_role("link", name="hulpwijzer")).to_be_visible()
