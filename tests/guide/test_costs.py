"""Pages tell the amount of today, since when, and when to ask for a newer one."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.builders import HOME, PLAIN_REGION, REGION, ContentFolder
from tests.guide.printing import book_of, parsed, printer_of
from wmo_guide.guide.kinds import PAGE_KINDS

KINDS = {kind.name: kind for kind in PAGE_KINDS}
COSTLY = ("costs", "block", "municipality", "municipality_block")
"""Kinds of pages that tell what help costs."""
OLD = "langer dan een jaar geleden"
ASK = "Het CAK of uw gemeente weet"


def _body(kind: str, content: ContentFolder, day: date, region: str = REGION) -> Any:
    book = book_of(content, region, day)
    page = next(iter(KINDS[kind].pages(book)))
    return parsed(printer_of(book).body(kind, page))


def _rate(content: ContentFolder, **changes: str) -> None:
    rate = {"amount": "21.30", "per": "month", "sources": ["besluit"], **changes}
    content.put(f"{HOME}/region.yaml", ("rates",), [rate])


@pytest.mark.parametrize("kind", COSTLY)
@pytest.mark.parametrize(
    ("day", "told", "since"),
    [
        (date(2019, 1, 1), "17,50 euro per 4 weken", "1 januari 2019"),
        (date(2019, 12, 31), "17,50 euro per 4 weken", "1 januari 2019"),
        (date(2020, 1, 1), "19 euro per maand", "1 januari 2020"),
        (date(2026, 1, 15), "19 euro per maand", "1 januari 2020"),
    ],
)
def test_amount_in_force_is_told(kind: str, day: date, told: str, since: str, sample: ContentFolder) -> None:
    """Each page about costs tells the amount of the guide's day, per which period, and since when."""
    text = _body(kind, sample, day).text_content()

    assert told in text
    assert f"sinds {since}" in text


@pytest.mark.parametrize("kind", COSTLY)
@pytest.mark.parametrize(
    ("start", "day", "old"),
    [
        ("2025-01-15", date(2026, 1, 14), False),
        ("2025-01-15", date(2026, 1, 15), True),
        ("2025-01-15", date(2025, 1, 15), False),
        ("2024-02-29", date(2025, 2, 27), False),
        ("2024-02-29", date(2025, 3, 1), True),
        ("2024-02-29", date(2028, 2, 29), True),
    ],
)
def test_old_amount_comes_with_a_warning(kind: str, start: str, day: date, old: object, content: ContentFolder) -> None:
    """From a year after its first day, an amount comes with the advice to ask the CAK or the municipality; not before."""
    _rate(content, start=start)
    text = _body(kind, content, day).text_content()

    assert "21,30 euro per maand" in text
    assert (OLD in text) is old
    assert (ASK in text) is old


@pytest.mark.parametrize("kind", COSTLY)
@pytest.mark.parametrize("day", [date(2018, 12, 31), date(2030, 1, 1)], ids=["before the first", "after the last"])
def test_without_an_amount_the_reader_knows_whom_to_ask(kind: str, day: date, content: ContentFolder) -> None:
    """On a day without an amount in force, pages name no amount of today and say who knows it."""
    _rate(content, start="2019-01-01", end="2029-12-31")
    text = _body(kind, content, day).text_content()

    assert "21,30 euro" not in text
    assert "kent het bedrag niet" in text
    assert ASK in text


def test_region_without_rates_says_who_knows(sample: ContentFolder) -> None:
    """A region that has no amounts at all says who knows them."""
    tree = _body("costs", sample, date(2026, 1, 15), PLAIN_REGION)

    assert ASK in tree.text_content()
    assert tree.xpath("//table") == []


def test_past_amounts_are_kept(sample: ContentFolder) -> None:
    """The page about costs has all amounts through the years, the newest first, each with its period and days."""
    rows = _body("costs", sample, date(2026, 1, 15)).xpath("//tbody/tr")
    cells = [[cell.text_content() for cell in row.xpath("./td")] for row in rows]

    assert cells == [
        ["1 januari 2020", "nu", "19 euro per maand", "U betaalt elke maand hetzelfde."],
        ["1 januari 2019", "31 december 2019", "17,50 euro per 4 weken", ""],
    ]


def test_amount_of_the_future_is_not_yet_told(content: ContentFolder) -> None:
    """An amount that begins later is not the amount of today, on its last day before either."""
    file = f"{HOME}/region.yaml"
    content.put(file, ("rates", 1, "end"), "2026-12-31")
    content.put(file, ("rates", 2), {"amount": "21.30", "per": "month", "start": "2027-01-01", "sources": ["besluit"]})

    today = _body("block", content, date(2026, 12, 31)).text_content()
    tomorrow = _body("block", content, date(2027, 1, 1)).text_content()

    assert "19 euro per maand" in today
    assert "21,30 euro" not in today
    assert "21,30 euro per maand" in tomorrow


def test_amount_of_the_future_has_no_last_day_now(content: ContentFolder) -> None:
    """In the list of amounts, "nu" stands only with an amount that is in force."""
    file = f"{HOME}/region.yaml"
    content.put(file, ("rates", 1, "end"), "2026-12-31")
    content.put(file, ("rates", 2), {"amount": "21.30", "per": "month", "start": "2027-01-01", "sources": ["besluit"]})
    rows = _body("costs", content, date(2026, 1, 15)).xpath("//tbody/tr")
    ends = {row.xpath("string(./td[1])"): row.xpath("string(./td[2])") for row in rows}

    assert ends["1 januari 2027"] != "nu"


def test_note_of_the_rate_stands_with_the_amount(sample: ContentFolder) -> None:
    """What is special about the amount of today stands on the page about costs."""
    text = _body("costs", sample, date(2026, 1, 15)).xpath("string(//main | //div)")

    assert text.index("19 euro per maand") < text.index("U betaalt elke maand hetzelfde.")


@pytest.mark.parametrize(
    ("day", "heading"),
    [
        (date(2020, 12, 31), "Het bedrag dat nu geldt"),
        (date(2021, 1, 1), "Het laatste bedrag dat deze gids kent"),
        (date(2018, 12, 31), "Het bedrag"),
    ],
    ids=["in its first year", "a year old", "before the first"],
)
def test_heading_promises_no_more_than_the_guide_knows(day: date, heading: str, sample: ContentFolder) -> None:
    """Only an amount of less than a year old stands below a heading that says it is the amount of now."""
    headings = _body("costs", sample, day).xpath("//h2")

    assert headings[0].text_content() == heading
