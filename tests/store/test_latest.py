"""What content says has happened, has happened; how far ahead a day may lie depends on the day of the build."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import HOME, TODAY, ContentFolder
from wmo_guide.publication import Publication
from wmo_guide.publishing import RefusedError, publish
from wmo_guide.store.load import load

ALFA = f"{HOME}/providers/alfa-thuis.yaml"
TOMORROW = TODAY + timedelta(days=1)


def _told(content: ContentFolder, latest: date | None, cache: Path | None = None) -> list[str]:
    return [one.key for one in load(content.root, cache_dir=cache, latest=latest).problems]


@pytest.mark.parametrize(("latest", "told"), [(TODAY, ["confirmed.on"]), (TOMORROW, []), (None, [])])
def test_last_day_itself_can_be_past(latest: date | None, told: list[str], content: ContentFolder) -> None:
    """A day is told when it lies after the latest, not on it; without a latest day none is."""
    content.put(ALFA, ("confirmed", "on"), TOMORROW.isoformat())

    assert _told(content, latest) == told


def test_provider_kept_between_builds_is_held_against_the_day(content: ContentFolder, tmp_path: Path) -> None:
    """A provider that comes out of the cache is told of all the same, and again the next time."""
    content.put(ALFA, ("confirmed", "on"), TOMORROW.isoformat())

    assert [_told(content, latest, tmp_path / "cache") for latest in (TOMORROW, TODAY, TODAY, TOMORROW)] == [
        [],
        ["confirmed.on"],
        ["confirmed.on"],
        [],
    ]


def _publish(content: ContentFolder, site: Path, day: date) -> None:
    publish(Publication(content=content.root, site_dir=site, cache_dir=None, day=day, today=TODAY))


@pytest.mark.parametrize("day", [date(2022, 1, 1), TODAY])
def test_far_day_is_refused_whatever_day_the_guide_is_of(day: date, content: ContentFolder, tmp_path: Path) -> None:
    """A confirmation of next year stops a guide of today and one of a past day alike."""
    content.put(ALFA, ("confirmed", "on"), "2027-01-10")

    with pytest.raises(RefusedError, match=r"confirmed\.on: 10 januari 2027 moet nog komen"):
        _publish(content, tmp_path / "site", day)


@pytest.mark.parametrize(
    ("on", "day"),
    [
        (date(2025, 11, 20), date(2022, 1, 1)),
        (TODAY, date(2022, 1, 1)),
        (date(2027, 1, 10), date(2027, 1, 10)),
    ],
)
def test_day_that_can_be_past_is_published(on: date, day: date, content: ContentFolder, tmp_path: Path) -> None:
    """A guide of a past day may tell what is known today, one of a day ahead what is known then."""
    content.put(ALFA, ("confirmed", "on"), on.isoformat())

    _publish(content, tmp_path / "site", day)

    assert (tmp_path / "site" / "current").exists()
