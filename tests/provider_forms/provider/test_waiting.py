"""The fast lane: waiting times of all offers on one page."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from provider_forms.desk import drafts, submissions
from provider_forms.desk.models import Submission
from provider_forms.desk.staff_models import PublishJob
from provider_forms.desk.taken_apart import fingerprint
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import OFFERING, fill, full_parts
from tests.provider_forms.provider.filling import BY_SCRIPT, Fields, elements, fields
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, SLUG, Browser, Forms, text_of, title_of
from wmo_guide.store.yaml_text import read_tree

WEEKS = "a.waiting_weeks.2024.post-en-papieren"
STOP = "a.intake_stop.2024.post-en-papieren"
GARDEN = "a.waiting_weeks.2024.dag-buiten"
GARDEN_PART = "offering/2024/dag-buiten"


@pytest.fixture
def page(forms: Forms) -> tuple[Browser, str]:
    """A browser of a manager on the page, and its address."""
    path = f"/aanbieder/{forms.organisation(MANAGER)}/wachttijd"
    browser = forms.signed_in()
    browser.get(path)
    return browser, path


def _open(forms: Forms) -> list[Submission]:
    """What is on its way to the guide, the newest first."""
    with forms.desk.database.read() as db:
        return [one for one in db.query(Submission).order_by(Submission.id.desc()) if one.state == "approved"]


def _filled(page: TestResponse, changes: dict[str, str]) -> Fields:
    return {**fields(page), **{name: [text] for name, text in changes.items()}}


def _save(browser: Browser, path: str, changes: dict[str, str]) -> TestResponse:
    """Opens the page, changes these answers and saves."""
    return browser.post(path, _filled(browser.get(path), changes))


def _offering(payload: str, index: int = 0) -> dict[str, Any]:
    tree: Any = read_tree(payload)
    found: dict[str, Any] = tree["offerings"][index]
    return found


def test_all_offers_stand_on_one_page(page: tuple[Browser, str]) -> None:
    """The page asks the fast questions of every offer in the guide, filled in as they are, and no others."""
    browser, path = page
    shown = browser.get(path)

    assert f'name="{WEEKS}" type="text" value="3"' in shown.text
    assert f'name="{GARDEN}"' in shown.text
    assert "a.summary" not in shown.text
    ids = [part.partition('"')[0] for part in shown.text.split(' id="')[1:]]
    assert len(ids) == len(set(ids))


def test_a_change_is_sent_at_once(forms: Forms, page: tuple[Browser, str]) -> None:
    """One post sends the new waiting time as a submission of the fast lane, with nothing else changed."""
    browser, path = page
    answer = _save(browser, path, {WEEKS: "8", STOP: "no"})
    found = _open(forms)

    assert answer.status_code == 303
    assert "Opgeslagen" in text_of(browser.get(answer.location))
    assert [submissions.kind_of(one) for one in found] == ["fast"]
    assert found[0].private["changes"] == {OFFERING: {"waiting_weeks": "8"}}
    assert _offering(found[0].payload)["answers"]["waiting_weeks"] == "8"
    assert _offering(found[0].payload)["dates"]["waiting_weeks"] == "2026-01-15"


def test_nothing_changed_sends_nothing(forms: Forms, page: tuple[Browser, str]) -> None:
    """Saving what already stands there sends nothing and says so."""
    browser, path = page
    answer = _save(browser, path, {WEEKS: "3", STOP: "no"})

    assert "U hebt niets veranderd." in text_of(browser.get(answer.location))
    assert _open(forms) == []


def test_sloppy_numbers_are_read(forms: Forms, page: tuple[Browser, str]) -> None:
    """A number with its unit behind it is read."""
    browser, path = page
    _save(browser, path, {WEEKS: " 8 weken", STOP: "no"})

    assert _offering(_open(forms)[0].payload)["answers"]["waiting_weeks"] == "8"


def test_a_second_change_adds_to_the_first(forms: Forms, page: tuple[Browser, str]) -> None:
    """A change that is sent before the first is in the guide holds both, and builds on the file that the first makes."""
    browser, path = page
    _save(browser, path, {WEEKS: "8", STOP: "no"})
    assert f'name="{WEEKS}" type="text" value="8"' in browser.get(path).text
    _save(browser, path, {WEEKS: "8", STOP: "no", GARDEN: "2"})
    found = _open(forms)

    assert len(found) == 2
    assert found[0].private["changes"] == {GARDEN_PART: {"waiting_weeks": "2"}}
    assert _offering(found[0].payload)["answers"]["waiting_weeks"] == "8"
    assert _offering(found[0].payload, 1)["answers"]["waiting_weeks"] == "2"
    assert found[0].base == fingerprint(found[1].payload)


def test_a_change_needs_no_review(forms: Forms, page: tuple[Browser, str]) -> None:
    """A change goes straight to the press, signed by the organisation, and is told on the status page."""
    browser, path = page
    _save(browser, path, {WEEKS: "8", STOP: "no"})
    with forms.desk.database.read() as db:
        job = db.query(PublishJob).one()

    assert job.state == "waiting"
    assert job.changes[0]["text"] == _open(forms)[0].payload
    assert job.submission_id == _open(forms)[0].id
    assert job.author.startswith("Zorg van alfa-thuis <")
    assert MANAGER not in job.author + job.committer + job.message
    assert "Wachttijd of aanmeldstop Goedgekeurd" in text_of(browser.get(path.replace("wachttijd", "status")))


def test_a_wrong_number_is_shown_again(forms: Forms, page: tuple[Browser, str]) -> None:
    """A number that can't be is not sent; it is still there, beside what to do, and so is everything else."""
    browser, path = page
    shown = _save(browser, path, {WEEKS: "honderd", STOP: "no", GARDEN: "4"})

    assert shown.status_code == 400
    assert title_of(shown).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert 'value="honderd"' in shown.text
    assert 'value="4"' in shown.text
    [link] = elements(shown, "//*[@role='alert']//a")
    assert link.attrib["href"] == "#v-waiting_weeks.2024.post-en-papieren"
    assert (link.text or "").startswith("Post en papieren: ")
    assert _open(forms) == []


