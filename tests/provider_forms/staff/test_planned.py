"""Approving for a later day, and what happens to that when the provider or the guide goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from provider_forms.desk.staff_models import Decision
from provider_forms.press.press import Press
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.press.hall import Hall, make_hall
from tests.provider_forms.provider.filling import elements, fields
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, by_number, changed, decide, jobs, newcomer, sender
from tests.provider_forms.visiting import SLUG, Browser, text_of
from wmo_guide.store.yaml_text import Tree

FILE = f"{HOME}/providers/{SLUG}.yaml"
FIRST, SECOND = "2026-0001", "2026-0002"
DAY = {"a.publish_on": "16-1-2026"}
NOTICE = "Er staat al iets klaar voor 16 januari 2026."


@pytest.fixture
def hall(content: ContentFolder, tmp_path: Path) -> Iterator[Hall]:
    """An instance with its history begun."""
    found = make_hall(tmp_path, content)
    yield found
    found.close()


@pytest.fixture
def press(hall: Hall) -> Press:
    """A press at work."""
    found = hall.press()
    found.turn()
    return found


@pytest.fixture
def one(hall: Hall, press: Press) -> Sender:
    """A provider whose other summary is approved for tomorrow."""
    made = sender(hall.forms, hall.content)
    made.fill(changed(hall.content, OFFERING, summary="Vanaf morgen."))
    assert made.send() == FIRST
    assert decide(reviewer(hall.forms), FIRST, "goedkeuren", **DAY).status_code == 303
    return made


def _goes_on(hall: Hall, one: Sender, **answers: str) -> Browser:
    """The provider sends something more, and a reviewer opens it."""
    answers = {"summary": "Vanaf morgen.", **answers}
    one.fill(changed(hall.content, OFFERING, **answers))
    assert one.send() == SECOND
    return reviewer(hall.forms)


def _online(hall: Hall) -> dict[str, Tree]:
    answers: dict[str, Tree] = hall.content.tree(FILE)["offerings"][0]["answers"]
    return answers


def _next_day(hall: Hall, press: Press) -> int:
    hall.forms.clock.forward(timedelta(days=1))
    return press.turn()


def _change_in_guide(hall: Hall, summary: str) -> None:
    """Somebody changes the summary by hand."""
    hall.content.put(FILE, ("offerings", 0, "answers", "summary"), summary)
    hall.git("commit", "-qam", "Met de hand")


def _merge(browser: Browser, number: str, **chosen: str) -> TestResponse:
    page = browser.get(f"{QUEUE}{number}/samenvoegen")
    found = {name: texts for name, texts in fields(page).items() if texts}
    names = [str(node.get("name")) for node in elements(page, "//input[@type='radio']")]
    picks = {name: chosen[key] for name in names for key in [name.rpartition("|")[2]] if key in chosen}
    return browser.post(f"{QUEUE}{number}/samenvoegen", {**found, **picks, "doe": "goedkeuren"})


def test_the_review_page_tells_what_waits_and_asks(hall: Hall, one: Sender) -> None:
    """The page of a later submission tells what waits for which day and what that changes, and approving needs a choice."""
    browser = _goes_on(hall, one, start="U mailt ons.")
    page = browser.get(f"{QUEUE}{SECOND}/")
    answer = decide(browser, SECOND, "goedkeuren")

    assert NOTICE in text_of(page)
    assert f'href="/beheer/publicaties/{jobs(hall.forms)[0].id}/"' in page.text
    assert f'href="/beheer/publicaties/#taak-{jobs(hall.forms)[0].id}"' in page.text
    assert "Vanaf morgen." in text_of(browser.get(f"/beheer/publicaties/{jobs(hall.forms)[0].id}/")).replace("] ", "")
    assert answer.status_code == 400
    assert 'href="#klaar"' in answer.text
    assert "Kies wat er gebeurt met wat al klaarstaat" in text_of(answer)
    assert len(jobs(hall.forms)) == 1
    assert decide(browser, SECOND, "terugsturen", **{"a.reden": "Leg uit."}).status_code == 303


def test_held_back_answers_wait_for_their_day(hall: Hall, press: Press, one: Sender) -> None:
    """Kept apart, the later submission is live now without the answer that waits, and tomorrow that answer joins it."""
    before = _online(hall)["summary"]
    browser = _goes_on(hall, one, start="U mailt ons.")
    assert decide(browser, SECOND, "goedkeuren", **{"a.klaar": "apart"}).status_code == 303
    assert press.turn() == 1

    assert (_online(hall)["summary"], _online(hall)["start"]) == (before, "U mailt ons.")
    assert by_number(hall.forms, SECOND).state == "published"
    assert by_number(hall.forms, FIRST).state == "approved"
    assert [made.what for made in _decisions(hall)] == ["approved", "approved"]
    assert _next_day(hall, press) == 1
    assert (_online(hall)["summary"], _online(hall)["start"]) == ("Vanaf morgen.", "U mailt ons.")
    assert by_number(hall.forms, FIRST).state == "published"


def test_together_both_are_live_now(hall: Hall, press: Press, one: Sender) -> None:
    """Put together, both submissions are live at once, each as a version of its own, and nothing waits any more."""
    browser = _goes_on(hall, one, start="U mailt ons.")
    assert decide(browser, SECOND, "goedkeuren", **{"a.klaar": "samen"}).status_code == 303
    assert press.turn() == 2

    assert (_online(hall)["summary"], _online(hall)["start"]) == ("Vanaf morgen.", "U mailt ons.")
    assert [by_number(hall.forms, number).state for number in (FIRST, SECOND)] == ["published", "published"]
    bodies = [one.body for one in hall.history.versions(FILE, limit=2)]
    assert [FIRST in bodies[1], SECOND in bodies[0]] == [True, True]
    assert _next_day(hall, press) == 0


def test_who_decides_second_is_told_without_the_choice_as_a_text(hall: Hall, one: Sender) -> None:
    """Whoever presses after a colleague gets back what was typed; the choice of what waits isn't a text."""
    browser = _goes_on(hall, one, start="U mailt ons.")
    choice = {"a.klaar": "apart", "a.reden": "Mooi."}
    assert decide(browser, SECOND, "goedkeuren", **choice).status_code == 303
    late = browser.post(f"{QUEUE}{SECOND}/", {"doe": "goedkeuren", **choice})

    assert late.status_code == 409
    assert [node.text_content().strip() for node in elements(late, "//textarea")] == ["Mooi."]


