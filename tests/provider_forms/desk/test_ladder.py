"""The freshness ladder: who is asked when, told once, and never more than once a week."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from provider_forms import daily
from provider_forms.desk import ladder
from provider_forms.desk.ladder import Moment
from provider_forms.desk.models import Event, Organisation
from tests.builders import HOME, REGION, ContentFolder
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, NOON, SLUG, Forms, make_forms

TODAY = NOON.date()
FILE = f"{HOME}/providers/{SLUG}.yaml"
STAFF = "gids@duinrand.example.nl"


def confirm(content: ContentFolder, file: str, days_ago: int) -> None:
    """Gives a provider a confirmation of so many days ago."""
    content.put(file, ("confirmed", "on"), (TODAY - timedelta(days=days_ago)).isoformat())


@pytest.fixture
def aged(content: ContentFolder, tmp_path_factory: pytest.TempPathFactory) -> Forms:
    """An instance whose providers all confirmed today."""
    for path in sorted(content.path(f"{HOME}/providers").glob("*.yaml")):
        confirm(content, f"{HOME}/providers/{path.name}", 0)
    return make_forms(tmp_path_factory.mktemp("var"), content.root)


def run(forms: Forms, days: int = 0) -> list[tuple[str, str]]:
    """Runs the daily command so many days later; gives address and text of the new mails."""
    before = len(forms.mails())
    forms.clock.forward(timedelta(days=days))
    daily.run(forms.desk, forms.clock().date(), forms.clock())
    return [(str(mail["To"]), mail.get_content()) for mail in forms.mails()[before:]]


def to_providers(mails: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The mails that ask for a confirmation."""
    return [(to, text) for to, text in mails if "klopt-nog" in text]


def test_steps_of_the_region_are_followed(aged: Forms, content: ContentFolder) -> None:
    """The sample's steps of 100, 120, 140 and 200 days each give one mail that says what comes next; in between is silence."""
    confirm(content, FILE, 99)
    aged.organisation(MANAGER)
    found = {day: to_providers(run(aged, 1)) for day in range(100, 202)}
    told = {day: mails[0][1] for day, mails in found.items() if mails}

    assert [day for day in told if day in (100, 120, 140, 200)] == [100, 120, 140, 200]
    assert sorted(told) == [100, 120, 140, 170, 200]
    assert "Dan komt er op" in told[100]
    assert "Op uw pagina staat nu" in told[140]
    assert "staat niet meer in de gids" in told[200]


def test_a_run_again_does_nothing(aged: Forms, content: ContentFolder) -> None:
    """Running the command twice, or three times, sends and notes what running it once does."""
    confirm(content, FILE, 150)
    aged.organisation(MANAGER)
    first = run(aged)
    with aged.desk.database.read() as session:
        events = session.scalars(select(Event.what).order_by(Event.id)).all()
    again = run(aged) + run(aged)

    assert len(to_providers(first)) == 1
    assert again == []
    with aged.desk.database.read() as session:
        assert session.scalars(select(Event.what).order_by(Event.id)).all() == events


def test_missed_weeks_are_made_up_with_one_mail(aged: Forms, content: ContentFolder) -> None:
    """After a long silence of the command itself only the step that an offer is at now is told."""
    confirm(content, FILE, 90)
    aged.organisation(MANAGER)
    run(aged)
    late = to_providers(run(aged, 60))

    assert len(late) == 1
    assert "Op uw pagina staat nu" in late[0][1]


def test_one_person_gets_one_mail_for_all_its_organisations(aged: Forms, content: ContentFolder) -> None:
    """Who answers for several organisations gets one mail with a link for each that has grown old."""
    for slug in (SLUG, "delta-logeren", "gamma-zorg"):
        aged.organisation(MANAGER, slug=slug)
    confirm(content, FILE, 110)
    confirm(content, f"{HOME}/providers/gamma-zorg.yaml", 125)
    mails = to_providers(run(aged))

    assert [to for to, _ in mails] == [MANAGER]
    assert mails[0][1].count("/aanbieder/klopt-nog/") == 2


def test_nobody_is_mailed_twice_in_a_week(aged: Forms, content: ContentFolder) -> None:
    """A second organisation that grows old three days later waits until the week is over; a colleague hears it at once."""
    for slug in (SLUG, "gamma-zorg"):
        aged.organisation(MANAGER, slug=slug)
    aged.organisation(COLLEAGUE, slug="gamma-zorg")
    confirm(content, FILE, 100)
    confirm(content, f"{HOME}/providers/gamma-zorg.yaml", 97)
    days = {day: [to for to, _ in to_providers(run(aged, 1 if day else 0))] for day in range(9)}

    assert {day: to for day, to in days.items() if to} == {0: [MANAGER], 3: [COLLEAGUE], 7: [MANAGER]}