def test_the_draft_follows(forms: Forms, sample: ContentFolder, page: tuple[Browser, str]) -> None:
    """A draft gets the new waiting time as a next version, and keeps whatever else was typed in it."""
    browser, path = page
    organisation = int(path.split("/")[2])
    parts = full_parts(sample)
    parts[OFFERING]["what"] = "Nog niet verstuurd."
    fill(forms, organisation, parts)
    _save(browser, path, {WEEKS: "8", STOP: "no"})
    with forms.desk.database.read() as db:
        part = drafts.parts(db, organisation)[OFFERING]

    assert (part.answers["waiting_weeks"], part.answers["what"], part.version) == ("8", "Nog niet verstuurd.", 2)
    assert "Nog niet verstuurd." not in _open(forms)[0].payload


def test_without_an_offer_in_the_guide_there_is_nothing_to_change(forms: Forms) -> None:
    """An organisation that isn't in the guide yet reads that, and a post changes nothing."""
    path = f"/aanbieder/{forms.organisation(MANAGER, slug='nieuw')}/wachttijd"
    browser = forms.signed_in()
    shown = browser.get(path)

    assert "staat nog niet in de gids" in text_of(shown)
    browser.get(path.replace("wachttijd", "controleren"))
    browser.post(path, {WEEKS: "8"})
    assert _open(forms) == []


def test_forged_questions_change_nothing(forms: Forms, page: tuple[Browser, str]) -> None:
    """A post can't change what isn't in the fast lane, nor a block that isn't offered."""
    browser, path = page
    _save(
        browser, path, {WEEKS: "3", STOP: "no", "a.summary.2024.post-en-papieren": "x", "a.waiting_weeks.2024.nep": "1"}
    )

    assert _open(forms) == []


def test_a_fast_change_passes_the_guides_check(content: ContentFolder, forms: Forms, page: tuple[Browser, str]) -> None:
    """The file that a change makes is read by the guide without a problem."""
    browser, path = page
    _save(browser, path, {WEEKS: "", STOP: "yes"})
    content.raw(f"{HOME}/providers/{SLUG}.yaml", _open(forms)[0].payload)

    assert content.problems() == ()
    assert content.provider(SLUG).offerings[0].answers["intake_stop"] is True
    assert "waiting_weeks" not in content.provider(SLUG).offerings[0].answers


def test_an_old_page_undoes_nothing(forms: Forms, page: tuple[Browser, str]) -> None:
    """A page that was opened before a colleague's change and then saves something else leaves that change as it is."""
    browser, path = page
    forms.organisation(COLLEAGUE)
    old = browser.get(path)
    _save(forms.signed_in(COLLEAGUE), path, {WEEKS: "8"})

    answer = browser.post(path, _filled(old, {GARDEN: "2"}))

    assert answer.location == f"{path}?gedaan=ja"
    assert _offering(_open(forms)[0].payload)["answers"]["waiting_weeks"] == "8"
    assert _offering(_open(forms)[0].payload, 1)["answers"]["waiting_weeks"] == "2"


