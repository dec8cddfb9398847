"""News appears on its day, not before: a text may be written ahead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.guide.printing import book_of, files_of, online, printed
from wmo_guide.guide.headlines import headlines
from wmo_guide.guide.kinds.articles import news, news_index

AHEAD = "2026-nieuw-loket"
DAY = date(2026, 3, 1)
TITLE = "Het loket verhuist"


@pytest.fixture
def written_ahead(content: ContentFolder) -> ContentFolder:
    """Content with an item that is to appear on the first of March."""
    content.raw(
        f"{HOME}/news/{AHEAD}.md",
        f"---\ntitle: {TITLE}\ndescription: Vanaf maart ergens anders.\nupdated: {DAY}\n---\n\nKom langs.\n",
    )
    return content


def _files_about(content: ContentFolder, site: Path, day: date) -> set[str]:
    """Files of the site that name the item."""
    printed(content, site, None, day=day)
    return {path for path, data in files_of(online(site)).items() if TITLE.encode() in data or AHEAD.encode() in data}


@pytest.mark.parametrize("day", [TODAY, date(2026, 2, 28)])
def test_news_written_ahead_is_nowhere_before_its_day(written_ahead: ContentFolder, tmp_path: Path, day: date) -> None:
    """Until its day no page, list, feed, sitemap or search names an item; writing ahead is no problem."""
    assert _files_about(written_ahead, tmp_path / "site", day) == set()


def test_news_appears_on_its_day(written_ahead: ContentFolder, tmp_path: Path) -> None:
    """From its day on an item has its page, and stands on the home page, in the list, the feed and the sitemap."""
    assert _files_about(written_ahead, tmp_path / "site", DAY) == {
        "sitemap.xml",
        f"{REGION}/feed.xml",
        f"{REGION}/index.html",
        f"{REGION}/nieuws/index.html",
        f"{REGION}/nieuws/{AHEAD}/index.html",
    }


@pytest.mark.parametrize(
    ("day", "titles"), [(TODAY, ["De gids is er"]), (DAY, [TITLE, "De gids is er"]), (date(2025, 11, 30), [])]
)
def test_news_of_a_day(written_ahead: ContentFolder, day: date, titles: list[str]) -> None:
    """The news of a day is all that appeared until then, the newest first."""
    book = book_of(written_ahead, day=day)

    assert [one.head.title for one in book.news] == titles
    assert [page.title for page in news(book)] == titles
    assert [one.title for one in headlines(book) if "/nieuws/" in one.address] == titles


def test_list_is_no_newer_than_what_it_shows(written_ahead: ContentFolder) -> None:
    """The day on which the list of news last changed isn't that of an item to come."""
    [before], [after] = (list(news_index(book_of(written_ahead, day=day))) for day in (TODAY, DAY))

    assert (before.updated, after.updated) == (date(2025, 12, 1), DAY)


def test_feed_before_any_news_is_a_feed(written_ahead: ContentFolder, tmp_path: Path) -> None:
    """A feed whose news is all to come is still good XML."""
    printed(written_ahead, tmp_path / "site", None, day=date(2025, 11, 30))

    root = etree.parse(online(tmp_path / "site") / REGION / "feed.xml").getroot()

    assert "/nieuws/" not in etree.tostring(root, encoding="unicode")
