"""A change that builds on one that fails waits with it, and goes on by itself once that is put right or taken back."""

from __future__ import annotations

from datetime import date

import pytest

from provider_forms.desk import mending
from provider_forms.desk.job_lines import held_by
from provider_forms.desk.publishing import fingerprint, open_jobs
from provider_forms.desk.staff_models import PublishJob
from provider_forms.press.press import Press
from tests.builders import HOME, REGION
from tests.guide.printing import files_of, printed
from tests.provider_forms.press.hall import ALFA, BETA, DELTA, Hall
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.staff.editing import editor
from tests.provider_forms.visiting import text_of

FAQ = f"{HOME}/faq.yaml"
NEWS = f"{HOME}/news/bericht.md"
PAGE = f"{HOME}/pages/komt-nog.md"
HEAD = "---\ntitle: Bericht\ndescription: Een bericht.\nupdated: 2025-12-01\nsources: [redactie]\n---\n\n"


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press at work."""
    found = hall.press()
    assert found.turn() == 0
    found.get_ready()
    return found


def _wrong(hall: Hall) -> tuple[int, str]:
    """A change of a provider that can't be published, and the text that it gives."""
    text = hall.content.text(BETA).replace("municipality: helmdorp", "municipality: nergens")
    return hall.ask(BETA, text, title="Fout"), text


def _then(hall: Hall, text: str, old: str, new: str, title: str = "Later") -> tuple[int, str]:
    """A later change of the same provider, built on that text."""
    assert old in text
    fresh = text.replace(old, new)
    return hall.ask(BETA, fresh, base=fingerprint(text), title=title), fresh


def _steps(hall: Hall, *numbers: int) -> list[str]:
    return [hall.progress(number).step for number in numbers]


def _withdraw(hall: Hall, number: int) -> None:
    with hall.forms.desk.database.write() as db:
        mending.withdraw(db, db.get_one(PublishJob, number), hall.content.root, None, hall.forms.clock())


def _retry(hall: Hall, number: int) -> None:
    with hall.forms.desk.database.write() as db:
        mending.retry(db, db.get_one(PublishJob, number), None, hall.forms.clock())


def _equals_a_fresh_build(hall: Hall) -> bool:
    fresh = hall.forms.var.parent / "fresh"
    printed(hall.content, fresh, None, url=hall.base_url)
    return files_of(hall.site) == files_of(fresh / "current")


def test_later_change_waits_with_the_one_that_fails(hall: Hall, press: Press) -> None:
    """Of two changes of one file the first fails and the second waits for it, through any number of turns; others go live."""
    bad, text = _wrong(hall)
    later, _ = _then(hall, text, "Beta Dag", "Beta Nieuw")
    other = hall.rename(ALFA, "Alfa Nieuw")

    assert press.turn() == 1
    assert press.turn() == 0
    assert _steps(hall, bad, later, other) == ["failed", "held", "live"]
    assert hall.progress(later).problem == ""
    with hall.forms.desk.database.read() as db:
        assert {number: one.id for number, one in held_by(open_jobs(db)).items()} == {later: bad}
    assert hall.git("status", "--porcelain") == ""
    hall.rename(DELTA, "Delta Nieuw")
    assert press.turn() == 1
    assert hall.job(later).state == "waiting"


def test_withdrawing_lets_the_later_change_go_on_without_it(hall: Hall, press: Press) -> None:
    """Once the failed change is withdrawn, the later one is live by itself, with its own answer and nothing of the other."""
    bad, text = _wrong(hall)
    text = text.replace("Wij hebben een boerderij.", "Wij hebben een boot.")
    hall.ask(BETA, text, base=fingerprint(hall.job(bad).changes[0]["text"]), title="Ook later")
    later, _ = _then(hall, text, "Beta Dag", "Beta Nieuw")
    press.turn()
    _withdraw(hall, bad)

    assert press.turn() == 2
    assert _steps(hall, bad, later) == ["withdrawn", "live"]
    assert "<h1>Beta Nieuw</h1>" in hall.page("beta-dag")
    file = hall.content.tree(BETA)
    assert file["organisation"] == {"name": "Beta Nieuw", "summary": "Wij hebben een boot."}
    assert file["locations"][0]["answers"]["municipality"] == "helmdorp"
    assert [one.subject for one in hall.history.versions(BETA)][:2] == ["Later bijgewerkt", "Ook later bijgewerkt"]
    assert _equals_a_fresh_build(hall)


