"""The staff desk for axe, for the keyboard and on a small phone: each page, also with errors on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pyotp
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from sqlalchemy import select

from provider_forms.desk import reports, search_misses, sessions, staff_sessions
from provider_forms.desk.models import Submission
from provider_forms.desk.press_notice import Notice, note
from provider_forms.desk.publishing import fingerprint
from provider_forms.desk.reports import Sent
from tests.browser.axe import violations
from tests.browser.conftest import PHONE
from tests.browser.test_keyboard import FOCUS
from tests.builders import HOME, REGION, sample_content
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.press.hall import ALFA, BETA, DELTA, Hall, make_hall
from tests.provider_forms.staff.desk_staff import ADMINISTRATOR, REVIEWER, make_staff, reviewer
from tests.provider_forms.staff.sending import QUEUE, changed, decide, newcomer, sender
from tools.serving import answering

PEOPLE, CONTENT = "/beheer/mensen", f"/beheer/inhoud/{REGION}"
SHEET = f"{HOME}/factsheets/huis-zoeken.md"
LIST = """naam;kvk;mail;gemeenten;bouwstenen
Nieuwe Zorg;12;geen adres;nergens;niets
;12345678;zorg@nieuw.example.nl;zandhoek;dag-buiten
"""
POSTCODES = "postcode;plaats;breedtegraad;lengtegraad\n1234;Zandhoek;52,5;4,75\n"


@dataclass
class Office:
    """A desk in the middle of its work, behind a real server."""

    hall: Hall
    base: str
    numbers: dict[str, str]
    """Submissions by what is the matter with them."""

    def context(self, browser: Browser, email: str = REVIEWER, *, verified: bool = True) -> BrowserContext:
        """A browser of somebody of the staff, into which axe may be put."""
        forms = self.hall.forms
        person = make_staff(forms, email, "administrator" if email == ADMINISTRATOR else "reviewer")
        with forms.desk.database.write() as db:
            token = sessions.begin(db, person, "", forms.clock())
            found = sessions.find(db, token)
            assert found
            if verified:
                staff_sessions.verify(db, found, "Chromium", forms.clock())
        context = browser.new_context(**PHONE, base_url=self.base, bypass_csp=True)
        context.add_cookies([{"name": "wmo", "value": token, "url": self.base}])
        return context


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Submissions to decide, to merge and decided; changes live, failed, held and waiting; people invited; a press that is stuck."""
    folder = tmp_path_factory.mktemp("office")
    content = sample_content(folder / "content")
    hall = make_hall(folder, content)
    forms = hall.forms
    alfa = sender(forms, content)
    alfa.fill(changed(content, OFFERING, summary="Wij openen samen uw post."))
    numbers = {"merge": alfa.send()}
    for name in ("open", "back", "live", "later"):
        numbers[name] = newcomer(forms, content, name, f"{name}@example.nl", name=f"Zorg {name}").send()
    me = reviewer(forms)
    decide(me, numbers["back"], "terugsturen", **{"a.reden": "Dit kan beter.", "a.o.organisation|name": "Welke naam?"})
    decide(me, numbers["live"], "goedkeuren")
    decide(me, numbers["later"], "goedkeuren", **{"a.publish_on": "1-3-2026"})
    hall.press().turn()
    content.put(ALFA, ("organisation", "phone"), "012 345 67 80")
    hall.git("commit", "-qam", "Ander nummer")
    wrong = content.text(BETA).replace("municipality: helmdorp", "municipality: nergens")
    hall.ask(BETA, wrong, title="Beta Dag")
    hall.ask(BETA, wrong.replace("Beta Dag", "Beta"), base=fingerprint(wrong), title="Beta Dag, nieuwe naam")
    sheet = content.text(SHEET).partition("\n---\n")[0] + f"\n---\n\nLees [meer](/{REGION}/nergens/).\n"
    hall.ask(SHEET, sheet, title="Factsheets: Een huis zoeken", what="content")
    hall.press().turn()
    hall.rename(DELTA, "Delta Nieuw")
    note(forms.var, Notice(problems=(f"{HOME}/faq.yaml:3: questions[0].answer: Schrijf alleen de woorden.",)))
    me.get(f"{PEOPLE}/uitnodigen")
    invited = {"a.naam": "Nieuwe Zorg", "email": "contact@nieuw.example.nl", "a.bouwstenen": ["dag-buiten"]}
    me.post(f"{PEOPLE}/uitnodigen?regio={REGION}", invited)
    _fill_overview(hall, alfa.organisation)
    with answering(forms.app) as base:
        yield Office(hall, base, numbers)
    hall.close()


