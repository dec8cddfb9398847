"""Accidents while somebody types: none of them loses a word."""

from __future__ import annotations

import http.client
import random
import threading
import urllib.parse
import urllib.request
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text as sql

from provider_forms.desk import drafts, people, sessions
from tests.builders import HOME, ContentFolder
from tests.provider_forms.databases import is_sound
from tests.provider_forms.provider.filling import BY_SCRIPT, OFFERING, Fields, elements, fill_in, filled, part, typed
from tests.provider_forms.provider.serving import nursery
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of

TYPED = "Wij komen elke dag, ook 's nachts. <b>Echt</b> {{ waar }} — ✓ \u05d0"


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/"


@pytest.fixture
def browser(forms: Forms, home: str) -> Browser:
    """A manager's browser."""
    return forms.signed_in()


PAGES = {
    "organisatie": "description",
    "locaties/kantoor": "name",
    "locaties/l-0123abcd": "name",
    "past-niet": "misfit",
    OFFERING: "what",
    "aanbod/2024/dag-buiten/einde": "end",
}
"""Each kind of page where people type, and a question on it."""


@pytest.mark.parametrize("page", PAGES)
def test_typing_survives_an_ended_session(forms: Forms, browser: Browser, home: str, page: str) -> None:
    """What was sent after the session ended stands on its page once its writer has signed in again."""
    form = filled(browser.get(home + page), {PAGES[page]: TYPED})
    forms.clock.forward(timedelta(hours=13))

    assert "/inloggen" in browser.post(home + page, form).location

    browser.sign_in(MANAGER)
    again = browser.get(home + page)
    assert typed(again, PAGES[page]) == TYPED
    assert "nog niet opgeslagen" in text_of(again)
    browser.post(home + page, filled(again, {}))
    assert "nog niet opgeslagen" not in text_of(browser.get(home + page))
    assert typed(browser.get(home + page), PAGES[page]) == TYPED


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("token", ["", "0" * 64])
def test_typing_survives_a_wrong_token(browser: Browser, home: str, page: str, token: str) -> None:
    """A form with a missing or wrong token is not stored, and shown again with all that was typed."""
    form = filled(browser.get(home + page), {PAGES[page]: TYPED})

    answer = browser.post(home + page, {**form, "csrf": [token]})

    assert typed(browser.get(answer.location), PAGES[page]) == TYPED


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("accident", ["ended", "token"])
def test_typing_of_two_tabs_survives(forms: Forms, browser: Browser, home: str, page: str, accident: str) -> None:
    """When two tabs with the same page both came too late, both texts are given back, one after the other."""
    tabs = [browser.get(home + page) for _ in range(2)]
    posts = [filled(tab, {PAGES[page]: text}) for tab, text in zip(tabs, ("Eerste", "Tweede"), strict=True)]
    if accident == "ended":
        forms.clock.forward(timedelta(hours=13))
    for post in posts:
        browser.post(home + page, {**post, **({"csrf": ["0" * 64]} if accident == "token" else {})})
    if accident == "ended":
        browser.sign_in(MANAGER)

    first = browser.get(home + page)
    assert typed(first, PAGES[page]) == "Tweede"
    browser.post(home + page, filled(first, {}))
    second = browser.get(home + page)
    assert typed(second, PAGES[page]) == "Eerste"
    merge = browser.post(home + page, filled(second, {})).location
    assert "Eerste" in text_of(browser.get(merge))
    assert "Tweede" in text_of(browser.get(merge))


def test_other_texts_are_shown_before_going_on(forms: Forms, browser: Browser, home: str) -> None:
    """Who saves one of two texts that were given back comes to the other one first."""
    posts = [filled(browser.get(f"{home}past-niet"), {"misfit": text}) for text in ("Eerste", "Tweede")]
    forms.clock.forward(timedelta(hours=13))
    for post in posts:
        browser.post(f"{home}past-niet", post)
    browser.sign_in(MANAGER)

    assert browser.post(f"{home}past-niet", filled(browser.get(f"{home}past-niet"), {})).location == f"{home}past-niet"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("button", ["verder", "later", "misfit", "overnemen:dag-buiten", "onzin", ""])
def test_every_button_saves(browser: Browser, home: str, page: str, button: str) -> None:
    """Whichever button is pressed, or none, the page is stored."""
    fill_in(browser, home + page, {PAGES[page]: TYPED}, button)

    assert typed(browser.get(home + page), PAGES[page]) == TYPED


def test_typing_survives_another_device(forms: Forms, browser: Browser, home: str) -> None:
    """What is saved on one device stands there on another."""
    fill_in(browser, home + OFFERING, {"what": TYPED}, button="later")

    assert typed(forms.signed_in().get(home + OFFERING), "what") == TYPED


def test_typing_survives_signing_out_elsewhere(browser: Browser, home: str) -> None:
    """Who signed out in another tab and then saves gets a page with all of the text, because nobody knows whose it is."""
    form = filled(browser.get(home + OFFERING), {"what": TYPED})
    browser.post("/aanbieder/uitloggen")

    answer = browser.post(home + OFFERING, form)

    assert TYPED in [one.text for one in elements(answer, "//textarea")]


def test_typing_survives_a_script_after_the_session(forms: Forms, browser: Browser, home: str) -> None:
    """A save by script after the session ended keeps the text as well."""
    form = filled(browser.get(home + OFFERING), {"what": TYPED}, button="")
    forms.clock.forward(timedelta(hours=13))

    assert browser.post(home + OFFERING, form, headers=BY_SCRIPT).status_code == 401

    browser.sign_in(MANAGER)
    assert typed(browser.get(home + OFFERING), "what") == TYPED


