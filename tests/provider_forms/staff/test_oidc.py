"""Signing in with a work account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from provider_forms.desk import people
from provider_forms.desk.models import Event, Person
from provider_forms.desk.staff_models import SecondFactor, WorkAccount
from tests.builders import ContentFolder
from tests.provider_forms.staff.desk_staff import REVIEWER, make_staff
from tests.provider_forms.staff.provider_of_accounts import Accounts, another_key
from tests.provider_forms.visiting import Browser, Forms, make_forms, text_of

DOOR = "/beheer/inloggen"


@pytest.fixture
def accounts() -> Iterator[Accounts]:
    """A provider of work accounts."""
    made = Accounts()
    yield made
    made.close()


@pytest.fixture
def at_work(tmp_path: Path, sample: ContentFolder, accounts: Accounts) -> Iterator[Forms]:
    """The application, told to use that provider."""
    made = make_forms(tmp_path / "var", sample.root, **accounts.settings())
    accounts.now = made.clock().timestamp()
    yield made
    made.desk.close()


def _come_back(forms: Forms, accounts: Accounts) -> tuple[Browser, str]:
    """A browser that went to the provider, and the path that it is sent back to."""
    browser = forms.browser()
    return browser, accounts.visit(browser.get(f"{DOOR}?verder=/beheer/account/").location)


def _role(forms: Forms) -> str | None:
    with forms.desk.database.read() as session:
        person = people.known_person(session, REVIEWER)
        return person.staff_role if person else None


def test_staff_sign_in_with_their_work_account(at_work: Forms, accounts: Accounts) -> None:
    """A page of the desk leads to the provider and back to itself; no second factor of ours is asked."""
    browser = at_work.browser()

    led = browser.get("/beheer/account/")
    back = accounts.visit(browser.get(led.location).location)
    answer = browser.get(back)

    assert led.location == f"{DOOR}?verder=/beheer/account/"
    assert answer.location == "/beheer/account/"
    assert "U logt in met uw werkaccount" in text_of(browser.get("/beheer/account/"))
    assert _role(at_work) == "reviewer"


@pytest.mark.parametrize(
    ("groups", "role"),
    [
        (["gids-beheerders"], "administrator"),
        (["gids-lezers", "gids-beheerders"], "administrator"),
        ("gids-lezers", "reviewer"),
        (["GIDS-BEHEERDERS"], None),
        (["gids-beheerders-oud"], None),
        ([{"name": "gids-beheerders"}], None),
        ([], None),
        (None, None),
    ],
)
def test_groups_decide_the_role(at_work: Forms, accounts: Accounts, groups: Any, role: str | None) -> None:
    """The group claim makes a reviewer or an administrator, and who is in no group doesn't get in."""
    accounts.claims = {"groups": groups}
    browser, back = _come_back(at_work, accounts)

    answer = browser.get(back)

    assert answer.status_code == (303 if role else 403)
    assert _role(at_work) == role
    assert (browser.get("/beheer/").status_code == 200) is bool(role)


@pytest.mark.parametrize("claims", [{"groups": []}, {"email_verified": False}, {"nonce": None}], ids=str)
def test_who_is_not_let_in_can_try_again(at_work: Forms, accounts: Accounts, claims: dict[str, Any]) -> None:
    """The page leads to the sign-in with work accounts and what was asked for, not to the door of the providers."""
    accounts.claims = claims
    browser, back = _come_back(at_work, accounts)
    page = browser.get(back).text

    assert f'href="{DOOR}?verder=/beheer/account/"' in page
    assert 'href="/aanbieder/' not in page


def test_no_second_step_of_ours_is_set_up_beside_a_work_account(at_work: Forms, accounts: Accounts) -> None:
    """Its pages lead to the account and make nothing: no code would ever be asked."""
    browser, back = _come_back(at_work, accounts)
    browser.get(back)
    page = browser.get("/beheer/tweede-stap")
    browser.get("/beheer/account/")

    assert page.location == "/beheer/account/"
    assert browser.post("/beheer/tweede-stap", {"code": "123456"}).location == "/beheer/account/"
    assert browser.get("/beheer/tweede-stap/qr.svg").status_code == 403
    with at_work.desk.database.read() as session:
        assert session.scalar(select(SecondFactor)) is None


