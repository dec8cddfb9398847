"""Who may come where: every address of the staff desk, with every method, by everybody who may not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.exceptions import HTTPException
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from provider_forms.desk import people
from provider_forms.desk.models import Event, Person, Table
from tests.builders import REGION
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, administrator, half_way, make_staff, reviewer
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Browser, Forms

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
SECOND_STEP = frozenset({"/beheer/tweede-stap", "/beheer/inlogcode", "/beheer/tweede-stap/qr.svg"})
"""What staff reach before their second factor is given."""
OPEN = frozenset({"/beheer/inloggen", "/beheer/inloggen/terug"})
"""Where staff sign in with a work account; not there without a provider of accounts."""
ADMINISTRATORS = frozenset({"/beheer/medewerkers"})
"""Below these, pages are for administrators alone."""
_FILLED = {"region": REGION, "name": "nieuws", "number": "2026-0001"}


def _rules(forms: Forms) -> list[Rule]:
    return [rule for rule in forms.app.url_map.iter_rules() if f"{rule.rule}/".startswith("/beheer/")]


def _addresses(forms: Forms) -> Iterator[str]:
    """The addresses of all rules, with something that exists, or could, in each of their parts."""
    adapter = forms.app.url_map.bind("gids.test")
    for rule in _rules(forms):
        values: dict[str, Any] = {}
        for name in rule.arguments:
            is_number = type(rule._converters[name]).__name__ == "IntegerConverter"  # noqa: SLF001  (werkzeug has no other way)
            values[name] = 1 if is_number else _FILLED.get(name, "x")
        yield adapter.build(rule.endpoint, values, method=next(iter(rule.methods or ("GET",))))


def _addresses_of(forms: Forms, method: str = "") -> list[str]:
    """All of them, or those that answer to a method."""
    return sorted(address for address in set(_addresses(forms)) if not method or _answers(forms, method, address))


def _answers(forms: Forms, method: str, address: str) -> bool:
    """Whether a view of the desk takes the request; the guide says of all others that they aren't there."""
    try:
        endpoint, _ = forms.app.url_map.bind("gids.test").match(address, method=method)
    except HTTPException:
        return False
    return str(endpoint).startswith("staff")


def _ask(browser: Browser, method: str, address: str) -> TestResponse:
    """A request; one that changes something carries the right token of this browser's forms."""
    data = {"csrf": browser.token, "email": COLLEAGUE, "rol": "administrator", "a.naam": "x"}
    return browser.client.open(address, method=method, data=data if method in ("POST", "PUT", "PATCH") else None)


def _state(forms: Forms) -> dict[str, object]:
    """How much stands in each table, but for what is noted of the tries themselves."""
    ignored = {"event", "attempt", "token", "kept", "signed_in", "staff_session"}
    with forms.desk.database.read() as session:
        counts: dict[str, object] = {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Table.metadata.sorted_tables
            if table.name not in ignored
        }
        counts["roles"] = sorted((one.email, one.staff_role or "") for one in session.scalars(select(Person)))
    return counts


def _prepare(forms: Forms) -> None:
    forms.organisation("iemand@example.nl")
    forms.organisation(MANAGER, slug="beta-dag")
    make_staff(forms, ADMINISTRATOR, "administrator")


def test_all_addresses_are_walked(forms: Forms) -> None:
    """The walk finds the addresses of the desk, and each rule has one."""
    found = _addresses_of(forms)

    assert len(found) > 25
    assert {"/beheer/", "/beheer/mensen/1", "/beheer/medewerkers/1/rol", "/beheer/account/"} <= set(found)
    assert "/beheer/mensen/1/uitnodigingen/1/intrekken" in found


@pytest.mark.parametrize("method", METHODS)
def test_nobody_comes_in_without_signing_in(forms: Forms, method: str) -> None:
    """Who isn't signed in is led to the sign-in page, or refused, at every address and by every method."""
    _prepare(forms)
    browser = forms.browser()
    browser.get("/aanbieder/inloggen")
    before = _state(forms)

    for address in _addresses_of(forms, method):
        answer = _ask(browser, method, address)
        if address in OPEN:
            assert answer.status_code in (404, 405, 200), (method, address)  # 200: the list of methods, for OPTIONS
            continue
        led = answer.status_code in (302, 303) and answer.location.startswith("/aanbieder/inloggen")
        kept = method == "POST" and answer.status_code == 400  # what was typed is given back, to copy
        assert led or kept or _is_list_of_methods(answer, method), (method, address, answer.status_code)
    assert _state(forms) == before


