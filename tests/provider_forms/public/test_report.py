"""Reports of readers: made without an account or a cookie, told to who can mend the page, answered, erased."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from werkzeug.test import TestResponse

from provider_forms.desk import reports
from provider_forms.desk.erasing import erase_address
from provider_forms.desk.models import Event
from provider_forms.desk.upkeep_models import Report
from tests.builders import REGION, ContentFolder
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, SLUG, Browser, Forms, make_forms, text_of, title_of

PAGE = f"/{REGION}/aanbieders/{SLUG}/"
READER = "lezer@example.nl"
TEXT = "Het telefoonnummer op deze pagina is van iemand anders."


def report(browser: Browser, forms: Forms, after: int = 30, **typed: str) -> TestResponse:
    """Opens the form for a page, takes so many seconds, and sends it."""
    page = browser.get(f"/melden?pagina={typed.pop('pagina', PAGE)}").text
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    forms.clock.forward(timedelta(seconds=after))
    return browser.client.post("/melden", data={**hidden, "onderwerp": "wrong", "tekst": TEXT, **typed})


def stored(forms: Forms) -> list[Report]:
    """All reports."""
    with forms.desk.database.read() as session:
        return list(session.scalars(select(Report).order_by(Report.id)))


def test_a_report_reaches_staff_and_provider(forms: Forms) -> None:
    """Staff's mailbox and all managers get a mail with the text and a link; the provider never sees the reader's address."""
    forms.organisation(MANAGER, COLLEAGUE)
    report(forms.browser(), forms, email=READER)

    mails = {mail["To"]: mail.get_content() for mail in forms.mails()}
    assert {MANAGER, COLLEAGUE, READER} < set(mails)
    assert len(mails) == 4
    assert all(TEXT in text for to, text in mails.items() if to != READER)
    assert not any(READER in text for text in mails.values())
    assert TEXT not in mails[READER]


def test_the_form_is_for_readers(forms: Forms) -> None:
    """It names the page as its heading does, and doesn't say that the reader is at the door of providers."""
    place = forms.app.config["SITE_DIR"] / "current" / REGION / "aanbieders" / SLUG
    place.mkdir(parents=True)
    (place / "index.html").write_text("<title>Alfa &amp; Thuis | Wmo-gids Duinrand</title>", encoding="utf-8")
    page = forms.browser().get(f"/melden?pagina={PAGE}")

    assert f'<a href="{PAGE}">Alfa &amp; Thuis</a>' in page.text
    assert "Naar de gids" in page.text
    assert "Voor aanbieders" not in page.text


def test_a_report_is_given_back_when_something_of_ours_breaks(forms: Forms) -> None:
    """When the report can't be kept, the reader gets the text back to copy, and reads that nobody has it yet."""
    forms.app.testing = False
    with forms.desk.database.engine.begin() as raw:
        raw.execute(text("ALTER TABLE report RENAME TO gone"))
    answer = report(forms.browser(), forms, email=READER)

    assert answer.status_code == 500
    assert TEXT in text_of(answer)
    assert READER in text_of(answer)
    assert "Dat is nog niet opgeslagen." in text_of(answer)


def test_a_report_needs_no_cookie_and_gets_none(forms: Forms) -> None:
    """Neither the form nor the answer sets a cookie, and the reader is led to a page of the report's own."""
    browser = forms.browser()
    answer = report(browser, forms)

    assert answer.status_code == 303
    assert browser.cookie() is None
    assert "M2026-0001" in text_of(browser.get(answer.location))
    assert browser.cookie() is None


def test_a_report_is_answered_and_its_reader_told(forms: Forms) -> None:
    """Staff close it with an answer; the reader gets it by mail and on the page of the report; the provider sees it too."""
    organisation = forms.organisation(MANAGER)
    reader = forms.browser()
    followed = report(reader, forms, email=READER).location
    desk = reviewer(forms)
    desk.get("/beheer/meldingen/M2026-0001")
    done = desk.post("/beheer/meldingen/M2026-0001", {"a.antwoord": "Bedankt. Wij pasten het nummer aan."})

    assert done.status_code == 303
    last = forms.mails()[-1]
    assert (last["To"], "Wij pasten het nummer aan." in last.get_content()) == (READER, True)
    assert "Wij pasten het nummer aan." in text_of(reader.get(followed))
    manager = forms.signed_in()
    assert "Afgehandeld" in text_of(manager.get(f"/aanbieder/{organisation}/meldingen"))
    assert "Wij pasten het nummer aan." in text_of(manager.get(f"/aanbieder/{organisation}/meldingen/M2026-0001"))


def test_a_provider_tells_staff_about_a_report(forms: Forms) -> None:
    """What the provider says stands on staff's page of the report; an empty reaction is asked again."""
    organisation = forms.organisation(MANAGER)
    report(forms.browser(), forms, email=READER)
    manager, path = forms.signed_in(), f"/aanbieder/{organisation}/meldingen/M2026-0001"
    page = manager.get(path)
    empty = manager.post(path, {"a.reactie": "  "})
    done = manager.post(path, {"a.reactie": "Klopt, het nieuwe nummer staat er nu."})

    assert READER not in page.text
    assert (empty.status_code, done.status_code) == (400, 303)
    assert "Klopt, het nieuwe nummer staat er nu." in text_of(reviewer(forms).get("/beheer/meldingen/M2026-0001"))


