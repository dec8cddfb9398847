"""The fast lane: waiting times of all offers on one page."""

from __future__ import annotations

from typing import Any

import pytest

from provider_forms.desk import drafts, submissions
from provider_forms.desk.models import Submission
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import OFFERING, fill, full_parts
from tests.provider_forms.visiting import MANAGER, SLUG, Browser, Forms, text_of, title_of
from wmo_guide.store.yaml_text import read_tree

WEEKS = "a.waiting_weeks.2024.post-en-papieren"
STOP = "a.intake_stop.2024.post-en-papieren"
GARDEN = "a.waiting_weeks.2024.dag-buiten"


@pytest.fixture
def page(forms: Forms) -> tuple[Browser, str]:
    """A browser of a manager on the page, and its address."""
    path = f"/aanbieder/{forms.organisation(MANAGER)}/wachttijd"
    browser = forms.signed_in()
    browser.get(path)
    return browser, path


def _open(forms: Forms) -> list[Submission]:
    with forms.desk.database.read() as db:
        return [one for one in db.query(Submission).order_by(Submission.id) if one.state == "received"]


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
    answer = browser.post(path, {WEEKS: "8", STOP: "no"})
    found = _open(forms)

    assert answer.status_code == 303
    assert "Opgeslagen" in text_of(browser.get(answer.location))
    assert [submissions.kind_of(one) for one in found] == ["fast"]
    assert found[0].private["changes"] == {OFFERING: {"waiting_weeks": "8"}}
    assert _offering(found[0].payload)["answers"]["waiting_weeks"] == "8"
    assert _offering(found[0].payload)["dates"] == {"waiting_weeks": "2026-01-15"}


def test_nothing_changed_sends_nothing(forms: Forms, page: tuple[Browser, str]) -> None:
    """Saving what already stands there sends nothing and says so."""
    browser, path = page
    answer = browser.post(path, {WEEKS: "3", STOP: "no"})

    assert "U hebt niets veranderd." in text_of(browser.get(answer.location))
    assert _open(forms) == []


def test_sloppy_numbers_are_read(forms: Forms, page: tuple[Browser, str]) -> None:
    """A number with its unit behind it is read."""
    browser, path = page
    browser.post(path, {WEEKS: " 8 weken", STOP: "no"})

    assert _offering(_open(forms)[0].payload)["answers"]["waiting_weeks"] == "8"


def test_a_second_change_adds_to_the_first(forms: Forms, page: tuple[Browser, str]) -> None:
    """A change that is sent before the first is in the guide holds both, and takes its place."""
    browser, path = page
    browser.post(path, {WEEKS: "8", STOP: "no"})
    assert f'name="{WEEKS}" type="text" value="8"' in browser.get(path).text
    browser.post(path, {WEEKS: "8", STOP: "no", GARDEN: "2"})
    found = _open(forms)

    assert len(found) == 1
    assert _offering(found[0].payload)["answers"]["waiting_weeks"] == "8"
    assert _offering(found[0].payload, 1)["answers"]["waiting_weeks"] == "2"


def test_a_wrong_number_is_shown_again(forms: Forms, page: tuple[Browser, str]) -> None:
    """A number that can't be is not sent; it is still there, beside what to do, and so is everything else."""
    browser, path = page
    shown = browser.post(path, {WEEKS: "honderd", STOP: "no", GARDEN: "4"})

    assert shown.status_code == 400
    assert title_of(shown).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert 'value="honderd"' in shown.text
    assert 'value="4"' in shown.text
    assert 'href="#v-waiting_weeks.2024.post-en-papieren"' in shown.text
    assert _open(forms) == []


def test_the_draft_follows(forms: Forms, sample: ContentFolder, page: tuple[Browser, str]) -> None:
    """A draft gets the new waiting time as a next version, and keeps whatever else was typed in it."""
    browser, path = page
    organisation = int(path.split("/")[2])
    parts = full_parts(sample)
    parts[OFFERING]["what"] = "Nog niet verstuurd."
    fill(forms, organisation, parts)
    browser.post(path, {WEEKS: "8", STOP: "no"})
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
    browser.post(
        path, {WEEKS: "3", STOP: "no", "a.summary.2024.post-en-papieren": "x", "a.waiting_weeks.2024.nep": "1"}
    )

    assert _open(forms) == []


def test_a_fast_change_passes_the_guides_check(content: ContentFolder, forms: Forms, page: tuple[Browser, str]) -> None:
    """The file that a change makes is read by the guide without a problem."""
    browser, path = page
    browser.post(path, {WEEKS: "", STOP: "yes"})
    content.raw(f"{HOME}/providers/{SLUG}.yaml", _open(forms)[0].payload)

    assert content.problems() == ()
    assert content.provider(SLUG).offerings[0].answers["intake_stop"] is True
    assert "waiting_weeks" not in content.provider(SLUG).offerings[0].answers
