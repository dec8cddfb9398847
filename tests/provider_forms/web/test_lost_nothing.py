"""A session that ended or a page that is too old loses nothing that was typed."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import select

from provider_forms.desk.models import Kept
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Browser, Forms, text_of

_TYPED = "onaf@werk"


def _page(forms: Forms) -> tuple[Browser, str]:
    """A manager on the page with colleagues."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    return browser, page


@pytest.mark.parametrize("token", ["right", "wrong", "missing"])
def test_typing_comes_back_after_an_ended_session(forms: Forms, token: str) -> None:
    """What was sent after the session ended stands on the page again once the person has signed in."""
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=13))
    browser.token = {"right": browser.token, "wrong": "x" * 64, "missing": ""}[token]

    answer = browser.post(page, {"email": _TYPED})

    assert answer.status_code == 303
    assert "Wij hebben bewaard wat u typte" in text_of(browser.get(answer.location))
    browser.sign_in(MANAGER)
    again = browser.get(page)
    assert f'value="{_TYPED}"' in again.text
    assert "bewaard" in text_of(again)


def test_typing_waits_on_another_device(forms: Forms) -> None:
    """What was kept for a person is shown wherever that person signs in."""
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=13))
    browser.post(page, {"email": _TYPED})

    assert _TYPED in forms.signed_in().get(page).text


def test_typing_is_shown_to_nobody_else(forms: Forms) -> None:
    """A colleague of the same organisation doesn't see what another typed and didn't save."""
    forms.organisation(COLLEAGUE)
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=13))
    browser.post(page, {"email": _TYPED})

    assert _TYPED not in forms.signed_in(COLLEAGUE).get(page).text


def test_a_save_forgets_what_was_kept(forms: Forms) -> None:
    """Once the page was saved, the kept typing is gone."""
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=13))
    browser.post(page, {"email": _TYPED})
    browser.sign_in(MANAGER)
    browser.get(page)

    browser.post(page, {"email": "bob@example.nl"})

    assert _TYPED not in browser.get(page).text
    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


@pytest.mark.parametrize("token", ["", "0" * 64, "é" * 64])
def test_a_wrong_token_shows_the_same_page_again(forms: Forms, token: str) -> None:
    """With a wrong token nothing is done; the same page comes back with the typing and a token that works."""
    browser, page = _page(forms)
    right, browser.token = browser.token, token

    answer = browser.post(page, {"email": "bob@example.nl"})
    again = browser.get(answer.location)

    assert answer.location == page
    assert 'value="bob@example.nl"' in again.text
    assert len(forms.mails()) == 1
    assert browser.token == right
    browser.post(page, {"email": "bob@example.nl"})
    assert len(forms.mails()) == 2


def test_another_browsers_token_is_wrong(forms: Forms) -> None:
    """A token is of no use in another browser, so that nobody can make you send a form."""
    browser, page = _page(forms)
    attacker = forms.browser()
    attacker.get("/aanbieder/inloggen")
    browser.token = attacker.token

    browser.post(page, {"email": "bob@example.nl"})

    assert len(forms.mails()) == 1


def test_nobody_can_be_signed_in_by_another_site(forms: Forms) -> None:
    """Pressing the button behind a link takes this browser's token, so another site can't sign you in as somebody else."""
    forms.organisation(MANAGER)
    forms.browser().ask_for_link(MANAGER)
    victim = forms.browser()
    link = forms.last_link()

    answer = victim.client.post(link, data={"csrf": "0" * 64})

    assert answer.status_code == 400
    assert victim.get("/aanbieder/").location == "/aanbieder/inloggen"
    assert victim.follow(link).status_code == 303


def test_a_stale_sign_in_page_keeps_the_address(forms: Forms) -> None:
    """A sign-in page without a cookie comes back with the address that was typed."""
    answer = forms.browser().post("/aanbieder/inloggen", {"email": MANAGER})

    assert answer.status_code == 400
    assert f'value="{MANAGER}"' in answer.text
    assert forms.mails() == []


