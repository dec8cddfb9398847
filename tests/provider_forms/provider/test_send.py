"""Sending a draft."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from provider_forms.desk import submissions
from provider_forms.desk.models import Submission
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import OFFERING, PRIVATE, fill, full_parts
from tests.provider_forms.provider.filling import part
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, SLUG, Browser, Forms, make_forms, text_of


@pytest.fixture
def home(forms: Forms, sample: ContentFolder) -> str:
    """The address of the pages of an organisation with a full draft and two managers."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    fill(forms, organisation, full_parts(sample))
    return f"/aanbieder/{organisation}"


def seen_on(browser: Browser, home: str) -> str:
    """What the check page shows, as its form says."""
    return browser.get(f"{home}/controleren").text.partition('name="seen" value="')[2].partition('"')[0]


def _all(forms: Forms) -> list[Submission]:
    with forms.desk.database.read() as db:
        return list(db.query(Submission).order_by(Submission.id))


def test_a_full_draft_is_sent(forms: Forms, home: str) -> None:
    """Pressing the button leads to a page with a number and what happens next."""
    browser = forms.signed_in()
    answer = browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)})
    page = browser.get(answer.location)

    assert answer.status_code == 303
    assert "Uw nummer is 2026-0001" in text_of(page)
    assert "Wat gebeurt er nu?" in text_of(page)


def test_managers_and_staff_get_a_mail(forms: Forms, home: str) -> None:
    """Every manager and the staff's mailbox get a mail with the number."""
    browser = forms.signed_in()
    before = len(forms.mails())
    browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)})
    mails = forms.mails()[before:]

    assert {mail["To"] for mail in mails} == {MANAGER, COLLEAGUE, "gids@duinrand.example.nl"}
    assert all("2026-0001" in mail["Subject"] for mail in mails)


def test_export_prints_exactly_the_file(tmp_path: Path, content: ContentFolder) -> None:
    """The command `export` prints the file as it would stand in content/, where it is read without a problem."""
    forms = make_forms(tmp_path / "var", content.root)
    organisation = forms.organisation(MANAGER)
    fill(forms, organisation, full_parts(content))
    browser = forms.signed_in()
    home = f"/aanbieder/{organisation}"
    browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)})
    result = forms.app.test_cli_runner().invoke(args=["export", "2026-0001"])
    content.raw(f"{HOME}/providers/{SLUG}.yaml", result.output)

    assert result.exit_code == 0
    assert result.output == _all(forms)[0].payload
    assert content.problems() == ()
    assert "Marieke" not in result.output
    forms.desk.close()


def test_export_of_an_unknown_number_is_refused(forms: Forms) -> None:
    """The command `export` says so when there is no such submission."""
    result = forms.app.test_cli_runner().invoke(args=["export", "2026-9999"])

    assert result.exit_code == 1
    assert "Er is geen inzending met nummer 2026-9999" in result.output


@pytest.mark.parametrize("seen", ["", "0" * 64, None])
def test_only_what_was_seen_is_sent(forms: Forms, home: str, seen: str | None) -> None:
    """Without having seen the answers as they are nothing is sent, and the check page asks to look again."""
    browser = forms.signed_in()
    browser.get(f"{home}/controleren")
    page = browser.post(f"{home}/versturen", {} if seen is None else {"seen": seen})

    assert page.status_code == 409
    assert "intussen is er iets veranderd" in text_of(page)
    assert _all(forms) == []


def test_a_colleagues_change_is_looked_at_first(forms: Forms, home: str) -> None:
    """When a colleague changes an answer after the check page was opened, sending asks to look at it first."""
    browser = forms.signed_in()
    seen = seen_on(browser, home)
    with forms.desk.database.read() as db:
        organisation = int(home.rpartition("/")[2])
        assert submissions.of_organisation(db, organisation) == ()
    fill(forms, organisation, {"misfit": {"misfit": "Wij varen."}}, COLLEAGUE)
    page = browser.post(f"{home}/versturen", {"seen": seen})

    assert page.status_code == 409
    assert "Wij varen." in text_of(page)
    assert _all(forms) == []