def _fill_overview(hall: Hall, organisation: int) -> None:
    """A report, words that found nothing, and an answer that fits nowhere."""
    desk, now = hall.forms.desk, hall.forms.clock()
    with desk.database.write() as db:
        told = Sent(f"/{REGION}/aanbieders/alfa-thuis/", "wrong", "Het nummer klopt niet.", "lezer@example.nl")
        reports.make(db, told, (REGION,), now)
        search_misses.count(db, REGION, "kapper", now.date())
        first = db.scalars(select(Submission).where(Submission.organisation_id == organisation)).first()
        assert first
        first.private = {**first.private, "misfit": {"misfit": "Wij varen met mensen."}}


def _address(path: str) -> Callable[[Page, Office], None]:
    """Opens a page; `{merge}` and the like are numbers of submissions."""

    def opened(page: Page, office: Office) -> None:
        version = office.hall.history.versions(BETA[: -len("beta-dag.yaml")] + "live.yaml")[0].id
        page.goto(path.format(**office.numbers, version=version))

    return opened


def _sent(path: str, button: str, **typed: str) -> Callable[[Page, Office], None]:
    """Opens a page, types and presses a button."""

    def opened(page: Page, office: Office) -> None:
        _address(path)(page, office)
        for key, text in typed.items():
            page.locator(f'[id="{key}"]').fill(text)
        with page.expect_navigation():
            page.locator(f"main button:has-text('{button}')").first.click()

    return opened


def _two_versions(page: Page, office: Office) -> None:
    """An item of content that a colleague changed while it was open."""
    path = f"{CONTENT}/vragen/wijzig/hoe-vraag-ik-hulp"
    browser = page.context.browser
    assert browser
    other = office.context(browser, ADMINISTRATOR)
    theirs = other.new_page()
    page.goto(path)
    theirs.goto(path)
    for one, text in ((theirs, "Hun antwoord."), (page, "Mijn antwoord.")):
        one.locator("#v-answer").fill(text)
        one.locator("#v-desk-why").fill("Beter.")
        with one.expect_navigation():
            one.locator("button[value=opslaan]").click()
    other.close()


def _organisation(page: Page, _office: Office) -> None:
    page.goto(f"{PEOPLE}/?regio={REGION}")
    page.get_by_role("link", name="Nieuwe Zorg").first.click()
    page.wait_for_url("**/beheer/mensen/*")


