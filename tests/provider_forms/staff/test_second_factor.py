"""The second step of signing in."""

from __future__ import annotations

import re
import threading
from datetime import timedelta

import pyotp
import pytest
from sqlalchemy import select
from werkzeug.test import TestResponse

from provider_forms.desk import people, second_factor
from provider_forms.desk.second_factor import Check
from provider_forms.desk.staff_models import RecoveryCode, SecondFactor
from tests.provider_forms.databases import all_that_is_stored
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, REVIEWER, administrator, half_way, make_staff
from tests.provider_forms.visiting import Browser, Forms, text_of, title_of

SETUP, CODE, ACCOUNT = "/beheer/tweede-stap", "/beheer/inlogcode", "/beheer/account/"
STEP = timedelta(seconds=30)


def secret_on(page: TestResponse) -> str:
    """The secret that the set-up page shows."""
    found = re.search(r"<code>([A-Z2-7 ]+)</code>", page.text)
    assert found
    return found[1].replace(" ", "")


def code_of(forms: Forms, secret: str) -> str:
    """What the telephone shows right now."""
    return pyotp.TOTP(secret).at(forms.clock())


def set_up(forms: Forms, browser: Browser) -> tuple[str, list[str]]:
    """Sets the second factor up as its page asks; gives the secret and the codes on paper."""
    secret = secret_on(browser.get(SETUP))
    page = browser.post(SETUP, {"code": code_of(forms, secret)})
    assert page.status_code == 200
    return secret, re.findall(r"<li><code>([A-Z0-9-]+)</code>", page.text)


def test_staff_set_it_up_at_their_first_sign_in(forms: Forms) -> None:
    """Before the second factor is set up every page leads to the page that does it; after it, to where one was going."""
    browser = half_way(forms)

    led = browser.get(ACCOUNT)
    secret = secret_on(browser.get(led.location))
    done = browser.post(SETUP, {"code": code_of(forms, secret), "verder": ACCOUNT})

    assert led.location == f"{SETUP}?verder={ACCOUNT}"
    assert f'href="{ACCOUNT}"' in done.text
    assert "10 herstelcodes" in text_of(browser.get(ACCOUNT))


def test_nothing_is_offered_that_cannot_be_opened_yet(forms: Forms) -> None:
    """Before the second factor is given, pages have no menu of a desk where every place leads back; afterwards they have."""
    browser = half_way(forms)
    before = browser.get(SETUP).text
    set_up(forms, browser)
    later = half_way(forms)
    asked = later.get(CODE).text

    for page in (before, asked):
        assert '<nav aria-label="Beheer">' not in page
        assert "Uitloggen" in page
    assert '<nav aria-label="Beheer">' in browser.get(ACCOUNT).text


def test_the_picture_holds_what_the_page_shows(forms: Forms) -> None:
    """The QR code is a picture of our own site, and is gone once the second factor counts."""
    browser = half_way(forms)
    page = browser.get(SETUP)
    picture = browser.get(f"{SETUP}/qr.svg")

    assert f'src="{SETUP}/qr.svg"' in page.text
    assert picture.mimetype == "image/svg+xml"
    assert "style=" not in picture.text
    set_up(forms, browser)
    assert browser.get(f"{SETUP}/qr.svg").status_code == 403


def test_a_later_sign_in_asks_for_a_code(forms: Forms) -> None:
    """Signing in anew asks for a code, and a right one leads on."""
    secret, _ = set_up(forms, half_way(forms))
    forms.clock.forward(STEP * 2)
    browser = half_way(forms)

    assert browser.get("/beheer/").location == f"{CODE}?verder=/beheer/"
    browser.get(CODE)
    answer = browser.post(CODE, {"code": code_of(forms, secret), "verder": ACCOUNT})

    assert answer.location == ACCOUNT
    assert browser.get(ACCOUNT).status_code == 200


