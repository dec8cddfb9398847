"""Forms in a real browser: what axe and the keyboard find, and the script that saves while somebody types."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Dialog, Page, Request, Route, expect
from werkzeug.datastructures import MultiDict

from provider_forms.web.forms import make_form
from provider_forms.web.forms.kinds import FIELD_KINDS
from tests.provider_forms.web.forms.asking import ask, rendered
from wmo_guide.domain.kinds import Scope
from wmo_guide.publication import ROOT

SCRIPT = ROOT / "provider_forms" / "web" / "static" / "autosave.js"
ADDRESS = "https://formulier.example.nl/aanbieder/pagina"
NOON = datetime(2026, 3, 4, 14, 5)  # noqa: DTZ001  (the browser's own clock, whatever its time zone)
OFTEN = 10_000
"""Between two saves there are at least so many milliseconds."""


@dataclass
class Server:
    """Answers posts with `status`, and remembers them."""

    html: str
    status: int = 200
    saved: list[str] = field(default_factory=list)
    sent: list[str] = field(default_factory=list)

    def answer(self, route: Route, request: Request) -> None:
        """The page, the script, or what the form's view would say."""
        if request.url.endswith(".js"):
            route.fulfill(body=SCRIPT.read_text(encoding="utf-8"), content_type="text/javascript")
        elif request.method == "GET":
            route.fulfill(body=self.html, content_type="text/html; charset=utf-8")
        elif "x-autosave" in request.headers:
            self.saved.append(request.post_data or "")
            route.fulfill(status=self.status, json={"version": 1 + len(self.saved)})
        else:
            self.sent.append(request.post_data or "")
            route.fulfill(body="<title>Bewaard</title>", content_type="text/html")


@pytest.fixture
def server(scope: Scope) -> Server:
    """A page with one text, as a view would make it."""
    form = rendered(make_form([ask("text")], scope, MultiDict(), {}))
    hidden = '<input type="hidden" name="version" value="1"><input type="hidden" name="csrf" value="geheim">'
    marked = form.replace("novalidate>", f'novalidate data-autosave="7:3/pagina">{hidden}')
    status = '<p class="wg-autosave" role="status"></p>'
    return Server(f'<!doctype html><title>Pagina</title>{status}{marked}<script src="/autosave.js"></script>')


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The page, with a clock that the test moves."""
    context = browser.new_context()
    page = context.new_page()
    page.clock.install(time=NOON)
    page.route("**/*", server.answer)
    page.goto(ADDRESS)
    page.clock.pause_at(datetime(2026, 3, 4, 14, 5, 10))  # noqa: DTZ001  (as above)
    yield page
    context.close()


def _type(page: Page, text: str) -> None:
    page.locator("textarea").press_sequentially(text)


def _pass(page: Page, milliseconds: int) -> None:
    page.clock.run_for(milliseconds)
    # Requests come in the order of their making: when this one is answered, all before it have come.
    page.evaluate("() => fetch('/autosave.js').then(answer => answer.text())")


def _status(page: Page) -> Any:
    return page.get_by_role("status")


def test_what_is_typed_is_saved_and_told(page: Page, server: Server) -> None:
    """Shortly after typing the whole form is posted, the time is told as a status, and the version goes along."""
    _type(page, "Hallo")
    assert server.saved == []
    _pass(page, 2_000)
    expect(_status(page)).to_have_text(re.compile(r"^Opgeslagen om 14\.05 uur$"))
    assert server.saved == ["version=1&csrf=geheim&a.it=Hallo"]
    expect(page.locator("[name=version]")).to_have_value("2")


def test_typing_on_saves_no_more_than_every_ten_seconds(page: Page, server: Server) -> None:
    """Somebody who types without a pause is saved every ten seconds, with the version of the last save."""
    _type(page, "a")
    _pass(page, 2_000)
    expect(page.locator("[name=version]")).to_have_value("2")
    for letter in "bcdefgh":
        _type(page, letter)
        _pass(page, 1_000)
    assert len(server.saved) == 1
    _pass(page, OFTEN - 7_000)
    expect(page.locator("[name=version]")).to_have_value("3")
    assert server.saved == ["version=1&csrf=geheim&a.it=a", "version=2&csrf=geheim&a.it=abcdefgh"]


def test_nothing_is_sent_when_nothing_changed(page: Page, server: Server) -> None:
    """A page that lies open sends nothing."""
    _pass(page, 10 * OFTEN)
    assert server.saved == []


def test_an_ended_session_stops_it(page: Page, server: Server) -> None:
    """When the session ended, saving stops, the page says what to do, and the text stays."""
    server.status = 401
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_have_text("Niet opgeslagen: u bent uitgelogd. Kies Opslaan en log in.")
    _type(page, "!")
    _pass(page, 3 * OFTEN)
    assert len(server.saved) == 1
    expect(page.locator("textarea")).to_have_value("Hallo!")


def test_typing_on_after_a_conflict_is_kept_too(page: Page, server: Server) -> None:
    """When somebody else saved, the page says so, and what is typed after that is sent as well, for the server to keep."""
    server.status = 409
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Nog niet opgeslagen. Iemand anders")
    _type(page, "!")
    _pass(page, OFTEN)
    assert server.saved[1] == "version=1&csrf=geheim&a.it=Hallo%21"
    expect(_status(page)).to_contain_text("Nog niet opgeslagen. Iemand anders")


def test_too_much_text_is_told_and_not_sent_again(page: Page, server: Server) -> None:
    """A text that is too large is sent once; the page says that it isn't saved until it was made shorter."""
    server.status = 413
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Niet opgeslagen: dit is te veel tekst")
    _pass(page, 60 * OFTEN)
    assert len(server.saved) == 1
    server.status = 200
    page.locator("textarea").press("Backspace")
    _pass(page, OFTEN)
    expect(_status(page)).to_contain_text("Opgeslagen om")


