"""Signing in by mailed link."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from provider_forms.desk import people
from provider_forms.desk.models import Event, SignedIn, Token
from provider_forms.desk.secret import digest
from tests.provider_forms.databases import all_that_is_stored
from tests.provider_forms.visiting import MANAGER, Forms, text_of, title_of

_LINK_TOKEN = re.compile(r"inloggen/([A-Za-z0-9_-]{43})")


def _same(text: str) -> str:
    """A page without what differs between any two browsers and addresses."""
    return (
        re.sub(r'value="\w{64}"', "", text)
        .replace(MANAGER, "x@example.nl")
        .replace("niemand@example.nl", "x@example.nl")
    )


def test_a_mailed_link_signs_in(forms: Forms) -> None:
    """Who presses the button behind a mailed link arrives at their organisation."""
    organisation = forms.organisation(MANAGER)
    browser = forms.browser()

    answer = browser.sign_in(MANAGER)

    assert (answer.status_code, answer.location) == (303, "/aanbieder/")
    assert f"/aanbieder/{organisation}/" in browser.get("/aanbieder/").location
    assert forms.mails()[-1]["To"] == MANAGER


def test_opening_a_link_uses_nothing_up(forms: Forms) -> None:
    """A program that opens a link before its reader does, leaves it working."""
    forms.organisation(MANAGER)
    scanner, browser = forms.browser(), forms.browser()
    browser.ask_for_link(MANAGER)
    link = forms.last_link()

    assert scanner.get(link).status_code == 200
    assert scanner.get("/aanbieder/").location == "/aanbieder/inloggen"
    assert browser.follow(link).status_code == 303


def test_a_link_works_once(forms: Forms) -> None:
    """A link that was used signs nobody in a second time."""
    forms.organisation(MANAGER)
    forms.signed_in()
    thief = forms.browser()

    answer = thief.follow(forms.last_link())

    assert answer.status_code == 410
    assert "werkt niet meer" in text_of(answer)
    assert thief.get("/aanbieder/").location == "/aanbieder/inloggen"


def test_a_newer_link_replaces_the_older_once_used(forms: Forms) -> None:
    """Using one of two links that were mailed makes the other one stop working."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.ask_for_link(MANAGER)
    older = forms.last_link()
    browser.sign_in(MANAGER)

    assert forms.browser().follow(older).status_code == 410


@pytest.mark.parametrize(("minutes", "status"), [(29, 303), (31, 410)])
def test_a_link_lasts_thirty_minutes(forms: Forms, minutes: int, status: int) -> None:
    """A sign-in link works for thirty minutes and no longer."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.ask_for_link(MANAGER)
    link = forms.last_link()
    browser.get(link)
    forms.clock.forward(timedelta(minutes=minutes))

    assert browser.post(link).status_code == status


@pytest.mark.parametrize("change", ["shorter", "other", "longer", "nul"])
def test_an_altered_link_signs_nobody_in(forms: Forms, change: str) -> None:
    """A link in which anything was changed doesn't work and uses nothing up."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.ask_for_link(MANAGER)
    link = forms.last_link()
    last = "A" if link[-1] != "A" else "B"
    altered = {"shorter": link[:-1], "other": link[:-1] + last, "longer": link + "A", "nul": link[:-1] + "%00"}[change]
    browser.get("/aanbieder/inloggen")

    assert browser.post(altered).status_code == 410
    assert browser.follow(link).status_code == 303


def test_only_a_hash_of_a_link_is_kept(forms: Forms) -> None:
    """Whoever reads the database can make no link or session of it."""
    forms.organisation(MANAGER)
    browser = forms.signed_in()
    found = _LINK_TOKEN.search(forms.last_link())
    token = found[1] if found else ""
    cookie = browser.cookie() or ""

    with forms.desk.database.read() as session:
        assert session.scalars(select(Token.digest)).all() == [digest(token)]
        assert session.scalars(select(SignedIn.digest)).all() == [digest(cookie)]
    stored = all_that_is_stored(forms.var)
    assert token.encode() not in stored
    assert cookie.encode() not in stored


def test_the_answer_tells_nothing_about_an_address(forms: Forms) -> None:
    """Known and unknown addresses get the same page, status and headers; only a known one gets a mail."""
    forms.organisation(MANAGER)
    known, unknown = forms.browser().ask_for_link(MANAGER), forms.browser().ask_for_link("niemand@example.nl")

    assert known.status == unknown.status
    assert _same(known.text) == _same(unknown.text)
    assert set(known.headers.keys()) == set(unknown.headers.keys())
    assert [mail["To"] for mail in forms.mails()] == [MANAGER]


