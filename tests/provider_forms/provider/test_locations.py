"""The organisation's locations: list, add, change, remove, put back."""

from __future__ import annotations

import pytest

from provider_forms.desk import drafts
from provider_forms.desk.drafts import LOCATION, By
from tests.provider_forms.provider.filling import OFFERING, elements, fill_in, filled, typed
from tests.provider_forms.visiting import MANAGER, NOON, Browser, Forms, text_of


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/"


@pytest.fixture
def browser(forms: Forms, home: str) -> Browser:
    """A manager's browser."""
    return forms.signed_in()


def _names(browser: Browser, home: str) -> list[str]:
    links = elements(browser.get(f"{home}locaties"), "//ul[contains(@class, 'wf-people')]//a")
    return [str(one.text) for one in links]


def test_location_is_added(browser: Browser, home: str) -> None:
    """A new location exists from its first save on, is listed, and can be chosen in an offering."""
    new = browser.get(f"{home}locaties/nieuw").location
    browser.get(new)
    assert _names(browser, home) == ["Kantoor"]

    answer = fill_in(browser, new, {"name": "Schuur", "municipality": "helmdorp"})

    assert answer.location == f"{home}locaties"
    assert _names(browser, home) == ["Kantoor", "Schuur"]
    key = new.rpartition("/")[2]
    assert elements(browser.get(home + OFFERING), f"//input[@name='a.locations'][@value='{key}']")


def test_two_new_locations_are_never_the_same(browser: Browser, home: str) -> None:
    """Two tabs that each add a location make two."""
    pages = [browser.get(f"{home}locaties/nieuw").location for _ in range(2)]
    opened = [browser.get(page) for page in pages]
    for page, answer, name in zip(pages, opened, ("Noord", "Zuid"), strict=True):
        browser.post(page, filled(answer, {"name": name, "municipality": "helmdorp"}))

    assert _names(browser, home) == ["Kantoor", "Noord", "Zuid"]


def test_location_is_removed_and_put_back(browser: Browser, home: str) -> None:
    """A removed location leaves the list, its page is gone, and one press brings it back as it was."""
    browser.get(f"{home}locaties")
    removed = browser.post(f"{home}locaties/kantoor/weghalen")

    after = browser.get(removed.location)
    assert "weggehaald" in text_of(after)
    assert _names(browser, home) == []
    assert browser.get(f"{home}locaties/kantoor").status_code == 404
    browser.post(f"{home}locaties/kantoor/terugzetten")
    assert typed(browser.get(f"{home}locaties/kantoor"), "address") == "Dorpsplein 1"


def test_offering_tells_that_its_location_is_gone(browser: Browser, home: str) -> None:
    """An offering that names a removed location asks to choose again, instead of dropping it silently."""
    browser.get(f"{home}locaties")
    browser.post(f"{home}locaties/kantoor/weghalen")

    assert "Kies opnieuw bij “Op welke locaties?”" in text_of(browser.get(f"{home}{OFFERING}?nakijken=ja"))


@pytest.mark.parametrize("action", ["weghalen", "terugzetten"])
def test_unknown_location_can_not_be_touched(browser: Browser, home: str, action: str) -> None:
    """Removing or putting back what isn't there is not found."""
    browser.get(f"{home}locaties")

    assert browser.post(f"{home}locaties/onbekend/{action}").status_code == 404


def test_one_location_too_many_is_told(forms: Forms, browser: Browser, home: str) -> None:
    """With the list full a new location is refused with a message, and what was typed for one stays on the page."""
    new = browser.get(f"{home}locaties/nieuw").location
    page = browser.get(new)
    with forms.desk.database.write() as session:
        for number in range(drafts.MOST_LOCATIONS - 1):
            drafts.save(session, By(1, 1, NOON), drafts.Edit(f"{LOCATION}l-{number}", {"name": "Plek"}, 0))

    refused = browser.post(new, filled(page, {"name": "Te veel", "municipality": "helmdorp"}))

    assert refused.status_code == 413
    assert "Er is plaats voor" in text_of(refused)
    assert typed(refused, "name") == "Te veel"
    assert browser.get(f"{home}locaties/nieuw").status_code == 409
    assert len(_names(browser, home)) == drafts.MOST_LOCATIONS


def test_a_location_without_room_is_not_put_back(forms: Forms, browser: Browser, home: str) -> None:
    """With the list full a removed location stays away with a message, and comes back once another is removed."""
    browser.get(f"{home}locaties")
    browser.post(f"{home}locaties/kantoor/weghalen")
    with forms.desk.database.write() as session:
        for number in range(drafts.MOST_LOCATIONS):
            drafts.save(session, By(1, 1, NOON), drafts.Edit(f"{LOCATION}l-{number}", {"name": "Plek"}, 0))

    refused = browser.post(f"{home}locaties/kantoor/terugzetten")

    assert refused.status_code == 409
    assert "geen plaats meer" in text_of(refused)
    assert elements(refused, "//form[contains(@action, 'kantoor/terugzetten')]")
    browser.post(f"{home}locaties/l-0/weghalen")
    browser.post(f"{home}locaties/kantoor/terugzetten")
    assert "Kantoor" in _names(browser, home)
    assert browser.post(f"{home}locaties/kantoor/terugzetten").status_code == 303