def test_typing_survives_content_that_can_not_be_read(
    forms: Forms, browser: Browser, home: str, content: ContentFolder
) -> None:
    """When staff break the questions while somebody types, the text comes back as soon as they are mended."""
    forms.desk.content = content.root
    form = filled(browser.get(home + OFFERING), {"what": TYPED})
    right = content.text(f"{HOME}/matrix/2024.yaml")
    content.raw(f"{HOME}/matrix/2024.yaml", "kapot: [")

    answer = browser.post(home + OFFERING, form)

    assert answer.status_code == 503
    assert "bewaard wat u typte" in text_of(answer)
    content.raw(f"{HOME}/matrix/2024.yaml", right)
    assert typed(browser.get(home + OFFERING), "what") == TYPED


def test_typing_survives_a_broken_database(forms: Forms, browser: Browser, home: str) -> None:
    """When the database fails, the answer shows all that was typed, to copy."""
    form = filled(browser.get(home + OFFERING), {"what": TYPED})
    with forms.desk.database.write() as session:
        session.execute(sql("ALTER TABLE part RENAME TO elsewhere"))

    answer = browser.post(home + OFFERING, form)

    assert answer.status_code == 500
    assert TYPED in [one.text for one in elements(answer, "//textarea")]
    assert browser.get(home + OFFERING).status_code == 500


def test_saves_at_the_same_moment_lose_nothing(forms: Forms, browser: Browser, home: str) -> None:
    """Of eight saves of one page at the same moment one is stored, and all others wait to be merged."""
    pages = [browser.get(home + OFFERING) for _ in range(8)]
    answers = [filled(page, {"what": f"Tekst {number}"}, "later") for number, page in enumerate(pages)]
    leads: list[str] = []

    def save(form: Fields) -> None:
        client = forms.app.test_client()
        client.set_cookie("wmo", browser.cookie() or "")
        leads.append(client.post(home + OFFERING, data=form).location)

    threads = [threading.Thread(target=save, args=(form,)) for form in answers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    merges = [lead for lead in leads if "samenvoegen" in lead]
    seen = [text_of(browser.get(lead)) for lead in merges]
    stored = str(part(forms, 1, "offering/2024/post-en-papieren").answers["what"])
    assert len(merges) == 7
    assert all(any(f"Tekst {number}" in said for said in seen) for number in range(8))
    assert all(stored in said for said in seen)


KILLS = 30


@pytest.fixture
def cookie(forms: Forms, home: str) -> str:
    """The cookie of somebody who is signed in."""
    with forms.desk.database.write() as session:
        person = people.person(session, MANAGER, forms.clock())
        return f"wmo={sessions.begin(session, person.id, '', forms.clock())}"


def test_killed_server_leaves_the_last_stored_state(
    forms: Forms, home: str, cookie: str, sample: ContentFolder
) -> None:
    """However often the server is killed in the middle of saves, each page is as it was last answered or one save on, whole."""
    chance = random.Random(20260115)  # noqa: S311  (moments for an accident, no secret)
    stored = 0
    with nursery(forms.var, sample.root) as servers:
        for _ in range(KILLS):
            server = servers.start()
            saved = _SaveLoop(server.address, home, cookie, stored)
            killer = threading.Timer(chance.uniform(0, 0.25), server.kill)
            saved.run(killer.start)
            killer.join()
            stored = _check_whole(forms, saved)
    assert stored > KILLS, "the server was never in the middle of a save"


class _SaveLoop:
    """Saves one page after the other until the server is gone; each text tells its number, twice."""

    def __init__(self, address: str, home: str, cookie: str, start: int) -> None:
        self._url, self._cookie = f"{address}{home}organisatie", cookie
        self.answered, self.sent = start, start

    def run(self, begun: Callable[[], None]) -> None:
        """Saves until the server doesn't answer any more; tells after the first save, however slow the machine is."""
        try:
            page = self._open(self._url)
            token, version = (
                page.partition(f'name="{name}" value="')[2].partition('"')[0] for name in ("csrf", "version")
            )
            version = self._save(token, version)
            begun()
            while True:
                version = self._save(token, version)
        except (OSError, http.client.HTTPException):
            return

    def _save(self, token: str, version: str) -> str:
        self.sent = self.answered + 1
        text = f"{self.sent} {'woord ' * 2000}{self.sent}"
        form = {"csrf": token, "version": version, "a.name": "Zorg", "a.description": text}
        answer = self._open(self._url, urllib.parse.urlencode(form).encode())
        self.answered = self.sent
        return answer.partition('"version":')[2].partition("}")[0].strip()

    def _open(self, url: str, body: bytes | None = None) -> str:
        headers = {"Cookie": self._cookie, **(BY_SCRIPT if body else {})}
        request = urllib.request.Request(url, body, headers)  # noqa: S310  (our own server)
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  (as above)
            return str(answer.read().decode())


def _check_whole(forms: Forms, saved: _SaveLoop) -> int:
    """The number of the text that is stored now: the last that was answered, or the one that was under way."""
    assert is_sound(forms.var)
    with forms.desk.database.read() as session:
        found = drafts.part(session, 1, "organisation")
    if found is None or not saved.sent:
        return saved.answered
    words = str(found.answers.get("description", "0")).split()
    if words[0].isdecimal():
        assert words[0] == words[-1]
        assert int(words[0]) in (saved.answered, saved.sent)
        return int(words[0])
    assert saved.answered == 0
    return 0
