"""The overview: what is asked, and how far each part is."""

from __future__ import annotations

import pytest

from tests.builders import PLAIN_REGION, ContentFolder
from tests.provider_forms.provider.filling import OFFERING, elements, fill_in
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of


def _statuses(browser: Browser, home: str) -> dict[str, str]:
    tasks = elements(browser.get(home), "//ul[contains(@class, 'wf-tasks')]/li")
    return {str(one.xpath("string(.//a)")): str(one.xpath("string(.//strong)")) for one in tasks}


@pytest.fixture
def home(forms: Forms) -> str:
    """Path of the overview of a provider that is in the guide."""
    return f"/aanbieder/{forms.organisation(MANAGER)}/"


def test_overview_tells_how_far_each_part_is(forms: Forms) -> None:
    """A new organisation reads what is asked and what is public; each part has a status, and it moves on with the answers."""
    home = f"/aanbieder/{forms.organisation(MANAGER, slug='nieuw')}/"
    browser = forms.signed_in()

    said = text_of(browser.get(home))
    assert "Wat vragen wij?" in said
    assert "Iedereen kan ze lezen" in said
    assert "alleen de medewerkers" in said
    assert _statuses(browser, home) == {
        "Uw organisatie": "Nog niet begonnen",
        "Uw locaties": "Nog niet begonnen",
        "Welke bouwstenen biedt u?": "Nog niet begonnen",
    }

    fill_in(
        browser,
        f"{home}organisatie",
        {"summary": "Wij helpen.", "staff_contact": "Bel de planning", "phone": "012 345 67 11"},
    )
    fill_in(browser, f"{home}bouwstenen", {"blocks": ["uit-logeren", "dag-buiten"]})
    fill_in(browser, f"{home}aanbod/2024/dag-buiten", {"summary": "Onaf"}, button="later")

    assert _statuses(browser, home) == {
        "Uw organisatie": "Klaar",
        "Uw locaties": "Nog niet begonnen",
        "Welke bouwstenen biedt u?": "Klaar",
        "Een fijne dag": "Niet compleet",
        "Een weekend logeren": "Nog niet begonnen",
    }


def test_overview_leads_to_what_is_missing(forms: Forms, home: str) -> None:
    """The link of a part that isn't complete opens it with its errors."""
    browser = forms.signed_in()
    [link] = elements(browser.get(home), "//li[.//strong='Niet compleet']//a")

    assert link.attrib["href"] == f"{home}organisatie?nakijken=ja"


def test_overview_of_a_region_without_a_matrix(forms: Forms) -> None:
    """Without a matrix there is nothing to choose, and the provider can still tell what it offers."""
    home = f"/aanbieder/{forms.organisation(MANAGER, slug='nieuw', region=PLAIN_REGION)}/"
    browser = forms.signed_in()

    assert "nog geen matrix" in text_of(browser.get(f"{home}bouwstenen"))
    answer = fill_in(browser, f"{home}bouwstenen", {}, button="misfit")
    assert answer.location == f"{home}past-niet"
    fill_in(browser, f"{home}past-niet", {"misfit": "Wij varen met mensen."})
    assert "U vertelde ook wat niet in de matrix past" in text_of(browser.get(home))


def test_new_question_is_asked_without_code(forms: Forms, home: str, content: ContentFolder) -> None:
    """A question that is added in YAML stands on the page of the offering, is stored, and counts for the status."""
    forms.desk.content = content.root
    browser = forms.signed_in()
    fill_in(browser, f"{home}organisatie", {"staff_contact": "Bel de planning"})
    assert _statuses(browser, home)["Post en papieren"] == "Klaar"
    question = {"key": "dogs", "kind": "yes_no", "label": "Mogen honden mee?", "required": "true"}
    content.put(
        "questions/offering.yaml", ("questions", len(content.tree("questions/offering.yaml")["questions"])), question
    )

    assert _statuses(browser, home)["Post en papieren"] == "Niet compleet"
    fill_in(browser, home + OFFERING, {"dogs": "yes", "summary": "Wij openen de post.", "what": "Wat"})
    assert elements(browser.get(home + OFFERING), "//input[@name='a.dogs'][@value='yes'][@checked]")


def test_overview_is_for_managers_alone(forms: Forms, home: str) -> None:
    """Another organisation's overview and pages don't exist for a visitor."""
    forms.organisation("ander@example.nl", slug="beta-dag")
    browser = forms.signed_in("ander@example.nl")

    for path in ("", "organisatie", "locaties/kantoor", "bouwstenen", OFFERING, "samenvoegen/organisation"):
        assert browser.get(home + path).status_code == 404
        assert browser.post(home + path, {"a.name": "Gekaapt"}).status_code in (404, 405)