def test_a_half_draft_is_not_sent(forms: Forms, home: str) -> None:
    """A draft with something missing is refused also when the button is pressed by other means, and says what misses."""
    browser = forms.signed_in()
    seen = seen_on(browser, home)
    fill(forms, int(home.rpartition("/")[2]), {OFFERING: {"summary": "Half"}})
    page = browser.post(f"{home}/versturen", {"seen": seen})

    assert page.status_code == 409
    assert "Uw aanbod is niet verstuurd, want er mist nog iets" in text_of(page)
    assert _all(forms) == []


def test_pressing_twice_sends_once(forms: Forms, home: str) -> None:
    """A second press shows the number of the first, makes no second submission and mails nothing again."""
    browser = forms.signed_in()
    seen = seen_on(browser, home)
    first = browser.post(f"{home}/versturen", {"seen": seen})
    mails = len(forms.mails())
    second = browser.post(f"{home}/versturen", {"seen": seen})

    assert second.location == first.location == f"{home}/verstuurd/2026-0001"
    assert [(one.number, one.state) for one in _all(forms)] == [("2026-0001", "received")]
    assert len(forms.mails()) == mails


def test_a_second_press_counts_for_what_it_saw(forms: Forms, home: str) -> None:
    """A second press shows the first's number also when a colleague has changed the draft or staff looked at it meanwhile."""
    browser = forms.signed_in()
    seen = seen_on(browser, home)
    browser.post(f"{home}/versturen", {"seen": seen})
    fill(forms, int(home.rpartition("/")[2]), {"misfit": {"misfit": "Wij varen."}}, COLLEAGUE)
    with forms.desk.database.write() as db:
        found = submissions.find(db, "2026-0001")
        assert found is not None
        submissions.move(db, found, "in_review", None, forms.clock())

    assert browser.post(f"{home}/versturen", {"seen": seen}).location == f"{home}/verstuurd/2026-0001"


def test_two_managers_press_at_once(forms: Forms, home: str) -> None:
    """Of two managers who press at the same moment both see the same number, and staff get one submission."""
    people = [forms.signed_in(email) for email in (MANAGER, COLLEAGUE)]
    seen = [seen_on(browser, home) for browser in people]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda one, mark: one.post(f"{home}/versturen", {"seen": mark}), people, seen))

    assert {answer.location for answer in answers} == {f"{home}/verstuurd/2026-0001"}
    assert len(_all(forms)) == 1


def test_a_changed_offer_takes_the_place_of_the_first(forms: Forms, home: str) -> None:
    """Sending again after a change leaves one open submission; the first is marked as replaced."""
    browser = forms.signed_in()
    browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)})
    fill(forms, int(home.rpartition("/")[2]), {"misfit": {"misfit": "Wij varen."}})
    browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)})

    assert [(one.number, one.state) for one in _all(forms)] == [("2026-0001", "withdrawn"), ("2026-0002", "received")]


def test_while_staff_are_looking_nothing_is_sent(forms: Forms, home: str) -> None:
    """While staff look at a submission, sending again is refused with the number and the assurance that all is kept."""
    browser = forms.signed_in()
    seen = seen_on(browser, home)
    browser.post(f"{home}/versturen", {"seen": seen})
    with forms.desk.database.write() as db:
        found = submissions.find(db, "2026-0001")
        assert found is not None
        submissions.move(db, found, "in_review", None, forms.clock())
    fill(forms, int(home.rpartition("/")[2]), {"misfit": {"misfit": "Wij varen."}})
    page = browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)})

    assert page.status_code == 409
    assert "nummer 2026-0001" in text_of(page)
    assert "blijft bewaard" in text_of(page)
    assert len(_all(forms)) == 1


def test_sending_needs_the_token(forms: Forms, home: str) -> None:
    """A post without the page's token sends nothing."""
    browser = forms.signed_in()
    seen = seen_on(browser, home)
    browser.client.post(f"{home}/versturen", data={"seen": seen})

    assert _all(forms) == []


