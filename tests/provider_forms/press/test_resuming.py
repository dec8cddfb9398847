"""What failed through no fault of its own goes on by itself, and staff are told what keeps the guide from moving."""

from __future__ import annotations

import errno
from datetime import timedelta

import pytest

from provider_forms.desk.models import Event
from provider_forms.desk.press_notice import noted
from provider_forms.desk.publishing import fingerprint
from provider_forms.press.press import Press
from tests.builders import HOME, REGION
from tests.guide.printing import files_of
from tests.provider_forms.press.hall import ALFA, BETA, DELTA, Hall
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.visiting import text_of
from wmo_guide.guide.release import Draft

FAQ, NEWS = f"{HOME}/faq.yaml", f"{HOME}/news/bericht.md"

HEAD = "---\ntitle: Bericht\ndescription: Een bericht.\nupdated: 2025-12-01\nsources: [redactie]\n---\n\n"


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press that works already."""
    found = hall.press()
    found.turn()
    return found


def _break(hall: Hall, path: str = FAQ) -> str:
    """Commits half a file by hand; gives what stood there."""
    text = hall.content.text(path)
    hall.content.raw(path, "questions: [")
    hall.git("commit", "-qam", "Stuk")
    return text


def _mend(hall: Hall, text: str, path: str = FAQ) -> None:
    hall.content.raw(path, text)
    hall.git("commit", "-qam", "Heel")


def _steps(hall: Hall, *numbers: int) -> list[str]:
    return [hall.progress(number).step for number in numbers]


def _times_failed(hall: Hall, number: int) -> int:
    with hall.forms.desk.database.read() as db:
        told = (one.details for one in db.query(Event).filter_by(what="publication"))
        return sum(one["job"] == number and one["state"] == "failed" for one in told)


def test_jobs_go_on_once_the_content_is_mended(hall: Hall, press: Press) -> None:
    """Jobs that failed because of a broken file elsewhere go live after it is mended, and so does what waited for them."""
    text = _break(hall)
    first = hall.rename(ALFA, "Alfa Nieuw")
    other = hall.rename(BETA, "Beta Nieuw")
    assert press.turn() == 0
    later = hall.ask(
        ALFA, hall.named(ALFA, "Alfa Later"), base=fingerprint(hall.named(ALFA, "Alfa Nieuw")), title="Later"
    )
    assert press.turn() == 0
    assert _steps(hall, first, other, later) == ["failed", "failed", "held"]
    assert "gaat deze wijziging vanzelf verder" in hall.progress(first).problem

    _mend(hall, text)
    assert press.turn() == 3
    assert _steps(hall, first, other, later) == ["live", "live", "live"]
    assert "<h1>Alfa Later</h1>" in hall.page("alfa-thuis")


def test_nothing_is_tried_again_while_nothing_changed(hall: Hall, press: Press) -> None:
    """As long as content and day are the same a failed job is left alone; on a new day it is tried once more."""
    _break(hall)
    number = hall.rename(ALFA, "Alfa Nieuw")
    for _ in range(3):
        press.turn()
    assert _times_failed(hall, number) == 1

    hall.forms.clock.forward(timedelta(days=1))
    for _ in range(3):
        press.turn()
    assert _times_failed(hall, number) == 2


def test_a_fault_of_its_own_stays_failed(hall: Hall, press: Press) -> None:
    """A job with a mistake in its own file is not tried again when the content changes, nor on a new day."""
    bad = hall.ask(BETA, hall.content.text(BETA).replace("helmdorp", "nergens"))
    press.turn()
    hall.rename(ALFA, "Alfa Nieuw")
    assert press.turn() == 1
    hall.forms.clock.forward(timedelta(days=1))
    press.turn()

    assert _steps(hall, bad) == ["failed"]
    assert _times_failed(hall, bad) == 1


def test_what_was_gathered_with_its_cure_goes_on(hall: Hall, press: Press) -> None:
    """A removal that failed because a page linked to it goes on by itself after that link is gone."""
    hall.content.raw(f"{HOME}/pages/apart.md", f"{HEAD}Tekst.\n")
    hall.content.raw(NEWS, f"{HEAD}[x](/{REGION}/apart/)\n")
    hall.git("add", ".")
    hall.git("commit", "-qm", "Twee")
    press.turn()
    gone = hall.ask(f"{HOME}/pages/apart.md", None, what="content")
    press.turn()
    assert _steps(hall, gone) == ["failed"]

    hall.ask(NEWS, f"{HEAD}Zonder.\n", what="content")
    press.turn()
    press.turn()
    assert _steps(hall, gone) == ["live"]
    assert not (hall.site / REGION / "apart").exists()


def test_a_hand_edit_that_is_thrown_away_lets_the_job_go_on(hall: Hall, press: Press) -> None:
    """A job that stopped because somebody was changing its file by hand goes on once that file is as it was."""
    number = hall.rename(ALFA, "Alfa Nieuw")
    hall.content.raw(ALFA, hall.content.text(ALFA) + "# bijna klaar\n")
    press.turn()
    press.turn()
    assert _times_failed(hall, number) == 1

    hall.git("checkout", "-q", ALFA)
    assert press.turn() == 1
    assert "<h1>Alfa Nieuw</h1>" in hall.page("alfa-thuis")


def test_a_fresh_press_goes_on_too(hall: Hall, press: Press) -> None:
    """Also when the press was started again after the content was mended, what failed goes live."""
    text = _break(hall)
    number = hall.rename(ALFA, "Alfa Nieuw")
    press.turn()
    press.close()
    _mend(hall, text)

    assert hall.press().turn() == 1
    assert _steps(hall, number) == ["live"]


@pytest.mark.parametrize("away", [["checkout", "-qb", "zijtak"], ["checkout", "-q", "--detach"]])
def test_nothing_is_published_on_another_branch(hall: Hall, press: Press, away: list[str]) -> None:
    """On another branch, or an old version, the site stays as it is, what is asked waits, and after the way back it goes live."""
    files = files_of(hall.site)
    hall.git(*away)
    hall.content.put(BETA, ("organisation", "name"), "Beta Zijtak")
    hall.git("commit", "-qam", "Op de tak")
    number = hall.rename(DELTA, "Delta Nieuw")
    hall.forms.clock.forward(timedelta(days=1))
    assert press.turn() == 0
    assert (_steps(hall, number), files_of(hall.site)) == (["waiting"], files)
    told = noted(hall.forms.var)
    assert told is not None
    assert told.astray.endswith("Ga terug met: git switch main")

    hall.git("checkout", "-q", "main")
    assert press.turn() == 1
    assert "<h1>Delta Nieuw</h1>" in hall.page("delta-logeren")
    assert "Beta Zijtak" not in hall.page("beta-dag")
    assert noted(hall.forms.var) is None
    assert hall.git("log", "--format=%s", "-1").strip() == "Proef bijgewerkt"


def test_what_keeps_the_guide_is_noted_until_it_is_mended(hall: Hall, press: Press) -> None:
    """The press notes the problems of a broken commit for the desk, also over a restart, and takes the note away after the mend."""
    text = _break(hall)
    press.turn()
    told = noted(hall.forms.var)
    assert told is not None
    assert told.problems == press.problems
    assert told.problems[0].startswith(f"{FAQ}:")
    press.close()
    fresh = hall.press()
    fresh.turn()
    assert noted(hall.forms.var) == told
    assert fresh.problems == told.problems

    _mend(hall, text)
    fresh.turn()
    assert noted(hall.forms.var) is None
    assert fresh.problems == ()


_STANDS_STILL = "De gids wordt nu niet bijgewerkt."


@pytest.mark.parametrize("page", ["/beheer/", "/beheer/publicaties/"])
def test_staff_are_told_what_is_broken(hall: Hall, press: Press, page: str) -> None:
    """Both pages tell which question is wrong with the way to its form, with file and line behind it, until it is mended."""
    text = hall.content.text(FAQ)
    hall.content.raw(FAQ, text.replace("Bel uw gemeente.", f"'Lees [dit](/{REGION}/nergens/).'"))
    hall.git("commit", "-qam", "Dode link")
    press.turn()
    browser = reviewer(hall.forms)
    answer = browser.get(page)

    assert _STANDS_STILL in text_of(answer)
    assert (
        f'<a href="/beheer/inhoud/{REGION}/vragen/wijzig/hoe-vraag-ik-hulp">Vraag \N{LEFT DOUBLE QUOTATION MARK}'
        in answer.text
    )
    assert press.problems[0] in text_of(answer).partition("Voor de beheerder van het systeem")[2]
    _mend(hall, text)
    press.turn()
    assert _STANDS_STILL not in text_of(browser.get(page))


def test_a_broken_file_is_told_with_the_way_to_its_history(hall: Hall, press: Press) -> None:
    """A list, an article and a provider that nobody can read are named, with a link to the earlier versions of each."""
    article = f"{HOME}/news/2025-nieuwe-gids.md"
    for path in (FAQ, article, ALFA):
        hall.content.raw(path, "---\nquestions: [\n---\n" if path == article else "questions: [")
    hall.git("commit", "-qam", "Stuk")
    press.turn()
    hall.forms.organisation(slug="alfa-thuis")
    browser = reviewer(hall.forms)
    page = browser.get("/beheer/").text

    for path, name in (
        (FAQ, "Vragen"),
        (article, "2025-nieuwe-gids"),
        (ALFA, "Aanbieder \N{LEFT DOUBLE QUOTATION MARK}Zorg van"),
    ):
        link = f'<a href="/beheer/geschiedenis/bestand/{path}">'
        assert name in page.partition(link)[2].partition("</a>")[0]
        assert browser.get(f"/beheer/geschiedenis/bestand/{path}").status_code == 200


def test_staff_are_told_that_the_folder_is_on_another_branch(hall: Hall, press: Press) -> None:
    """Staff are told to ask the administrator, who reads what to type."""
    hall.git("checkout", "-qb", "zijtak")
    press.turn()
    page = reviewer(hall.forms).get("/beheer/")

    assert _STANDS_STILL in text_of(page)
    assert "staat op de tak zijtak. Ga terug met: git switch main" in text_of(page)


def test_a_failed_job_is_told_in_plain_words(hall: Hall, press: Press) -> None:
    """Publications names what a failed job is wrong about, with the way to its form, and gives file and line to an administrator."""
    hall.ask(NEWS, f"{HEAD}[x](/{REGION}/komt-nog/)\n", title="Nieuws: Bericht", what="content")
    press.turn()
    page = reviewer(hall.forms).get("/beheer/publicaties/")

    assert _STANDS_STILL not in text_of(page)
    assert "\N{LEFT DOUBLE QUOTATION MARK}Bericht\N{RIGHT DOUBLE QUOTATION MARK}</a>" in page.text
    assert f"{NEWS}:8: " in page.text.partition("Voor de beheerder van het systeem")[2]
    assert f"{NEWS}:" not in page.text.partition("Voor de beheerder van het systeem")[0]


def test_a_full_disk_is_told_with_what_to_do(hall: Hall, press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told to wait for what doesn't come by itself: a job that the disk refused is tried again by its button."""

    def full(_draft: Draft, path: str, _content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device", path)

    number = hall.rename(ALFA, "Alfa Nieuw")
    with monkeypatch.context() as during:
        during.setattr(Draft, "write", full)
        assert press.turn() == 0
        press.turn()
    told = hall.job(number).problem

    assert "schrijven lukt niet" in told
    assert told.endswith("Probeer het opnieuw.")
    assert "vanzelf" not in told
    browser = reviewer(hall.forms)
    browser.get("/beheer/publicaties/")
    browser.post(f"/beheer/publicaties/{number}/opnieuw")
    assert press.turn() == 1
    assert "Alfa Nieuw" in hall.page("alfa-thuis")
