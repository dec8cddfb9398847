"""Going back in a real browser: what it puts back into a form never overwrites something newer, and nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from werkzeug.serving import make_server

from provider_forms.desk import people, sessions
from tests.provider_forms.provider.filling import part
from tests.provider_forms.visiting import MANAGER, Forms

PART = "organisation"
TEXT = "[name='a.description']"
BY_SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["script", "no script"])


@dataclass
class Manager:
    """A manager's browser, at an application that really listens."""

    forms: Forms
    context: BrowserContext
    home: str

    def open(self, page: str = "organisatie") -> Page:
        """A new tab with a page."""
        tab = self.context.new_page()
        tab.goto(self.home + page)
        return tab

    @property
    def stored(self) -> object:
        """The text that is stored."""
        return part(self.forms, 1, PART).answers.get("description")


@contextmanager
def listening(forms: Forms) -> Iterator[str]:
    """The application on a port of its own."""
    server = make_server("127.0.0.1", 0, forms.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def manager(forms: Forms, browser: Browser, *, script: bool) -> Iterator[Manager]:
    """Somebody who is signed in."""
    organisation = forms.organisation(MANAGER)
    with forms.desk.database.write() as session:
        token = sessions.begin(session, people.person(session, MANAGER, forms.clock()).id, "", forms.clock())
    with listening(forms) as address:
        context = browser.new_context(java_script_enabled=script)
        context.add_cookies([{"name": "wmo", "value": token, "url": address}])
        yield Manager(forms, context, f"{address}/aanbieder/{organisation}/")
        context.close()


def _save(tab: Page, button: str = "Opslaan en later verder") -> None:
    tab.get_by_role("button", name=button, exact=True).click()
    tab.wait_for_url(lambda url: "organisatie" not in url)


@BY_SCRIPT
def test_saving_after_back_overwrites_nothing_newer(manager: Manager) -> None:
    """Type, save, change it in another tab, go back and save: what was stored last is still what is stored."""
    first = manager.open()
    first.locator(TEXT).fill("Oude tekst")
    _save(first)
    second = manager.open()
    second.locator(TEXT).fill("Nieuwe tekst")
    _save(second)

    first.go_back()
    expect(first.locator(TEXT)).to_have_value("Nieuwe tekst")
    _save(first)

    assert manager.stored == "Nieuwe tekst"


@BY_SCRIPT
def test_a_save_by_script_after_back_overwrites_nothing_newer(manager: Manager) -> None:
    """After going back, typing in another field doesn't bring an old text back either."""
    first = manager.open()
    first.locator(TEXT).fill("Oude tekst")
    _save(first)
    second = manager.open()
    second.locator(TEXT).fill("Nieuwe tekst")
    _save(second)

    first.go_back()
    first.locator("[name='a.name']").fill("Andere naam")
    _save(first)

    assert manager.stored == "Nieuwe tekst"
    assert part(manager.forms, 1, PART).answers["name"] == "Andere naam"


@BY_SCRIPT
def test_going_back_to_mend_a_text_is_no_conflict(manager: Manager) -> None:
    """Who saves, goes back, changes the text and saves again gets the second text stored, without a merge page."""
    tab = manager.open()
    tab.locator(TEXT).fill("Met een tikfuot")
    _save(tab)
    tab.go_back()
    expect(tab.locator(TEXT)).to_have_value("Met een tikfuot")
    tab.locator(TEXT).fill("Zonder tikfout")
    _save(tab)

    assert "samenvoegen" not in tab.url
    assert manager.stored == "Zonder tikfout"


@BY_SCRIPT
def test_typing_that_was_not_saved_survives_back(manager: Manager) -> None:
    """Who follows a link without saving and goes back finds the text there."""
    tab = manager.open()
    tab.locator(TEXT).fill("Niet opgeslagen")
    tab.get_by_role("link", name="Naar uw overzicht").click()
    tab.wait_for_url(lambda url: "organisatie" not in url)
    tab.go_back()

    expect(tab.locator(TEXT)).to_have_value("Niet opgeslagen")
    _save(tab)
    assert manager.stored == "Niet opgeslagen"


@pytest.mark.parametrize("script", [True])
def test_typing_that_was_not_saved_survives_back_and_another_tab(manager: Manager) -> None:
    """Who follows a link without saving, changes the page elsewhere and goes back can still merge the first text."""
    first = manager.open()
    second = manager.open()
    first.locator(TEXT).fill("Eerste tekst")
    second.locator(TEXT).fill("Tweede tekst")
    _save(second)
    first.get_by_role("link", name="Naar uw overzicht").click()
    first.wait_for_url(lambda url: "organisatie" not in url)
    first.go_back()

    assert manager.stored == "Tweede tekst"
    link = first.get_by_role("link", name="Bekijk wat u typte")
    expect(link.or_(first.get_by_text("Wij hebben teruggezet")).first).to_be_visible()
    if not link.is_visible():
        expect(first.locator(TEXT)).to_have_value("Eerste tekst")
        _save(first, "Opslaan en verder")
    else:
        link.click()
    expect(first.get_by_text("Eerste tekst")).to_be_visible()
    expect(first.get_by_text("Tweede tekst")).to_be_visible()
    assert manager.stored == "Tweede tekst"


@BY_SCRIPT
def test_going_back_to_the_waiting_times_undoes_nothing(manager: Manager) -> None:
    """Going back to the fast lane and saving leaves a waiting time that was changed in another tab as it is."""
    weeks = "[name='a.waiting_weeks.2024.post-en-papieren']"
    first = manager.open("wachttijd")
    first.locator(weeks).fill("5")
    first.get_by_role("button", name="Opslaan", exact=True).click()
    first.wait_for_url("**gedaan=ja")
    second = manager.open("wachttijd")
    second.locator(weeks).fill("9")
    second.get_by_role("button", name="Opslaan", exact=True).click()
    second.wait_for_url("**gedaan=ja")

    first.go_back()
    expect(first.locator(weeks)).to_have_value("9")
    first.get_by_role("button", name="Opslaan", exact=True).click()
    first.wait_for_url("**gedaan=gelijk")


@pytest.mark.parametrize("script", [True])
def test_a_choice_on_the_merge_page_is_kept_while_choosing(manager: Manager) -> None:
    """A choice is on the server a few seconds after it was made, and stands on the merge page in another tab."""
    first, second = manager.open(), manager.open()
    second.locator(TEXT).fill("Tweede tekst")
    _save(second)
    first.locator(TEXT).fill("Eerste tekst")
    _save(first)
    first.get_by_text("Wat is opgeslagen").first.click()
    expect(first.get_by_role("status").filter(has_text="nog niet opgeslagen om")).to_be_visible(timeout=15_000)

    again = manager.context.new_page()
    again.goto(first.url)
    expect(again.locator("[name='kies.description'][value=opgeslagen]")).to_be_checked()


@pytest.mark.parametrize("script", [True])
def test_signing_out_leaves_nothing_on_the_device(manager: Manager) -> None:
    """A text that could not be saved is gone from the device once its writer was warned of that and signed out all the same."""
    tab = manager.open()
    tab.route("**/organisatie", lambda route: route.abort())
    tab.locator(TEXT).press_sequentially("Geheim")
    expect(tab.get_by_role("status").filter(has_text="Niet opgeslagen")).to_be_visible(timeout=10_000)
    assert "Geheim" in tab.evaluate("() => JSON.stringify({...sessionStorage})")
    for _ in range(2):
        tab.get_by_role("button", name="Uitloggen").click()
        expect(tab.get_by_role("status").filter(has_text="raakt u deze tekst kwijt")).to_be_visible(timeout=10_000)
    tab.get_by_role("button", name="Uitloggen").click()
    tab.wait_for_url("**uitgelogd=ja")

    tab.wait_for_function("() => sessionStorage.length === 0 && localStorage.length === 0")