def test_a_stranger_gets_the_text_back_to_copy(forms: Forms) -> None:
    """When nobody knows whose typing it is, the answer shows all of it, harmless, to copy."""
    organisation = forms.organisation(MANAGER)
    typed = {"a.een": "<script>alert(1)</script>", "a.twee": "tweede {{ 7 * 7 }}", "seen": "0f" * 32, "version": "12"}

    answer = forms.browser().post(f"/aanbieder/{organisation}/collegas", typed)

    assert answer.status_code == 400
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>" not in answer.text
    assert "tweede {{ 7 * 7 }}" in answer.text
    assert "0f0f" not in answer.text
    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


_ACTIONS = {
    "versturen": "controleren",
    "collegas/1/verwijderen": "collegas",
    "collegas/uitnodigingen/1/intrekken": "collegas",
    "locaties/kantoor/weghalen": "locaties",
    "locaties/kantoor/terugzetten": "locaties",
}
"""Addresses that can only be posted to, and the page with the button."""


def test_every_action_has_a_page(forms: Forms) -> None:
    """Every address of an organisation that can only be posted to is known here, so none leads to a page that isn't there."""
    rules = [one for one in forms.app.url_map.iter_rules() if one.endpoint.startswith("provider.")]
    pages = {one.rule for one in rules if "GET" in (one.methods or ())}
    actions = {one.endpoint for one in rules if one.rule not in pages}
    adapter = forms.app.url_map.bind("gids.test")

    assert actions == {adapter.match(f"/aanbieder/1/{path}", "POST")[0] for path in _ACTIONS}


@pytest.mark.parametrize("action", _ACTIONS)
def test_an_action_after_an_ended_session_leads_to_its_page(forms: Forms, action: str) -> None:
    """A button pressed after the session ended leads, after signing in, to its page, which says that it isn't done yet."""
    browser, page = _page(forms)
    home = page.removesuffix("collegas")
    browser.get(home)
    forms.clock.forward(timedelta(hours=13))

    ask = browser.post(home + action, {"seen": "0f" * 32}).location
    assert "nog niet gelukt" in text_of(browser.get(ask))
    onward = parse_qs(urlsplit(ask).query)["verder"][0]
    browser.ask_for_link(MANAGER, verder=onward)
    landed = browser.get(browser.follow(forms.last_link()).location)

    assert landed.status_code == 200
    assert landed.request.path == home + _ACTIONS[action]
    assert "nog niet gelukt" in text_of(landed)
    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


@pytest.mark.parametrize("action", _ACTIONS)
def test_an_action_with_a_wrong_token_leads_to_its_page(forms: Forms, action: str) -> None:
    """A wrong token on a button leads to the page with the button, which says that nothing is done; no hash is shown as text."""
    browser, page = _page(forms)
    home = page.removesuffix("collegas")
    browser.get(home)
    browser.token = "0" * 64

    landed = browser.get(browser.post(home + action, {"seen": "0f" * 32}).location)

    assert landed.request.path == home + _ACTIONS[action]
    assert "nog niet gelukt" in text_of(landed)
    assert "0f0f" not in landed.text


def test_signing_out_with_a_wrong_token_says_so(forms: Forms) -> None:
    """A wrong token on the button that signs out tells that it isn't done yet."""
    browser, page = _page(forms)
    browser.token = "0" * 64

    answer = browser.post("/aanbieder/uitloggen")

    assert answer.status_code == 400
    assert "Dit is nog niet gedaan" in text_of(answer)
    assert browser.get(page).status_code == 200


@pytest.mark.parametrize(("hours", "status", "kind"), [(13, 401, "text/plain"), (0, 403, "application/json")])
def test_a_save_by_script_gets_a_short_answer(forms: Forms, hours: int, status: int, kind: str) -> None:
    """A save by script gets a status and a sentence instead of a page; its typing is kept all the same."""
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=hours))
    browser.token = "0" * 64

    answer = browser.post(page, {"email": _TYPED}, headers={"X-Autosave": "1"})

    assert (answer.status_code, answer.mimetype) == (status, kind)
    browser.sign_in(MANAGER)
    assert _TYPED in browser.get(page).text


def test_a_script_gets_a_fresh_token(forms: Forms) -> None:
    """A script with a stale token is told whose session it is and gets a token that works, as the page would have."""
    browser, page = _page(forms)
    right, browser.token = browser.token, "0" * 64

    told = browser.post(page, {"email": _TYPED}, headers={"X-Autosave": "1"}).get_json()

    assert told == {"csrf": right, "person": 1}


