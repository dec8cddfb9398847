"""Words that found nothing: counted by word and day, and nothing else of who searched."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from provider_forms.desk import search_misses
from provider_forms.desk.models import Attempt, Event, Table
from provider_forms.desk.upkeep_models import SearchMiss
from tests.builders import REGION
from tests.provider_forms.staff.desk_staff import reviewer
from tests.provider_forms.visiting import Forms, text_of


def tell(forms: Forms, words: str, region: str = REGION, **headers: str) -> int:
    """What the search page sends; the answer's status."""
    client = forms.browser().client
    answer = client.post("/zoekwoord", data={"p": f"/{region}/zoeken/", "q": words}, headers=headers)
    assert "Set-Cookie" not in answer.headers
    return answer.status_code


def stored(forms: Forms) -> list[tuple[str, int]]:
    """Words with their number, by day."""
    with forms.desk.database.read() as session:
        return [(one.words, one.times) for one in session.scalars(select(SearchMiss).order_by(SearchMiss.id))]


def test_words_are_counted_by_day(forms: Forms) -> None:
    """The same words on one day are one row, however they are written; the next day is another."""
    for words in ("Kapper", "kapper ", "KAPPER", "honden  uitlaten"):
        tell(forms, words)
    forms.clock.forward(timedelta(days=1))
    tell(forms, "kapper")

    assert stored(forms) == [("kapper", 3), ("honden uitlaten", 1), ("kapper", 1)]


def test_nothing_else_is_stored(forms: Forms) -> None:
    """Neither an address, nor a browser, nor an event is kept: the only new row has region, day, words and number."""
    tell(forms, "kapper", **{"User-Agent": "Verraderlijk/1", "X-Forwarded-For": "192.0.2.9"})
    with forms.desk.database.read() as session:
        rows = [str(row) for table in Table.metadata.sorted_tables for row in session.execute(table.select())]
        assert session.scalars(select(Attempt)).all() == []
        assert session.scalars(select(Event)).all() == []

    assert len(rows) == 1
    assert "Verraderlijk" not in rows[0]


@pytest.mark.parametrize(
    "words",
    [
        "jan@example.nl",
        "111222333",
        "06 12345678",
        "1234 ab 12",
        "https://example.nl",
        "mijn buurman piet heeft een heel groot probleem",
        "x" * 61,
        "",
        "   ",
        "?!",
        "a\x00b",
        "om\u202egekeerd",
        "twee\nregels",
    ],
)
def test_what_may_tell_of_a_person_is_not_kept(forms: Forms, words: str) -> None:
    """Addresses, numbers and stories aren't counted; the answer is the same as always."""
    assert tell(forms, words) == 204
    assert stored(forms) == []


def test_strangers_are_not_counted(forms: Forms) -> None:
    """A region that isn't there, a page of another site and a very long post leave nothing."""
    assert tell(forms, "kapper", region="nergens") == 204
    assert tell(forms, "kapper", **{"Sec-Fetch-Site": "cross-site"}) == 204
    assert tell(forms, "kapper" * 1000) == 204
    assert tell(forms, "kapper", **{"Sec-Fetch-Site": "same-origin"}) == 204
    assert stored(forms) == [("kapper", 1)]


def test_a_program_fills_no_database(forms: Forms) -> None:
    """After five hundred different words of a region on one day new ones aren't counted; known ones are."""
    day = forms.clock().date()
    with forms.desk.database.write() as session:
        counted = [search_misses.count(session, REGION, f"woord {'abcdefghij'[n % 10]}{n}", day) for n in range(501)]
        again = search_misses.count(session, REGION, "woord a0", day)

    assert counted == [True] * 500 + [False]
    assert again


def test_a_flood_does_not_reach_the_database(forms: Forms) -> None:
    """Of many in one second five are counted; in the next second it goes on. Everybody gets the same answer."""
    forms.clock.forward(timedelta(days=40))
    statuses = {tell(forms, "kapper") for _ in range(12)}
    forms.clock.forward(timedelta(seconds=1))
    tell(forms, "kapper")

    assert statuses == {204}
    assert stored(forms) == [("kapper", 6)]


def test_staff_see_what_was_missed(forms: Forms) -> None:
    """The overview tells the words of ninety days, the most frequent first, as text."""
    for words in ("kapper", "kapper", "<b>gras</b>"):
        tell(forms, words)
    page = reviewer(forms).get(f"/beheer/overzicht/zoekwoorden/?regio={REGION}")

    assert text_of(page).index("kapper 2") < text_of(page).index("<b>gras</b> 1")
    assert "<b>gras" not in page.text


def test_what_may_be_a_name_is_not_shown(forms: Forms) -> None:
    """Several words together are shown once they were searched on a second day; a single word at once."""
    today = forms.clock().date()
    with forms.desk.database.write() as db:
        for words in ("kapper", "jan de vries", "hond uitlaten"):
            search_misses.count(db, REGION, words, today)
        search_misses.count(db, REGION, "hond uitlaten", today + timedelta(days=1))
        shown = {one.words for one in search_misses.most_missed(db, REGION, today)}

    assert shown == {"kapper", "hond uitlaten"}