def test_a_code_works_once(forms: Forms) -> None:
    """Who saw a code over somebody's shoulder can't use it, nor an older one."""
    secret, _ = set_up(forms, half_way(forms))
    forms.clock.forward(STEP * 2)
    code, older = code_of(forms, secret), pyotp.TOTP(secret).at(forms.clock() - STEP)
    mine, thief = half_way(forms), half_way(forms)
    mine.get(CODE)
    thief.get(CODE)

    assert mine.post(CODE, {"code": f" {code[:3]} {code[3:]} "}).status_code == 303
    assert thief.post(CODE, {"code": code}).status_code == 400
    assert thief.post(CODE, {"code": older}).status_code == 400
    assert thief.get("/beheer/").location.startswith(CODE)


def test_of_two_at_the_same_moment_one_gets_in(forms: Forms) -> None:
    """One code that is used twice at the same moment lets one in."""
    secret, _ = set_up(forms, half_way(forms))
    forms.clock.forward(STEP * 2)
    code, found = code_of(forms, secret), []
    start = threading.Barrier(4)

    def use() -> None:
        start.wait()
        with forms.desk.database.write() as session:
            person = people.person(session, REVIEWER, forms.clock())
            found.append(second_factor.check(session, forms.desk.secret, person, code, forms.clock()))

    threads = [threading.Thread(target=use) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(one.value for one in found) == ["right", "wrong", "wrong", "wrong"]


@pytest.mark.parametrize("typed", ["", "000000", "abcdef", "1234567", "\N{SUPERSCRIPT TWO}" * 6, "x" * 5000])
def test_a_wrong_code_is_told(forms: Forms, typed: str) -> None:
    """A wrong code gets a message at its field, and nobody in."""
    secret, _ = set_up(forms, half_way(forms))
    forms.clock.forward(STEP * 2)
    assert typed != code_of(forms, secret)
    browser = half_way(forms)
    browser.get(CODE)

    answer = browser.post(CODE, {"code": typed})

    assert answer.status_code == 400
    assert title_of(answer).startswith("Het formulier is niet verzonden")
    assert 'href="#code"' in answer.text


def test_wrong_codes_are_counted(forms: Forms) -> None:
    """After five wrong codes even the right one has to wait a quarter of an hour; a right one starts the count anew."""
    secret, _ = set_up(forms, half_way(forms))
    browser = half_way(forms)
    browser.get(CODE)
    for _ in range(5):
        assert browser.post(CODE, {"code": "000000"}).status_code == 400
    forms.clock.forward(STEP * 2)

    assert browser.post(CODE, {"code": code_of(forms, secret)}).status_code == 429
    forms.clock.forward(timedelta(minutes=15))
    assert browser.post(CODE, {"code": code_of(forms, secret)}).status_code == 303


def test_wrong_codes_are_counted_over_a_day(forms: Forms) -> None:
    """Patient guessing stops too: thirty wrong codes in a day, however far apart."""
    set_up(forms, half_way(forms))
    browser = half_way(forms)
    browser.get(CODE)
    answers = []
    for _ in range(9):
        answers += [browser.post(CODE, {"code": "000000"}).status_code for _ in range(4)]
        forms.clock.forward(timedelta(minutes=16))

    assert answers.count(400) == 30
    assert set(answers[30:]) == {429}


def test_a_code_on_paper_works_once(forms: Forms) -> None:
    """A recovery code lets its owner in once, tells how many are left, and a mail tells of it."""
    _, codes = set_up(forms, half_way(forms))
    assert len(set(codes)) == 10
    browser = half_way(forms)
    browser.get(CODE)

    answer = browser.post(CODE, {"code": codes[3].lower().replace("-", " ")})

    assert "herstelcode" in text_of(browser.get(answer.location))
    assert "9 herstelcodes" in text_of(browser.get(ACCOUNT))
    assert "Er is ingelogd met een herstelcode" in forms.mails()[-1]["Subject"]
    again = half_way(forms)
    again.get(CODE)
    assert again.post(CODE, {"code": codes[3]}).status_code == 400


def test_codes_on_paper_are_nobody_elses(forms: Forms) -> None:
    """A recovery code of one member of staff doesn't let another in."""
    _, codes = set_up(forms, half_way(forms))
    set_up(forms, half_way(forms, ADMINISTRATOR, "administrator"))
    other = half_way(forms, ADMINISTRATOR, "administrator")
    other.get(CODE)

    assert other.post(CODE, {"code": codes[0]}).status_code == 400


def test_new_codes_on_paper_need_a_right_code(forms: Forms) -> None:
    """New recovery codes are made for a right code alone, and the old ones stop working."""
    browser = half_way(forms)
    secret, codes = set_up(forms, browser)
    forms.clock.forward(STEP * 2)
    browser.get(ACCOUNT)

    assert browser.post(f"{ACCOUNT}herstelcodes", {"code": "000000"}).status_code == 400
    page = browser.post(f"{ACCOUNT}herstelcodes", {"code": code_of(forms, secret)})

    fresh = re.findall(r"<li><code>([A-Z0-9-]+)</code>", page.text)
    assert len(fresh) == 10
    assert not set(fresh) & set(codes)


def test_another_telephone_needs_a_right_code(forms: Forms) -> None:
    """The second factor moves to another telephone for a right code; the old telephone no longer counts."""
    browser = half_way(forms)
    secret, _ = set_up(forms, browser)
    forms.clock.forward(STEP * 2)
    browser.get(ACCOUNT)

    assert browser.post(f"{ACCOUNT}andere-telefoon", {"code": "000000"}).status_code == 400
    assert browser.get("/beheer/").status_code == 200
    assert browser.post(f"{ACCOUNT}andere-telefoon", {"code": code_of(forms, secret)}).location == SETUP
    assert browser.get("/beheer/").location.startswith(SETUP)
    assert set_up(forms, browser)[0] != secret


def test_it_cannot_be_set_up_over_one_that_counts(forms: Forms) -> None:
    """Who has only the mailbox can't put another telephone in the place of the one that counts."""
    secret, _ = set_up(forms, half_way(forms))
    thief = half_way(forms)

    assert thief.get(SETUP).location == ACCOUNT
    thief.get(CODE)
    assert thief.post(SETUP, {"code": "000000"}).location == ACCOUNT
    assert thief.post(f"{ACCOUNT}andere-telefoon", {"code": "000000"}).location.startswith(CODE)
    with forms.desk.database.read() as session:
        kept = session.scalar(select(SecondFactor))
    assert kept is not None
    assert kept.confirmed_at is not None
    assert secret not in kept.secret


def test_an_administrator_helps_who_lost_both(forms: Forms) -> None:
    """An administrator takes the second factor away: its owner is signed out, is told by mail, and sets it up anew."""
    browser = half_way(forms)
    set_up(forms, browser)
    person = make_staff(forms)
    boss = administrator(forms)
    boss.get("/beheer/medewerkers/")

    answer = boss.post(f"/beheer/medewerkers/{person}/tweede-stap-wissen")

    assert "gewist" in text_of(boss.get(answer.location))
    assert browser.get("/beheer/").location.startswith("/aanbieder/inloggen")
    assert forms.mails()[-1]["To"] == REVIEWER
    assert half_way(forms).get("/beheer/").location.startswith(SETUP)


def test_nothing_in_the_database_gives_a_code_away(forms: Forms) -> None:
    """Neither the telephone's secret nor a code on paper can be read in the database, nor checked without our key."""
    secret, codes = set_up(forms, half_way(forms))
    with forms.desk.database.read() as session:
        kept = session.scalars(select(SecondFactor)).one()
        digests = {one.digest for one in session.scalars(select(RecoveryCode))}
        person = people.person(session, REVIEWER, forms.clock())
        foreign = second_factor.check(session, b"another key", person, codes[0], forms.clock())
    data = all_that_is_stored(forms.var)

    assert secret.encode() not in data
    assert kept.secret.encode() in data
    assert len(digests) == 10
    assert not any(code.encode() in data or code.replace("-", "").encode() in data for code in codes)
    assert foreign is Check.WRONG
