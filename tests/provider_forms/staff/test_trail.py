"""The ways from an organisation, and from what was decided, to what there is of it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import REGION, ContentFolder
from tests.provider_forms.drafting import OFFERING
from tests.provider_forms.press.hall import ALFA, Hall, make_hall
from tests.provider_forms.provider.filling import elements
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.staff.sending import QUEUE, changed, decide, newcomer, sender
from tests.provider_forms.visiting import text_of

GUIDE, HISTORY = f"/{REGION}/aanbieders/alfa-thuis/", f"/beheer/geschiedenis/bestand/{ALFA}"


@pytest.fixture
def hall(tmp_path: Path, content: ContentFolder) -> Iterator[Hall]:
    """An instance whose guide is online."""
    made = make_hall(tmp_path, content)
    made.press().turn()
    yield made
    made.close()


def test_from_an_organisation_to_its_page_its_history_and_what_it_sent(hall: Hall) -> None:
    """The page of an organisation leads to its page in the guide, to its versions, and to each form that it sent."""
    one = sender(hall.forms, hall.content)
    one.fill(changed(hall.content, OFFERING, summary="Wij openen samen uw post."))
    number = one.send()
    visitor = reviewer(hall.forms)
    decide(visitor, number, "terugsturen", **{"a.reden": "Wie is wij?"})
    page = visitor.get(f"/beheer/mensen/{one.organisation}")
    leads = {link.get("href") for link in elements(page, "//main//a")}

    assert {GUIDE, HISTORY, f"{QUEUE}{number}/"} <= leads
    assert "verstuurd op 15 januari 2026 om 13.00 uur: teruggegeven" in text_of(page)
    assert "Geschiedenis van" in visitor.get(HISTORY).text


def test_from_an_organisation_that_the_guide_has_not(hall: Hall) -> None:
    """Where there is no page and no history, no link leads to them."""
    organisation = newcomer(hall.forms, hall.content, "nieuw", "nieuw@example.nl").organisation
    page = reviewer(hall.forms).get(f"/beheer/mensen/{organisation}")

    assert "Bekijk in de gids" not in text_of(page)
    assert "Geschiedenis" not in text_of(page)


def test_what_was_sent_can_be_read_after_the_decision(hall: Hall) -> None:
    """The page of what was rejected shows all of it, and leads to the organisation."""
    one = newcomer(hall.forms, hall.content, "nieuw", "nieuw@example.nl", description="Wij komen op de fiets.")
    number = one.send()
    visitor = reviewer(hall.forms)
    decide(visitor, number, "afwijzen", **{"a.reden": "Geen contract."})
    page = visitor.get(f"{QUEUE}{number}/")

    assert elements(page, "//details[contains(., 'Wat de aanbieder stuurde')]//dd[contains(., 'op de fiets')]")
    assert elements(page, f"//main//a[@href='/beheer/mensen/{one.organisation}']")