def test_a_failing_server_is_tried_again(page: Page, server: Server) -> None:
    """When saving fails the page says that it isn't saved and tries again by itself, less and less often, until it works."""
    tries: list[str] = []

    def fail(route: Route) -> None:
        tries.append(route.request.post_data or "")
        route.fulfill(status=503) if len(tries) % 2 else route.abort()

    page.route("**/pagina", fail)
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Niet opgeslagen: het lukt nu niet.")
    for _ in range(60):
        _pass(page, OFTEN)
    assert 4 <= len(tries) <= 7
    page.unroute("**/pagina")
    page.evaluate("dispatchEvent(new Event('online'))")
    expect(_status(page)).to_contain_text("Opgeslagen om")
    assert server.saved == ["version=1&csrf=geheim&a.it=Hallo"]


def test_the_button_saves_and_then_sends(page: Page, server: Server) -> None:
    """The button first saves what isn't saved yet, so that it can tell when that fails, and then sends the form."""
    _type(page, "Hallo")
    page.get_by_role("button").click()
    expect(page).to_have_title("Bewaard")
    assert (server.saved, server.sent) == (["version=1&csrf=geheim&a.it=Hallo"], ["version=2&csrf=geheim&a.it=Hallo"])


def test_the_button_without_a_connection_loses_nothing(page: Page, server: Server) -> None:
    """Without a connection the button leaves the page as it is and says so; once there is one again it sends the form."""
    page.route("**/pagina", lambda route: route.abort())
    _type(page, "Hallo")
    page.get_by_role("button").click()
    expect(_status(page)).to_contain_text("er is geen verbinding")
    expect(page.locator("textarea")).to_have_value("Hallo")
    page.unroute("**/pagina")
    page.get_by_role("button").click()
    expect(page).to_have_title("Bewaard")
    assert server.sent == ["version=2&csrf=geheim&a.it=Hallo"]


def _copies(page: Page) -> Any:
    return page.evaluate("() => ({...sessionStorage})")


def test_a_text_without_a_connection_outlives_its_page(page: Page, server: Server) -> None:
    """What could not be saved stands on the page again when it is opened in the same tab, is saved, and then leaves the device."""
    page.route("**/pagina", lambda route: route.abort())
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Niet opgeslagen")
    page.unroute("**/pagina")
    assert "geheim" not in str(_copies(page))
    server.html = server.html.replace('name="version" value="1"', 'name="version" value="5"')
    page.goto(ADDRESS)

    expect(page.locator("textarea")).to_have_value("Hallo")
    expect(_status(page)).to_contain_text("Wij hebben teruggezet wat u hier het laatst typte")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Opgeslagen om")
    assert server.saved == ["version=1&csrf=geheim&a.it=Hallo"], "the version that it was typed on goes along"
    assert _copies(page) == {}


@pytest.mark.parametrize("now", ['data-autosave="8:3/pagina"', "data-forget"])
def test_nobody_else_gets_the_copy(page: Page, server: Server, now: str) -> None:
    """A copy on the device is gone once somebody else opens a form in that tab, and once its writer signed out."""
    page.route("**/pagina", lambda route: route.abort())
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Niet opgeslagen")
    page.unroute("**/pagina")
    assert "Hallo" in str(_copies(page))
    server.html = server.html.replace('data-autosave="7:3/pagina"', now)
    page.goto(ADDRESS)

    expect(page.locator("textarea")).to_have_value("")
    page.wait_for_function("() => sessionStorage.length === 0")


