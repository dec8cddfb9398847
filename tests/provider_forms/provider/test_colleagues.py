"""Who answers for an organisation."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from provider_forms.desk import people
from provider_forms.desk.models import Event, Membership
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms, text_of, title_of


def _membership(forms: Forms, email: str, organisation: int) -> int:
    with forms.desk.database.read() as session:
        return next(one.id for one in people.managers(session, organisation) if one.person.email == email)


def _remove(forms: Forms, email: str, organisation: int) -> str:
    return f"/aanbieder/{organisation}/collegas/{_membership(forms, email, organisation)}/verwijderen"


def test_a_manager_invites_a_colleague(forms: Forms) -> None:
    """An invited colleague gets a mail, presses its button, and is a manager of the same organisation from then on."""
    organisation = forms.organisation(MANAGER)
    page = f"/aanbieder/{organisation}/collegas"
    browser, colleague = forms.signed_in(), forms.browser()
    browser.get(page)

    answer = browser.post(page, {"email": " Bob@Example.nl "})

    assert "uitnodiging is verstuurd" in text_of(browser.get(answer.location))
    assert "werkt tot en met 29 januari 2026" in text_of(browser.get(page))
    assert forms.mails()[-1]["To"] == COLLEAGUE
    assert "Zorg van alfa-thuis" in forms.mails()[-1]["Subject"]
    assert colleague.follow(forms.last_link()).location.startswith(f"/aanbieder/{organisation}/")
    assert COLLEAGUE in text_of(colleague.get(page))
    assert "Uitgenodigd" not in text_of(browser.get(page))


@pytest.mark.parametrize(("days", "status"), [(13.9, 303), (14.1, 410)])
def test_an_invitation_lasts_fourteen_days(forms: Forms, days: float, status: int) -> None:
    """An invitation works for fourteen days and no longer."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})
    link = forms.last_link()
    forms.clock.forward(timedelta(days=days))

    assert forms.browser().follow(link).status_code == status


def test_an_invited_colleague_who_lost_the_mail_asks_for_a_link(forms: Forms) -> None:
    """Who was invited and asks for a sign-in link gets one that accepts the invitation."""
    organisation = forms.organisation(MANAGER)
    page = f"/aanbieder/{organisation}/collegas"
    browser, colleague = forms.signed_in(), forms.browser()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})

    assert colleague.sign_in(COLLEAGUE).location.startswith(f"/aanbieder/{organisation}/")
    assert colleague.get(page).status_code == 200


def test_an_invitation_can_be_withdrawn(forms: Forms) -> None:
    """A withdrawn invitation stops working at once."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})
    link = forms.last_link()
    withdraw = re.search(r'action="([^"]+/intrekken)"', browser.get(page).text)

    answer = browser.post(withdraw[1] if withdraw else "")

    assert "werkt niet meer" in text_of(browser.get(answer.location))
    assert forms.browser().follow(link).status_code == 410


def test_a_second_invitation_replaces_the_first(forms: Forms) -> None:
    """Of two invitations to one colleague only the newest works."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})
    older = forms.last_link()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})

    assert forms.browser().follow(older).status_code == 410
    assert text_of(browser.get(page)).count("Intrekken") == 1


@pytest.mark.parametrize("typed", ["bob", "", MANAGER, MANAGER.upper(), "bob@example.nl\r\nBcc: x@example.nl"])
def test_a_wrong_address_is_told_and_stays(forms: Forms, typed: str) -> None:
    """An address that is wrong, or of somebody who is a colleague already, gets a message, and no mail goes out."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    before = len(forms.mails())

    answer = browser.post(page, {"email": typed})

    assert answer.status_code == 400
    assert title_of(answer).startswith("Het formulier is niet verzonden")
    assert f'value="{typed}"' in answer.text
    assert len(forms.mails()) == before


def test_a_wrong_address_stands_there_later(forms: Forms) -> None:
    """An address with an error in it is still there when the page is opened later; once it is right it is gone."""
    path = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(path)
    browser.post(path, {"email": "bob@example"})

    assert 'value="bob@example"' in browser.get(path).text

    browser.post(path, {"email": "bob@example.nl"})
    assert 'bob@example"' not in browser.get(path).text


def test_invitations_are_limited(forms: Forms) -> None:
    """An organisation can't be used to mail the whole world: twenty invitations a day."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    for number in range(20):
        browser.post(page, {"email": f"c{number}@example.nl"})

    answer = browser.post(page, {"email": COLLEAGUE})

    assert "Probeer het morgen opnieuw" in text_of(answer)
    assert COLLEAGUE in answer.text