def test_another_organisations_pages_dont_exist(forms: Forms, home: str) -> None:
    """Who isn't a manager of an organisation finds none of its pages, and sends nothing for it."""
    forms.organisation("ander@example.nl", slug="beta-dag")
    stranger = forms.signed_in("ander@example.nl")
    owner = forms.signed_in()
    owner.post(f"{home}/versturen", {"seen": seen_on(owner, home)})

    for path in ("controleren", "voorbeeld", "status", "wachttijd", "verstuurd/2026-0001"):
        assert stranger.get(f"{home}/{path}").status_code == 404
    assert stranger.post(f"{home}/versturen").status_code == 404
    assert len(_all(forms)) == 1


def test_another_organisations_number_is_unknown(forms: Forms, home: str) -> None:
    """The page about a number exists for the organisation that sent it alone."""
    owner = forms.signed_in()
    owner.post(f"{home}/versturen", {"seen": seen_on(owner, home)})
    other = forms.organisation("ander@example.nl", slug="beta-dag")
    stranger = forms.signed_in("ander@example.nl")

    assert stranger.get(f"/aanbieder/{other}/verstuurd/2026-0001").status_code == 404
    assert owner.get(f"{home}/verstuurd/2026-0002").status_code == 404


@pytest.fixture
def later(tmp_path: Path, content: ContentFolder) -> Iterator[tuple[Forms, ContentFolder]]:
    """The application over content that the test may change."""
    made = make_forms(tmp_path / "var", content.root)
    yield made, content
    made.desk.close()


def _send(browser: Browser, home: str) -> None:
    assert browser.post(f"{home}/versturen", {"seen": seen_on(browser, home)}).status_code == 303


@pytest.fixture
def begun(later: tuple[Forms, ContentFolder]) -> tuple[Browser, str]:
    """A browser, and the address of an organisation whose draft began from its file and is complete."""
    forms, _ = later
    organisation = forms.organisation(MANAGER)
    browser, home = forms.signed_in(), f"/aanbieder/{organisation}"
    browser.get(f"{home}/")
    answers = part(forms, organisation, "organisation").answers
    fill(forms, organisation, {"organisation": {**answers, **PRIVATE}})
    return browser, home


def test_a_submission_names_the_file_its_draft_began_from(
    later: tuple[Forms, ContentFolder], begun: tuple[Browser, str]
) -> None:
    """When others change the file after the draft began, the submission still names the file that the draft knows."""
    forms, content = later
    began = content.provider(SLUG).digest
    content.put(f"{HOME}/providers/{SLUG}.yaml", ("organisation", "phone"), "012 345 67 00")
    _send(*begun)

    assert content.provider(SLUG).digest != began
    assert [one.base for one in _all(forms)] == [began]


def test_a_draft_without_a_file_builds_on_none(later: tuple[Forms, ContentFolder]) -> None:
    """The first submission of an organisation without a file names none, also when somebody made one meanwhile."""
    forms, content = later
    organisation = forms.organisation(MANAGER, slug="nieuw")
    fill(forms, organisation, full_parts(content))
    content.raw(f"{HOME}/providers/nieuw.yaml", content.text(f"{HOME}/providers/{SLUG}.yaml"))
    _send(forms.signed_in(), f"/aanbieder/{organisation}")

    assert [one.base for one in _all(forms)] == [""]


def test_a_draft_builds_on_what_was_published_of_it(
    later: tuple[Forms, ContentFolder], begun: tuple[Browser, str]
) -> None:
    """Once exactly what was sent stands in the guide the next submission builds on that; not when staff changed it."""
    forms, content = later
    file = f"{HOME}/providers/{SLUG}.yaml"
    _send(*begun)
    content.raw(file, _all(forms)[0].payload)
    published = content.provider(SLUG).digest
    fill(forms, 1, {"misfit": {"misfit": "Wij varen."}})
    _send(*begun)
    content.raw(file, _all(forms)[0].payload + "# van de redactie\n")
    fill(forms, 1, {"misfit": {"misfit": "Wij zeilen."}})
    _send(*begun)

    assert [one.base for one in _all(forms)][1] == published
    assert [one.base for one in _all(forms)][2] == _all(forms)[0].base
