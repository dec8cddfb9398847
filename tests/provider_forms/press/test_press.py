"""What is approved comes online, what can't is told and kept, and nothing of anybody's is overwritten."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from provider_forms.desk import mending, publishing, submissions
from provider_forms.desk.models import Event, Organisation, Submission
from provider_forms.desk.publishing import FileChange
from provider_forms.desk.submissions import Sending
from provider_forms.press.press import Press
from tests.builders import HOME, REGION, TODAY
from tests.guide.printing import files_of, printed
from tests.provider_forms.press.hall import ALFA, AUTHOR, BETA, DELTA, REVIEWER, Hall
from tests.provider_forms.visiting import MANAGER
from wmo_guide.guide.release import KEPT

NEWS = f"{HOME}/news/bericht.md"
HEAD = "---\ntitle: Bericht\ndescription: Een bericht.\nupdated: 2025-12-01\nsources: [redactie]\n---\n\n"


def _started(hall: Hall) -> Press:
    press = hall.press()
    assert press.turn() == 0
    press.get_ready()
    return press


def test_approved_change_is_committed_and_live(hall: Hall) -> None:
    """A job's text stands in its file, in one commit with who, what and why, and on the page; it is told as live."""
    press = _started(hall)
    before = hall.history.head()
    number = hall.rename(ALFA, "Alfa Nieuw")

    assert press.turn() == 1
    assert "<h1>Alfa Nieuw</h1>" in hall.page("alfa-thuis")
    newest = hall.history.versions(limit=1)[0]
    assert (newest.author, newest.committer) == (AUTHOR, REVIEWER)
    assert (newest.subject, newest.body) == ("Proef bijgewerkt", f"Goedgekeurd in een proef.\n\nOpdracht: {number}")
    assert hall.history.touched(newest.id) == (ALFA,)
    assert hall.git("rev-list", "--count", f"{before}..HEAD").strip() == "1"
    assert hall.git("status", "--porcelain") == ""
    assert "Alfa Nieuw" in hall.content.text(ALFA)
    progress = hall.progress(number)
    assert (progress.step, progress.problem) == ("live", "")
    assert hall.job(number).commit == newest.id
    assert press.turn() == 0


def test_published_site_equals_a_build_from_nothing(hall: Hall) -> None:
    """After several jobs the site has the very bytes that build.py makes of the content folder."""
    press = _started(hall)
    for turn in range(KEPT + 2):
        hall.rename(ALFA, f"Alfa {turn}")
        press.turn()
        press.get_ready()
    fresh = hall.forms.var.parent / "fresh"
    printed(hall.content, fresh, None, url=hall.base_url)

    assert files_of(hall.site) == files_of(fresh / "current")
    assert f"<loc>{hall.base_url}/".encode() in files_of(hall.site)["sitemap.xml"]


def test_jobs_are_gathered_in_one_build(hall: Hall) -> None:
    """Jobs that wait together become one commit each and one release together."""
    press = _started(hall)
    releases = set((hall.forms.var / "site" / "releases").glob("*.json"))
    hall.rename(ALFA, "Alfa Nieuw")
    hall.rename(BETA, "Beta Nieuw")
    hall.ask(DELTA, None)
    head = hall.history.head()

    assert press.turn() == 3
    assert hall.git("rev-list", "--count", f"{head}..HEAD").strip() == "3"
    assert len(set((hall.forms.var / "site" / "releases").glob("*.json")) - releases) == 1
    assert not (hall.site / REGION / "aanbieders" / "delta-logeren" / "index.html").exists()


def test_submission_becomes_published(hall: Hall) -> None:
    """The submission that a job comes from is published once the page is live, and not before."""
    press = _started(hall)
    organisation = hall.forms.organisation(MANAGER)
    text = hall.named(ALFA, "Alfa Nieuw")
    with hall.forms.desk.database.write() as session:
        found = submissions.of_organisation(session, organisation)
        assert found == ()
        owner = session.get_one(Organisation, organisation)
        person = owner.managers[0].person_id
        sent = submissions.send(session, owner, Sending("form", text, {}, ""), person, hall.forms.clock())
        submissions.move(session, sent, "approved", person, hall.forms.clock())
        number = sent.id
    hall.ask(ALFA, text, submission_id=number)
    press.turn()

    with hall.forms.desk.database.read() as session:
        assert session.get_one(Submission, number).state == "published"
        noted = [one.details["state"] for one in session.scalars(select(Event).where(Event.what == "publication"))]
    assert noted == ["queued", "live"]


