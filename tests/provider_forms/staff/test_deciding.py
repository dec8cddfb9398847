"""Deciding about a submission: approve, edit then approve, return, reject; and twice at once."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from provider_forms.desk.models import Event, SignedIn
from provider_forms.desk.press_notice import Notice, note
from provider_forms.desk.staff_models import Comment, Decision
from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.provider.filling import fields, filled, part
from tests.provider_forms.staff.desk_staff import REVIEWER, administrator, reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, by_number, changed, decide, jobs, sender
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Browser, Forms, make_forms, text_of, title_of
from wmo_guide.store.yaml_text import read_tree

COMMENT = f"a.o.{OFFERING}|summary"
NUMBER = "2026-0001"
PAGE = f"{QUEUE}{NUMBER}/"


@pytest.fixture
def one(forms: Forms, sample: ContentFolder) -> Sender:
    """A provider that has sent a changed sentence as the first submission."""
    forms.organisation(MANAGER, COLLEAGUE)
    made = sender(forms, sample)
    made.fill(changed(sample, OFFERING, summary="Wij openen samen uw post."))
    assert made.send() == NUMBER
    return made


@pytest.fixture
def later(tmp_path: Path, content: ContentFolder) -> Iterator[tuple[Forms, ContentFolder]]:
    """The application over content that the test may change."""
    made = make_forms(tmp_path / "var", content.root)
    yield made, content
    made.desk.close()


def _decisions(forms: Forms) -> list[Decision]:
    with forms.desk.database.read() as db:
        return list(db.query(Decision))


def _seen(page: TestResponse) -> str:
    return page.text.partition('name="seen" value="')[2].partition('"')[0]


def test_an_approval_goes_to_the_press(forms: Forms, sample: ContentFolder, one: Sender) -> None:
    """An approval queues exactly what was sent, on top of the file in the guide, signed by the organisation."""
    browser = reviewer(forms)
    answer = decide(browser, NUMBER, "goedkeuren")
    job = jobs(forms)[0]

    assert "is goedgekeurd" in text_of(browser.get(answer.location))
    assert job.changes == [
        {
            "path": "regions/duinrand/providers/alfa-thuis.yaml",
            "text": by_number(forms, NUMBER).payload,
            "base": sample.provider("alfa-thuis").digest,
            "was": sample.text("regions/duinrand/providers/alfa-thuis.yaml"),
        }
    ]
    assert job.author.startswith("Zorg van alfa-thuis <")
    assert job.message.startswith("Zorg van alfa-thuis: gewijzigd, alleen teksten\n")
    assert "@regio" not in job.author + job.committer + job.message
    assert by_number(forms, NUMBER).state == "approved"
    assert [(made.what, made.sent_payload) for made in _decisions(forms)] == [("approved", "")]


@pytest.mark.parametrize(
    ("button", "typed", "told"),
    [
        ("goedkeuren", {}, ("komt in de gids", "is goedgekeurd")),
        (
            "terugsturen",
            {COMMENT: "Wie is wij?"},
            ("een vraag over uw aanbod", "Aanbod: Post en papieren, Wat doet u, in één zin?\nWie is wij?"),
        ),
        ("afwijzen", {"a.reden": "U hebt geen contract."}, ("komt niet in de gids", "U hebt geen contract.")),
    ],
)
def test_each_decision_is_mailed(
    forms: Forms, one: Sender, button: str, typed: dict[str, str], told: tuple[str, str]
) -> None:
    """Each manager gets a mail about the decision, with what staff wrote and a link to the status page."""
    browser = reviewer(forms)
    before = len(forms.mails())
    decide(browser, NUMBER, button, **typed)
    mails = forms.mails()[before:]

    assert {mail["To"] for mail in mails} == {MANAGER, COLLEAGUE}
    for mail in mails:
        assert told[0] in mail["Subject"]
        assert told[1] in mail.get_content().replace("\r\n", "\n")
        assert f"http://gids.test{one.home}/status" in mail.get_content().replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("button", "typed", "problem"),
    [
        ("afwijzen", {}, "Schrijf op waarom u dit afwijst."),
        ("afwijzen", {"a.reden": "   "}, "Schrijf op waarom u dit afwijst."),
        ("terugsturen", {}, "Schrijf ten minste één opmerking of een toelichting."),
        ("afwijzen", {"a.reden": "x" * 4001}, "Maak deze tekst korter"),
        ("goedkeuren", {"a.publish_on": "morgen"}, "datum"),
    ],
)
def test_nothing_is_decided_without_what_is_needed(
    forms: Forms, one: Sender, button: str, typed: dict[str, str], problem: str
) -> None:
    """A rejection needs a reason and a return a remark; the page says so, with everything typed still there."""
    browser = reviewer(forms)
    more = {} if button == "terugsturen" else {f"a.o.{OFFERING}|what": "Nog iets."}
    page = decide(browser, NUMBER, button, **typed, **more)

    assert page.status_code == 400
    assert problem in text_of(page)
    assert title_of(page).startswith("Nog niet besloten")
    assert _decisions(forms) == []
    assert jobs(forms) == []
    assert all(text in page.text for text in (*typed.values(), *more.values()))


def test_a_decision_is_about_what_was_seen(forms: Forms, one: Sender, sample: ContentFolder) -> None:
    """When the submission changed after the page was opened, nothing is decided and the page asks to look again."""
    browser = reviewer(forms)
    page = browser.get(PAGE)
    other = administrator(forms)
    edit = other.get(f"{PAGE}wijzigen/{OFFERING}")
    other.post(f"{PAGE}wijzigen/{OFFERING}", {**filled(edit, {"summary": "Anders."}, ""), "seen": [_seen(edit)]})
    browser.get("/beheer/")
    answer = browser.post(PAGE, {"seen": _seen(page), "doe": "goedkeuren", "a.reden": "Mooi zo."})

    assert answer.status_code == 400
    assert "Intussen is er iets veranderd" in text_of(answer)
    assert "Mooi zo." in answer.text
    assert jobs(forms) == []


def test_editing_before_approving(forms: Forms, one: Sender) -> None:
    """What staff edit goes live, is dated and shown; the provider sees it in the mail, on the status page and in its draft."""
    browser = reviewer(forms)
    path = f"{PAGE}wijzigen/{OFFERING}"
    browser.get(PAGE)
    page = browser.get(path)
    assert "a.staff_contact" not in browser.get(f"{PAGE}wijzigen/organisation").text
    page = browser.get(path)
    saved = browser.post(path, filled(page, {"summary": "Wij doen samen uw post.", "waiting_weeks": "5"}, ""))
    shown = browser.get(saved.location)
    assert "Wat u hebt gewijzigd" in text_of(shown)
    assert "Uw wijziging is bewaard" in text_of(shown)
    decide(browser, NUMBER, "goedkeuren")
    tree = read_tree(jobs(forms)[0].changes[0]["text"])
    assert isinstance(tree, dict)
    offering = tree["offerings"][0]  # type: ignore[index]
    mail = forms.mails()[-1].get_content().replace("\r\n", "\n")
    status = text_of(one.browser.get(f"{one.home}/status"))

    assert offering["answers"]["summary"] == "Wij doen samen uw post."  # type: ignore[index,call-overload]
    assert offering["dates"]["waiting_weeks"] == "2026-01-15"  # type: ignore[index,call-overload]
    assert [made.what for made in _decisions(forms)] == ["edited"]
    assert "Wij openen samen uw post." in _decisions(forms)[0].sent_payload
    assert "U schreef: Wij openen samen uw post.\nIn de gids komt: Wij doen samen uw post." in mail
    assert "Een medewerker van de gids veranderde dit" in status
    assert "Wat doet u, in één zin? Veranderd" in status
    assert part(forms, one.organisation, OFFERING).answers["summary"] == "Wij doen samen uw post."
    assert part(forms, one.organisation, OFFERING).answers["waiting_weeks"] == "5"


def test_an_answer_that_the_provider_changed_since_stays_the_providers(
    forms: Forms, one: Sender, sample: ContentFolder
) -> None:
    """What the provider typed again while staff edited the same answer stays in its draft."""
    browser = reviewer(forms)
    path = f"{PAGE}wijzigen/{OFFERING}"
    browser.post(path, filled(browser.get(path), {"summary": "Van de gids.", "start": "U mailt ons."}, ""))
    one.fill(changed(sample, OFFERING, summary="Weer anders."))
    decide(browser, NUMBER, "goedkeuren")
    answers = part(forms, one.organisation, OFFERING).answers

    assert answers["summary"] == "Weer anders."
    assert answers["start"] == "U mailt ons."


def test_a_wrong_edit_is_refused(forms: Forms, one: Sender) -> None:
    """An edit that the provider's own form would refuse is refused in the same words, and stays typed."""
    browser = reviewer(forms)
    path = f"{PAGE}wijzigen/{OFFERING}"
    page = browser.post(path, filled(browser.get(path), {"waiting_weeks": "honderd"}, ""))

    assert page.status_code == 400
    assert title_of(page).startswith("Het formulier is niet verzonden, er is 1 foutmelding")
    assert 'value="honderd"' in page.text
    assert "Wat u hebt gewijzigd" not in text_of(browser.get(PAGE))


