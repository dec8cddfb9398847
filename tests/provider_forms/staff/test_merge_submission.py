"""Approving while the guide has got other answers since the provider began."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from provider_forms.desk.models import Organisation
from provider_forms.desk.signatures import by_desk
from provider_forms.desk.staff_models import Decision, PublishJob
from provider_forms.desk.taken_apart import fingerprint, read_file
from provider_forms.desk.upcoming import upcoming
from tests.builders import HOME, ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.provider.filling import elements, fields, filled, part
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.staff.sending import QUEUE, Sender, by_number, changed, decide, jobs, sender
from tests.provider_forms.visiting import SLUG, Browser, Forms, make_forms, text_of
from wmo_guide.domain.provider import ProviderFile
from wmo_guide.store.history import Change, History

FILE = f"{HOME}/providers/{SLUG}.yaml"
NUMBER = "2026-0001"
PAGE = f"{QUEUE}{NUMBER}/"
MERGE = f"{PAGE}samenvoegen"


@pytest.fixture
def guide(tmp_path: Path, content: ContentFolder) -> Iterator[tuple[Forms, ContentFolder]]:
    """The application over content that changes, with a history."""
    made = make_forms(tmp_path / "var", content.root)
    History(content.root)
    yield made, content
    made.desk.close()


@pytest.fixture
def one(guide: tuple[Forms, ContentFolder]) -> Sender:
    """A provider that has sent another summary and another phone number as the first submission."""
    forms, content = guide
    made = sender(forms, content)
    made.fill(changed(content, OFFERING, summary="Van de aanbieder."))
    answers = part(forms, made.organisation, "organisation").answers
    made.fill({"organisation": {**answers, "phone": "012 345 67 22"}})
    assert made.send() == NUMBER
    return made


def _publish(content: ContentFolder, path: tuple[str | int, ...], value: str) -> None:
    """Staff change an answer in the guide, as the press writes it."""
    before = content.text(FILE)
    content.put(FILE, path, value)
    after = content.text(FILE)
    content.raw(FILE, before)
    at = datetime(2026, 1, 15, 12, 0, len(value) % 60, tzinfo=UTC)
    History(content.root).commit([Change(FILE, after)], f"Wijziging {value}", by_desk(), by_desk(), at)


def _choose(browser: Browser, **chosen: str) -> TestResponse:
    """Opens the merge page, chooses by question key, and presses the button."""
    page = browser.get(MERGE)
    found = {name: texts for name, texts in fields(page).items() if texts}
    names = [str(node.get("name")) for node in elements(page, "//input[@type='radio']")]
    picks = {name: chosen[key] for name in names for key in [name.rpartition("|")[2]] if key in chosen}
    return browser.post(MERGE, {**found, **picks, "doe": "goedkeuren"})


def _published(forms: Forms) -> ProviderFile:
    found = read_file(str(jobs(forms)[-1].changes[0]["text"]))
    assert found is not None
    return found


def test_the_guides_change_is_never_overwritten(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """The page tells that the guide changed; approving goes by way of the merge page, also for a forged button."""
    forms, content = guide
    _publish(content, ("organisation", "email"), "gids@alfa.example.nl")
    browser = reviewer(forms)
    page = browser.get(PAGE)
    answer = decide(browser, NUMBER, "goedkeuren")

    assert "De gids is intussen veranderd." in text_of(page)
    assert 'value="goedkeuren"' not in page.text
    assert answer.status_code == 400
    assert jobs(forms) == []


def test_what_one_side_changed_is_chosen_already(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """Answers that only one side changed are chosen beforehand, and the merged file holds both changes."""
    forms, content = guide
    _publish(content, ("organisation", "email"), "gids@alfa.example.nl")
    browser = reviewer(forms)
    page = browser.get(MERGE)
    told = text_of(page)
    answer = _choose(browser)
    file = _published(forms)

    assert told.count("Alleen de aanbieder veranderde dit.") == 2
    assert told.count("Dit is alleen in de gids veranderd.") == 1
    assert len(elements(page, "//input[@type='radio'][@checked]")) == 3
    assert answer.status_code == 303
    assert file.organisation["email"] == "gids@alfa.example.nl"
    assert file.organisation["phone"] == "012 345 67 22"
    assert file.offerings[0].answers["summary"] == "Van de aanbieder."
    assert jobs(forms)[-1].changes[0]["base"] == fingerprint(content.text(FILE))


@pytest.mark.parametrize(("side", "summary"), [("aanbieder", "Van de aanbieder."), ("gids", "Van de gids.")])
def test_what_both_changed_has_to_be_chosen(
    guide: tuple[Forms, ContentFolder], one: Sender, side: str, summary: str
) -> None:
    """An answer that both changed is asked about; without a choice nothing is decided, with one it is what was chosen."""
    forms, content = guide
    _publish(content, ("offerings", 0, "answers", "summary"), "Van de gids.")
    browser = reviewer(forms)
    refused = _choose(browser)
    assert refused.status_code == 400
    assert "Kies bij “Wat doet u, in één zin?” (Aanbod: Post en papieren)" in text_of(refused)
    assert jobs(forms) == []
    answer = _choose(browser, summary=side)

    assert answer.status_code == 303
    assert _published(forms).offerings[0].answers["summary"] == summary
    with forms.desk.database.read() as db:
        decision = db.query(Decision).one()
    assert decision.what == "edited"
    assert "Van de aanbieder." in decision.sent_payload


def test_the_draft_follows_the_merge(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """After merging, the provider's draft has the guide's answers too, so that its next sending changes nothing back."""
    forms, content = guide
    _publish(content, ("organisation", "email"), "gids@alfa.example.nl")
    _choose(reviewer(forms))
    content.raw(FILE, by_number(forms, NUMBER).payload)
    one.fill({"misfit": {"misfit": "Wij varen."}})
    number = one.send()
    browser = reviewer(forms)

    assert part(forms, one.organisation, "organisation").answers["email"] == "gids@alfa.example.nl"
    assert by_number(forms, number).base == fingerprint(content.text(FILE))
    assert not elements(browser.get(f"{QUEUE}{number}/"), "//form//dd//del")
    assert decide(browser, number, "goedkeuren").status_code == 303


def test_a_change_of_the_guide_meanwhile_is_looked_at_again(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """When the guide changes once more while the merge page is open, nothing is decided and the page shows the new answers."""
    forms, content = guide
    _publish(content, ("organisation", "email"), "gids@alfa.example.nl")
    browser = reviewer(forms)
    found = fields(browser.get(MERGE))
    _publish(content, ("organisation", "email"), "anders@alfa.example.nl")
    answer = browser.post(MERGE, {**found, "doe": "goedkeuren"})

    assert answer.status_code == 400
    assert "Intussen is er iets veranderd" in text_of(answer)
    assert "anders@alfa.example.nl" in text_of(answer)
    assert jobs(forms) == []


def test_the_waiting_time_needs_no_merging(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """A change of the fast lane that still waits for the press is seen, is suggested, and isn't undone by an approval."""
    forms, _ = guide
    path = f"{one.home}/wachttijd"
    page = one.browser.get(path)
    one.browser.post(path, filled(page, {"waiting_weeks.2024.post-en-papieren": "9"}, ""))
    fast = jobs(forms)[0]
    browser = reviewer(forms)
    answer = _choose(browser)

    assert answer.status_code == 303, text_of(answer)
    assert _published(forms).offerings[0].answers["waiting_weeks"] == "9"
    assert _published(forms).offerings[0].answers["summary"] == "Van de aanbieder."
    assert jobs(forms)[-1].changes[0]["base"] == fingerprint(fast.changes[0]["text"])


