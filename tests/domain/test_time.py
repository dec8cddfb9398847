"""What holds on a day: the contribution, the freshness of an offer, the terms of editions; and how days are written."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ContentFolder
from wmo_guide.domain.dutch import enumeration, euros, long_date
from wmo_guide.domain.freshness import State, freshness
from wmo_guide.domain.matrix import Edition, edition_on
from wmo_guide.domain.provider import Confirmation, Provider
from wmo_guide.domain.region import Freshness, Rate, Region

STEPS = Freshness.model_validate({"remind_days": "100", "escalate_days": "120", "warn_days": "140", "hide_days": "200"})
CONFIRMED = date(2025, 1, 1)


def rate(amount: str, start: str, end: str = "") -> Rate:
    """A contribution per month."""
    return Rate.model_validate({"amount": amount, "per": "month", "start": start, "end": end, "sources": ["x"]})


@pytest.fixture
def region(sample: ContentFolder) -> Region:
    """The sample's region with a matrix."""
    return sample.standards().region


@pytest.fixture
def provider(sample: ContentFolder) -> Provider:
    """A provider that confirmed its offer on the first day of 2025."""
    return sample.provider("gamma-zorg")._replace(confirmed=Confirmation(on=CONFIRMED, by="de aanbieder"))


@pytest.mark.parametrize(
    ("days", "state"),
    [
        (-1, "fresh"),
        (0, "fresh"),
        (99, "fresh"),
        (100, "remind"),
        (119, "remind"),
        (120, "escalate"),
        (139, "escalate"),
        (140, "warn"),
        (199, "warn"),
        (200, "hide"),
        (5000, "hide"),
    ],
)
def test_offer_ages_in_steps(provider: Provider, days: int, state: State) -> None:
    """A step begins on its own day after the last confirmation, not a day earlier."""
    assert freshness(provider, STEPS, CONFIRMED + timedelta(days=days)) == state


def test_steps_that_fall_together(provider: Provider) -> None:
    """Of steps on one day the most serious counts."""
    steps = STEPS.model_copy(update={"remind_days": 140, "escalate_days": 140})

    assert freshness(provider, steps, CONFIRMED + timedelta(days=140)) == "warn"


def test_editing_is_not_confirming(provider: Provider) -> None:
    """An offer that was edited yesterday is as old as its confirmation."""
    edited = provider._replace(updated=CONFIRMED + timedelta(days=199))

    assert freshness(edited, STEPS, CONFIRMED + timedelta(days=200)) == "hide"


@given(st.integers(min_value=-500, max_value=50_000))
def test_example_never_ages(sample: ContentFolder, days: int) -> None:
    """An example is fresh on any day."""
    example = sample.provider("beta-dag")

    assert example.example
    assert freshness(example, STEPS, example.confirmed.on + timedelta(days=days)) == "fresh"


@pytest.mark.parametrize(
    ("day", "amount"),
    [
        (date(2018, 12, 31), None),
        (date(2019, 1, 1), "17.50"),
        (date(2019, 12, 31), "17.50"),
        (date(2020, 1, 1), "19.00"),
        (date(2050, 1, 1), "19.00"),
    ],
)
def test_rate_in_force(region: Region, day: date, amount: str | None) -> None:
    """The contribution of a day is that of the period the day lies in, its first and last day included."""
    found = region.rate_on(day)

    assert (found and found.amount) == (amount and Decimal(amount))


def test_rate_that_began_last_counts(region: Region) -> None:
    """Where periods overlap, the one that began last counts, in whatever order they stand."""
    rates = (rate("21.00", "2024-01-01"), rate("19.00", "2020-01-01"), rate("20.00", "2022-01-01", "2024-06-30"))
    other = region.model_copy(update={"rates": rates})

    assert [str(found.amount) if (found := other.rate_on(date(year, 3, 1))) else "" for year in range(2019, 2026)] == [
        "",
        "19.00",
        "19.00",
        "20.00",
        "20.00",
        "21.00",
        "21.00",
    ]