def test_an_edit_is_taken_back(forms: Forms, one: Sender) -> None:
    """An edit can be put back to what the provider wrote."""
    browser = reviewer(forms)
    path = f"{PAGE}wijzigen/{OFFERING}"
    browser.post(path, filled(browser.get(path), {"summary": "Van de gids."}, ""))
    browser.get(PAGE)
    browser.post(f"{PAGE}terugzetten/{OFFERING}")
    decide(browser, NUMBER, "goedkeuren")

    assert [made.what for made in _decisions(forms)] == ["approved"]
    assert "Van de gids." not in jobs(forms)[0].changes[0]["text"]


def test_publishing_later(forms: Forms, one: Sender) -> None:
    """An approval may name a day to come, written as people write it; the provider reads it in the mail."""
    decide(reviewer(forms), NUMBER, "goedkeuren", **{"a.publish_on": "1-3-2026"})

    assert str(jobs(forms)[0].publish_on) == "2026-03-01"
    assert "Dit staat vanaf 1 maart 2026 in de gids." in text_of(one.browser.get(f"{one.home}/status"))
    assert "vanaf 1 maart 2026" in forms.mails()[-1].get_content().replace("\r\n", "\n")


def test_the_day_of_publication_is_told(forms: Forms, one: Sender) -> None:
    """After an approval for a later day the queue and the submission's page name that day, not that it comes now."""
    browser = reviewer(forms)
    answer = decide(browser, NUMBER, "goedkeuren", **{"a.publish_on": "1-3-2026"})

    told = text_of(browser.get(answer.location))
    assert "Het komt op 1 maart 2026 in de gids." in told
    assert "nu in de gids" not in told
    assert "De publicatie wacht tot 1 maart 2026." in text_of(browser.get(PAGE))