def test_another_provider_does_not_see_a_report(forms: Forms) -> None:
    """A report about one provider's page doesn't exist for the managers of another."""
    forms.organisation(MANAGER)
    other = forms.organisation(COLLEAGUE, slug="bravo-zorg")
    report(forms.browser(), forms)
    browser = forms.signed_in(COLLEAGUE)

    assert "M2026-0001" not in browser.get(f"/aanbieder/{other}/meldingen").text
    assert browser.get(f"/aanbieder/{other}/meldingen/M2026-0001").status_code == 404
    assert browser.post(f"/aanbieder/{other}/meldingen/M2026-0001", {"a.reactie": "Ja."}).status_code == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"onderwerp": ""}, "Kies waar uw melding over gaat."),
        ({"onderwerp": "forged"}, "Kies waar uw melding over gaat."),
        ({"tekst": "  \n"}, "Schrijf in een paar woorden wat er niet klopt."),
        ({"tekst": "x" * 2001}, "Uw tekst is te lang: 2001 tekens."),
        ({"tekst": "a\x00bcd"}, "onzichtbaar of verboden teken"),
        ({"tekst": "omgekeerd \u202e tekst"}, "onzichtbaar of verboden teken"),
        ({"email": "geen adres"}, "U mag dit ook leeg laten."),
        ({"email": "a@example.nl\nBcc: b@example.nl"}, "U mag dit ook leeg laten."),
        ({"tekst": "Mijn nummer is 111222333, help."}, "Haal het weg. Is het iets anders?"),
    ],
)
def test_what_is_wrong_comes_back_with_all_that_was_typed(forms: Forms, typed: dict[str, Any], message: str) -> None:
    """A problem is told at its field and in the title; nothing is kept or mailed, and the text stands there still."""
    answer = report(forms.browser(), forms, **{"email": READER, **typed})

    assert answer.status_code == 400
    assert message in text_of(answer)
    assert title_of(answer).startswith("Het formulier is niet verzonden")
    assert typed.get("email", READER).replace("\n", "\n") in answer.text.replace("&#10;", "\n")
    assert stored(forms) == []
    assert forms.mails() == []


def test_a_number_that_is_no_bsn_can_be_sent_after_all(forms: Forms) -> None:
    """Who was warned for a number and presses again is believed."""
    browser = forms.browser()
    text = "Ordernummer 111222333 klopt niet."
    warned = report(browser, forms, tekst=text)
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', warned.text))
    forms.clock.forward(timedelta(seconds=30))
    again = browser.client.post("/melden", data={**hidden, "onderwerp": "wrong", "tekst": text})

    assert (warned.status_code, again.status_code) == (400, 303)


@pytest.mark.parametrize(
    ("after", "typed"),
    [
        (0, {}),
        (30, {"bedrijf": "Goedkope pillen"}),
        (30, {"open": "1.abc"}),
        (30, {"open": ""}),
        (30, {"open": "²." * 40}),
    ],
)
def test_programs_are_asked_to_press_again(forms: Forms, after: int, typed: dict[str, str]) -> None:
    """A form that came too quickly, with the hidden field filled in or with a made-up stamp isn't kept; a person loses nothing."""
    answer = report(forms.browser(), forms, after=after, **typed)

    assert answer.status_code == 400
    assert "Druk nog een keer op de knop." in text_of(answer)
    assert TEXT in answer.text
    assert stored(forms) == []


def test_too_many_reports_from_one_place_wait(forms: Forms) -> None:
    """After ten reports in an hour the next one has to wait, with its text kept in the page; an hour later it goes."""
    statuses = [report(forms.browser(), forms, after=3).status_code for _ in range(11)]
    late = report(forms.browser(), forms, after=3601)

    assert statuses == [303] * 10 + [429]
    assert late.status_code == 303


def test_nobodys_mailbox_is_filled_by_reports(forms: Forms) -> None:
    """One address is mailed about five reports a day, wherever they come from."""
    for number in range(6):
        browser = forms.browser()
        browser.client.environ_base = {"REMOTE_ADDR": f"192.0.2.{number + 1}"}
        report(browser, forms, email=READER)

    assert sum(mail["To"] == READER for mail in forms.mails()) == 5


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        (PAGE, PAGE),
        ("//evil.example/x", "/"),
        ("https://evil.example/x", "/"),
        ("javascript:alert(1)", "/"),
        ("/\\evil.example", "/"),
        ("/a%0d%0ab", "/ab"),
        ("/" + "x" * 600, "/"),
        ("http://[::1", "/"),
        ("", "/"),
    ],
)
def test_only_a_page_of_this_site_can_be_reported(forms: Forms, asked: str, page: str) -> None:
    """An address that is no path of this site becomes the front page: the form links to nowhere else."""
    shown = forms.browser().get("/melden", query_string={"pagina": asked.replace("%0d%0a", "\r\n")}).text

    assert f'name="pagina" value="{page}"' in shown
    assert "evil" not in shown