def test_no_rate_after_the_last_has_ended(region: Region) -> None:
    """Once all periods have ended there is no contribution to show."""
    ended = region.model_copy(update={"rates": (rate("19.00", "2020-01-01", "2021-01-01"),)})

    assert ended.rate_on(date(2021, 1, 1)) is not None
    assert ended.rate_on(date(2021, 1, 2)) is None


def test_municipalities_of_today(region: Region) -> None:
    """Today's municipalities come by name, without those that ended; each is found by its slug."""
    assert [one.name for one in region.current_municipalities] == ["Helmdorp", "Zandhoek"]
    assert region.municipality("oud-zand").ended
    assert not region.municipality("zandhoek").ended
    with pytest.raises(KeyError):
        region.municipality("kadewijk")


def test_edition_ends_after_its_last_day(sample: ContentFolder) -> None:
    """An edition is in force on its last day; one without a last day doesn't end."""
    former, current = (sample.standards().editions[name] for name in ("2020", "2024"))

    assert [former.ended_on(day) for day in (date(2023, 12, 31), date(2024, 1, 1))] == [False, True]
    assert not current.ended_on(date.max)
    assert (former.open, current.open) == (False, True)


@pytest.mark.parametrize(
    ("status", "end", "states"),
    [
        ("current", None, ("coming", "current", "current", "current")),
        ("current", "2025-12-31", ("coming", "current", "current", "former")),
        ("incomplete", None, ("coming", "incomplete", "incomplete", "incomplete")),
        ("incomplete", "2025-12-31", ("coming", "incomplete", "incomplete", "former")),
        ("former", "2025-12-31", ("coming", "current", "current", "former")),
        ("former", None, ("coming", "former", "former", "former")),
    ],
)
def test_state_of_an_edition(status: str, end: str | None, states: tuple[str, ...], sample: ContentFolder) -> None:
    """The day before its first an edition is coming, and the day after its last it is former, whatever its status says."""
    known = sample.standards().editions["2024"].model_dump(by_alias=True, mode="json")
    edition = Edition.model_validate(
        {**known, "status": status, "end": end, "start": "2024-01-01", "areas": [known["areas"][0]]}
    )
    days = (date(2023, 12, 31), date(2024, 1, 1), date(2025, 12, 31), date(2026, 1, 1))

    assert tuple(edition.state_on(day) for day in days) == states


def test_edition_of_a_day(sample: ContentFolder) -> None:
    """The edition of a day is the one in force, else the first to come, else the last that was; without any there is none."""
    editions = sample.standards().editions
    ended = {**editions, "2024": editions["2024"].model_copy(update={"end": date(2025, 12, 31)})}
    gap = {**editions, "2024": editions["2024"].model_copy(update={"start": date(2025, 1, 1)})}

    assert [edition_on(editions, date(year, 6, 1)) for year in (2015, 2021, 2024, 2040)] == [
        "2020",
        "2020",
        "2024",
        "2024",
    ]
    assert edition_on(ended, date(2026, 1, 1)) == "2024"
    assert edition_on(gap, date(2024, 6, 1)) == "2024"
    assert edition_on({}, date(2026, 1, 1)) is None


@pytest.mark.parametrize(
    ("day", "words"),
    [(date(2026, 11, 22), "22 november 2026"), (date(2024, 2, 9), "9 februari 2024"), (date(1, 1, 1), "1 januari 1")],
)
def test_day_in_words(day: date, words: str) -> None:
    """A day is written with the Dutch name of its month, without leading zeros."""
    assert long_date(day) == words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("19.00", "19 euro"),
        ("17.50", "17,50 euro"),
        ("0.05", "0,05 euro"),
        ("1234.50", "1.234,50 euro"),
        ("0", "0 euro"),
    ],
)
def test_amount_in_words(amount: str, words: str) -> None:
    """Euros are written with a comma, and without cents when there are none."""
    assert euros(Decimal(amount)) == words


@pytest.mark.parametrize(
    ("parts", "words"), [((), ""), (("a",), "a"), (("a", "b"), "a en b"), (("a", "b", "c"), "a, b en c")]
)
def test_parts_in_a_sentence(parts: tuple[str, ...], words: str) -> None:
    """Parts are joined by commas, the last by "en"."""
    assert enumeration(parts) == words
    assert enumeration(("a", "b"), "of") == "a of b"
