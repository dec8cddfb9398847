"""A session that ended or a page that is too old loses nothing that was typed."""

from __future__ import annotations

from datetime import timedelta

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
    typed = {"a": "<script>alert(1)</script>", "b": "tweede {{ 7 * 7 }}"}

    answer = forms.browser().post(f"/aanbieder/{organisation}/collegas", typed)

    assert answer.status_code == 400
    assert "&lt;script&gt;alert(1)" in answer.text
    assert "<script>" not in answer.text
    assert "tweede {{ 7 * 7 }}" in answer.text
    with forms.desk.database.read() as session:
        assert session.scalars(select(Kept)).all() == []


def test_an_action_without_a_page_of_its_own_gives_the_text_back(forms: Forms) -> None:
    """A wrong token on a button gives a page that tells what to do, and nothing is done."""
    browser, page = _page(forms)
    browser.token = "0" * 64

    answer = browser.post(f"{page}/1/verwijderen")

    assert answer.status_code == 400
    assert "niet opslaan" in text_of(answer)


@pytest.mark.parametrize(("hours", "status"), [(13, 401), (0, 403)])
def test_a_save_by_script_gets_a_short_answer(forms: Forms, hours: int, status: int) -> None:
    """A save by script gets a status and a sentence instead of a page; its typing is kept all the same."""
    browser, page = _page(forms)
    forms.clock.forward(timedelta(hours=hours))
    browser.token = "0" * 64

    answer = browser.post(page, {"email": _TYPED}, headers={"X-Autosave": "1"})

    assert (answer.status_code, answer.mimetype) == (status, "text/plain")
    browser.sign_in(MANAGER)
    assert _TYPED in browser.get(page).text


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


def test_no_more_than_thirty_pages_are_kept(forms: Forms) -> None:
    """The oldest kept typing of a person makes room, so nobody can fill the database with it."""
    browser, page = _page(forms)
    for number in range(35):
        browser.token = "0" * 64
        browser.post(f"{page}/{number}/verwijderen", {"tekst": f"nummer {number}"})

    with forms.desk.database.read() as session:
        kept = session.scalars(select(Kept).order_by(Kept.id)).all()

    assert len(kept) == 30
    assert kept[-1].answers["fields"]["tekst"] == ["nummer 34"]


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