def test_text_of_a_report_is_shown_as_it_was_typed(forms: Forms) -> None:
    """Markup in a report is text, for staff, for the provider and in the form itself."""
    organisation = forms.organisation(MANAGER)
    text = "<script>alert(1)</script> {{ 7*7 }} [x](javascript:1)"
    report(forms.browser(), forms, tekst=text)
    pages = [
        reviewer(forms).get("/beheer/meldingen/M2026-0001"),
        forms.signed_in().get(f"/aanbieder/{organisation}/meldingen/M2026-0001"),
    ]

    for page in pages:
        assert text in text_of(page)
        assert "<script>alert" not in page.text


def test_a_report_is_closed_once(forms: Forms) -> None:
    """Of two colleagues who close it the second is told, with the text still there; the reader gets one mail."""
    report(forms.browser(), forms, email=READER)
    first, second = reviewer(forms), reviewer(forms, "bo@regio.example.nl")
    for browser in (first, second):
        browser.get("/beheer/meldingen/M2026-0001")
    path = "/beheer/meldingen/M2026-0001"
    answers = [browser.post(path, {"a.antwoord": f"Antwoord {n}."}) for n, browser in enumerate((first, second))]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert "Antwoord 1." in answers[1].text
    assert sum("ons antwoord" in mail.get_content() for mail in forms.mails()) == 1


def test_the_desk_without_topics_takes_reports(content: ContentFolder, tmp_path_factory: Any) -> None:
    """Where the content says nothing about reports, a report can be about "iets anders"."""
    content.path("shared/upkeep.yaml").unlink()
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    answer = report(forms.browser(), forms, onderwerp="other")
    forms.desk.close()

    assert answer.status_code == 303


def test_text_and_address_go_when_they_are_old(forms: Forms) -> None:
    """Ninety days after closing nothing of text or address is left in the database; the number and the page stay."""
    report(forms.browser(), forms, email=READER)
    report(forms.browser(), forms, email=READER, tekst="Deze blijft nog open.")
    desk = reviewer(forms)
    desk.get("/beheer/meldingen/M2026-0001")
    desk.post("/beheer/meldingen/M2026-0001", {"a.antwoord": "Gedaan, bedankt."})
    with forms.desk.database.write() as session:
        early = reports.erase_old(session, 90, forms.clock() + timedelta(days=90))
        late = reports.erase_old(session, 90, forms.clock() + timedelta(days=90, seconds=1))
        again = reports.erase_old(session, 90, forms.clock() + timedelta(days=91))

    first, second = stored(forms)
    assert (early, late, again) == (0, 1, 0)
    assert (first.text, first.email, first.answer, first.number) == ("", "", "", "M2026-0001")
    assert second.text == "Deze blijft nog open."
    assert "gewist" in text_of(reviewer(forms).get("/beheer/meldingen/M2026-0001"))


def test_who_is_erased_has_reported_nothing(forms: Forms) -> None:
    """Erasing an address closes its open reports and takes their texts away; nothing can be written about them after; it is logged."""
    report(forms.browser(), forms, email=READER)
    forms.organisation(MANAGER)
    with forms.desk.database.write() as session:
        erase_address(session, READER, None, forms.clock())
    desk = reviewer(forms)
    desk.get("/beheer/meldingen/M2026-0001")
    late = desk.post("/beheer/meldingen/M2026-0001", {"a.antwoord": "Beste Piet, bedankt."})

    (kept,) = stored(forms)
    assert (kept.email, kept.text, kept.answer) == ("", "", "")
    assert kept.closed_at is not None
    assert late.status_code == 409
    with forms.desk.database.read() as session:
        told = session.scalar(select(Event).where(Event.what == "reports_erased"))
        assert told is not None
        assert told.details == {"numbers": ["M2026-0001"]}


@pytest.mark.parametrize("page", [PAGE, f"{PAGE}index.html", PAGE.replace("/aanbieders/", "//aanbieders//")])
def test_a_report_reaches_who_is_invited_later(forms: Forms, page: str) -> None:
    """An open report about a page that nobody answered for yet is there for the manager who is invited after it."""
    report(forms.browser(), forms, pagina=page)
    staff = reviewer(forms)
    staff.get("/beheer/mensen/uitnodigen")
    staff.post(f"/beheer/mensen/uitnodigen?regio={REGION}", {"a.naam": "Alfa Thuis", "email": MANAGER})

    (kept,) = stored(forms)
    assert kept.organisation_id is not None


def test_a_slash_too_many_is_no_matter(forms: Forms) -> None:
    """The address with a slash behind it leads to the form, about the same page."""
    answer = forms.browser().get(f"/melden/?pagina={PAGE}")

    assert (answer.status_code, answer.location) == (301, f"/melden?pagina={PAGE}")