def test_asking_by_hand_counts_too(aged: Forms, content: ContentFolder) -> None:
    """Who was asked by a command about any organisation hears nothing of the ladder for a week, nor the other way round."""
    numbers = {slug: aged.organisation(MANAGER, slug=slug) for slug in (SLUG, "gamma-zorg")}
    confirm(content, FILE, 100)

    def ask(slug: str) -> int:
        with aged.desk.database.write() as db:
            mine = db.get_one(Organisation, numbers[slug])
            moment = Moment(aged.clock().date(), aged.clock())
            return len(ladder.ask_now(db, aged.desk, mine, aged.clock().date(), moment))

    assert [ask("gamma-zorg"), ask(SLUG)] == [1, 0]
    assert [len(to_providers(run(aged, days))) for days in (0, 6, 1)] == [0, 0, 1]
    assert ask("gamma-zorg") == 0


def test_the_link_of_the_mail_confirms(aged: Forms, content: ContentFolder) -> None:
    """Pressing the button behind the link makes the offer fresh as soon as that waits for the press: no more mails follow."""
    confirm(content, FILE, 150)
    aged.organisation(MANAGER, COLLEAGUE)
    mails = to_providers(run(aged))
    link = mails[0][1].partition("http://gids.test")[2].split()[0]
    browser = aged.browser()
    browser.get(link)
    done = browser.post(link)

    assert len(mails) == 2
    assert "Bedankt" in done.text
    assert to_providers(run(aged, 8)) == []
    assert to_providers(run(aged, 60)) == []


def test_staff_are_told_once_a_week(aged: Forms, content: ContentFolder) -> None:
    """Offers that need a telephone call are mailed to the region's mailbox, with those that nobody can be asked about."""
    content.put(f"{HOME}/region.yaml", ("publisher", "email"), STAFF)
    confirm(content, FILE, 120)
    confirm(content, f"{HOME}/providers/gamma-zorg.yaml", 118)
    aged.organisation(MANAGER, slug="gamma-zorg")
    days = {day: [text for to, text in run(aged, 1 if day else 0) if to == STAFF] for day in range(9)}

    assert [day for day, texts in days.items() if texts] == [0, 7]
    assert "Alfa Thuis" in days[0][0]
    assert "Van deze aanbieders kan niemand inloggen" in days[0][0]
    assert "Belt u ze?" not in days[0][0]
    assert "Gamma" in days[7][0]
    assert "Alfa Thuis: " not in days[7][0]


def test_examples_and_broken_files_are_passed_over(aged: Forms, content: ContentFolder) -> None:
    """An example never ages, and a file that can't be read stops nobody else's reminder."""
    confirm(content, FILE, 150)
    confirm(content, f"{HOME}/providers/beta-dag.yaml", 150)
    content.put(f"{HOME}/providers/beta-dag.yaml", ("example",), "true")
    content.raw(f"{HOME}/providers/gamma-zorg.yaml", "updated: [")
    for slug in (SLUG, "beta-dag", "gamma-zorg"):
        aged.organisation(f"{slug}@example.nl", slug=slug)

    assert [to for to, _ in to_providers(run(aged))] == [f"{SLUG}@example.nl"]


def test_the_command_changes_no_content(aged: Forms, content: ContentFolder) -> None:
    """Whatever the step, no file of the content is touched: only a provider moves its confirmation."""
    confirm(content, FILE, 150)
    aged.organisation(MANAGER)
    before = {path: path.read_bytes() for path in content.root.rglob("*") if path.is_file()}
    run(aged)
    run(aged, 60)

    assert {path: path.read_bytes() for path in content.root.rglob("*") if path.is_file()} == before


def test_steps_are_noted_in_the_log(aged: Forms, content: ContentFolder) -> None:
    """Each step of an offer is an event, with the confirmation that it counts from."""
    confirm(content, FILE, 100)
    organisation = aged.organisation(MANAGER)
    run(aged)
    run(aged, 25)
    with aged.desk.database.read() as session:
        steps = session.scalars(select(Event).where(Event.what == "ladder_step").order_by(Event.id)).all()
        mine = [one for one in steps if one.organisation_id == organisation]

    assert [one.details["step"] for one in mine] == ["remind", "escalate"]
    assert {one.details["region"] for one in mine} == {REGION}
    assert {date.fromisoformat(one.details["confirmed_on"]) for one in mine} == {TODAY - timedelta(days=100)}


def test_the_page_behind_the_link_tells_that_the_offer_is_hidden(aged: Forms, content: ContentFolder) -> None:
    """Who comes after the offer has left the guide reads so, gets no link to a page that isn't there, and can confirm."""
    confirm(content, FILE, 201)
    aged.organisation(MANAGER)
    link = to_providers(run(aged))[0][1].partition("http://gids.test")[2].split()[0]
    browser = aged.browser()
    page = browser.get(link).text

    assert "Dit aanbod staat nu niet in de gids" in page
    assert "Bekijk de hele pagina" not in page
    assert browser.post(link).status_code == 200