def test_culprit_is_found_and_others_go_live(hall: Hall) -> None:
    """Of jobs taken together, the one with a mistake fails with its problem; the others are live; no file or commit of it."""
    press = _started(hall)
    good = hall.rename(ALFA, "Alfa Nieuw")
    bad = hall.ask(BETA, hall.content.text(BETA).replace("helmdorp", "nergens"))
    other = hall.rename(DELTA, "Delta Nieuw")
    before = hall.content.text(BETA)

    assert press.turn() == 2
    assert [hall.progress(number).step for number in (good, bad, other)] == ["live", "failed", "live"]
    problem = hall.progress(bad).problem
    assert problem.startswith("Dit is niet gepubliceerd. De controle vond deze problemen:\n" + BETA)
    assert str(hall.forms.var) not in problem
    assert hall.content.text(BETA) == hall.published(BETA) == before
    assert hall.git("status", "--porcelain") == ""


def test_failing_gate_leaves_the_old_site_and_the_job_can_be_tried_again(hall: Hall) -> None:
    """A dead link in news publishes nothing and is told; after its page is there, trying again publishes it."""
    press = _started(hall)
    files = files_of(hall.site)
    number = hall.ask(NEWS, f"{HEAD}[x](/{REGION}/komt-nog/)\n", what="content")

    assert press.turn() == 0
    assert "komt nergens uit" in hall.progress(number).problem
    assert NEWS in hall.progress(number).problem
    assert files_of(hall.site) == files
    assert not hall.content.path(NEWS).exists()
    assert press.turn() == 0

    hall.ask(f"{HOME}/pages/komt-nog.md", f"{HEAD}Tekst.\n", what="content")
    with hall.forms.desk.database.write() as session:
        (failed,) = [job for job in publishing.open_jobs(session) if job.id == number]
        mending.retry(session, failed, None, hall.forms.clock())
    assert press.turn() == 2
    assert hall.progress(number).step == "live"


def test_withdrawn_job_is_not_published(hall: Hall) -> None:
    """A job that is taken out of the queue leaves no trace in content and site."""
    press = _started(hall)
    number = hall.rename(ALFA, "Alfa Nieuw")
    with hall.forms.desk.database.write() as session:
        (job,) = publishing.open_jobs(session)
        mending.withdraw(session, job, hall.content.root, None, hall.forms.clock())

    assert press.turn() == 0
    assert hall.progress(number).step == "withdrawn"
    assert "Alfa Nieuw" not in hall.page("alfa-thuis")


def test_scheduled_job_waits_for_its_day(hall: Hall) -> None:
    """A job for a later day is published on that day, and an offer that starts then is shown from then."""
    press = _started(hall)
    tomorrow = date(2026, 1, 16)
    number = hall.ask(ALFA, hall.named(ALFA, "Alfa Morgen"), publish_on=tomorrow)
    assert press.turn() == 0
    assert hall.progress(number).step == "waiting"

    hall.forms.clock.forward(timedelta(hours=10, minutes=59))  # one minute to midnight in Amsterdam
    assert press.turn() == 0
    hall.forms.clock.forward(timedelta(minutes=1))
    assert press.turn() == 1
    assert "<h1>Alfa Morgen</h1>" in hall.page("alfa-thuis")


def test_new_day_ends_and_starts_offers(hall: Hall) -> None:
    """On a new day the press shows what starts and drops what ended, without anybody asking."""
    hall.content.put(BETA, ("offerings", 0, "end"), "2026-01-15")
    hall.content.put(DELTA, ("offerings", 0, "start"), "2026-01-16")
    hall.git("commit", "-qam", "Data")
    press = _started(hall)
    assert (hall.site / REGION / "aanbieders" / "beta-dag" / "index.html").exists()
    assert not (hall.site / REGION / "aanbieders" / "delta-logeren" / "index.html").exists()

    hall.forms.clock.forward(timedelta(days=1))
    press.turn()
    fresh = hall.forms.var.parent / "fresh"
    printed(hall.content, fresh, None, TODAY + timedelta(days=1), hall.base_url)
    assert (hall.site / REGION / "aanbieders" / "delta-logeren" / "index.html").exists()
    assert files_of(hall.site) == files_of(fresh / "current")