def test_who_left_the_group_loses_the_role_and_the_sessions(at_work: Forms, accounts: Accounts) -> None:
    """A member of staff who is no longer in a group is signed out everywhere at the next sign-in."""
    first, back = _come_back(at_work, accounts)
    first.get(back)
    accounts.claims = {"groups": ["iets anders"]}
    second, back = _come_back(at_work, accounts)

    assert second.get(back).status_code == 403
    assert _role(at_work) is None
    assert first.get("/beheer/").location.startswith(DOOR)


@pytest.mark.parametrize(
    "claims",
    [
        {"nonce": "een andere"},
        {"nonce": None},
        {"aud": "een ander"},
        {"aud": None},
        {"aud": ["wmo-gids", "een ander"]},
        {"aud": ["wmo-gids"], "azp": "een ander"},
        {"iss": "https://evil.example.nl"},
        {"iss": None},
        {"exp": 1},
        {"exp": None},
        {"iat": None},
        {"iat": 4_000_000_000},
        {"nbf": 4_000_000_000},
        {"sub": None},
        {"sub": ""},
        {"sub": 12345},
        {"sub": "x" * 256},
        {"email": None},
        {"email": ["rosa@regio.example.nl"]},
        {"email": "geen adres"},
        {"email_verified": False},
        {"email_verified": "false"},
        {"email_verified": None, "email": " "},
    ],
    ids=str,
)
def test_a_token_with_a_wrong_claim_lets_nobody_in(at_work: Forms, accounts: Accounts, claims: dict[str, Any]) -> None:
    """A token for somebody else, of somebody else, too old, too early or of another question lets nobody in."""
    accounts.claims = claims
    browser, back = _come_back(at_work, accounts)

    answer = browser.get(back)

    assert answer.status_code == 400
    assert "lukte niet" in text_of(answer)
    assert browser.get("/beheer/").location.startswith(DOOR)
    assert _role(at_work) is None


def _enter(forms: Forms, accounts: Accounts, **claims: Any) -> TestResponse:
    """Somebody comes in with an account of which this is told; gives the answer of the desk."""
    accounts.claims = claims
    browser, back = _come_back(forms, accounts)
    return browser.get(back)


def _people(forms: Forms) -> dict[str, str | None]:
    with forms.desk.database.read() as session:
        return {person.email: person.staff_role for person in session.scalars(select(Person))}


def test_an_account_is_known_again_whatever_its_address(at_work: Forms, accounts: Accounts) -> None:
    """After the first sign-in the account counts: with another address, one that wasn't checked, or none, it is the same person."""
    assert _enter(at_work, accounts).status_code == 303
    for claims in ({"email": "rosa.van.dijk@regio.example.nl"}, {"email_verified": False}, {"email": None}):
        assert _enter(at_work, accounts, **claims).status_code == 303

    assert _people(at_work) == {REVIEWER: "reviewer"}


@pytest.mark.parametrize("verified", [{}, {"email_verified": True}, {"email_verified": "true"}], ids=str)
def test_an_address_binds_once(at_work: Forms, accounts: Accounts, verified: dict[str, Any]) -> None:
    """Another account with the mail address of somebody who signed in before gets nothing, and takes nothing away."""
    assert _enter(at_work, accounts, **verified).status_code == 303
    for groups in (["gids-beheerders"], ["gids-lezers"], []):
        answer = _enter(at_work, accounts, sub="67890", groups=groups, **verified)

        assert answer.status_code == 403
        assert "een ander werkaccount" in text_of(answer)
    assert _people(at_work) == {REVIEWER: "reviewer"}
    assert _enter(at_work, accounts, **verified).status_code == 303