def test_together_after_a_change_in_between(hall: Hall, press: Press, one: Sender) -> None:
    """What waits is put on top of the guide as it is now: an answer that changed meanwhile stays."""
    hall.content.put(FILE, ("organisation", "phone"), "012 345 67 99")
    hall.git("commit", "-qam", "Met de hand")
    press.turn()
    browser = _goes_on(hall, one, start="U mailt ons.")
    page = browser.get(f"{QUEUE}{SECOND}/samenvoegen")
    assert "Er staat al iets klaar" in text_of(page)
    assert _merge(browser, SECOND).status_code == 400
    assert _merge(browser, SECOND, **{"a.klaar": "samen"}).status_code == 303
    assert press.turn() == 2

    assert (_online(hall)["summary"], _online(hall)["start"]) == ("Vanaf morgen.", "U mailt ons.")
    assert hall.content.tree(FILE)["organisation"]["phone"] == "012 345 67 99"


def test_provider_that_is_to_come_waits_as_a_whole(hall: Hall, press: Press) -> None:
    """Of a provider that isn't in the guide yet, what is kept apart waits for the day of the first approval too."""
    new = newcomer(hall.forms, hall.content, "omega-hulp", "om@omega.example.nl")
    number = new.send()
    browser = reviewer(hall.forms)
    assert decide(browser, number, "goedkeuren", **DAY).status_code == 303
    new.fill({OFFERING: {**changed(hall.content, OFFERING)[OFFERING], "summary": "Nog mooier."}}, "om@omega.example.nl")
    second = new.send()
    assert decide(browser, second, "goedkeuren", **{"a.klaar": "apart"}).status_code == 303

    assert press.turn() == 0
    assert _next_day(hall, press) == 2
    assert hall.content.tree(f"{HOME}/providers/omega-hulp.yaml")["offerings"][0]["answers"]["summary"] == "Nog mooier."


def test_change_of_the_waiting_time_does_not_stop_what_waits(hall: Hall, press: Press, one: Sender) -> None:
    """When the provider changes its waiting time without review, the approval for tomorrow comes on its day all the same."""
    path = f"{one.home}/wachttijd"
    weeks = {"a.waiting_weeks.2024.post-en-papieren": ["9"]}
    assert one.browser.post(path, {**fields(one.browser.get(path)), **weeks}).status_code == 303
    assert press.turn() == 1

    assert _next_day(hall, press) == 1
    assert (_online(hall)["summary"], _online(hall)["waiting_weeks"]) == ("Vanaf morgen.", "9")


def test_same_answer_changed_meanwhile_asks_the_reviewer(hall: Hall, press: Press, one: Sender) -> None:
    """When the guide got another sentence in the same place, the approval is undone and the merge page asks which one it is to be."""
    _change_in_guide(hall, "Van de gids.")
    press.turn()
    assert _next_day(hall, press) == 0

    browser = reviewer(hall.forms)
    assert by_number(hall.forms, FIRST).state == "received"
    assert _online(hall)["summary"] == "Van de gids."
    assert FIRST in browser.get(QUEUE).text
    told = text_of(browser.get("/beheer/publicaties/"))
    assert "Terug in de wachtrij" in told
    assert "kies per antwoord wat er in de gids komt" in told
    assert "kies per antwoord wat er in de gids komt" in text_of(browser.get(f"{QUEUE}{FIRST}/"))
    page = text_of(browser.get(f"{QUEUE}{FIRST}/samenvoegen"))
    assert "Vanaf morgen." in page
    assert "Van de gids." in page
    assert page.count("Dit is op twee plaatsen veranderd.") == 1
    assert _merge(browser, FIRST).status_code == 400
    assert _merge(browser, FIRST, summary="aanbieder").status_code == 303
    assert press.turn() == 1
    assert _online(hall)["summary"] == "Vanaf morgen."
    assert by_number(hall.forms, FIRST).state == "published"


