"""The door of the staff desk."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from provider_forms import create_app
from provider_forms.config import SettingError
from provider_forms.demo import demo_links
from provider_forms.desk import people
from provider_forms.desk.models import Event
from tests.builders import ContentFolder
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, REVIEWER, administrator, make_staff, reviewer
from tests.provider_forms.visiting import MANAGER, Forms, make_forms, text_of

FORM = "/beheer/mensen/uitnodigen"


def test_a_visitor_is_led_to_sign_in_and_back(forms: Forms) -> None:
    """Who isn't signed in is asked to, and the mailed link leads back to the page that was asked for."""
    make_staff(forms)
    browser = forms.browser()

    answer = browser.get("/beheer/account/")
    browser.get(answer.location)
    browser.post("/aanbieder/inloggen", {"email": REVIEWER, "verder": "/beheer/account/"})
    answer = browser.follow(forms.last_link())

    assert answer.location == "/beheer/account/"


def test_a_manager_is_refused_and_logged(forms: Forms) -> None:
    """A manager of an organisation gets a page that says that the desk isn't for them, and it is logged."""
    forms.organisation(MANAGER)

    answer = forms.signed_in().get("/beheer/mensen/")

    assert answer.status_code == 403
    assert "Vraag het een beheerder" in text_of(answer)
    with forms.desk.database.read() as session:
        event = session.scalar(select(Event).where(Event.what == "desk_refused"))
    assert event is not None
    assert event.details["path"] == "/beheer/mensen/"


def test_staff_arrive(forms: Forms) -> None:
    """Staff with their second factor given see what waits; only an administrator sees the way to the staff."""
    assert "Er wacht geen inzending" in text_of(reviewer(forms).get("/beheer/"))
    assert "Medewerkers" not in text_of(reviewer(forms).get("/beheer/"))
    assert "Medewerkers" in text_of(administrator(forms).get("/beheer/"))


def test_pages_of_the_desk_are_not_stored(forms: Forms) -> None:
    """No browser and no proxy keeps a page of the desk."""
    assert reviewer(forms).get("/beheer/").headers["Cache-Control"] == "no-store"
    assert forms.browser().get("/beheer").headers["Cache-Control"] == "no-store"


def test_somebody_can_be_staff_and_manager(forms: Forms) -> None:
    """Who is both a manager and staff gets from the one door to the other."""
    organisation = forms.organisation(REVIEWER)
    browser = reviewer(forms)

    assert 'href="/beheer/"' in browser.get(f"/aanbieder/{organisation}/").text
    assert browser.get("/beheer/").status_code == 200


def test_a_role_that_was_taken_away_counts_at_once(forms: Forms) -> None:
    """A member of staff whose role is gone is refused on the next page, also in a session that was verified."""
    browser = reviewer(forms)
    with forms.desk.database.write() as session:
        person = people.known_person(session, REVIEWER)
        assert person
        person.staff_role = None

    assert browser.get("/beheer/").status_code == 403


def test_typing_at_the_desk_is_kept_when_the_session_ended(forms: Forms) -> None:
    """What staff typed in a page whose session had ended is there again once they have signed in."""
    browser = administrator(forms)
    browser.get(FORM)
    forms.clock.forward(timedelta(hours=13))

    answer = browser.post(f"{FORM}?regio=duinrand", {"a.naam": "Zorg met een lange naam", "email": "x@example.nl"})
    later = administrator(forms)

    assert "bewaard=ja" in answer.location
    assert "Zorg met een lange naam" in later.get(f"{FORM}?regio=duinrand").text


def test_typing_at_the_desk_is_kept_when_the_page_was_too_old(forms: Forms) -> None:
    """A wrong token of a form loses nothing at the desk, and what is kept there is nobody else's."""
    browser = administrator(forms)
    browser.get(FORM)
    browser.token = "0" * 64

    answer = browser.post(FORM, {"a.naam": "Zorg met een lange naam"})

    assert "Zorg met een lange naam" in browser.get(answer.location).text
    assert "Zorg met een lange naam" not in reviewer(forms).get(FORM).text


def test_the_demonstration_leads_to_the_desk(tmp_path: Path, sample: ContentFolder) -> None:
    """The ready link of a demonstration signs in as an administrator, without a second factor, at the desk."""
    forms = make_forms(tmp_path / "var", sample.root, DEMO=True)
    line = next(line for line in demo_links(forms.desk, forms.clock()) if "medewerker" in line)
    browser = forms.browser()

    answer = browser.follow(line.partition("http://gids.test")[2])
    page = browser.get(answer.location)
    forms.desk.close()

    assert answer.location == "/beheer/"
    assert "Stel een tweede stap in" in text_of(page)
    assert "Medewerkers" in text_of(page)


@pytest.mark.parametrize(
    ("setting", "word"),
    [
        ({"STAFF_SECOND_FACTOR": "soms"}, "WMO_STAFF_SECOND_FACTOR"),
        ({"OIDC_ISSUER": "https://id.example.nl"}, "WMO_OIDC_CLIENT_ID"),
        (
            {
                "OIDC_ISSUER": "http://id.example.nl",
                "OIDC_CLIENT_ID": "a",
                "OIDC_CLIENT_SECRET": "b",
                "OIDC_ADMINISTRATORS": "c",
            },
            "https",
        ),
    ],
)
def test_a_setting_that_cannot_be_right_is_told(tmp_path: Path, setting: dict[str, Any], word: str) -> None:
    """A wrong setting for staff stops the start with a sentence that names it."""
    with pytest.raises(SettingError, match=word):
        create_app({"VAR_DIR": tmp_path, **setting})


def test_the_first_administrator_comes_from_the_command_line(forms: Forms) -> None:
    """The command makes an administrator, and refuses to take the role from the only one."""
    run = forms.app.test_cli_runner().invoke

    made = run(args=["staff", ADMINISTRATOR, "--role", "administrator"])
    refused = run(args=["staff", ADMINISTRATOR, "--role", "reviewer"])

    assert made.exit_code == 0
    assert "http://gids.test/beheer/" in made.output
    assert refused.exit_code == 1
    assert "enige beheerder" in refused.output
    assert "Medewerkers" in text_of(administrator(forms).get("/beheer/"))
