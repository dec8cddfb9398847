"""What the press could not publish is not lost: its form opens with it, and a newer change takes its place."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_forms.press.press import Press
from tests.builders import HOME as REGION_FOLDER
from tests.builders import REGION, ContentFolder
from tests.provider_forms.press.hall import Hall, make_hall
from tests.provider_forms.staff.editing import HOME, WHY, Editor, editor, fields_in
from tests.provider_forms.visiting import text_of
from wmo_guide.guide.manifest import Manifest

SHEET, NAME = "/factsheets/wijzig/huis-zoeken", f"{REGION_FOLDER}/factsheets/huis-zoeken.md"
DEAD = f"Lees [meer](/{REGION}/bestaat-niet/over/)."
FINE = f"Lees [meer](/{REGION}/kosten/)."
NEW = {
    "a.title": "Loket verhuisd",
    "a.description": "Het loket zit elders.",
    "a.updated": "14-1-2026",
    "a.sources": "redactie",
    "a.desk-text": DEAD,
}


@pytest.fixture
def hall(content: ContentFolder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hall]:
    """An instance without a press."""
    made = make_hall(tmp_path_factory.mktemp("hall"), content)
    yield made
    made.close()


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press that works already."""
    found = hall.press()
    found.turn()
    return found


@pytest.fixture
def mine(hall: Hall) -> Editor:
    """A reviewer who edits content."""
    return editor(hall.forms)


def _states(mine: Editor) -> list[str]:
    return [one.state for one in mine.jobs()]


def test_the_form_opens_with_what_failed(mine: Editor, press: Press) -> None:
    """After a failure the form holds the typed text and reason, tells the problem at its field, and Publicaties leads to it."""
    mine.edit(SHEET, {"a.desk-text": DEAD})
    press.turn()
    list_ = mine.browser.get("/beheer/publicaties/").text
    page = mine.browser.get(f"{HOME}{SHEET}")
    fields = fields_in(page)

    assert f'href="{HOME}{SHEET}"' in list_.partition("<h2>Onderweg</h2>")[0]
    assert fields["a.desk-text"] == [DEAD]
    assert fields["a.desk-why"] == [WHY["a.desk-why"]]
    assert "Dit staat niet in de gids" in text_of(page)
    assert '<li><a href="#v-desk-text">De link naar' in page.text
    assert page.text.count("wg-field--wrong") == 1
    assert 'href="/beheer/publicaties/#taak-1"' in page.text


def test_a_newer_change_takes_its_place(hall: Hall, mine: Editor, press: Press) -> None:
    """Saving again withdraws what failed, with a note; one change comes into the guide and the history, and the form is as always."""
    mine.edit(SHEET, {"a.desk-text": DEAD, "a.title": "Een woning zoeken"})
    press.turn()
    mine.edit(SHEET, {"a.desk-text": FINE})
    assert _states(mine) == ["withdrawn", "waiting"]
    assert press.turn() == 1

    assert "Een woning zoeken" in hall.content.text(NAME)
    assert FINE in hall.content.text(NAME)
    assert len(hall.history.versions(NAME)) == 2
    assert "Vervangen door een nieuwere wijziging van hetzelfde stuk." in text_of(
        mine.browser.get("/beheer/publicaties/")
    )
    assert "Dit staat niet in de gids" not in mine.browser.get(f"{HOME}{SHEET}").text


