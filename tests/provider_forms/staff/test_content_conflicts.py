"""Content that two people change, or that somebody changes by hand in git: nothing is overwritten, nothing typed is lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from provider_forms.desk.publishing import fingerprint
from tests.builders import HOME as FOLDER
from tests.builders import ContentFolder
from tests.provider_forms.staff.editing import (
    COLLEAGUE,
    FAQ,
    HOME,
    NEWS,
    NEWS_FORM,
    QUESTION,
    WHY,
    Editor,
    editor,
    fields_in,
)
from tests.provider_forms.visiting import Forms, make_forms, text_of


def test_second_change_builds_on_the_first(mine: Editor) -> None:
    """While a change waits for the press, the form shows it, and the next change of that file builds on it."""
    mine.edit(QUESTION, {"a.answer": "Eerste."})
    mine.edit("/vragen/wijzig/wanneer-betaald", {"a.answer": "Tweede."})

    first, second = mine.jobs()
    assert mine.open(QUESTION)["a.answer"] == ["Eerste."]
    assert second.changes[0]["base"] == fingerprint(first.changes[0]["text"])
    assert "Eerste." in mine.text(FAQ)
    assert "Tweede." in mine.text(FAQ)


def test_two_versions_are_both_shown(forms: Forms, mine: Editor) -> None:
    """Of an item that a colleague changed meanwhile both versions are shown; the choices made are what is published."""
    other = editor(forms, COLLEAGUE)
    opened = mine.open(QUESTION)
    other.edit(QUESTION, {"a.answer": "Antwoord van Karin.", "a.question": "Vraag van Karin?"})

    page = mine.save(QUESTION, opened, {"a.answer": "Antwoord van Rosa."})
    assert page.status_code == 409
    assert "Antwoord van Karin." in text_of(page)
    assert "Antwoord van Rosa." in text_of(page)
    both = fields_in(page)
    assert both["kies.question"] == ["hun"]
    assert "kies.answer" not in both
    assert mine.save(QUESTION, both).status_code == 400
    assert len(mine.jobs()) == 1

    done = mine.save(QUESTION, both, {"kies.answer": "mijn"})
    assert done.status_code == 303, text_of(done)
    assert "Antwoord van Rosa." in mine.text(FAQ)
    assert "Vraag van Karin?" in mine.text(FAQ)


def test_where_two_long_texts_differ_is_marked(forms: Forms, mine: Editor) -> None:
    """Of two versions of a long text the lines that differ are shown apart, with the words of each marked; others aren't."""
    other = editor(forms, COLLEAGUE)
    opened = mine.open(NEWS_FORM)
    text = opened["a.desk-text"][0]
    other.edit(NEWS_FORM, {"a.desk-text": f"{text}\n\nEen regel van Karin."})

    page = mine.save(NEWS_FORM, opened, {"a.desk-text": f"{text}\n\nEen regel van Rosa."}).text

    marked = page.partition("Dit is het verschil.")[2].partition('<div class="wf-version">')[0]
    assert "Rosa." in marked.partition("<li")[2].partition("<ins>")[2].partition("</ins>")[0]
    assert "Karin." in marked.partition("<li")[2].partition("<del>")[2].partition("</del>")[0]
    assert text.splitlines()[0] not in marked


def test_two_at_the_same_moment(forms: Forms, mine: Editor) -> None:
    """Of two that save the same item at the same moment one is published, and the other sees both versions."""
    other = editor(forms, COLLEAGUE)
    opened = [(one, one.open(QUESTION)) for one in (mine, other)]
    start = threading.Barrier(2)

    def press(one: Editor, fields: dict[str, list[str]], text: str) -> int:
        start.wait(10)
        return one.save(QUESTION, fields, {"a.answer": text}).status_code

    with ThreadPoolExecutor(2) as pool:
        found = [pool.submit(press, one, fields, f"Antwoord {number}.") for number, (one, fields) in enumerate(opened)]
        statuses = sorted(one.result() for one in found)

    assert statuses == [303, 409]
    assert len(mine.jobs()) == 1


def test_change_by_hand_is_never_overwritten(tmp_path_factory: pytest.TempPathFactory, content: ContentFolder) -> None:
    """What somebody changed in the files themselves since the form was opened is shown, not overwritten."""
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    mine = editor(forms)
    opened = mine.open(NEWS_FORM)
    content.swap(NEWS, "De gids is er", "De gids is er nu")

    page = mine.save(NEWS_FORM, opened, {"a.title": "Titel"})
    done = mine.save(NEWS_FORM, fields_in(page), {"kies.title": "hun"})

    assert page.status_code == 409
    assert "De gids is er nu" in text_of(page)
    assert done.status_code == 200  # theirs is what stands there: nothing is left to publish
    assert mine.jobs() == []
    forms.desk.close()