def test_the_answer_does_not_wait_for_the_address(forms: Forms) -> None:
    """Nothing of looking an address up happens before the answer: it goes out while that work still waits."""
    forms.organisation(MANAGER)
    with forms.desk.database.read() as session:
        before = session.scalars(select(Event.id)).all()
    hold = forms.hold_work()

    answer = forms.browser().ask_for_link(MANAGER)

    assert answer.status_code == 200
    with forms.desk.database.read() as session:
        assert session.scalars(select(Event.id)).all() == before
    hold.set()
    assert len(forms.mails()) == 1


@pytest.mark.parametrize("email", [MANAGER, "niemand@example.nl"])
def test_many_requests_for_an_address_get_the_same_answer(forms: Forms, email: str) -> None:
    """However often a link is asked for, known and unknown addresses get the same page, and at most five mails a quarter."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    first = browser.ask_for_link(email)
    answers = [browser.ask_for_link(email) for _ in range(8)]

    assert {answer.status_code for answer in answers} == {200}
    assert {_same(answer.text) for answer in answers} == {_same(first.text)}
    assert len(forms.mails()) == (5 if email == MANAGER else 0)


def test_nobody_can_lock_out_an_address(forms: Forms) -> None:
    """Somebody else who asks for link after link keeps its owner from nothing: the mailed links work, and then new ones come."""
    forms.organisation(MANAGER)
    stranger, owner = forms.browser(), forms.browser()
    for _ in range(20):
        stranger.ask_for_link(MANAGER)

    assert owner.follow(forms.last_link()).status_code == 303

    mails = len(forms.mails())
    forms.browser().ask_for_link(MANAGER)
    assert len(forms.mails()) == mails + 1


def test_a_quarter_later_an_address_gets_mail_again(forms: Forms) -> None:
    """The limit of an address lasts shorter than a link, so there is always a link that works."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    for _ in range(6):
        browser.ask_for_link(MANAGER)
    forms.clock.forward(timedelta(minutes=16))
    old = forms.last_link()
    browser.ask_for_link(MANAGER)

    assert len(forms.mails()) == 6
    assert forms.browser().get(old).status_code == 200


def test_too_many_links_from_one_place_are_refused(forms: Forms) -> None:
    """One IP address can't ask for links without end and is told so, with what was typed; another IP address still can."""
    browser = forms.browser()
    for number in range(100):
        assert browser.ask_for_link(f"a{number}@example.nl").status_code == 200

    refused = browser.ask_for_link("b@example.nl")
    assert refused.status_code == 429
    assert "b@example.nl" in refused.text
    assert "Wacht een kwartier" in text_of(refused)
    elsewhere = {"REMOTE_ADDR": "203.0.113.9"}
    assert (
        browser.post("/aanbieder/inloggen", {"email": "b@example.nl"}, environ_overrides=elsewhere).status_code == 200
    )


def test_a_whole_office_can_sign_in(forms: Forms) -> None:
    """Links that work are never counted: after many presses from one IP address, right and wrong, they still sign in."""
    organisation = forms.organisation(MANAGER)
    browser = forms.browser()
    browser.get("/aanbieder/inloggen")
    wrong = [browser.post(f"/aanbieder/inloggen/{'x' * 43}").status_code for _ in range(61)]
    forms.organisation(*(f"a{number}@example.nl" for number in range(3)))

    assert wrong == [410] * 60 + [429]
    for number in range(3):
        other = forms.signed_in(f"a{number}@example.nl")
        assert other.get(f"/aanbieder/{organisation}/").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "geen adres",
        "a@b",
        "x@example.nl\nBcc: y@example.nl",
        "x@example.nl\r\nSubject: hoi",
        "<b>@example.nl",
        "a\0@example.nl",
    ],
)
def test_a_bad_address_is_told_and_stays(forms: Forms, typed: str) -> None:
    """An address that can't be right gets a Dutch message at the field and above the form, and no mail."""
    answer = forms.browser().ask_for_link(typed)

    assert answer.status_code == 400
    assert title_of(answer).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert answer.text.index('id="fouten"') < answer.text.index('<form class="wf-form"')
    assert 'href="#email"' in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert "<b>@" not in answer.text
    assert forms.mails() == []