def test_leaving_a_long_page_saves_too(page: Page, server: Server) -> None:
    """A page that is larger than browsers let a leaving page send is sent in the ordinary way."""
    page.locator("textarea").fill("x" * 70_000)
    page.evaluate("""() => {
        const send = window.fetch;
        window.fetch = (address, how) => { window.kept = how.keepalive; return send(address, how); };
        Object.defineProperty(document, "hidden", {value: true});
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    expect(page.locator("[name=version]")).to_have_value("2")
    assert page.evaluate("window.kept") is False
    assert len(server.saved[0]) > 70_000


def test_a_page_out_of_the_browsers_memory_is_loaded_anew(page: Page, server: Server) -> None:
    """A page that the browser kept whole while its reader was elsewhere is loaded again, with what is stored by now."""
    server.html = server.html.replace("</textarea>", "Nieuw</textarea>").replace('value="1"', 'value="2"')
    page.evaluate("() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    expect(page.locator("textarea")).to_have_value("Nieuw")
    expect(page.locator("[name=version]")).to_have_value("2")


def test_the_button_waits_for_a_save_under_way(page: Page, server: Server) -> None:
    """A form sent while a save is under way goes out after it, with its version, so that it is no conflict."""
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/pagina", hold)
    _type(page, "Hallo")
    _pass(page, 2_000)
    page.get_by_role("button").click()
    assert len(held) == 1
    page.unroute("**/pagina")
    server.answer(held[0], held[0].request)
    expect(page).to_have_title("Bewaard")
    assert server.sent == ["version=2&csrf=geheim&a.it=Hallo"]


def test_leaving_the_page_saves_at_once(page: Page, server: Server) -> None:
    """Somebody who turns to another app is saved without waiting."""
    _type(page, "Hallo")
    page.evaluate("""() => {
        Object.defineProperty(document, "hidden", {value: true});
        document.dispatchEvent(new Event("visibilitychange"));
    }""")
    expect(page.locator("[name=version]")).to_have_value("2")
    assert server.saved == ["version=1&csrf=geheim&a.it=Hallo"]


@pytest.mark.parametrize("status", ["empty", "wrong"])
def test_axe_finds_nothing(browser: Browser, scope: Scope, status: str) -> None:
    """A form with every kind of question has no accessibility errors that axe knows, empty or full of errors."""
    questions = [ask(kind, f"q-{kind}", required=True, help="Uitleg.") for kind in FIELD_KINDS if kind != "bands"]
    made = make_form(questions, scope, None if status == "empty" else MultiDict(), {})
    page = browser.new_page()
    page.set_content(f'<!doctype html><html lang="nl"><title>Vragen</title><h1>Vragen</h1>{rendered(made)}')
    rules = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}
    found = Axe().run(page, options=rules).response["violations"]
    page.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize(("kind", "target"), [("line", "v-it"), ("choices", "v-it"), ("levels", "v-it")])
def test_errors_are_found_without_script_and_mouse(browser: Browser, scope: Scope, kind: str, target: str) -> None:
    """Without JavaScript the summary has the focus, and its link brings the keyboard to the field."""
    form = rendered(make_form([ask(kind, required=True)], scope, MultiDict(), {}))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.route("**/*", Server(f"<!doctype html><title>Pagina</title>{form}").answer)
    page.goto(ADDRESS)
    expect(page.get_by_role("heading", name="Er is 1 foutmelding")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator(f"#{target}")).to_be_focused()
    context.close()


def _once_refused(page: Page, person: int) -> None:
    def refuse(route: Route) -> None:
        page.unroute("**/pagina")
        route.fulfill(status=403, json={"csrf": "vers", "person": person})

    page.route("**/pagina", refuse)
    _type(page, "Hallo")
    _pass(page, 2_000)


def test_a_stale_token_is_renewed(page: Page, server: Server) -> None:
    """When the page's token is too old and its writer is still signed in, the text is saved with the fresh token."""
    _once_refused(page, 7)
    expect(_status(page)).to_contain_text("Opgeslagen om")
    assert server.saved == ["version=1&csrf=vers&a.it=Hallo"]


def test_nothing_is_saved_for_somebody_else(page: Page, server: Server) -> None:
    """When somebody else signed in on this device, the text isn't saved in that person's name, and the page says so."""
    _once_refused(page, 8)
    expect(_status(page)).to_contain_text("is nu iemand anders ingelogd")
    _pass(page, 3 * OFTEN)
    assert server.saved == []


def test_a_question_that_is_gone_is_told(page: Page) -> None:
    """What the server tells of an answer to a question that is gone stands in the place of the message that all is saved."""
    page.route("**/pagina", lambda route: route.fulfill(json={"version": 2, "told": "Er is een vraag weg."}))
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_have_text("Er is een vraag weg.")


def test_a_clock_that_is_set_back_stops_nothing(page: Page, server: Server) -> None:
    """When the device's clock is set back an hour while somebody types, saving goes on."""
    _type(page, "a")
    _pass(page, 2_000)
    expect(page.locator("[name=version]")).to_have_value("2")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() - 3600000; }")
    _type(page, "b")
    _pass(page, 2 * OFTEN)
    expect(page.locator("[name=version]")).to_have_value("3")
    assert len(server.saved) == 2