PAGES: dict[str, Callable[[Page, Office], None]] = {
    "start": _address("/beheer/"),
    "queue": _address(QUEUE),
    "submission": _address(f"{QUEUE}{{open}}/"),
    "submission without a reason": _sent(f"{QUEUE}{{open}}/", "Wijs af"),
    "edit": _address(f"{QUEUE}{{open}}/wijzigen/{OFFERING}"),
    "edit with errors": _sent(
        f"{QUEUE}{{open}}/wijzigen/{OFFERING}", "Bewaar", **{"v-waiting_weeks": "x", "v-summary": ""}
    ),
    "merge": _address(f"{QUEUE}{{merge}}/samenvoegen"),
    "decided: sent back": _address(f"{QUEUE}{{back}}/"),
    "decided: approved": _address(f"{QUEUE}{{live}}/"),
    "publications": _address("/beheer/publicaties/"),
    "withdrawing": _address("/beheer/publicaties/2/intrekken"),
    "withdrawing without a reason": _sent("/beheer/publicaties/2/intrekken", "Trek in"),
    "content that failed with errors": _address(f"{CONTENT}/factsheets/wijzig/huis-zoeken"),
    "history": _address("/beheer/geschiedenis/"),
    "history of a file": _address(f"/beheer/geschiedenis/bestand/{ALFA}"),
    "version": _address("/beheer/geschiedenis/{version}/"),
    "restore": _address(f"/beheer/geschiedenis/{{version}}/terug/{ALFA}"),
    "restore without a reason": _sent(f"/beheer/geschiedenis/{{version}}/terug/{ALFA}", "Zet terug"),
    "people": _address(f"{PEOPLE}/"),
    "organisation": _organisation,
    "invite": _address(f"{PEOPLE}/uitnodigen"),
    "invite with errors": _sent(f"{PEOPLE}/uitnodigen", "Stuur", email="x"),
    "list": _address(f"{PEOPLE}/lijst"),
    "list with errors": _sent(f"{PEOPLE}/lijst", "Controleer", **{"a.lijst": LIST}),
    "list to be sent": _sent(
        f"{PEOPLE}/lijst", "Controleer", **{"a.lijst": "naam;kvk;mail\nZorg Tien;12345678;tien@example.nl\n"}
    ),
    "account": _address("/beheer/account/"),
    "reports": _address("/beheer/meldingen/"),
    "report": _address("/beheer/meldingen/M2026-0001"),
    "report with errors": _sent("/beheer/meldingen/M2026-0001", "Verstuur en handel af"),
    "overview": _address("/beheer/overzicht/"),
    "coverage": _address(f"/beheer/overzicht/dekking/?regio={REGION}"),
    "ages": _address(f"/beheer/overzicht/actueel/?regio={REGION}"),
    "missed words": _address(f"/beheer/overzicht/zoekwoorden/?regio={REGION}"),
    "waiting times": _address(f"/beheer/overzicht/wachttijden/?regio={REGION}"),
    "misfits": _address(f"/beheer/overzicht/past-niet/?regio={REGION}"),
    "new content": _address(f"{CONTENT}/voorzieningen/nieuw"),
    "new content with errors": _sent(f"{CONTENT}/voorzieningen/nieuw", "Zet in de gids"),
    "contact with errors": _sent(f"{CONTENT}/contacten/nieuw", "Zet in de gids", **{"v-email": "x"}),
    "news with errors": _sent(f"{CONTENT}/nieuws/nieuw", "Zet in de gids", **{"v-desk-text": "# Kop\n[x](/nergens/)"}),
    "word with errors": _sent(f"{CONTENT}/woorden/wijzig/duinpas", "Zet in de gids", **{"v-plain": ""}),
    "removing without a reason": _sent(f"{CONTENT}/woorden/weghalen/duinpas", "Haal"),
    "content in two versions": _two_versions,
    "postcodes": _address(f"{CONTENT}/postcodes/"),
    "postcodes with errors": _sent(
        f"{CONTENT}/postcodes/", "Controleer", **{"a.lijst": "pc4,place,lat,lon\n12,x,1,2\n"}
    ),
    "postcodes to be put in": _sent(f"{CONTENT}/postcodes/", "Controleer", **{"a.lijst": POSTCODES}),
}


@pytest.fixture(scope="module")
def page(browser: Browser, office: Office) -> Iterator[Page]:
    """A reviewer's page."""
    context = office.context(browser)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("name", PAGES)
def test_page_of_the_desk_is_for_everybody(name: str, page: Page, office: Office) -> None:
    """Axe finds nothing with no rule off; Tab goes through in the order of reading with each stop seen; 320 px is wide enough."""
    PAGES[name](page, office)

    _check(page, errors="errors" in name or "without" in name)


def test_members_are_for_everybody(browser: Browser, office: Office) -> None:
    """The page of administrators about the staff, also with errors, is accessible in the same way."""
    context = office.context(browser, ADMINISTRATOR)
    page = context.new_page()
    page.goto("/beheer/medewerkers/")
    _check(page)
    page.locator("#email").fill("x")
    with page.expect_navigation():
        page.get_by_role("button", name="Stuur de uitnodiging").click()
    _check(page, errors=True)
    for path in ("/beheer/logboek/", "/beheer/logboek/?wat=joined", "/beheer/gegevens/"):
        page.goto(path)
        _check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Wis de gegevens").click()
    _check(page, errors=True)
    page.goto("/beheer/logboek/")
    with page.expect_navigation():
        page.get_by_role("button", name="Controleer het logboek").click()
    _check(page)
    context.close()


