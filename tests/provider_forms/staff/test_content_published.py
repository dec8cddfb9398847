"""Content edited by staff, from the form to the page that is online."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import HOME as FOLDER
from tests.builders import REGION, ContentFolder
from tests.provider_forms.press.hall import Hall, make_hall
from tests.provider_forms.staff.desk_staff import REVIEWER, reviewer
from tests.provider_forms.staff.editing import HOME, QUESTION, WHY, Editor, editor, fields_in
from tests.provider_forms.visiting import text_of


@pytest.fixture
def hall(content: ContentFolder, tmp_path: Path) -> Iterator[Hall]:
    """An instance with its history begun."""
    found = make_hall(tmp_path, content)
    yield found
    found.close()


@pytest.fixture
def mine(hall: Hall) -> Editor:
    """A reviewer at work in it."""
    return editor(hall.forms)


def shown(hall: Hall, *parts: str) -> str:
    """A page that is online."""
    return hall.site.joinpath(REGION, *parts, "index.html").read_text(encoding="utf-8")


def test_answer_goes_live(hall: Hall, mine: Editor) -> None:
    """A changed answer stands on the page after one turn of the press, and in the history with its reason."""
    press = hall.press()
    mine.edit(QUESTION, {"a.answer": "Bel of ga langs bij het loket."})
    mine.edit("/vragen/wijzig/wanneer-betaald", {"a.answer": "Elke week."})
    press.turn()

    assert [job.state for job in mine.jobs()] == ["live", "live"], [job.problem for job in mine.jobs()]
    assert "Bel of ga langs bij het loket." in shown(hall, "vragen")
    assert "Elke week." in hall.content.text(f"{FOLDER}/faq.yaml")
    assert hall.history.versions(f"{FOLDER}/faq.yaml")[0].body.startswith("Het klopte niet meer.")
    assert REVIEWER not in hall.git("log", "--format=fuller")
    page = mine.browser.get(f"{HOME}{QUESTION}")
    past = page.text.partition('href="/beheer/geschiedenis/bestand/')[2].partition('"')[0]
    assert "Vragen en antwoorden: Hoe vraag ik hulp?" in mine.browser.get(f"/beheer/geschiedenis/bestand/{past}").text
    assert f'id="taak-{mine.jobs()[0].id}"' in mine.browser.get("/beheer/publicaties/").text
    assert "nog niets veranderd" in text_of(mine.edit(QUESTION, {}))


def test_a_publication_tells_who_and_why_and_leads_on(hall: Hall, mine: Editor) -> None:
    """A publication names who asked for it and why, and leads to its list or form and to its version, which names them too."""
    press = hall.press()
    mine.edit("/vragen/wijzig/hoe-vraag-ik-hulp", {"a.answer": "Bel het loket."})
    assert f'href="{HOME}/vragen/wijzig/hoe-vraag-ik-hulp"' in mine.browser.get("/beheer/publicaties/").text
    mine.edit("/nieuws/wijzig/2025-nieuwe-gids", {"a.title": "De gids is er nu"})
    press.turn()
    page = mine.browser.get("/beheer/publicaties/")
    version = mine.jobs()[0].commit

    assert f"door {REVIEWER}." in text_of(page)
    assert WHY["a.desk-why"] in text_of(page)
    for link in (f"{HOME}/vragen/", f"{HOME}/nieuws/wijzig/2025-nieuwe-gids", f"/beheer/geschiedenis/{version}/"):
        assert f'href="{link}"' in page.text
        assert mine.browser.get(link).status_code == 200
    for path in ("/beheer/geschiedenis/", f"/beheer/geschiedenis/{version}/"):
        told = text_of(mine.browser.get(path))
        assert f"door {REVIEWER}" in told
        assert "Medewerker" not in told


def test_new_article_goes_live_on_its_day(hall: Hall, mine: Editor) -> None:
    """A news item that waits for a day is not online before that day, and is from that day on."""
    press = hall.press()
    new = {
        "a.title": "Loket verhuisd",
        "a.description": "Het loket zit elders.",
        "a.updated": "16-1-2026",
        "a.desk-text": "Kom langs.",
    }
    assert mine.edit("/nieuws/nieuw", {**new, "a.sources": ["redactie"], "a.desk-day": "16-1-2026"}).status_code == 303
    press.turn()
    assert not (hall.site / REGION / "nieuws" / "loket-verhuisd").exists()

    hall.forms.clock.forward(timedelta(days=1))
    press.turn()

    assert mine.jobs()[-1].state == "live", mine.jobs()[-1].problem
    assert "Kom langs." in shown(hall, "nieuws", "loket-verhuisd")


def test_hand_and_form_meet(hall: Hall, mine: Editor) -> None:
    """After a commit by hand the form shows what was committed, and an older form shows both; nothing is overwritten."""
    press = hall.press()
    press.turn()
    opened = mine.open(QUESTION)
    hall.content.swap(f"{FOLDER}/faq.yaml", "Bel uw gemeente.", "Bel het loket.")
    hall.git("commit", "-qam", "Met de hand")

    page = mine.save(QUESTION, opened, {"a.answer": "Ga langs."})
    assert page.status_code == 409
    done = mine.save(QUESTION, fields_in(page), {"kies.answer": "mijn"})
    press.turn()

    assert done.status_code == 303
    assert mine.jobs()[-1].state == "live", mine.jobs()[-1].problem
    assert "Ga langs." in shown(hall, "vragen")
    assert hall.history.versions(f"{FOLDER}/faq.yaml", limit=2)[1].subject == "Met de hand"


def test_removed_article_leaves_the_site(hall: Hall, mine: Editor) -> None:
    """An article that was taken away is gone from the site and from the folder, and stays in the history."""
    press = hall.press()
    press.turn()
    path = f"{FOLDER}/news/2025-nieuwe-gids.md"
    mine.browser.get(f"{HOME}/nieuws/weghalen/2025-nieuwe-gids")
    mine.browser.post(f"{HOME}/nieuws/weghalen/2025-nieuwe-gids", {"a.desk-why": "Achterhaald."})
    press.turn()

    assert mine.jobs()[-1].state == "live", mine.jobs()[-1].problem
    assert not hall.content.path(path).exists()
    assert not (hall.site / REGION / "nieuws" / "2025-nieuwe-gids").exists()
    assert hall.history.text(hall.history.versions(limit=2)[1].id, path)


def test_broken_gate_is_told(hall: Hall, mine: Editor) -> None:
    """A link to a page that may be on its way, which only the press can judge, fails there, with the file and line; the old page stays."""
    press = hall.press()
    press.turn()
    mine.edit("/factsheets/wijzig/huis-zoeken", {"a.desk-text": "Lees [meer](/duinrand/bestaat-niet/over/)."})
    press.turn()

    job = mine.jobs()[-1]
    assert job.state == "failed"
    assert "huis-zoeken.md" in job.problem
    assert "bestaat-niet" not in shown(hall, "factsheets", "huis-zoeken")
    assert reviewer(hall.forms).get("/beheer/inhoud/").status_code == 200