@pytest.mark.parametrize("method", METHODS)
def test_managers_of_organisations_come_nowhere(forms: Forms, method: str) -> None:
    """The manager of an organisation is refused at every address and by every method, and it is logged."""
    _prepare(forms)
    browser = forms.signed_in()
    browser.get("/aanbieder/")
    browser.get("/aanbieder/2/collegas")
    before = _state(forms)

    for address in _addresses_of(forms, method):
        answer = _ask(browser, method, address)
        if address not in OPEN:
            assert answer.status_code == 403 or _is_list_of_methods(answer, method), (
                method,
                address,
                answer.status_code,
            )
    assert _state(forms) == before
    with forms.desk.database.read() as session:
        logged = session.scalar(select(func.count()).select_from(Event).where(Event.what == "desk_refused"))
    assert logged or method not in ("GET", "POST")


@pytest.mark.parametrize("method", METHODS)
def test_staff_without_their_second_factor_come_nowhere(forms: Forms, method: str) -> None:
    """Staff who haven't given their second factor are led to it from every address, and change nothing."""
    _prepare(forms)
    browser = half_way(forms, ADMINISTRATOR, "administrator")
    browser.get("/beheer/tweede-stap")
    before = _state(forms)

    for address in _addresses_of(forms, method):
        if address in OPEN | SECOND_STEP:
            continue
        answer = _ask(browser, method, address)
        led = answer.status_code == 303 and answer.location.startswith("/beheer/tweede-stap")
        assert led or _is_list_of_methods(answer, method), (method, address, answer.status_code)
    assert _state(forms) == before


@pytest.mark.parametrize("method", METHODS)
def test_reviewers_do_not_come_where_administrators_do(forms: Forms, method: str) -> None:
    """A reviewer is refused at every address for administrators, by every method."""
    _prepare(forms)
    browser = reviewer(forms)
    before = _state(forms)
    found = [
        one for one in _addresses_of(forms, method) if f"{one}/".startswith(tuple(f"{two}/" for two in ADMINISTRATORS))
    ]

    assert len(found) >= {"GET": 1, "HEAD": 1, "POST": 5, "OPTIONS": 5}[method]
    for address in found:
        answer = _ask(browser, method, address)
        assert answer.status_code == 403 or _is_list_of_methods(answer, method), (method, address, answer.status_code)
    assert _state(forms) == before


def test_a_role_that_is_none_opens_nothing(forms: Forms) -> None:
    """A role that we don't know counts as none."""
    with forms.desk.database.write() as session:
        people.person(session, "vreemd@example.nl", forms.clock()).staff_role = "koning"

    assert forms.signed_in("vreemd@example.nl").get("/beheer/").status_code == 403


def test_other_methods_are_not_there(forms: Forms) -> None:
    """No address of the desk takes a method but those to ask and to send a form."""
    _prepare(forms)
    browser = administrator(forms)
    before = _state(forms)

    for address in _addresses_of(forms):
        for method in ("PUT", "PATCH", "DELETE"):
            assert _ask(browser, method, address).status_code in (404, 405), (method, address)
    assert _state(forms) == before


def test_an_administrator_comes_everywhere(forms: Forms) -> None:
    """Every page of the desk that can be opened opens for an administrator, or isn't there; none breaks."""
    _prepare(forms)
    browser = administrator(forms)

    for address in _addresses_of(forms, "GET"):
        if address not in OPEN:
            answer = _ask(browser, "GET", address)
            assert answer.status_code in (200, 302, 303, 403, 404), (address, answer.status_code)


def _is_list_of_methods(answer: TestResponse, method: str) -> bool:
    """Whether all that was told is which methods the address has."""
    return method == "OPTIONS" and answer.status_code == 200 and not answer.data