def test_mended_change_takes_the_later_one_along(hall: Hall, press: Press) -> None:
    """When what was wrong elsewhere is mended and the failed change is tried again, both are live, each with a commit in its order."""
    text = f"{HEAD}Lees [dit](/{REGION}/komt-nog/).\n"
    bad = hall.ask(NEWS, text, title="Fout", what="content")
    fresh = text.replace("Lees [dit]", "Lees ook [dit]")
    later = hall.ask(NEWS, fresh, base=fingerprint(text), title="Later", what="content")
    assert press.turn() == 0
    assert _steps(hall, bad, later) == ["failed", "held"]

    hall.ask(PAGE, f"{HEAD}Tekst.\n", what="content")
    _retry(hall, bad)
    assert press.turn() == 3
    assert _steps(hall, bad, later) == ["live", "live"]
    assert [one.subject for one in hall.history.versions(NEWS)] == ["Later bijgewerkt", "Fout bijgewerkt"]
    assert hall.content.text(NEWS) == fresh


def test_later_change_can_mend_the_one_that_failed(hall: Hall, press: Press) -> None:
    """A change that puts right what is wrong in a failed one, asked after it failed, brings that and what waited online with it."""
    bad, text = _wrong(hall)
    press.turn()
    waiting, text = _then(hall, text, "Beta Dag", "Beta Nieuw")
    assert press.turn() == 0
    assert _steps(hall, bad, waiting) == ["failed", "held"]
    mends, _ = _then(hall, text, "municipality: nergens", "municipality: helmdorp", "Verbetering")

    assert press.turn() == 3
    assert _steps(hall, bad, waiting, mends) == ["live", "live", "live"]
    assert "<h1>Beta Nieuw</h1>" in hall.page("beta-dag")
    assert hall.git("status", "--porcelain") == ""
    assert _equals_a_fresh_build(hall)


def test_line_is_cut_where_it_goes_wrong(hall: Hall, press: Press) -> None:
    """Of a line of four the changes before the mistake are live, also when they were gathered; the one after it waits."""
    first = hall.rename(BETA, "Beta Een")
    second, text = _then(hall, hall.named(BETA, "Beta Een"), "Beta Een", "Beta Twee")
    bad, text = _then(hall, text, "municipality: helmdorp", "municipality: nergens", "Fout")
    later, _ = _then(hall, text, "Beta Twee", "Beta Vier")

    assert press.turn() == 2
    assert _steps(hall, first, second, bad, later) == ["live", "live", "failed", "held"]
    assert "nergens" in hall.progress(bad).problem
    assert "<h1>Beta Twee</h1>" in hall.page("beta-dag")


def test_planned_change_waits_with_it_on_its_day(hall: Hall, press: Press) -> None:
    """A change for a later day that builds on a failed one isn't published with it before that day, and waits on it."""
    bad, text = _wrong(hall)
    fresh = text.replace("Beta Dag", "Beta Nieuw")
    planned = hall.ask(BETA, fresh, base=fingerprint(text), title="Later", publish_on=date(2026, 1, 17))
    press.turn()
    assert _steps(hall, bad, planned) == ["failed", "waiting"]

    hall.forms.clock.moment = hall.forms.clock.moment.replace(day=17)
    assert press.turn() == 0
    assert _steps(hall, bad, planned) == ["failed", "held"]
    _withdraw(hall, bad)
    assert press.turn() == 1
    assert "<h1>Beta Nieuw</h1>" in hall.page("beta-dag")