def test_somebody_who_was_removed_leaves_nothing(forms: Forms) -> None:
    """The typing of who no longer belongs to the organisation isn't kept in it."""
    forms.organisation(COLLEAGUE)
    browser, page = _page(forms)
    removed = forms.signed_in(COLLEAGUE)
    removed.get(page)
    browser.post(f"{page}/1/verwijderen")

    removed.post(page, {"email": _TYPED})

    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


def test_an_ended_session_of_somebody_who_left_keeps_nothing(forms: Forms) -> None:
    """After signing out everywhere, what another device still sends isn't kept for that person; the answer shows it, to copy."""
    browser, page = _page(forms)
    elsewhere = forms.signed_in()
    elsewhere.get(page)
    elsewhere.post("/aanbieder/overal-uitloggen")

    answer = browser.post(page, {"email": _TYPED})

    assert answer.status_code == 400
    assert _TYPED in answer.text
    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


def test_who_was_removed_from_one_of_two_organisations_gets_the_text_back(forms: Forms) -> None:
    """Somebody who is removed while typing, and is still signed in for another organisation, gets the text to copy."""
    browser, page = _page(forms)
    forms.organisation(COLLEAGUE)
    other = forms.organisation(COLLEAGUE, slug="nieuw")
    removed = forms.signed_in(COLLEAGUE)
    removed.get(page)
    browser.post(f"{page}/2/verwijderen")

    answer = removed.post(page, {"email": _TYPED})

    assert answer.status_code == 404
    assert _TYPED in answer.text
    assert _TYPED not in removed.get(f"/aanbieder/{other}/collegas").text
    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


def test_every_text_is_given_back(forms: Forms) -> None:
    """Many texts of one page that came too late stand there one after the other, each once; none makes room for another."""
    browser, page = _page(forms)
    typed = {f"nummer{number}@werk" for number in range(35)}
    forms.clock.forward(timedelta(hours=13))
    for text in sorted(typed):
        browser.again = ""
        browser.post(page, {"email": text})
    browser.sign_in(MANAGER)

    with forms.desk.database.read() as session:
        assert session.query(Kept).count() == len(typed)
    seen = set()
    for number in range(15):
        shown = re.search(r'value="(nummer\d+@werk)"', browser.get(page).text)
        assert shown
        seen.add(shown[1])
        browser.post(page, {"email": f"collega{number}@example.nl"})

    assert len(seen) == 15


def test_kept_texts_are_dropped_when_their_time_is_over(forms: Forms) -> None:
    """A text that was never fetched is gone after thirty days and not before."""
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=13))
    for days, kept in ((0, 1), (29, 2), (2, 2)):
        forms.clock.forward(timedelta(days=days))
        browser.again = ""
        browser.post(page, {"email": f"na{days}@werk"})
        with forms.desk.database.read() as session:
            assert session.query(Kept).count() == kept


def test_without_room_the_text_is_shown(forms: Forms) -> None:
    """When a person has too much waiting the next text is not kept: it is shown to copy, and all that waited stays."""
    browser, page = _page(forms)
    browser.token = "0" * 64
    answers = [browser.post(page, {"email": f"{number}{'x' * 400_000}"}) for number in range(11)]

    assert [one.status_code for one in answers] == [303] * 9 + [400] * 2
    assert "10xxxx" in answers[-1].text
    with forms.desk.database.read() as session:
        assert session.query(Kept).count() == 9
    browser.token = "0" * 64
    assert browser.post(page, {"email": "y" * 400_000}, headers={"X-Autosave": "1"}).status_code == 413


@pytest.mark.parametrize(
    ("data", "size"),
    [({"tekst": "x" * 10_000_000}, "ten megabyte"), ({f"v{n}": "x" for n in range(10_000)}, "ten thousand fields")],
    ids=["large", "many"],
)
def test_too_much_at_once_is_told(forms: Forms, data: dict[str, str], size: str) -> None:
    """A post of ten megabyte or ten thousand fields gets a Dutch page that tells how to keep the text."""
    browser, page = _page(forms)

    answer = browser.post(page, data)

    assert answer.status_code == 413, size
    assert "uw tekst staat daar nog" in text_of(answer)