def test_staff_from_before_are_bound_at_their_first_sign_in(at_work: Forms, accounts: Accounts) -> None:
    """A member of staff whom the desk knows by address alone is bound by the first account with that address, if it was checked."""
    person = make_staff(at_work)
    assert _enter(at_work, accounts, sub="67890", email_verified=False).status_code == 400
    assert _enter(at_work, accounts).status_code == 303
    assert _enter(at_work, accounts, sub="67890").status_code == 403

    with at_work.desk.database.read() as session:
        (bound,) = session.scalars(select(WorkAccount))
        noted = session.scalars(select(Event).where(Event.what == "work_account_bound")).all()
    assert (bound.issuer, bound.subject, bound.person_id) == (accounts.issuer, "12345", person)
    assert [(one.person_id, one.details) for one in noted] == [(person, {})]


def test_the_same_number_with_another_issuer_is_somebody_else(
    at_work: Forms, accounts: Accounts, sample: ContentFolder
) -> None:
    """A number counts together with its issuer; who moves to another one is bound there by the address, once."""
    assert _enter(at_work, accounts).status_code == 303
    others = Accounts()
    moved = make_forms(at_work.var, sample.root, at_work.clock, **others.settings())
    others.now = accounts.now
    try:
        assert _enter(moved, others, email="sam@regio.example.nl").status_code == 303
        assert _enter(moved, others, sub="67890").status_code == 303
        assert _enter(moved, others, sub="11111").status_code == 403
    finally:
        others.close()
        moved.desk.close()

    assert _people(at_work) == {REVIEWER: "reviewer", "sam@regio.example.nl": "reviewer"}


def test_an_administrator_releases_an_account(at_work: Forms, accounts: Accounts) -> None:
    """After an administrator released it, the old account's sessions are over and the address binds once more."""
    first, back = _come_back(at_work, accounts)
    first.get(back)
    accounts.claims = {"sub": "1", "email": "ada@regio.example.nl", "groups": ["gids-beheerders"]}
    chief, back = _come_back(at_work, accounts)
    chief.get(back)
    page = chief.get("/beheer/medewerkers/")
    action = page.text.partition("Maak werkaccount los")[0].rpartition('action="')[2].partition('"')[0]
    other = page.text.partition(f"van {REVIEWER}</span></button>")[0].rpartition('action="')[2].partition('"')[0]
    assert action != other

    assert "losgemaakt" in chief.post(other).location
    assert chief.post(other).status_code == 404
    assert first.get("/beheer/").location.startswith(DOOR)
    assert _enter(at_work, accounts, sub="67890").status_code == 303
    assert _enter(at_work, accounts).status_code == 403


def test_who_has_no_role_any_more_can_be_released(at_work: Forms, accounts: Accounts) -> None:
    """Somebody who left the groups still stands in the list of work accounts, for whose successor gets the address."""
    _enter(at_work, accounts)
    _enter(at_work, accounts, groups=[])
    accounts.claims = {"sub": "1", "email": "ada@regio.example.nl", "groups": ["gids-beheerders"]}
    chief, back = _come_back(at_work, accounts)
    chief.get(back)

    assert f"{REVIEWER} Heeft geen rechten meer in de gids" in text_of(chief.get("/beheer/medewerkers/"))


def _unsigned(accounts: Accounts) -> None:
    accounts.unsigned = True


def _other_key(accounts: Accounts) -> None:
    accounts.signed_by = another_key()


def _public_key_as_secret(accounts: Accounts) -> None:
    accounts.shared_secret = accounts.key.as_pem(private=False)


def _unknown_key(accounts: Accounts) -> None:
    accounts.signed_by = another_key("unknown")


@pytest.mark.parametrize("forge", [_unsigned, _other_key, _public_key_as_secret, _unknown_key])
def test_a_forged_token_lets_nobody_in(at_work: Forms, accounts: Accounts, forge: Any) -> None:
    """A token without a signature, or signed with another key or in another way, lets nobody in."""
    forge(accounts)
    browser, back = _come_back(at_work, accounts)

    assert browser.get(back).status_code == 400
    assert _role(at_work) is None


