"""Reporting homes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_forms.desk.models import RealEstate
from tests.builders import ContentFolder
from tests.provider_forms.provider.filling import BY_SCRIPT, elements, fill_in, filled, typed
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms, make_forms, text_of, title_of

QUESTIONS = {
    "title": "Een woning",
    "questions": [
        {"key": "town", "kind": "line", "label": "In welke plaats?", "page_label": "Plaats", "required": "true"},
        {"key": "number", "kind": "number", "label": "Hoeveel?", "page_label": "Aantal", "min": "1"},
    ],
}
FULL = {"a.town": "Zandhoek", "a.number": "2"}


@pytest.fixture
def here(tmp_path: Path, content: ContentFolder) -> Iterator[Forms]:
    """The application, in a region with a desk for homes."""
    content.write("questions/homes.yaml", QUESTIONS)
    content.write("quality.yaml", {"real_estate": {"questions": "homes", "subject": "contract"}})
    forms = make_forms(tmp_path / "var", content.root)
    yield forms
    forms.desk.close()


def _reports(forms: Forms) -> list[dict[str, object]]:
    with forms.desk.database.read() as db:
        return [one.answers for one in db.query(RealEstate)]


def test_a_report_goes_to_the_mailbox_and_is_kept(here: Forms) -> None:
    """A report is kept at the desk, mailed to the region's mailbox with whom to ask, and thanked for."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    browser.get(path)
    answer = browser.post(path, FULL)
    mail = here.mails()[-1]

    assert answer.status_code == 303
    assert "Uw melding is gestuurd naar Contractteam." in text_of(browser.get(answer.location))
    assert _reports(here) == [{"town": "Zandhoek", "number": "2"}]
    assert mail["To"] == "contract@duinrand.example.nl"
    assert "Plaats: Zandhoek" in mail.get_content()
    assert f"Mail dan met {MANAGER}." in mail.get_content()


def test_a_report_never_reaches_content(here: Forms, content: ContentFolder) -> None:
    """Nothing of a report is written into the content folder."""
    before = {path: path.read_bytes() for path in content.root.rglob("*") if path.is_file()}
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    browser.get(path)
    browser.post(path, {**FULL, "a.town": "Geheimstad"})

    assert {path: path.read_bytes() for path in content.root.rglob("*") if path.is_file()} == before


def test_a_wrong_report_is_shown_again(here: Forms) -> None:
    """A report with an error is not sent; everything typed is still there, and the title says what happened."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    browser.get(path)
    mails = len(here.mails())
    page = browser.post(path, {"a.town": "", "a.number": "veel"})

    assert page.status_code == 400
    assert title_of(page).startswith("Het formulier is niet verzonden, er zijn 2 foutmeldingen")
    assert 'value="veel"' in page.text
    assert page.text.index('class="wg-errors"') < page.text.index("<h1>")
    assert 'href="#v-town"' in page.text
    assert _reports(here) == []
    assert len(here.mails()) == mails


def test_earlier_reports_are_shown(here: Forms) -> None:
    """The page shows what the organisation reported before, and nothing of others."""
    mine, other = here.organisation(MANAGER), here.organisation(MANAGER, slug="beta-dag")
    browser = here.signed_in()
    browser.get(f"/aanbieder/{mine}/woonruimte")
    browser.post(f"/aanbieder/{mine}/woonruimte", FULL)

    assert "15 januari 2026 Plaats Zandhoek Aantal 2" in text_of(browser.get(f"/aanbieder/{mine}/woonruimte"))
    assert "Plaats Zandhoek" not in text_of(browser.get(f"/aanbieder/{other}/woonruimte"))


def test_what_was_typed_without_a_token_comes_back(here: Forms) -> None:
    """A post from a page that was too old isn't sent; what was typed comes back on the page."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    answer = browser.client.post(path, data=FULL, follow_redirects=True)

    assert 'value="Zandhoek"' in answer.text
    assert _reports(here) == []


def test_a_report_is_stored_while_it_is_typed(here: Forms) -> None:
    """What is typed is stored like every page, right or wrong, by script or by a button, and nothing is sent by that."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    mails = len(here.mails())
    saved = browser.post(path, filled(browser.get(path), {"town": "Zandhoek", "number": "veel"}, ""), headers=BY_SCRIPT)
    later = fill_in(browser, path, {"number": "twee"}, "later")

    assert saved.json == {"version": 1, "saved_at": "13.00"}
    assert later.status_code == 303
    assert typed(browser.get(path), "town") == "Zandhoek"
    assert typed(browser.get(path), "number") == "twee"
    assert elements(browser.get(path), "//form[@data-autosave]")
    assert (_reports(here), len(here.mails())) == ([], mails)


def test_after_a_report_the_page_is_empty(here: Forms) -> None:
    """A sent report leaves an empty page for the next one."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    done = fill_in(browser, path, {"town": "Zandhoek", "number": "2"})

    assert typed(browser.get(done.location), "town") == ""


def test_pressing_twice_sends_one_report(here: Forms) -> None:
    """A double press keeps and mails one report, and both presses lead to the thanks; the same home again is another."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    mails = len(here.mails())
    sent = filled(browser.get(path), {"town": "Zandhoek", "number": "2"})
    answers = [browser.post(path, sent) for _ in range(2)]

    assert {answer.location for answer in answers} == {f"{path}?gedaan=gemeld"}
    assert (len(_reports(here)), len(here.mails()) - mails) == (1, 1)

    fill_in(browser, path, {"town": "Zandhoek", "number": "2"})
    assert len(_reports(here)) == 2


def test_two_managers_reports_are_merged(here: Forms) -> None:
    """Of two managers who report at the same moment the second gets both versions to choose from."""
    path = f"/aanbieder/{here.organisation(MANAGER, COLLEAGUE)}/woonruimte"
    one, other = here.signed_in(), here.signed_in(COLLEAGUE)
    late = filled(other.get(path), {"town": "Broek", "number": "1"})
    fill_in(one, path, {"town": "Zandhoek", "number": "veel"}, "later")
    answer = other.post(path, late)

    assert "/samenvoegen/woonruimte" in answer.location
    assert "Broek" in text_of(other.get(answer.location))
    assert _reports(here) == []


def test_a_citizens_number_is_warned_for_before_sending(here: Forms) -> None:
    """A report with a BSN in it is sent only after its writer has seen the warning."""
    path = f"/aanbieder/{here.organisation(MANAGER)}/woonruimte"
    browser = here.signed_in()
    warned = fill_in(browser, path, {"town": "Voor 111222333", "number": "2"})

    assert "burgerservicenummer" in text_of(warned)
    assert _reports(here) == []

    browser.post(path, filled(warned, {}))
    assert len(_reports(here)) == 1


def test_a_region_without_a_desk_has_no_page(forms: Forms) -> None:
    """Where nobody takes reports the page doesn't exist."""
    path = f"/aanbieder/{forms.organisation(MANAGER)}/woonruimte"
    browser = forms.signed_in()

    assert browser.get(path).status_code == 404
    browser.get(path.replace("woonruimte", "status"))
    assert browser.post(path, FULL).status_code == 404