def test_a_publication_leads_to_its_submission(forms: Forms, one: Sender) -> None:
    """A publication of what a provider sent names who approved it, and leads to the submission."""
    browser = reviewer(forms)
    decide(browser, NUMBER, "goedkeuren")
    page = browser.get("/beheer/publicaties/")

    assert f'href="{PAGE}"' in page.text
    assert f"door {REVIEWER}." in text_of(page)
    assert 'aria-labelledby="titel' not in page.text


def test_a_day_far_away_is_refused(forms: Forms, one: Sender) -> None:
    """A day of publication more than two years ahead is taken for a slip of the pen."""
    answer = decide(reviewer(forms), NUMBER, "goedkeuren", **{"a.publish_on": "1-3-9999"})

    assert answer.status_code == 400
    assert "Kies een dag binnen twee jaar" in text_of(answer)
    assert 'href="#v-publish_on"' in answer.text
    assert jobs(forms) == []


def test_enter_decides_nothing(forms: Forms, one: Sender) -> None:
    """The button that Enter presses in a field only shows the page again."""
    browser = reviewer(forms)
    page = browser.get(PAGE)
    first = (
        page.text.partition('class="wf-review"')[2].partition('type="submit" name="doe" value="')[2].partition('"')[0]
    )
    answer = browser.post(PAGE, {"seen": _seen(page), "doe": first, "a.reden": "Half af"})

    assert first == "kijken"
    assert answer.status_code == 200
    assert "Half af" in answer.text
    assert _decisions(forms) == []


def test_the_second_decision_is_told_who_was_first(forms: Forms, one: Sender) -> None:
    """A second decision changes nothing: its page tells who decided what, and gives back what was typed."""
    first, second = reviewer(forms), administrator(forms)
    page = second.get(PAGE)
    decide(first, NUMBER, "afwijzen", **{"a.reden": "Geen contract."})
    mails = len(forms.mails())
    answer = second.post(PAGE, {"seen": _seen(page), "doe": "goedkeuren", "a.reden": "Mooi aanbod!"})

    assert answer.status_code == 409
    assert "Afgewezen door rosa@regio.example.nl op 15 januari 2026 om 13.00 uur" in text_of(answer)
    assert "Mooi aanbod!" in answer.text
    assert [made.what for made in _decisions(forms)] == ["rejected"]
    assert jobs(forms) == []
    assert len(forms.mails()) == mails


def test_who_presses_second_without_a_word_is_told_too(forms: Forms, one: Sender) -> None:
    """Who typed nothing and presses second reads that nothing was done; who only looks later doesn't."""
    first, second = reviewer(forms), administrator(forms)
    page = second.get(PAGE)
    decide(first, NUMBER, "afwijzen", **{"a.reden": "Geen contract."})
    answer = second.post(PAGE, {"seen": _seen(page), "doe": "goedkeuren"})

    told = "Wat u net deed, is niet gedaan. Er was al besloten."
    assert answer.status_code == 409
    assert told in text_of(answer)
    assert told not in text_of(second.get(PAGE))