def test_new_keys_of_the_provider_are_fetched(at_work: Forms, accounts: Accounts) -> None:
    """When the provider begins to sign with a new key, signing in goes on."""
    browser, back = _come_back(at_work, accounts)
    browser.get(back)
    accounts.key = another_key("second")
    accounts.published.append(accounts.key)
    browser, back = _come_back(at_work, accounts)

    assert browser.get(back).status_code == 303


def test_the_answer_belongs_to_the_browser_that_asked(at_work: Forms, accounts: Accounts) -> None:
    """Another browser, another state, a second use and a late answer get nobody in."""
    browser, back = _come_back(at_work, accounts)
    stranger, _ = _come_back(at_work, accounts)
    late, late_back = _come_back(at_work, accounts)

    assert stranger.get(back).status_code == 400
    assert at_work.browser().get(back).status_code == 400
    browser, back = _come_back(at_work, accounts)
    assert browser.get(back).status_code == 303
    assert browser.get(back).status_code == 400
    at_work.clock.forward(timedelta(minutes=11))
    assert late.get(late_back).status_code == 400


def test_a_stolen_code_is_of_no_use(at_work: Forms, accounts: Accounts) -> None:
    """A code that another browser asked for is refused by the provider: the proof (PKCE) is missing."""
    browser, back = _come_back(at_work, accounts)
    _come_back(at_work, accounts)

    assert browser.get(back).status_code == 400


def test_an_error_of_the_provider_is_told(at_work: Forms, accounts: Accounts) -> None:
    """Who presses cancel at the provider, or meets a provider that fails, reads that it didn't work."""
    browser, back = _come_back(at_work, accounts)
    assert browser.get(back.replace("code=een-code", "error=access_denied")).status_code == 400
    accounts.calls_itself = "https://evil.example.nl"
    fresh = make_forms(at_work.var / "fresh", at_work.app.config["CONTENT_DIR"], **accounts.settings())

    assert fresh.browser().get(DOOR).status_code == 400
    fresh.desk.close()


def test_a_mailed_link_is_no_way_round(at_work: Forms, accounts: Accounts) -> None:
    """With work accounts a mailed link lets no staff in, and no second factor can be set up to get round it."""
    make_staff(at_work)
    browser = at_work.signed_in(REVIEWER)
    browser.get("/aanbieder/inloggen")

    assert browser.get("/beheer/").location.startswith(DOOR)
    assert browser.get("/beheer/tweede-stap").location.startswith(DOOR)
    assert browser.post("/beheer/tweede-stap", {"code": "000000"}).location.startswith(DOOR)
    assert browser.get("/beheer/tweede-stap/qr.svg").location.startswith(DOOR)


def test_roles_are_not_given_here_then(at_work: Forms, accounts: Accounts) -> None:
    """With work accounts an administrator can't invite staff or change roles at the desk."""
    accounts.claims = {"groups": ["gids-beheerders"]}
    browser, back = _come_back(at_work, accounts)
    browser.get(back)
    page = browser.get("/beheer/medewerkers/")

    assert "met groepen" in text_of(page)
    assert browser.post("/beheer/medewerkers/", {"email": "x@example.nl", "rol": "reviewer"}).status_code == 409


def test_the_way_back_stays_on_this_site(at_work: Forms, accounts: Accounts) -> None:
    """An address of another site to go on to is left out."""
    browser = at_work.browser()
    back = accounts.visit(browser.get(f"{DOOR}?verder=https://evil.example.nl/").location)

    assert browser.get(back).location == "/beheer/"


def test_without_a_provider_there_is_no_such_door(forms: Forms) -> None:
    """Where no provider is set, its addresses don't exist."""
    assert forms.browser().get(DOOR).status_code == 404
    assert forms.browser().get(f"{DOOR}/terug?code=x&state=y").status_code == 404