def test_a_removed_colleague_is_out_at_once(forms: Forms) -> None:
    """The next click of a removed colleague, still signed in, finds no page of the organisation any more."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    page = f"/aanbieder/{organisation}/collegas"
    browser, removed = forms.signed_in(), forms.signed_in(COLLEAGUE)
    assert removed.get(page).status_code == 200
    browser.get(page)

    answer = browser.post(_remove(forms, COLLEAGUE, organisation))

    assert "kan niet meer bij" in text_of(browser.get(answer.location))
    assert removed.get(page).status_code == 303
    assert removed.post(page, {"email": "x@example.nl"}).status_code != 200
    assert removed.sign_in(COLLEAGUE).location == "/aanbieder/"
    assert removed.get(page).status_code == 404


def test_a_removed_colleague_keeps_other_organisations(forms: Forms) -> None:
    """Who is removed from one organisation stays signed in for another."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    other = forms.organisation(COLLEAGUE, slug="beta-dag")
    browser, removed = forms.signed_in(), forms.signed_in(COLLEAGUE)
    browser.get(f"/aanbieder/{organisation}/collegas")

    browser.post(_remove(forms, COLLEAGUE, organisation))

    assert removed.get(f"/aanbieder/{organisation}/collegas").status_code == 404
    assert removed.get(f"/aanbieder/{other}/collegas").status_code == 200


def test_the_last_manager_stays(forms: Forms) -> None:
    """The only manager can't leave before a colleague has accepted an invitation; after that it works."""
    organisation = forms.organisation(MANAGER)
    page = f"/aanbieder/{organisation}/collegas"
    browser, colleague = forms.signed_in(), forms.browser()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})
    browser.get(page)

    refused = browser.post(_remove(forms, MANAGER, organisation))
    colleague.follow(forms.last_link())
    browser.get(page)
    accepted = browser.post(_remove(forms, MANAGER, organisation))

    assert refused.status_code == 409
    assert "Nodig eerst een collega uit" in text_of(refused)
    assert accepted.status_code == 303
    assert browser.get(page).status_code == 303
    assert colleague.get(page).status_code == 200


