"""What was approved for a later day, and what failed, is joined on its day with all that changed meanwhile."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from provider_forms.desk import mending, publishing
from provider_forms.desk.publishing import FileChange
from provider_forms.desk.staff_models import PublishJob
from provider_forms.press.press import Press
from tests.builders import HOME
from tests.provider_forms.press.hall import ALFA, BETA, Hall
from tests.provider_forms.staff.editing import editor
from tests.provider_forms.visiting import text_of

TOMORROW = date(2026, 1, 16)
FAQ = f"{HOME}/faq.yaml"
NEWS = f"{HOME}/news/2025-nieuwe-gids.md"


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press at work."""
    found = hall.press()
    assert found.turn() == 0
    return found


def _next_day(hall: Hall) -> None:
    hall.forms.clock.forward(timedelta(days=1))


def _plan(hall: Hall, path: str, old: str, new: str) -> int:
    """Queues a change for tomorrow that keeps what it builds on, as the desk does."""
    was = hall.content.text(path)
    assert old in was
    change = FileChange(path, was.replace(old, new), publishing.fingerprint(was), was)
    return hall.ask_all([change], title="Straks", publish_on=TOMORROW)


def test_planned_change_is_joined_with_what_came_in_between(hall: Hall, press: Press) -> None:
    """A change for tomorrow and one of another answer in between are both live tomorrow, each with a version of its own."""
    planned = _plan(hall, BETA, "Wij hebben een boerderij.", "Wij hebben een boot.")
    hall.rename(BETA, "Beta Nieuw")
    assert press.turn() == 1
    assert hall.content.tree(BETA)["organisation"]["summary"] == "Wij hebben een boerderij."
    _next_day(hall)

    assert press.turn() == 1
    assert hall.progress(planned).step == "live"
    assert hall.content.tree(BETA)["organisation"] == {"name": "Beta Nieuw", "summary": "Wij hebben een boot."}
    assert [one.subject for one in hall.history.versions(BETA)][:2] == ["Straks bijgewerkt", "Proef bijgewerkt"]
    assert hall.job(planned).commit == hall.history.head()
    assert hall.git("status", "--porcelain") == ""


def test_base_that_was_not_kept_is_found_in_the_history(hall: Hall, press: Press) -> None:
    """A job that only knows the fingerprint of what it builds on is joined too: the history has that file."""
    text = hall.content.text(BETA).replace("Wij hebben een boerderij.", "Wij hebben een boot.")
    hall.ask(BETA, text, publish_on=TOMORROW)
    hall.rename(BETA, "Beta Nieuw")
    assert press.turn() == 1
    _next_day(hall)

    assert press.turn() == 1
    assert hall.content.tree(BETA)["organisation"] == {"name": "Beta Nieuw", "summary": "Wij hebben een boot."}


def test_failed_change_is_joined_after_a_newer_one(hall: Hall, press: Press) -> None:
    """A job that failed goes live when it is tried again, though its file got another answer meanwhile."""
    text = hall.content.text(BETA).replace("Wij hebben een boerderij.", "Wij hebben een boot.")
    by_hand = hall.content.text(BETA) + "# bezig\n"
    hall.content.raw(BETA, by_hand)
    failed = hall.ask(BETA, text)
    assert press.turn() == 0
    hall.content.raw(BETA, by_hand.replace("Beta Dag", "Beta Nieuw"))
    hall.git("commit", "-qam", "Met de hand")
    with hall.forms.desk.database.write() as db:
        mending.retry(db, db.get_one(PublishJob, failed), None, hall.forms.clock())

    assert press.turn() == 1
    assert hall.content.tree(BETA)["organisation"] == {"name": "Beta Nieuw", "summary": "Wij hebben een boot."}
    assert "# bezig" in hall.content.text(BETA)