def test_what_was_said_at_the_first_approval_can_be_said_again(hall: Hall, press: Press, one: Sender) -> None:
    """An approval that is undone is decided once more: with a comment on the same answer, by one decision in the end."""
    _change_in_guide(hall, "Van de gids.")
    press.turn()
    _next_day(hall, press)
    browser = reviewer(hall.forms)
    remark = {f"a.o.{OFFERING}|summary": "Dit staat er al anders."}

    assert decide(browser, FIRST, "terugsturen", **remark).status_code == 303
    assert by_number(hall.forms, FIRST).state == "returned"
    assert [made.what for made in _decisions(hall)] == ["returned"]
    assert "Teruggestuurd met opmerkingen" in text_of(browser.get(f"{QUEUE}{FIRST}/"))


def test_failed_approval_overtaken_by_another_answer_asks_too(hall: Hall, press: Press) -> None:
    """An approval that failed, and whose answer was changed in the guide before it was tried again, goes back in the queue."""
    made = sender(hall.forms, hall.content)
    made.fill(changed(hall.content, OFFERING, summary="Van de aanbieder."))
    number = made.send()
    browser = reviewer(hall.forms)
    decide(browser, number, "goedkeuren")
    hall.content.put(FILE, ("offerings", 0, "answers", "summary"), "Van de gids.")
    assert press.turn() == 0
    assert by_number(hall.forms, number).state == "approved"
    hall.git("commit", "-qam", "Met de hand")
    browser.post(f"/beheer/publicaties/{jobs(hall.forms)[0].id}/opnieuw", {})
    assert press.turn() == 0

    assert by_number(hall.forms, number).state == "received"
    assert _merge(browser, number, summary="gids").status_code == 303
    assert press.turn() == 1
    assert _online(hall)["summary"] == "Van de gids."
    assert [made.what for made in _decisions(hall)] == ["edited"]
    assert "Van de aanbieder." in _decisions(hall)[0].sent_payload


def test_what_builds_on_an_undone_approval_goes_on_without_it(hall: Hall, press: Press) -> None:
    """A waiting time that was changed on top of an approval that has to be decided anew goes live by itself."""
    made = sender(hall.forms, hall.content)
    made.fill(changed(hall.content, OFFERING, summary="Van de aanbieder."))
    number = made.send()
    decide(reviewer(hall.forms), number, "goedkeuren")
    path = f"{made.home}/wachttijd"
    weeks = {"a.waiting_weeks.2024.post-en-papieren": ["9"]}
    assert made.browser.post(path, {**fields(made.browser.get(path)), **weeks}).status_code == 303
    assert "Van de aanbieder." in str(jobs(hall.forms)[-1].changes[0]["text"])
    _change_in_guide(hall, "Van de gids.")

    assert press.turn() == 0
    assert by_number(hall.forms, number).state == "received"
    assert press.turn() == 1
    assert (_online(hall)["summary"], _online(hall)["waiting_weeks"]) == ("Van de gids.", "9")


def test_staff_text_survives_an_undone_approval(hall: Hall, press: Press) -> None:
    """What staff rewrote before the approval is in the submission when it is back; what the provider sent is kept beside it."""
    made = sender(hall.forms, hall.content)
    made.fill(changed(hall.content, OFFERING, summary="Vanaf morgen."))
    number = made.send()
    browser = reviewer(hall.forms)
    edit = f"{QUEUE}{number}/wijzigen/{OFFERING}"
    browser.post(edit, {**fields(browser.get(edit)), "a.start": ["Van de beoordelaar."]})
    decide(browser, number, "goedkeuren", **DAY)
    _change_in_guide(hall, "Van de gids.")
    press.turn()
    _next_day(hall, press)

    assert by_number(hall.forms, number).state == "received"
    assert _merge(reviewer(hall.forms), number, summary="aanbieder").status_code == 303
    assert press.turn() == 1
    assert (_online(hall)["summary"], _online(hall)["start"]) == ("Vanaf morgen.", "Van de beoordelaar.")
    (decision,) = _decisions(hall)
    assert "Van de beoordelaar." not in decision.sent_payload
    assert "Vanaf morgen." in decision.sent_payload
    assert decision.what == "edited"


def _decisions(hall: Hall) -> list[Decision]:
    with hall.forms.desk.database.read() as db:
        return list(db.query(Decision).order_by(Decision.id))
