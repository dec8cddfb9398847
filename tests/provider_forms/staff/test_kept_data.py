"""What is kept, and forgetting a person, at the desk."""

from __future__ import annotations

import pytest

from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, administrator, make_staff, reviewer
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms, text_of

PAGE, ERASE = "/beheer/gegevens/", "/beheer/gegevens/wissen"


def test_a_person_is_forgotten(forms: Forms) -> None:
    """After the form nobody can sign in with the address, and an organisation that is left alone is named."""
    forms.organisation(MANAGER)
    browser = administrator(forms)
    browser.get(PAGE)
    page = text_of(browser.post(ERASE, {"email": f" {MANAGER.upper()} ", "zeker": "ja"}))
    before = len(forms.mails())
    forms.browser().ask_for_link(MANAGER)

    assert "Deze persoon kan niet meer inloggen" in page
    assert "Niemand beheert nu nog: Zorg van alfa-thuis" in page
    assert len(forms.mails()) == before
    assert MANAGER not in browser.get("/beheer/logboek/").text


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"email": "x", "zeker": "ja"}, "mailadres"),
        ({"email": MANAGER}, "Vink aan dat u het zeker weet"),
        ({"email": ADMINISTRATOR, "zeker": "ja"}, "Dit bent u zelf"),
    ],
)
def test_nobody_is_forgotten_by_mistake(forms: Forms, typed: dict[str, str], message: str) -> None:
    """A wrong address, one's own, or an unsure press erases nothing, and the address stands there still."""
    forms.organisation(MANAGER)
    browser = administrator(forms)
    browser.get(PAGE)
    answer = browser.post(ERASE, typed)

    assert answer.status_code == 400
    assert message in text_of(answer)
    assert typed["email"] in answer.text
    forms.browser().ask_for_link(MANAGER)
    assert str(forms.mails()[-1]["To"]) == MANAGER


def test_who_is_unknown_is_told(forms: Forms) -> None:
    """For an address that nobody has, the page says that nothing was kept."""
    browser = administrator(forms)
    browser.get(PAGE)

    assert "Wij bewaarden niets" in text_of(browser.post(ERASE, {"email": COLLEAGUE, "zeker": "ja"}))


def test_it_is_for_administrators(forms: Forms) -> None:
    """A reviewer can neither see nor erase."""
    make_staff(forms, "ada@regio.example.nl", "administrator")
    browser = reviewer(forms)

    assert browser.get(PAGE).status_code == 403
    assert browser.post(ERASE, {"email": MANAGER, "zeker": "ja"}).status_code == 403


def test_what_is_kept_is_told(forms: Forms) -> None:
    """The table has the days of the content."""
    assert "Meldingen over de gids 90 dagen nadat de melding is afgehandeld" in text_of(administrator(forms).get(PAGE))
