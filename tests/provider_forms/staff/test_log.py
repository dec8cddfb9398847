"""The log at the desk: for administrators, filtered, and as files."""

from __future__ import annotations

import json
from datetime import timedelta

from sqlalchemy import update

from provider_forms.desk import events
from provider_forms.desk.models import Event
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, administrator, reviewer
from tests.provider_forms.visiting import MANAGER, Forms


def test_an_administrator_reads_who_did_what(forms: Forms) -> None:
    """The page tells in Dutch what happened, of whom and about which provider, the newest first."""
    forms.organisation(MANAGER)
    page = administrator(forms).get("/beheer/logboek/").text

    assert "Beheerder van een aanbieder geworden" in page
    assert f"{MANAGER} (aanbieder)" in page
    assert "Zorg van alfa-thuis" in page
    assert page.index("Ingelogd</td>") < page.index("Beheerder van een aanbieder geworden</td>")


def test_the_log_is_not_for_reviewers(forms: Forms) -> None:
    """A reviewer gets neither the pages nor the files, and doesn't see the log in the menu."""
    browser = reviewer(forms)

    for path in ("", "logboek.csv", "logboek.jsonl"):
        assert browser.get(f"/beheer/logboek/{path}").status_code == 403
    assert "/beheer/logboek/" not in browser.get("/beheer/").text


def test_filters_leave_what_is_wanted(forms: Forms) -> None:
    """Kind, person and day narrow the lines down; what can't be a filter is passed over."""
    forms.organisation(MANAGER)
    browser = administrator(forms)
    tomorrow = (forms.clock() + timedelta(days=1)).date()

    assert "1 regel bij uw keuze" in browser.get("/beheer/logboek/?wat=joined").text
    assert (
        "0 regels bij uw keuze"
        in browser.get(f"/beheer/logboek/?vanaf={tomorrow.day}-{tomorrow.month}-{tomorrow.year}").text
    )
    assert "0 regels" in browser.get("/beheer/logboek/?wat=joined&als=staff").text
    assert browser.get("/beheer/logboek/?wie=x&vanaf=gisteren&bladzijde=-3").status_code == 200
    assert browser.get("/beheer/logboek/?tot=9999-12-31&wie=99999999999999").status_code == 200
    assert browser.get("/beheer/logboek/?vanaf=1-1-0001&tot=1-1-0001").status_code == 200
    assert browser.get("/beheer/logboek/logboek.csv?vanaf=1-1-0001").status_code == 200


def test_a_long_log_has_pages(forms: Forms) -> None:
    """More than a hundred lines are shown a hundred at a time; a page past the last is the last."""
    browser = administrator(forms)
    with forms.desk.database.write() as session:
        for number in range(150):
            events.note(session, "link_refused", now=forms.clock(), details={"number": number})

    page = browser.get("/beheer/logboek/?wat=link_refused").text
    last = browser.get("/beheer/logboek/?wat=link_refused&bladzijde=99").text

    assert "bladzijde 1 van 2" in page
    assert "nummer: 149" in page
    assert "bladzijde 2 van 2" in last
    assert "nummer: 0<" in last


def test_files_of_the_log(forms: Forms) -> None:
    """The spreadsheet holds what was filtered, without formulas; the other file the whole chain. Taking one is logged."""
    browser = administrator(forms)
    with forms.desk.database.write() as session:
        events.note(session, "link_refused", now=forms.clock(), details={"=1+1": "x"})

    sheet = browser.get("/beheer/logboek/logboek.csv?wat=link_refused")
    chain = browser.get("/beheer/logboek/logboek.jsonl")

    assert "attachment" in sheet.headers["Content-Disposition"]
    assert ";'=1+1: x" in sheet.text
    assert "Ingelogd" not in sheet.text
    assert json.loads(chain.text.splitlines()[-1])["events"] == len(chain.text.splitlines()) - 1
    assert ADMINISTRATOR in browser.get("/beheer/logboek/?wat=log_exported").text


def test_the_check_tells_whether_the_log_is_whole(forms: Forms) -> None:
    """A whole log is told with its number; a changed one by the line that was changed."""
    browser = administrator(forms)
    whole = browser.post("/beheer/logboek/controle", {}).text
    with forms.desk.database.write() as session:
        session.execute(update(Event).where(Event.id == 2).values(role="system"))
    broken = browser.post("/beheer/logboek/controle", {}).text

    assert "Het logboek is heel" in whole
    assert "Het logboek klopt niet" in broken
    assert "Regel 2 klopt niet" in broken