def test_signing_in_renews_the_session(forms: Forms) -> None:
    """The cookie from before signing in, which somebody may have planted, is worth nothing afterwards."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.get("/aanbieder/inloggen")
    before = browser.cookie()
    browser.sign_in(MANAGER)
    planted = forms.browser()
    planted.client.set_cookie("wmo", before or "")

    assert browser.cookie() != before
    assert planted.get("/aanbieder/").location == "/aanbieder/inloggen"


def test_signing_in_again_ends_the_session_before(forms: Forms) -> None:
    """A browser that signs in anew leaves no older session behind."""
    forms.organisation(MANAGER)
    browser = forms.signed_in()
    before = browser.cookie() or ""
    browser.sign_in(MANAGER)
    copy = forms.browser()
    copy.client.set_cookie("wmo", before)

    assert copy.get("/aanbieder/").location == "/aanbieder/inloggen"


@pytest.mark.parametrize(("hours", "inside"), [(11.9, True), (12.1, False)])
def test_a_session_lasts_twelve_hours(forms: Forms, hours: float, *, inside: bool) -> None:
    """A session ends twelve hours after signing in, however much it was used."""
    organisation = forms.organisation(MANAGER)
    browser = forms.signed_in()
    forms.clock.forward(timedelta(hours=6))
    browser.get(f"/aanbieder/{organisation}/collegas")
    forms.clock.forward(timedelta(hours=hours - 6))

    assert (browser.get(f"/aanbieder/{organisation}/collegas").status_code == 200) is inside


def test_signing_out_is_a_post(forms: Forms) -> None:
    """Signing out takes a button with a token; afterwards the old cookie opens nothing."""
    organisation = forms.organisation(MANAGER)
    browser = forms.signed_in()
    browser.get(f"/aanbieder/{organisation}/collegas")
    before = browser.cookie() or ""

    assert browser.get("/aanbieder/uitloggen").status_code == 404
    assert browser.get(f"/aanbieder/{organisation}/collegas").status_code == 200
    assert browser.post("/aanbieder/uitloggen").status_code == 303
    copy = forms.browser()
    copy.client.set_cookie("wmo", before)
    assert copy.get(f"/aanbieder/{organisation}/collegas").status_code == 303


def test_signing_out_everywhere(forms: Forms) -> None:
    """One button ends the sessions on all devices of a person."""
    organisation = forms.organisation(MANAGER)
    phone, desktop = forms.signed_in(), forms.signed_in()
    phone.get(f"/aanbieder/{organisation}/collegas")

    phone.post("/aanbieder/overal-uitloggen")

    assert desktop.get(f"/aanbieder/{organisation}/collegas").status_code == 303


def test_the_way_back_goes_along_with_the_link(forms: Forms) -> None:
    """Who is sent to sign in from a page, arrives at that page, also on another device."""
    organisation = forms.organisation(MANAGER)
    browser = forms.browser()
    asked = browser.get(f"/aanbieder/{organisation}/collegas?gedaan=x")
    browser.get(asked.location)
    page = browser.get(asked.location).text
    onward = re.search(r'name="verder" value="([^"]+)"', page)
    browser.post("/aanbieder/inloggen", {"email": MANAGER, "verder": onward[1] if onward else ""})

    answer = forms.browser().follow(forms.last_link())

    assert answer.location == f"/aanbieder/{organisation}/collegas?gedaan=x"


@pytest.mark.parametrize(
    "onward",
    [
        "https://kwaad.example/",
        "//kwaad.example",
        "/aanbieder//kwaad.example",
        "/\\kwaad",
        "javascript:alert(1)",
        "/aanbieder/\nx",
    ],
)
def test_a_link_leads_to_no_other_site(forms: Forms, onward: str) -> None:
    """An address in the link that leads away from these pages is dropped."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.ask_for_link(MANAGER, verder=onward)
    link = forms.last_link()
    browser.get(link)

    assert "verder" not in link
    assert browser.post(link, query_string={"verder": onward}).location == "/aanbieder/"


def test_who_comes_for_the_desk_is_told_about_the_desk(forms: Forms) -> None:
    """Staff are sent to the same page to sign in; it speaks to them, also after a wrong address, and to providers otherwise."""
    browser = forms.browser()
    for_staff = [
        text_of(browser.get("/beheer/", follow_redirects=True)),
        text_of(browser.post("/aanbieder/inloggen", {"email": "fout", "verder": "/beheer/"})),
    ]
    for_providers = text_of(browser.get("/aanbieder/", follow_redirects=True))

    assert all("medewerkers de gids bij" in text and "uw organisatie" not in text for text in for_staff)
    assert "uw organisatie" in for_providers
    assert "medewerker" not in for_providers