def test_same_answer_is_left_as_it_is_and_the_other_is_kept(hall: Hall, press: Press) -> None:
    """Of two changes of one answer the one that is live stays; the later one fails alone, tells what to do, and can be read."""
    planned = _plan(hall, BETA, "Wij hebben een boerderij.", "Wij hebben een boot.")
    other = _plan(hall, ALFA, "Alfa Thuis", "Alfa Morgen")
    hall.ask(BETA, hall.content.text(BETA).replace("Wij hebben een boerderij.", "Wij hebben een kas."))
    press.turn()
    _next_day(hall)

    assert press.turn() == 1
    assert hall.progress(other).step == "live"
    assert hall.progress(planned).step == "failed"
    assert hall.content.tree(BETA)["organisation"]["summary"] == "Wij hebben een kas."
    assert hall.git("status", "--porcelain") == ""
    browser = editor(hall.forms).browser
    told = browser.get("/beheer/publicaties/")
    assert "trek deze wijziging daarna in" in text_of(told)
    assert f'href="/beheer/publicaties/{planned}/"' in told.text
    assert "[weg: boerderij. ] [erbij: boot. ]" in text_of(browser.get(f"/beheer/publicaties/{planned}/"))


def test_crash_while_a_joined_change_is_written_is_made_good(hall: Hall, press: Press) -> None:
    """When the press dies after it noted how a planned change fits and wrote the file, the next one publishes it once."""
    planned = _plan(hall, BETA, "Wij hebben een boerderij.", "Wij hebben een boot.")
    hall.rename(BETA, "Beta Nieuw")
    press.turn()
    _next_day(hall)
    now = hall.content.text(BETA)
    joined = now.replace("Wij hebben een boerderij.", "Wij hebben een boot.")
    with hall.forms.desk.database.write() as db:
        job = db.get_one(PublishJob, planned)
        job.changes = publishing.stored([FileChange(BETA, joined, publishing.fingerprint(now), now)])
        job.state = "building"
    hall.content.raw(BETA, joined)
    press.close()

    again = hall.press()
    assert again.turn() == 1
    assert hall.published(BETA) == joined
    assert [one.subject for one in hall.history.versions(BETA)].count("Straks bijgewerkt") == 1


def test_two_items_of_one_list_survive(hall: Hall, press: Press) -> None:
    """An answer planned for tomorrow and a new answer of today to another question of the same file are both there tomorrow."""
    mine = editor(hall.forms)
    mine.edit("/vragen/wijzig/hoe-vraag-ik-hulp", {"a.answer": "Bel het loket.", "a.desk-day": "16-1-2026"})
    mine.edit("/vragen/wijzig/wanneer-betaald", {"a.answer": "Elke week."})
    assert press.turn() == 1
    assert "Bel het loket." not in hall.content.text(FAQ)
    _next_day(hall)

    assert press.turn() == 1
    assert [job.state for job in mine.jobs()] == ["live", "live"], [job.problem for job in mine.jobs()]
    assert "Bel het loket." in hall.content.text(FAQ)
    assert "Elke week." in hall.content.text(FAQ)
    assert str(hall.content.tree(FAQ)["updated"]) == "2026-01-15"


def test_article_goes_on_the_day_that_was_asked(hall: Hall, press: Press) -> None:
    """An article with a last day is online until then, also when its text changes in between, and gone from that day on."""
    mine = editor(hall.forms)
    removal = f"/beheer/inhoud/duinrand/nieuws/weghalen/{NEWS.rpartition('/')[2].removesuffix('.md')}"
    assert 'name="a.desk-day"' in mine.browser.get(removal).text
    answer = mine.browser.post(removal, {"a.desk-why": "Dan is het voorbij.", "a.desk-day": "16-1-2026"})
    assert answer.status_code == 303
    page = mine.browser.get("/beheer/inhoud/duinrand/nieuws/wijzig/2025-nieuwe-gids")
    assert "Dit gaat op 16 januari 2026 uit de gids." in text_of(page)
    assert "Gaat uit de gids." in text_of(mine.browser.get(f"/beheer/publicaties/{mine.jobs()[0].id}/"))
    assert mine.browser.get("/beheer/publicaties/99/").status_code == 404
    mine.edit("/nieuws/wijzig/2025-nieuwe-gids", {"a.title": "De gids is er nu"})
    assert press.turn() == 1
    assert hall.content.path(NEWS).exists()
    _next_day(hall)

    assert press.turn() == 1
    assert not hall.content.path(NEWS).exists()
    assert not (hall.site / "duinrand" / "nieuws" / "2025-nieuwe-gids").exists()
