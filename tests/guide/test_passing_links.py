"""A guide can be printed on any day, also when an offer that staff's texts lead to is gone that day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, online, printed, refused

PAGE = f"{HOME}/pages/doelen.md"
DELTA = f"{PROVIDERS}/delta-logeren.yaml"
ADDRESS = f"/{REGION}/aanbieders/delta-logeren/"
OFFER = f"{ADDRESS}#hulp-uit-logeren"
YEARS_LATER = TODAY.replace(year=TODAY.year + 6)


def _linked(content: ContentFolder, *targets: str) -> None:
    links = "".join(f"\n[Kijk bij deze {target}]({target})\n" for target in targets)
    content.raw(PAGE, content.text(PAGE) + links)


def _article(site: Path) -> str:
    return (online(site) / REGION / "professionals" / "doelen" / "index.html").read_text(encoding="utf-8")


def test_shown_provider_stays_a_link(content: ContentFolder, tmp_path: Path) -> None:
    """A link of staff to a provider and to an offer of it is a link as long as both are shown."""
    _linked(content, ADDRESS, OFFER)

    printed(content, tmp_path, None)

    assert f'href="{ADDRESS}"' in _article(tmp_path)
    assert f'href="{OFFER}"' in _article(tmp_path)


def test_provider_that_nobody_confirmed_becomes_plain_text(content: ContentFolder, tmp_path: Path) -> None:
    """When a provider is hidden because nobody confirmed it for years, the words of the link stay, without the link."""
    _linked(content, ADDRESS)

    printed(content, tmp_path, None, YEARS_LATER)

    assert f'href="{ADDRESS}"' not in _article(tmp_path)
    assert f"Kijk bij deze {ADDRESS}" in _article(tmp_path)


@pytest.mark.parametrize(("day", "linked"), [(TODAY, True), (TODAY + timedelta(days=2), False)])
def test_offer_that_ended_becomes_plain_text(day: date, linked: object, content: ContentFolder, tmp_path: Path) -> None:
    """A link to one offer goes on the day after the offer's last, though the provider is still there."""
    content.put(DELTA, ("offerings", 0, "end"), (TODAY + timedelta(days=1)).isoformat())
    _linked(content, OFFER)

    printed(content, tmp_path, None, day)

    assert (f'href="{OFFER}"' in _article(tmp_path)) is linked


def test_link_comes_back_with_the_offer(content: ContentFolder, tmp_path: Path) -> None:
    """An article that is taken over from the last release is made anew when an offer that it leads to has ended."""
    cache = tmp_path / "cache"
    _linked(content, OFFER)
    printed(content, tmp_path / "site", cache)
    content.put(DELTA, ("offerings", 0, "end"), (TODAY - timedelta(days=1)).isoformat())

    printed(content, tmp_path / "site", cache)

    assert f'href="{OFFER}"' not in _article(tmp_path / "site")


@pytest.mark.parametrize("target", [f"/{REGION}/aanbieders/nergens/", f"{ADDRESS}#hulp-nergens"])
def test_link_to_what_never_was_is_told(target: str, content: ContentFolder, tmp_path: Path) -> None:
    """A link to a provider or an offer that isn't in the content is a problem, on any day."""
    _linked(content, target)

    assert any("nergens" in problem for problem in refused(content, tmp_path, None))