def test_answer_that_changed_meanwhile_is_not_overwritten(hall: Hall) -> None:
    """A job whose own answer has become another one since it was made fails with a way out, and the newer file stays."""
    press = _started(hall)
    late = hall.rename(ALFA, "Alfa Laat")
    first = hall.named(ALFA, "Alfa Eerst")
    with hall.forms.desk.database.write() as session:
        job = publishing.open_jobs(session)[0]
        job.publish_on = date(2026, 1, 16)
    hall.ask(ALFA, first)
    assert press.turn() == 1
    hall.forms.clock.forward(timedelta(days=1))
    assert press.turn() == 0

    assert "Hetzelfde antwoord is intussen ook" in hall.progress(late).problem
    assert hall.content.text(ALFA) == first


def test_uncommitted_hand_edit_is_not_overwritten_or_published(hall: Hall) -> None:
    """A file that somebody is changing by hand stops a job on it with the file's name, stays as it is, and isn't published."""
    press = _started(hall)
    number = hall.rename(ALFA, "Alfa Nieuw")
    by_hand = hall.content.text(ALFA) + "# bijna klaar\n"
    hall.content.raw(ALFA, by_hand)
    hall.content.raw(BETA, "half")
    other = hall.rename(DELTA, "Delta Nieuw")

    assert press.turn() == 1
    assert hall.progress(number).step == "failed"
    assert ALFA in hall.progress(number).problem
    assert "met de hand" in hall.progress(number).problem
    assert hall.progress(other).step == "live"
    assert (hall.content.text(ALFA), hall.content.text(BETA)) == (by_hand, "half")
    assert hall.history.outside_changes() == (ALFA, BETA)


def test_committed_hand_edit_is_published(hall: Hall) -> None:
    """What an advanced user commits with git comes online at the press's next turn."""
    press = _started(hall)
    hall.content.put(ALFA, ("organisation", "name"), "Alfa Met De Hand")
    hall.git("commit", "-qam", "Met de hand")
    press.turn()

    assert "<h1>Alfa Met De Hand</h1>" in hall.page("alfa-thuis")


def test_broken_hand_edit_is_told_and_leaves_the_site(hall: Hall) -> None:
    """A commit by hand that can't be published is told, the site stays, and the next commit that mends it is published."""
    press = _started(hall)
    files = files_of(hall.site)
    text = hall.content.text(ALFA)
    hall.content.raw(ALFA, "organisation: [")
    hall.git("commit", "-qam", "Stuk")
    press.turn()
    assert press.problems[0].startswith(f"{ALFA}:")
    assert files_of(hall.site) == files
    number = hall.rename(DELTA, "Delta Nieuw")
    assert press.turn() == 0
    assert "misschien door iets anders" in hall.progress(number).problem
    assert files_of(hall.site) == files

    hall.content.raw(ALFA, text)
    hall.git("commit", "-qam", "Heel")
    press.turn()
    assert press.problems == ()
    assert "<h1>Alfa Thuis</h1>" in hall.page("alfa-thuis")


def test_commit_by_hand_between_jobs_is_kept(hall: Hall) -> None:
    """A commit by hand and a job on another file both come online, whichever came first."""
    press = _started(hall)
    hall.content.put(BETA, ("organisation", "name"), "Beta Met De Hand")
    hall.git("commit", "-qam", "Met de hand")
    hall.rename(ALFA, "Alfa Nieuw")
    press.turn()
    hall.rename(ALFA, "Alfa Nieuwer")
    hall.content.put(DELTA, ("organisation", "name"), "Delta Met De Hand")
    hall.git("commit", "-qam", "Nog eens")
    press.turn()

    names = [hall.page(slug).partition("<h1>")[2].partition("</h1>")[0] for slug in ("alfa-thuis", "beta-dag")]
    assert names == ["Alfa Nieuwer", "Beta Met De Hand"]
    assert "Delta Met De Hand" in hall.page("delta-logeren")


def test_job_of_several_files_is_one_commit(hall: Hall) -> None:
    """A job that changes, adds and removes files does so in one commit, or not at all."""
    press = _started(hall)
    base = publishing.fingerprint
    changes = [
        FileChange(ALFA, hall.named(ALFA, "Alfa Nieuw"), base(hall.published(ALFA))),
        FileChange(DELTA, None, base(hall.published(DELTA))),
        FileChange(NEWS, f"{HEAD}Nieuws.\n", ""),
    ]
    hall.ask_all(changes)

    assert press.turn() == 1
    assert hall.history.touched("HEAD") == tuple(sorted((ALFA, DELTA, NEWS)))
    assert not hall.content.path(DELTA).exists()
