"""What became of what was sent."""

from __future__ import annotations

from datetime import timedelta

import pytest

from provider_forms.desk import submissions
from provider_forms.desk.submissions import State
from tests.builders import ContentFolder
from tests.provider_forms.drafting import fill, full_parts
from tests.provider_forms.visiting import MANAGER, Browser, Forms, text_of


@pytest.fixture
def sent(forms: Forms, sample: ContentFolder) -> tuple[Browser, str]:
    """A browser of a manager who has sent a form, and the address of the status page."""
    organisation = forms.organisation(MANAGER)
    fill(forms, organisation, full_parts(sample))
    browser, home = forms.signed_in(), f"/aanbieder/{organisation}"
    seen = browser.get(f"{home}/controleren").text.partition('name="seen" value="')[2].partition('"')[0]
    browser.post(f"{home}/versturen", {"seen": seen})
    return browser, f"{home}/status"


def _move(forms: Forms, state: State) -> None:
    with forms.desk.database.write() as db:
        found = submissions.find(db, "2026-0001")
        assert found is not None
        submissions.move(db, found, state, None, forms.clock())


def test_what_was_sent_is_received(sent: tuple[Browser, str]) -> None:
    """Right after sending the page says that it was received, when, and what comes next."""
    browser, path = sent
    text = text_of(browser.get(path))

    assert "2026-0001: Uw aanbod Ontvangen" in text
    assert "Ontvangen: 15 januari 2026" in text
    assert "U krijgt daarna een mail." in text


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("in_review", "In behandeling"),
        ("returned", "Teruggestuurd met opmerkingen"),
        ("published", "Gepubliceerd in de gids"),
        ("rejected", "Niet overgenomen"),
        ("withdrawn", "Vervangen door een nieuwere versie"),
    ],
)
def test_each_state_is_told_with_its_date(forms: Forms, sent: tuple[Browser, str], state: State, words: str) -> None:
    """Each state is told in words, with the dates of all states that came before."""
    browser, path = sent
    forms.clock.forward(timedelta(hours=11, minutes=30))
    _move(forms, state)
    text = text_of(browser.get(path))

    assert f"2026-0001: Uw aanbod {words}" in text
    assert "Ontvangen: 15 januari 2026" in text
    assert f"{words}: 16 januari 2026" in text


def test_nothing_sent_yet(forms: Forms) -> None:
    """Who hasn't sent anything is led to where that is done."""
    organisation = forms.organisation(MANAGER)
    page = forms.signed_in().get(f"/aanbieder/{organisation}/status")

    assert "U hebt nog niets verstuurd." in text_of(page)
    assert f'href="/aanbieder/{organisation}/controleren"' in page.text


def test_the_newest_comes_first(sent: tuple[Browser, str]) -> None:
    """What was sent last stands at the top."""
    browser, path = sent
    home = path.removesuffix("/status")
    fill(browser.forms, 1, {"misfit": {"misfit": "Wij varen."}})
    seen = browser.get(f"{home}/controleren").text.partition('name="seen" value="')[2].partition('"')[0]
    browser.post(f"{home}/versturen", {"seen": seen})
    text = text_of(browser.get(path))

    assert text.index("2026-0002") < text.index("2026-0001")
