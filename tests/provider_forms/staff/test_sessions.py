"""Where staff are signed in."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from provider_forms.desk import sessions, staff_sessions
from provider_forms.desk.models import SignedIn
from provider_forms.desk.staff_models import StaffSession
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, REVIEWER, administrator, reviewer
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of

ACCOUNT = "/beheer/account/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 Version/26.0 Mobile Safari/604.1"


def _session(forms: Forms, browser: Browser) -> int:
    with forms.desk.database.read() as session:
        found = sessions.find(session, browser.cookie() or "")
        assert found
        return found.id


def _end(number: int) -> str:
    return f"{ACCOUNT}apparaten/{number}/uitloggen"


def test_one_sees_ones_own_devices(forms: Forms) -> None:
    """The account page lists one's own sessions with device, beginning and last use, and nobody else's."""
    administrator(forms)
    browser = reviewer(forms)
    forms.clock.forward(timedelta(minutes=90))
    browser.get(ACCOUNT, headers={"User-Agent": PHONE})

    text = text_of(browser.get(ACCOUNT))

    assert "Safari op iPhone (dit apparaat)" in text
    assert "ingelogd op 15 januari 2026 om 13.00 uur, laatst gebruikt op 15 januari 2026 om 14.30 uur" in text
    assert text.count("laatst gebruikt") == 1


def test_the_device_in_hand_stands_first(forms: Forms) -> None:
    """Who signed in somewhere else later still finds the own device at the top, so that it isn't ended by mistake."""
    browser = reviewer(forms)
    forms.clock.forward(timedelta(minutes=1))
    reviewer(forms)
    devices = text_of(browser.get(ACCOUNT)).partition("Waar u bent ingelogd")[2]

    assert devices.count("laatst gebruikt") == 2
    assert "(dit apparaat)" in devices.partition("laatst gebruikt")[0]


def test_one_signs_out_another_device(forms: Forms) -> None:
    """A session that is ended on the account page is over at once, and the own one goes on."""
    lost, browser = reviewer(forms), reviewer(forms)
    browser.get(ACCOUNT)

    answer = browser.post(_end(_session(forms, lost)))

    assert "is uitgelogd" in text_of(browser.get(answer.location))
    assert lost.get("/beheer/").location.startswith("/aanbieder/inloggen")


def test_one_signs_out_everywhere(forms: Forms) -> None:
    """All of one's sessions end, this one too; other staff stay."""
    other, lost, browser = administrator(forms), reviewer(forms), reviewer(forms)
    browser.get(ACCOUNT)
    browser.post(f"{ACCOUNT}overal-uitloggen")

    assert [one.get("/beheer/").status_code for one in (other, lost, browser)] == [200, 303, 303]


def test_an_administrator_ends_sessions_of_others(forms: Forms) -> None:
    """An administrator sees all sessions of staff and ends one; a reviewer can't end an administrator's."""
    boss, browser = administrator(forms), reviewer(forms)
    boss_id, browser_id = _session(forms, boss), _session(forms, browser)
    browser.get(ACCOUNT)
    page = boss.get("/beheer/medewerkers/")

    assert browser.post(_end(boss_id)).status_code == 404
    assert re.search(rf"{re.escape(REVIEWER)}.*{browser_id}/uitloggen", page.text, re.DOTALL)
    answer = boss.post(_end(browser_id), {"terug": "medewerkers"})
    assert answer.location.startswith("/beheer/medewerkers/")
    assert [one.get("/beheer/").status_code for one in (boss, browser)] == [200, 303]


def test_an_administrator_signs_all_staff_out(forms: Forms) -> None:
    """One button ends every session of staff, and leaves those of providers alone."""
    organisation = forms.organisation(MANAGER)
    boss, browser, manager = administrator(forms), reviewer(forms), forms.signed_in()
    boss.get("/beheer/medewerkers/")
    boss.post("/beheer/medewerkers/allemaal-uitloggen")

    assert [one.get("/beheer/").status_code for one in (boss, browser)] == [303, 303]
    assert manager.get(f"/aanbieder/{organisation}/").status_code == 200


def test_sessions_of_providers_are_not_staffs_to_end(forms: Forms) -> None:
    """The session of a provider's manager is not in the lists of staff, and can't be ended there."""
    forms.organisation(MANAGER)
    manager, boss = forms.signed_in(), administrator(forms)
    boss.get("/beheer/medewerkers/")

    assert boss.post(_end(_session(forms, manager))).status_code == 404
    assert MANAGER not in boss.get("/beheer/medewerkers/").text


def test_use_is_noted_once_a_minute(forms: Forms) -> None:
    """Looking at pages writes to the database once a minute at most."""
    browser = reviewer(forms)

    def seen() -> object:
        with forms.desk.database.read() as session:
            return session.scalars(select(StaffSession.seen_at)).one()

    first = seen()
    forms.clock.forward(timedelta(seconds=59))
    browser.get("/beheer/")
    assert seen() == first
    forms.clock.forward(timedelta(seconds=1))
    browser.get("/beheer/")
    assert seen() == forms.clock()


def test_old_sessions_of_staff_are_forgotten(forms: Forms) -> None:
    """A session that ended long ago is dropped with what was known of it when somebody signs in."""
    reviewer(forms)
    forms.clock.forward(timedelta(days=40))
    administrator(forms)

    with forms.desk.database.read() as session:
        left = {one.person.email for one in session.scalars(select(SignedIn))}
        known = len(session.scalars(select(StaffSession)).all())
    assert left == {ADMINISTRATOR}
    assert known == 1


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        (PHONE, "Safari op iPhone"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge op Windows"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130.0 Mobile Safari/537.36", "Chrome op Android"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox op Linux"),
        ("<script>alert(1)</script>", "Onbekend apparaat"),
        ("", "Onbekend apparaat"),
    ],
)
def test_a_device_has_a_name_that_people_know(agent: str, name: str) -> None:
    """A browser is shown as its name and device, whatever it calls itself."""
    assert staff_sessions.device_name(agent) == name