def test_a_confirmation_meanwhile_asks_nothing(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """When only the confirmation in the guide is newer, an approval needs no merge page and keeps that confirmation."""
    forms, content = guide
    _publish(content, ("confirmed", "on"), "2026-01-14")
    browser = reviewer(forms)
    answer = decide(browser, NUMBER, "goedkeuren")

    assert answer.status_code == 303
    assert str(_published(forms).confirmed.on) == "2026-01-15"
    assert browser.get(MERGE).status_code == 303


def test_a_lost_base_asks_about_everything(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """When the file that a submission builds on is nowhere to be found, every difference is asked about."""
    forms, _ = guide
    with forms.desk.database.write() as db:
        found = db.merge(by_number(forms, NUMBER))
        found.base = "0" * 32
    told = text_of(reviewer(forms).get(MERGE))

    assert told.count("Dit is op twee plaatsen veranderd.") == 2


def test_a_broken_file_is_not_overwritten(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """A file in the guide that somebody broke by hand is told, and can't be approved over."""
    forms, content = guide
    content.raw(FILE, "organisation: [")
    browser = reviewer(forms)
    page = browser.get(PAGE)

    assert "is niet te lezen" in text_of(page)
    assert decide(browser, NUMBER, "goedkeuren").status_code == 400
    assert jobs(forms) == []


def test_what_waits_for_the_press_counts(guide: tuple[Forms, ContentFolder], one: Sender) -> None:
    """The file that is about to be is that of the last job that waits or that failed and can be put right; a planned job, or a failed one whose file became another, doesn't count."""
    forms, content = guide
    decide(reviewer(forms), NUMBER, "goedkeuren")

    def about_to_be(**told: Any) -> str:
        with forms.desk.database.write() as db:
            organisation = db.get_one(Organisation, one.organisation)
            job = db.query(PublishJob).one()
            for key, value in told.items():
                setattr(job, key, value)
            db.flush()
            found = upcoming(db, content.root, organisation)
            assert found
            return found.text

    sent = by_number(forms, NUMBER).payload
    assert about_to_be() == sent
    assert about_to_be(state="failed") == sent
    assert about_to_be(state="waiting", publish_on=date(2099, 1, 1)) == content.text(FILE)
    content.put(FILE, ("organisation", "name"), "Met de hand")
    assert about_to_be(state="failed", publish_on=None) == content.text(FILE)
