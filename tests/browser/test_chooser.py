"""Help me choose on a phone without JavaScript, with a keyboard alone."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.online import Online

TARGET = 44
"""Pixels that an answer is high and wide at least: easy to hit with an unsteady hand."""


def _choose(page: Page, answer: str) -> None:
    """Goes to an answer by Tab and follows it by Enter."""
    link = page.get_by_role("list", name="Antwoorden").get_by_role("link", name=answer)
    for _ in range(60):
        page.keyboard.press("Tab")
        if link.evaluate("one => document.activeElement === one"):
            break
    expect(link).to_be_focused()
    page.keyboard.press("Enter")


def test_whole_way_by_keyboard_without_javascript(old_phone: Page, guide: Online) -> None:
    """From the region's home page, Tab and Enter lead through three questions to what can help, and back to change an answer."""
    old_phone.goto(f"{guide.base}/alkmaar/")
    old_phone.get_by_role("link", name="Doe de hulpwijzer").press("Enter")
    expect(old_phone.get_by_role("heading", level=1)).to_have_text("Waar hebt u hulp bij nodig?")
    _choose(old_phone, "Mijn huishouden en mijn geld")
    expect(old_phone.get_by_text("Vraag 2 van hoogstens 3")).to_be_visible()
    _choose(old_phone, "Mijn post en papieren")
    expect(old_phone.get_by_text("Vraag 3 van hoogstens 3")).to_be_visible()
    _choose(old_phone, "Het loopt steeds weer mis")

    old_phone.wait_for_url(f"{guide.base}/alkmaar/hulpwijzer/huishouden-en-geld/post/steeds-weer/")
    expect(old_phone.get_by_role("link", name="Ik durf mijn post niet meer open te maken")).to_be_visible()
    expect(old_phone.get_by_role("main").get_by_role("link", name="Post en geldzaken")).to_be_visible()
    old_phone.get_by_role("link", name="Verander uw antwoord op: Wat lukt er thuis niet goed?").press("Enter")
    expect(old_phone.get_by_role("heading", level=1)).to_have_text("Wat lukt er thuis niet goed?")


def test_answers_are_easy_to_hit(old_phone: Page, guide: Online) -> None:
    """On a phone each answer is a large target, and its pictogram isn't read aloud."""
    old_phone.goto(f"{guide.base}/alkmaar/hulpwijzer/")
    links = old_phone.get_by_role("list", name="Antwoorden").get_by_role("link")

    expect(links).to_have_count(7)
    for link in links.all():
        box = link.bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= TARGET
    expect(links.first).to_have_accessible_name("Mijn huishouden en mijn geld")


def test_shared_address_shows_the_same(phone: Page, guide: Online) -> None:
    """An address that was shared opens on its outcome, and the page keeps nothing in the browser."""
    phone.goto(f"{guide.base}/alkmaar/hulpwijzer/wonen/kwijtraken/")

    expect(phone.get_by_role("heading", level=1)).to_have_text(
        "Dit kan u helpen: Ik ben bang dat ik mijn huis kwijtraak"
    )
    assert phone.context.cookies() == []
    assert phone.evaluate("localStorage.length + sessionStorage.length") == 0


def test_who_is_not_safe_reads_at_once_whom_to_call(old_phone: Page, guide: Online) -> None:
    """Above everything else stand 112 and Veilig Thuis, on the first screen of a phone."""
    old_phone.goto(f"{guide.base}/alkmaar/hulpwijzer/mensen/niet-veilig/")
    for number in ("Bel 112", "Veilig Thuis: 0800 2000"):
        expect(old_phone.locator("h1 + .wg-lead").get_by_text(number)).to_be_in_viewport()