def test_with_several_organisations_you_choose(forms: Forms) -> None:
    """Who answers for two organisations chooses one; the page of one says which it is."""
    first, second = forms.organisation(MANAGER), forms.organisation(MANAGER, slug="beta-dag")
    browser = forms.signed_in()

    page = browser.get("/aanbieder/")

    assert page.status_code == 200
    assert f"/aanbieder/{first}/" in page.text
    assert f"/aanbieder/{second}/" in page.text
    assert "Zorg van beta-dag" in text_of(browser.get(f"/aanbieder/{second}/collegas"))


def test_the_mail_names_the_settings_address(forms: Forms) -> None:
    """Links in mails follow the settings, never the Host header that a browser sends."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.get("/aanbieder/inloggen", headers={"Host": "kwaad.example"})
    browser.client.post(
        "/aanbieder/inloggen",
        data={"csrf": browser.token, "email": MANAGER},
        headers={"Host": "kwaad.example", "X-Forwarded-Host": "kwaad.example"},
    )
    browser.ask_for_link(MANAGER)

    assert all("kwaad" not in mail.as_string() for mail in forms.mails())


def test_pages_behind_the_door_are_never_kept_by_a_browser(forms: Forms) -> None:
    """Every answer under /aanbieder, found or not, is marked not to be stored."""
    organisation = forms.organisation(MANAGER)
    browser = forms.signed_in()

    for path in (
        "/aanbieder",
        "/aanbieder/inloggen",
        f"/aanbieder/{organisation}/collegas",
        "/aanbieder/9/collegas",
        "/aanbieder/zo",
    ):
        answer = browser.get(path)
        assert answer.headers["Cache-Control"] == "no-store", path
        assert answer.headers["Referrer-Policy"] == "no-referrer", path


@pytest.mark.parametrize(
    ("base", "name", "secure"), [("https://gids.test", "__Host-wmo", True), ("http://gids.test", "wmo", False)]
)
def test_the_cookie_is_closed_to_scripts_and_other_sites(forms: Forms, base: str, name: str, *, secure: bool) -> None:
    """The cookie is HttpOnly and SameSite=Lax, and with https Secure and bound to this host."""
    forms.app.config["SECURE"] = base.startswith("https")

    cookie = forms.browser().get("/aanbieder/inloggen").headers["Set-Cookie"]

    assert cookie.startswith(f"{name}=")
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert ("Secure" in cookie) is secure


def test_the_guide_sets_no_cookie(forms: Forms) -> None:
    """Residents who read the guide get no cookie."""
    assert "Set-Cookie" not in forms.browser().get("/").headers


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_a_wrong_method_is_told_in_dutch(forms: Forms, method: str) -> None:
    """A method that a page doesn't know gets a Dutch page with status 405."""
    answer = forms.browser().client.open("/aanbieder/inloggen", method=method)

    assert answer.status_code == 405
    assert "Dit lukte niet" in text_of(answer)


def test_staff_are_told_where_they_are(forms: Forms) -> None:
    """Staff who sign in here are led to their desk; people who were removed everywhere read that they have no organisation."""
    with forms.desk.database.write() as session:
        people.person(session, "medewerker@example.nl", forms.clock()).staff_role = "reviewer"
        people.person(session, "niemand@example.nl", forms.clock())

    staff = forms.signed_in("medewerker@example.nl").get("/aanbieder/")
    nobody = forms.signed_in("niemand@example.nl").get("/aanbieder/")

    assert staff.location == "/beheer/"
    assert "bij geen organisatie" in text_of(nobody)


@pytest.mark.parametrize(
    "typed", [f"mailto:{MANAGER}", f"<{MANAGER}>", MANAGER.replace("@", " @"), f"\u200b{MANAGER} "]
)
def test_a_sloppy_address_gets_its_link(forms: Forms, typed: str) -> None:
    """An address with what comes along when it is copied gets the same link as the address itself."""
    forms.organisation(MANAGER)
    browser = forms.browser()
    browser.get("/aanbieder/inloggen")

    assert browser.post("/aanbieder/inloggen", {"email": typed}).status_code == 200
    assert forms.mails()[-1]["To"] == MANAGER