def test_report_of_a_reader_is_for_everybody(browser: Browser, office: Office) -> None:
    """The form, its errors and the page that says thanks are accessible in the same way, without JavaScript too."""
    context = browser.new_context(**PHONE, base_url=office.base, bypass_csp=True)
    page = context.new_page()
    page.goto(f"/melden?pagina=/{REGION}/aanbieders/alfa-thuis/")
    _check(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Verstuur uw melding").click()
    _check(page, errors=True)
    page.get_by_text("Iets anders").click()
    page.get_by_label("Wat klopt er niet").fill("De openingstijd is anders.")
    office.hall.forms.clock.forward(timedelta(seconds=30))
    with page.expect_navigation():
        page.get_by_role("button", name="Verstuur uw melding").click()
    assert "Uw melding is binnen" in page.locator("main").inner_text()
    _check(page)
    context.close()


def test_second_factor_is_for_everybody(browser: Browser, office: Office) -> None:
    """Setting up the second step, the codes on paper, and giving a code, right or wrong, are accessible in the same way."""
    context = office.context(browser, "nieuw@regio.example.nl", verified=False)
    page = context.new_page()
    page.goto("/beheer/")
    _check(page)
    secret = "".join(page.locator("code, .wf-secret").first.inner_text().split())
    _give(page, "12")
    _check(page, errors=True)
    _give(page, pyotp.TOTP(secret).at(office.hall.forms.clock()))
    assert "herstelcodes" in page.title()
    _check(page)
    context.close()

    context = office.context(browser, "nieuw@regio.example.nl", verified=False)
    page = context.new_page()
    page.goto("/beheer/")
    _check(page)
    _give(page, "12")
    _check(page, errors=True)
    context.close()


def _give(page: Page, code: str) -> None:
    page.locator("#code").fill(code)
    with page.expect_navigation():
        page.locator("#code").press("Enter")


def _check(page: Page, *, errors: bool = False) -> None:
    if errors:
        assert page.locator("[role=alert]").count(), "the page tells no error"
        assert page.evaluate("document.activeElement.closest('[role=alert]') !== null")
    assert violations(page) == {}
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    page.set_viewport_size({"width": 390, "height": 844})
    _walk(page)


def _walk(page: Page) -> None:
    """Goes through the page by Tab alone, from its top."""
    page.evaluate("() => { document.activeElement.blur(); getSelection().removeAllRanges(); scrollTo(0, 0); }")
    page.locator(".wg-skip, a").first.focus()
    stops = [page.evaluate(FOCUS)]
    while len(stops) < 400:
        page.keyboard.press("Tab")
        stop = page.evaluate(FOCUS)
        if stop["body"] or stop["place"] == stops[0]["place"]:
            break
        stops.append(stop)
    stops = stops[1:]
    wanted = page.evaluate(_REACHED)

    assert [stop["name"] for stop in stops if not (stop["ring"] and stop["seen"])] == []
    assert [stop["place"] for stop in stops] == sorted(stop["place"] for stop in stops)
    reached = {stop["place"] for stop in stops}
    assert [one["name"] for one in wanted if one["place"] not in reached] == []


_REACHED = """() => {
  const all = [...document.querySelectorAll('*')];
  const working = ['a[href]', 'button:not([tabindex="-1"])', 'input:not([type=hidden], [type=radio], [tabindex="-1"])', 'textarea', 'select', 'summary'];
  return [...document.querySelectorAll(working.map(one => `main ${one}`).join())]
    .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.disabled)
    .map(one => ({place: all.indexOf(one), name: one.outerHTML.slice(0, 120)}));
}"""
"""Everything in the main part that works, radio buttons apart: of those one in each group is a stop."""