def test_a_change_that_stands_in_the_history_already_stays(
    hall: Hall, mine: Editor, press: Press, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When only the disk keeps it out of the guide, a newer change comes on top of it, and both go live once there is room."""

    def full(site: Path, told: Manifest) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", f"{site}/{told.release}")

    with monkeypatch.context() as during:
        during.setattr("wmo_guide.guide.release.write_manifest", full)
        mine.edit(SHEET, {"a.title": "Een woning zoeken"})
        press.turn()
        assert _states(mine) == ["failed"]
        mine.edit(SHEET, {"a.desk-text": FINE})
    assert press.turn() == 2

    assert _states(mine) == ["live", "live"]
    assert "Een woning zoeken" in hall.content.text(NAME)
    assert FINE in hall.content.text(NAME)


def test_a_newer_change_that_fails_too_takes_its_place(mine: Editor, press: Press) -> None:
    """Also a second try that fails leaves only itself to put right."""
    for text in (DEAD, f"{DEAD} Echt.", f"{DEAD} Heus."):
        mine.edit(SHEET, {"a.desk-text": text})
        press.turn()

    assert _states(mine) == ["withdrawn", "withdrawn", "failed"]
    assert mine.open(SHEET)["a.desk-text"] == [f"{DEAD} Heus."]


def test_a_new_item_opens_with_what_failed(hall: Hall, mine: Editor, press: Press) -> None:
    """A new article that failed opens from Publicaties with its problem, and comes into the guide once it is put right."""
    mine.edit("/nieuws/nieuw", NEW)
    press.turn()
    assert f'href="{HOME}/nieuws/wijzig/loket-verhuisd"' in mine.browser.get("/beheer/publicaties/").text
    page = mine.browser.get(f"{HOME}/nieuws/wijzig/loket-verhuisd")
    assert '<li><a href="#v-desk-text">De link naar' in page.text
    mine.edit("/nieuws/wijzig/loket-verhuisd", {"a.desk-text": FINE})

    assert press.turn() == 1
    assert FINE in hall.content.text(f"{REGION_FOLDER}/news/loket-verhuisd.md")
    assert _states(mine) == ["withdrawn", "live"]


def test_an_item_of_a_list_opens_with_what_failed(hall: Hall, mine: Editor, press: Press) -> None:
    """Of a list only the item that failed tells so, and a newer change of it alone takes its place."""
    text = hall.content.text(f"{REGION_FOLDER}/faq.yaml").replace("Bel uw gemeente.", f"'Lees [dit](/{REGION}/x/).'")
    hall.ask(f"{REGION_FOLDER}/faq.yaml", text, title="Vragen: Hoe vraag ik hulp?", what="content")
    press.turn()
    page = mine.browser.get(f"{HOME}/vragen/wijzig/hoe-vraag-ik-hulp")
    other = mine.browser.get(f"{HOME}/vragen/wijzig/wanneer-betaald")

    assert f'href="{HOME}/vragen/wijzig/hoe-vraag-ik-hulp"' in mine.browser.get("/beheer/publicaties/").text
    assert '<li><a href="#v-answer">' in page.text
    assert "Dit staat niet in de gids" not in other.text
    mine.edit("/vragen/wijzig/hoe-vraag-ik-hulp", {"a.answer": "Bel het loket."})
    assert _states(mine) == ["withdrawn", "waiting"]
    assert press.turn() == 1
    assert "Bel het loket." in hall.content.text(f"{REGION_FOLDER}/faq.yaml")


def test_what_others_build_on_is_put_right_for_all(hall: Hall, mine: Editor, press: Press) -> None:
    """When a change of another item waits for the failed one, the newer one brings both into the guide, and nothing is lost."""
    text = hall.content.text(f"{REGION_FOLDER}/faq.yaml").replace("Bel uw gemeente.", f"'Lees [dit](/{REGION}/x/).'")
    hall.ask(f"{REGION_FOLDER}/faq.yaml", text, title="Vragen: Hoe vraag ik hulp?", what="content")
    press.turn()
    mine.edit("/vragen/wijzig/wanneer-betaald", {"a.answer": "Elke week."})
    press.turn()
    mine.edit("/vragen/wijzig/hoe-vraag-ik-hulp", {"a.answer": "Bel het loket."})

    assert press.turn() == 3
    questions = {one["key"]: one["answer"] for one in hall.content.tree(f"{REGION_FOLDER}/faq.yaml")["questions"]}
    assert questions == {"hoe-vraag-ik-hulp": "Bel het loket.", "wanneer-betaald": "Elke week."}


def test_both_versions_are_shown_when_it_was_changed_by_hand(hall: Hall, mine: Editor, press: Press) -> None:
    """When the item was also changed by hand since, both are shown to choose from, and the choice takes the place of what failed."""
    mine.edit(SHEET, {"a.desk-text": DEAD})
    press.turn()
    hall.content.raw(NAME, hall.content.text(NAME).replace("title: Een huis zoeken", "title: Met de hand"))
    hall.content.raw(NAME, hall.content.text(NAME).rstrip() + "\n\nMeer.\n")
    hall.git("commit", "-qam", "Met de hand")
    press.turn()
    page = mine.browser.get(f"{HOME}{SHEET}")

    assert "Wat niet gepubliceerd kon worden" in text_of(page)
    assert "Meer." in text_of(page)
    chosen = {"kies.title": ["hun"], "kies.desk-text": ["mijn"]}
    answer = mine.save(SHEET, fields_in(page), chosen)
    assert answer.status_code == 303, text_of(answer)
    assert _states(mine) == ["withdrawn", "waiting"]
    assert "title: Met de hand" in mine.text(NAME)
    assert DEAD in mine.text(NAME)


def test_a_new_item_that_no_longer_fits_can_be_made_again(hall: Hall, mine: Editor, press: Press) -> None:
    """A new question that failed, and whose list was changed by hand since, opens as a new one with all that was typed."""
    faq = f"{REGION_FOLDER}/faq.yaml"
    text = hall.content.text(faq)
    new = f"  - {{key: hond, question: Mag mijn hond mee?, answer: 'Ja, [dat](/{REGION}/x/) mag.', audience: [resident], sources: [redactie]}}\n"
    hall.ask(faq, text.rstrip() + "\n" + new, title="Vragen: Mag mijn hond mee?", what="content")
    press.turn()
    hall.content.raw(faq, text.replace("Bel uw gemeente.", "Bel snel."))
    hall.git("commit", "-qam", "Met de hand")
    press.turn()
    found = mine.browser.get(f"{HOME}/vragen/wijzig/hond")
    assert found.status_code == 303
    page = mine.browser.get(found.location)
    fields = fields_in(page)
    assert fields["a.answer"] == [f"Ja, [dat](/{REGION}/x/) mag."]
    assert '<li><a href="#v-answer">' in page.text
    answer = mine.browser.post(f"{HOME}/vragen/nieuw", {**fields, "a.answer": ["Ja, dat mag."], "doe": "opslaan"})

    assert answer.status_code == 303, text_of(answer)
    assert press.turn() == 1
    assert _states(mine) == ["withdrawn", "live"]
    assert [one["answer"] for one in hall.content.tree(faq)["questions"]][-1] == "Ja, dat mag."
    assert "Bel snel." in hall.content.text(faq)
