"""Staff edit content in a real browser: the live preview, a phone, the keyboard, axe, and a lost connection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from provider_forms.desk import people, sessions, staff_sessions
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.online import SHIPPED
from tests.provider_forms.visiting import Clock, Forms, make_forms
from tools.serving import answering

DAY = datetime(2026, 12, 1, 12, 0, tzinfo=UTC)
EDITOR = "rosa@regio.example.nl"
HOME = "/beheer/inhoud/alkmaar"
ARTICLE = f"{HOME}/factsheets/wijzig/transferpunt"
PAGES = (
    "/beheer/inhoud/",
    f"{HOME}/vragen/",
    f"{HOME}/vragen/volgorde",
    f"{HOME}/vragen/wijzig/hulp-aanvragen",
    f"{HOME}/situaties/wijzig/post-en-geld",
    f"{HOME}/contacten/nieuw",
    f"{HOME}/voorzieningen/weghalen/buurthuis",
    f"{HOME}/vragen/weghalen/woning-melden",
    ARTICLE,
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Forms, str]]:
    """The desk over the shipped content, behind a real server."""
    forms = make_forms(tmp_path_factory.mktemp("content") / "var", SHIPPED, Clock(DAY))
    with answering(forms.app) as base:
        yield forms, base
    forms.desk.close()


def _context(browser: Browser, served: tuple[Forms, str], **settings: Any) -> BrowserContext:
    """A browser in which a reviewer is signed in."""
    forms, base = served
    with forms.desk.database.write() as db:
        person = people.person(db, EDITOR, DAY)
        person.staff_role = "reviewer"
        token = sessions.begin(db, person.id, "", DAY)
        found = sessions.find(db, token)
        assert found
        staff_sessions.verify(db, found, "Firefox/1 Linux", DAY)
    context = browser.new_context(base_url=base, **settings)
    context.add_cookies([{"name": "wmo", "value": token, "url": base}])
    return context


@pytest.fixture
def page(browser: Browser, served: tuple[Forms, str]) -> Iterator[Page]:
    """A reviewer's page on a wide screen."""
    context = _context(browser, served)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("path", PAGES)
def test_pages_pass_axe(browser: Browser, served: tuple[Forms, str], path: str) -> None:
    """Axe finds nothing wrong on a page for content, in light and dark, on a wide screen and a phone."""
    context = _context(browser, served, bypass_csp=True, reduced_motion="reduce")
    page = context.new_page()
    page.goto(path)

    assert violations(page) == {}
    context.close()


def test_phone_never_scrolls_sideways(browser: Browser, served: tuple[Forms, str]) -> None:
    """On a phone no page for content is wider than the screen, also with a preview below the form."""
    context = _context(browser, served, viewport={"width": 390, "height": 844})
    page = context.new_page()
    for path in PAGES:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
    context.close()


def test_preview_follows_the_typing(page: Page) -> None:
    """The preview stands there at once and follows what is typed; a tag in the text never becomes one."""
    page.goto(ARTICLE)
    preview = page.locator("[data-preview] .wf-preview__text")
    expect(preview).to_be_visible()

    page.locator("#v-desk-text").fill("## Nieuw\n\n**Vet** <img src=x onerror=document.title='kwaad'>")

    expect(preview.locator("strong")).to_have_text("Vet")
    expect(preview.locator("h2")).to_have_text("Nieuw")
    assert preview.locator("img").count() == 0
    assert page.title() != "kwaad"


def test_saved_by_keyboard_alone(browser: Browser, served: tuple[Forms, str]) -> None:
    """Without a mouse and without JavaScript a question is changed, previewed and sent to the press."""
    context = _context(browser, served, **PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{HOME}/vragen/wijzig/twee-plannen")
    page.locator("#v-question").fill("Waarom zijn er twee plannen?")
    page.locator("button[value=voorbeeld]").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#voorbeeld")).to_be_visible()
    page.locator("#v-desk-why").fill("Kortere vraag.")
    page.keyboard.press("Tab")
    expect(page.locator("#v-desk-day")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("button[value=opslaan]")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/beheer/publicaties/*")
    page.goto(f"{HOME}/vragen/")

    assert page.get_by_role("link", name="Waarom zijn er twee plannen?", exact=True).count() == 1
    context.close()


def test_lost_connection_loses_nothing(browser: Browser, served: tuple[Forms, str]) -> None:
    """What was typed while there was no connection is back when the page is opened again, and isn't published."""
    context = _context(browser, served)
    page = context.new_page()
    page.goto(f"{HOME}/vragen/wijzig/contact-per-onderwerp")
    context.set_offline(True)
    page.locator("#v-answer").fill("Lang getypt zonder verbinding.")
    page.locator("#v-desk-why").fill("Duidelijker.")
    page.locator("button[value=opslaan]").click()
    expect(page.locator(".wg-autosave")).to_contain_text("geen verbinding", timeout=15000)
    context.set_offline(False)
    expect(page.locator(".wg-autosave")).to_contain_text("bewaard", timeout=15000)
    page.reload()

    expect(page.locator("#v-answer")).to_have_value("Lang getypt zonder verbinding.")
    context.close()