def test_withdrawing_the_later_change_leaves_the_failed_one(hall: Hall, press: Press) -> None:
    """What waits can be withdrawn too; what waited for that builds on the failed one and goes on waiting for it."""
    bad, text = _wrong(hall)
    later, text = _then(hall, text, "Beta Dag", "Beta Nieuw")
    last, _ = _then(hall, text, "Wij hebben een boerderij.", "Wij hebben een boot.", "Laatste")
    press.turn()
    _withdraw(hall, later)
    press.turn()

    assert _steps(hall, bad, later, last) == ["failed", "withdrawn", "held"]
    _withdraw(hall, bad)
    assert press.turn() == 1
    assert hall.content.tree(BETA)["organisation"] == {"name": "Beta Dag", "summary": "Wij hebben een boot."}


def test_staff_see_what_waits_for_what(hall: Hall, press: Press) -> None:
    """An editor's change of another answer waits for a failed one; the page tells so at both, and withdrawing by its button frees it."""
    text = hall.content.text(FAQ).replace("Bel uw gemeente.", f"'Lees [dit](/{REGION}/komt-nog/).'")
    bad = hall.ask(FAQ, text, title="Hoe vraag ik hulp", what="content")
    press.turn()
    mine = editor(hall.forms)
    assert "komt-nog" in mine.open("/vragen/wijzig/hoe-vraag-ik-hulp")["a.answer"][0]
    mine.edit("/vragen/wijzig/wanneer-betaald", {"a.answer": "Elke week."})
    press.turn()
    later = mine.jobs()[-1].id
    page = mine.browser.get("/beheer/publicaties/")

    assert "Wacht op een andere wijziging" in text_of(page)
    assert "Dit verandert hetzelfde als Hoe vraag ik hulp , en dat is niet gelukt." in text_of(page)
    assert "U hoeft dat niet opnieuw goed te keuren." in text_of(page)
    assert page.text.count(f'href="#taak-{bad}"') == page.text.count(f'href="#taak-{later}"') == 1

    told = mine.browser.post(f"/beheer/publicaties/{bad}/intrekken")
    assert "gedaan=ingetrokken" in told.location
    assert "Wacht op een andere wijziging" not in text_of(reviewer(hall.forms).get("/beheer/publicaties/"))
    assert press.turn() == 1
    questions = {one["key"]: one["answer"] for one in hall.content.tree(FAQ)["questions"]}
    assert questions == {"hoe-vraag-ik-hulp": "Bel uw gemeente.", "wanneer-betaald": "Elke week."}


def test_killed_between_two_commits_of_a_line_goes_on(hall: Hall, press: Press) -> None:
    """When the press dies after the commit of a failed change and before that of the one that mends it, the next press finishes both."""
    bad, text = _wrong(hall)
    press.turn()
    mends, fresh = _then(hall, text, "municipality: nergens", "municipality: helmdorp", "Verbetering")
    fresh = fresh.replace("Beta Dag", "Beta Heel")
    with hall.forms.desk.database.write() as db:
        found = db.get_one(PublishJob, mends)
        found.changes = [{**found.changes[0], "text": fresh}]
    jobs = press._jobs.begin(press.today)  # noqa: SLF001  (as far as it came)
    press._history.commit(jobs[0].files, jobs[0].message, jobs[0].author, jobs[0].committer, jobs[0].at)  # noqa: SLF001
    press.close()
    assert _steps(hall, bad, mends) == ["building", "building"]

    assert hall.press().turn() == 2
    assert _steps(hall, bad, mends) == ["live", "live"]
    assert "<h1>Beta Heel</h1>" in hall.page("beta-dag")
    assert hall.git("log", "--format=%s").splitlines().count("Fout bijgewerkt") == 1
    assert _equals_a_fresh_build(hall)