def test_another_organisations_pages_do_not_exist(forms: Forms) -> None:
    """Ids of another organisation give 404 with nothing of it on the page, change nothing, and are logged."""
    mine, other = forms.organisation(MANAGER), forms.organisation(COLLEAGUE, slug="beta-dag")
    browser = forms.signed_in()
    browser.get(f"/aanbieder/{mine}/collegas")
    theirs = _membership(forms, COLLEAGUE, other)

    answers = [
        browser.get(f"/aanbieder/{other}/collegas"),
        browser.post(f"/aanbieder/{other}/collegas", {"email": "x@example.nl"}),
        browser.post(f"/aanbieder/{other}/collegas/{theirs}/verwijderen"),
        browser.post(f"/aanbieder/{mine}/collegas/{theirs}/verwijderen"),
        browser.get("/aanbieder/999999999999999999999/collegas"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 5
    assert not any(word in answer.text for answer in answers for word in (COLLEAGUE, "beta-dag"))
    with forms.desk.database.read() as session:
        assert session.get(Membership, theirs) is not None
        events = session.scalars(select(Event).where(Event.what == "foreign_organisation")).all()
    assert [event.details["asked"] for event in events[:3]] == [other, other, other]


def test_organisations_do_not_share_an_address_of_a_withdrawn_id(forms: Forms) -> None:
    """An invitation of another organisation can't be withdrawn."""
    mine, other = forms.organisation(MANAGER), forms.organisation(COLLEAGUE, slug="beta-dag")
    owner, browser = forms.signed_in(COLLEAGUE), forms.signed_in()
    owner.get(f"/aanbieder/{other}/collegas")
    owner.post(f"/aanbieder/{other}/collegas", {"email": "x@example.nl"})
    link = forms.last_link()
    found = re.search(r"uitnodigingen/(\d+)/", owner.get(f"/aanbieder/{other}/collegas").text)
    browser.get(f"/aanbieder/{mine}/collegas")

    answer = browser.post(f"/aanbieder/{mine}/collegas/uitnodigingen/{found[1] if found else 0}/intrekken")

    assert answer.status_code == 404
    assert forms.browser().get(link).status_code == 200


@pytest.mark.parametrize("path", ["/collegas/{id}/verwijderen", "/collegas/uitnodigingen/{id}/intrekken"])
def test_an_endless_number_leads_nowhere(forms: Forms, path: str) -> None:
    """A number that no database holds is an address that isn't there."""
    organisation = forms.organisation(MANAGER)
    browser = forms.signed_in()
    browser.get(f"/aanbieder/{organisation}/collegas")

    answer = browser.post(f"/aanbieder/{organisation}{path.format(id='9' * 20)}")

    assert answer.status_code == 404


def test_a_withdrawn_invitation_has_no_link_left(forms: Forms) -> None:
    """When the invited person asked for a link as well, withdrawing ends both links."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser, colleague = forms.signed_in(), forms.browser()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})
    invitation = forms.last_link()
    colleague.get("/aanbieder/inloggen")
    colleague.post("/aanbieder/inloggen", {"email": COLLEAGUE})
    asked = forms.last_link()
    assert asked != invitation
    withdraw = re.search(r'action="([^"]+/intrekken)"', browser.get(page).text)

    browser.post(withdraw[1] if withdraw else "")

    assert [forms.browser().follow(link).status_code for link in (invitation, asked)] == [410, 410]
    assert "Uitgenodigd" not in text_of(browser.get(page))


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("mailto:bob@example.nl", COLLEAGUE),
        ("<Bob@example.nl>", COLLEAGUE),
        ("Bob Jansen <bob@example.nl>", COLLEAGUE),
        ("bob @ example.nl", COLLEAGUE),
        ("\u200bbob@example.nl\ufeff", COLLEAGUE),
        ("o'neil@example.nl", "o'neil@example.nl"),
        ("o\u2019neil@example.nl", "o'neil@example.nl"),
        ("bob@bücher.nl", "bob@xn--bcher-kva.nl"),
    ],
)
def test_a_sloppy_address_is_invited(forms: Forms, typed: str, address: str) -> None:
    """An address as it comes out of a mail program is invited."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)

    assert browser.post(page, {"email": typed}).status_code == 303
    assert forms.mails()[-1]["To"] == address


@pytest.mark.parametrize("typed", ["bob jansen@example.nl", "bob@example.nl, x@example.nl", "b\u202eob@example.nl"])
def test_nobody_else_is_invited(forms: Forms, typed: str) -> None:
    """Words that are not one address are never made into one, and the message names no code of a character."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser = forms.signed_in()
    browser.get(page)

    answer = browser.post(page, {"email": typed})

    assert answer.status_code == 400
    assert "U+" not in text_of(answer)


def test_one_logs_out_everywhere(forms: Forms) -> None:
    """Who answers for one organisation ends all sessions of their own with a button on this page."""
    page = f"/aanbieder/{forms.organisation(MANAGER)}/collegas"
    browser, lost = forms.signed_in(), forms.signed_in()
    button = re.search(r'action="([^"]+/overal-uitloggen)"', browser.get(page).text)

    browser.post(button[1] if button else "")

    assert lost.get(page).status_code == 303