def test_an_old_page_without_a_change_sends_nothing(forms: Forms, page: tuple[Browser, str]) -> None:
    """Saving an old page on which nothing was changed keeps a colleague's change, and says that nothing was changed."""
    browser, path = page
    forms.organisation(COLLEAGUE)
    old = browser.get(path)
    _save(forms.signed_in(COLLEAGUE), path, {WEEKS: "8"})

    assert browser.post(path, _filled(old, {})).location == f"{path}?gedaan=gelijk"
    assert _offering(_open(forms)[0].payload)["answers"]["waiting_weeks"] == "8"


def test_who_changed_the_same_is_asked_to_choose(forms: Forms, page: tuple[Browser, str]) -> None:
    """When a colleague changed the same answer meanwhile nothing is sent until one has seen theirs and saves again."""
    browser, path = page
    forms.organisation(COLLEAGUE)
    old = browser.get(path)
    _save(forms.signed_in(COLLEAGUE), path, {WEEKS: "8"})

    asked = browser.post(path, _filled(old, {WEEKS: "5"}))

    assert asked.status_code == 409
    assert "bij “Post en papieren” is ook ergens anders veranderd. Daar staat nu: 8." in text_of(asked)
    assert fields(asked)[WEEKS] == ["5"]
    assert [one.attrib["href"] for one in elements(asked, "//*[@role='alert']//a")] == [
        f"#v-{WEEKS.removeprefix('a.')}"
    ]
    assert _offering(_open(forms)[0].payload)["answers"]["waiting_weeks"] == "8"
    assert "Daar staat nu: 8." in text_of(browser.get(path))
    browser.post(path, _filled(asked, {}))
    assert _offering(_open(forms)[0].payload)["answers"]["waiting_weeks"] == "5"
    assert "nog niet opgeslagen" not in text_of(browser.get(path))


def test_a_page_that_tells_nothing_of_what_it_showed_is_asked_about(forms: Forms, page: tuple[Browser, str]) -> None:
    """A post that doesn't tell what its page showed changes nothing before its sender has seen what stands there."""
    browser, path = page

    assert browser.post(path, {WEEKS: "5", STOP: "no"}).status_code == 409
    assert _open(forms) == []


@pytest.mark.parametrize(
    "was", ["", "[", "7", "null", "[" * 9_000, '{"a":' * 900 + "1" + "}" * 900, '{"a": {}}', "[[1]]"]
)
def test_a_forged_page_is_asked_about(forms: Forms, page: tuple[Browser, str], was: str) -> None:
    """A post that claims its page showed something impossible changes nothing and breaks nothing."""
    browser, path = page
    form = _filled(browser.get(path), {WEEKS: "5", f"was.{WEEKS.removeprefix('a.')}": was})

    assert browser.post(path, form).status_code == 409
    assert _open(forms) == []


def test_all_answers_of_an_offer_can_not_be_taken_away(forms: Forms, page: tuple[Browser, str]) -> None:
    """Whoever empties waiting time and intake stop of an offer at once reads what to do, and nothing is sent."""
    browser, path = page
    shown = browser.post(path, {**_filled(browser.get(path), {WEEKS: ""}), STOP: []})

    assert shown.status_code == 400
    assert "U haalde bij “Post en papieren” alle antwoorden weg. Vul er ten minste één in." in text_of(shown)
    assert _open(forms) == []


def test_wrong_numbers_stand_there_later(forms: Forms, page: tuple[Browser, str]) -> None:
    """What was typed and could not be sent is there when the page is opened later, on another device too; once sent it isn't."""
    browser, path = page
    _save(browser, path, {WEEKS: "honderd", GARDEN: "4"})

    later = forms.signed_in()
    again = later.get(path)

    assert (fields(again)[WEEKS], fields(again)[GARDEN]) == (["honderd"], ["4"])
    assert "nog niet opgeslagen" in text_of(again)
    later.post(path, _filled(again, {WEEKS: "10"}))
    assert "nog niet opgeslagen" not in text_of(later.get(path))
    assert _offering(_open(forms)[0].payload, 1)["answers"]["waiting_weeks"] == "4"


def test_the_script_keeps_and_sends_nothing(forms: Forms, page: tuple[Browser, str]) -> None:
    """A save by script keeps what is typed for its writer, and nothing goes to the guide before the button is pressed."""
    browser, path = page

    answer = browser.post(path, _filled(browser.get(path), {WEEKS: "8"}), headers=BY_SCRIPT)

    assert answer.status_code == 200
    assert _open(forms) == []
    assert fields(browser.get(path))[WEEKS] == ["8"]