def _with_sign_out(page: Page, server: Server) -> None:
    button = '<form method="post" action="/uitloggen"><button>Uitloggen</button></form>'
    server.html = server.html.replace("<p class", f"{button}<p class")
    page.goto(ADDRESS)
    _type(page, "Hallo")


def test_signing_out_saves_first(page: Page, server: Server) -> None:
    """Who types and signs out at once is saved before the session ends."""
    _with_sign_out(page, server)
    page.get_by_role("button", name="Uitloggen").click()
    expect(page).to_have_title("Bewaard")
    assert (server.saved, server.sent) == (["version=1&csrf=geheim&a.it=Hallo"], [""])


def test_signing_out_without_saving_warns(page: Page, server: Server) -> None:
    """When saving fails, signing out doesn't go on but warns; who presses on is let out."""
    _with_sign_out(page, server)
    page.route("**/pagina", lambda route: route.abort())
    out = page.get_by_role("button", name="Uitloggen")
    for _ in range(2):
        out.click()
        expect(_status(page)).to_contain_text("raakt u deze tekst kwijt")
        expect(page.locator("textarea")).to_have_value("Hallo")
    assert server.sent == []
    out.click()
    expect(page).to_have_title("Bewaard")


def test_closing_without_a_connection_warns(page: Page, server: Server) -> None:
    """Closing a page warns while its text can't be saved, also before the first try; a page that is saved closes."""
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    _type(page, "Hallo")
    _pass(page, 2_000)
    expect(_status(page)).to_contain_text("Opgeslagen om")
    page.goto(ADDRESS)
    assert asked == []
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', {value: false})")
    _type(page, "!")
    page.goto(ADDRESS)
    assert asked == ["beforeunload"]
    assert server.sent == []


@pytest.mark.parametrize(("days", "shown"), [(0, "Hallo"), (6, "Hallo"), (8, "")])
def test_a_text_without_a_connection_outlives_its_tab(page: Page, server: Server, days: int, shown: str) -> None:
    """What was typed without a connection stands on the page in another tab of the same person, for a week."""
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', {value: false})")
    page.route("**/pagina", lambda route: route.abort())
    _type(page, "Hallo")
    page.unroute("**/pagina")

    other = page.context.new_page()
    other.clock.install(time=NOON + timedelta(days=days))
    other.route("**/*", server.answer)
    other.goto(ADDRESS)
    expect(other.locator("textarea")).to_have_value(shown)


@pytest.mark.parametrize("now", ['data-autosave="8:3/pagina"', "data-forget"])
def test_nobody_else_gets_the_lasting_copy(page: Page, server: Server, now: str) -> None:
    """The copy on the device is gone once somebody else opens a form in any tab, and once its writer signed out."""
    page.evaluate("() => Object.defineProperty(navigator, 'onLine', {value: false})")
    page.route("**/pagina", lambda route: route.abort())
    _type(page, "Hallo")
    page.unroute("**/pagina")
    assert "Hallo" in page.evaluate("() => JSON.stringify({...localStorage})")
    server.html = server.html.replace('data-autosave="7:3/pagina"', now)
    other = page.context.new_page()
    other.clock.install(time=NOON)
    other.route("**/*", server.answer)
    other.goto(ADDRESS)
    expect(other.locator("textarea")).to_have_value("")
    other.wait_for_function("() => localStorage.length === 0")


def test_the_script_is_small() -> None:
    """An old phone gets about 7 kB of script, once."""
    assert SCRIPT.stat().st_size < 7_168