def test_an_approval_promises_no_more_than_can_be_done(forms: Forms, one: Sender) -> None:
    """While the guide can't be brought up to date, an approval doesn't say that it is in the guide at once."""
    note(forms.var, Notice(problems=("regions/duinrand/faq.yaml:1: Hier gaat iets mis.",)))
    browser = reviewer(forms)
    told = text_of(browser.get(decide(browser, NUMBER, "goedkeuren").location))

    assert "Het komt in de gids zodra die weer bijgewerkt wordt." in told


def test_two_reviewers_decide_at_once(forms: Forms, one: Sender) -> None:
    """Of two decisions at the same moment exactly one counts: one decision, one event, mails once, one job at most."""
    pair = [reviewer(forms), administrator(forms)]
    pages = [browser.get(PAGE) for browser in pair]
    before, barrier = len(forms.mails()), threading.Barrier(2)

    def press(browser: Browser, page: TestResponse, button: str) -> int:
        barrier.wait(5)
        return browser.post(PAGE, {"seen": _seen(page), "doe": button, "a.reden": "Daarom."}).status_code

    with ThreadPoolExecutor(2) as pool:
        codes = sorted(pool.map(press, pair, pages, ("goedkeuren", "afwijzen")))
    made = _decisions(forms)
    with forms.desk.database.read() as db:
        events = [event for event in db.query(Event) if event.what == "decision"]

    assert codes == [303, 409]
    assert len(made) == len(events) == 1
    assert len(jobs(forms)) == (1 if made[0].what == "approved" else 0)
    assert len(forms.mails()) - before == 2
    assert by_number(forms, NUMBER).state == made[0].what


def test_pressing_twice_approves_once(forms: Forms, one: Sender) -> None:
    """A second press on the same button makes no second publication and no second mail, and isn't told as a failure."""
    browser = reviewer(forms)
    seen = _seen(browser.get(PAGE))
    first, second = (browser.post(PAGE, {"seen": seen, "doe": "goedkeuren"}) for _ in range(2))

    assert [first.status_code, second.status_code] == [303, 409]
    assert "U had hierover al besloten. Er is niets dubbel gedaan." in text_of(second)
    assert len(jobs(forms)) == 1


def test_what_would_break_the_guide_is_not_approved(later: tuple[Forms, ContentFolder]) -> None:
    """When the matrix changed after sending so that it no longer fits, it can't be approved; the page tells why."""
    forms, content = later
    made = sender(forms, content)
    made.fill(changed(content, OFFERING, summary="Wij openen samen uw post."))
    number = made.send()
    content.swap("questions/offering.yaml", "{key: start, kind: text", "{key: begin, kind: text")
    browser = reviewer(forms)
    page = browser.get(f"{QUEUE}{number}/")
    answer = browser.post(f"{QUEUE}{number}/", {"seen": _seen(page), "doe": "goedkeuren"})

    assert "Dit kan zo niet in de gids" in text_of(page)
    assert 'value="goedkeuren"' not in page.text
    assert answer.status_code == 400
    assert jobs(forms) == []


def test_forged_comments_are_left(forms: Forms, one: Sender) -> None:
    """A comment on an answer that doesn't exist isn't kept."""
    decide(
        reviewer(forms),
        NUMBER,
        "terugsturen",
        **{COMMENT: "Goed?", "a.o.x/../y|z": "<script>", "a.o.organisation|nep": "x"},
    )
    with forms.desk.database.read() as db:
        kept = [(comment.part, comment.question, comment.text) for comment in db.query(Comment)]

    assert kept == [(OFFERING, "summary", "Goed?")]


def test_typing_survives_being_signed_out(forms: Forms, one: Sender) -> None:
    """A decision pressed after the session ended decides nothing; after signing in the typed texts are there again."""
    browser = reviewer(forms)
    page = browser.get(PAGE)
    data = {
        **{name: texts[0] for name, texts in fields(page).items()},
        "seen": _seen(page),
        "doe": "afwijzen",
        "a.reden": "Lange reden.",
    }
    with forms.desk.database.write() as db:
        for signed in db.query(SignedIn):
            signed.expires_at = forms.clock()
    answer = browser.post(PAGE, data)
    assert answer.status_code == 303
    assert "/inloggen" in answer.location
    assert _decisions(forms) == []
    again = reviewer(forms).get(PAGE)

    assert "Lange reden." in again.text
    assert "U ziet wat u hier het laatst typte" in text_of(again)