def test_change_of_another_item_is_no_conflict(
    tmp_path_factory: pytest.TempPathFactory, content: ContentFolder
) -> None:
    """A change by hand of another item in the same file is kept, remarks included, without a question."""
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    mine = editor(forms)
    opened = mine.open(QUESTION)
    content.swap(FAQ, "Elke maand.", "Elke week.")
    content.swap(FAQ, "questions:\n", "questions:\n  # van Jan\n")

    done = mine.save(QUESTION, opened, {"a.answer": "Anders."})

    assert done.status_code == 303
    assert "Elke week." in mine.text(FAQ)
    assert "  # van Jan\n" in mine.text(FAQ)
    forms.desk.close()


def test_file_broken_by_hand(tmp_path_factory: pytest.TempPathFactory, content: ContentFolder) -> None:
    """Of a file that somebody broke by hand staff read which file and line it is; what they typed is given back."""
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    mine = editor(forms)
    opened = mine.open(QUESTION)
    content.swap(FAQ, "questions:", "questions: [")

    page = mine.save(QUESTION, opened, {"a.answer": "Lang getypt."})

    assert page.status_code == 409
    assert "faq.yaml" in text_of(page)
    assert "Wij hebben bewaard" in text_of(page)
    content.swap(FAQ, "questions: [", "questions:")
    assert mine.open(QUESTION)["a.answer"] == ["Lang getypt."]
    forms.desk.close()


def test_region_broken_by_hand(tmp_path_factory: pytest.TempPathFactory, content: ContentFolder) -> None:
    """While somebody's change by hand keeps a region from being read, staff are told so, and typing is kept."""
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    mine = editor(forms)
    opened = mine.open(QUESTION)
    content.swap(f"{FOLDER}/region.yaml", "name: Regio Duinrand", "naam: Regio Duinrand")

    page = mine.save(QUESTION, opened, {"a.answer": "Lang getypt."})
    assert page.status_code == 503
    assert "Wij hebben bewaard" in text_of(page)
    content.swap(f"{FOLDER}/region.yaml", "naam: Regio Duinrand", "name: Regio Duinrand")

    assert mine.open(QUESTION)["a.answer"] == ["Lang getypt."]
    forms.desk.close()


def test_remark_inside_a_value_is_kept(tmp_path_factory: pytest.TempPathFactory, content: ContentFolder) -> None:
    """A change that would take somebody's remark away is refused with its line, and what was typed stays."""
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    mine = editor(forms)
    file = f"{FOLDER}/situations.yaml"
    content.swap(
        file, "first_steps: [Leg alle post op één plek.]", "first_steps: [\n      Leg alle post op één plek. ] # kort"
    )
    content.swap(file, "first_steps: [\n", "first_steps: [ # van Jan\n")

    page = mine.edit("/situaties/wijzig/stapel-post", {"a.first_steps": "Bel iemand."})

    assert page.status_code == 409
    assert "opmerking" in text_of(page)
    assert "Bel iemand." in page.text
    forms.desk.close()


def test_gone_while_it_was_edited(forms: Forms, mine: Editor) -> None:
    """Who saves what a colleague just took away is told, with what was typed still on the page."""
    opened = mine.open(QUESTION)
    other = editor(forms, COLLEAGUE)
    other.browser.get(f"{HOME}/vragen/weghalen/hoe-vraag-ik-hulp")
    other.browser.post(f"{HOME}/vragen/weghalen/hoe-vraag-ik-hulp", WHY)

    page = mine.save(QUESTION, opened, {"a.answer": "Lang getypt."})

    assert page.status_code == 409
    assert "net weggehaald" in text_of(page)
    assert fields_in(page)["a.answer"] == ["Lang getypt."]


def test_file_of_another_system(tmp_path_factory: pytest.TempPathFactory, content: ContentFolder) -> None:
    """A file with a mark at its begin and other line breaks is edited in its own manner, and builds on its own bytes."""
    forms = make_forms(tmp_path_factory.mktemp("var"), content.root)
    mine = editor(forms)
    text = content.text(FAQ).replace("\n", "\r\n")
    content.raw(FAQ, f"\ufeff{text}")

    assert mine.edit(QUESTION, {"a.answer": "Anders."}).status_code == 303
    assert mine.jobs()[-1].changes[0]["base"] == fingerprint(f"\ufeff{text}")
    assert mine.text(FAQ).count("\r\n") == text.count("\r\n")
    forms.desk.close()
