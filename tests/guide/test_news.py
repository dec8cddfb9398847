"""News appears on its day, not before: a text may be written ahead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from lxml import etree

from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, files_of, online, printed, refused
from wmo_guide.guide.headlines import headlines
from wmo_guide.guide.kinds.articles import news, news_index
from wmo_guide.publication import Publication
from wmo_guide.publishing import RefusedError
from wmo_guide.warm_publishing import WarmPublisher

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
    """From its day on an item has its page, and stands on the home page, in the list, the feed, the sitemap and search."""
    assert _files_about(written_ahead, tmp_path / "site", DAY) == {
        "sitemap.xml",
        f"{REGION}/feed.xml",
        f"{REGION}/index.html",
        f"{REGION}/nieuws/index.html",
        f"{REGION}/nieuws/{AHEAD}/index.html",
        f"{REGION}/zoeken/onderwerpen.json",
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


def _write_ahead(content: ContentFolder, text: str, slug: str = AHEAD, day: date = DAY) -> str:
    file = f"{HOME}/news/{slug}.md"
    content.raw(file, f"---\ntitle: {TITLE}\ndescription: Straks ergens anders.\nupdated: {day}\n---\n\n{text}\n")
    return file


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (f"[x](/{REGION}/kostn/)", f'Bedoelde u "/{REGION}/kosten/"?'),
        (f"[x](/{REGION}/gemeenten/zandhoek/#contct)", 'Bedoelde u "#contact"?'),
        ("[x](#nergens)", "#nergens"),
        ("## Inhoud", "Geef deze kop"),
        (f"[x](/{REGION}/nieuws/2026-later/)", f"/{REGION}/nieuws/2026-later/"),
        (f"[x](/{REGION}/nieuws/2026-eerder/#nergens)", "#nergens"),
    ],
)
def test_fault_in_news_written_ahead_is_told_at_once(
    text: str, told: str, content: ContentFolder, tmp_path: Path
) -> None:
    """A dead link in an item, or what else would hold up its day, is refused when it is written, at its line."""
    _write_ahead(content, "## Straks\n\nTekst.", "2026-later", date(2026, 4, 1))
    _write_ahead(content, "## Eerst\n\nTekst.", "2026-eerder", date(2026, 2, 1))
    file = _write_ahead(content, text)

    (problem,) = refused(content, tmp_path / "site", None)

    assert problem.startswith(f"{content.root}/{file}:7: ")
    assert told in problem


def test_news_written_ahead_may_lead_to_what_is_there_by_then(content: ContentFolder, tmp_path: Path) -> None:
    """An item may lead to pages of the guide, to itself, and to news that appears before it or with it."""
    _write_ahead(content, "## Eerst\n\nTekst.", "2026-eerder", date(2026, 2, 1))
    links = ("kosten/", "gemeenten/zandhoek/#contact", f"nieuws/{AHEAD}/#hier", "nieuws/2026-eerder/#eerst")
    _write_ahead(content, "## Hier\n\n" + "\n".join(f"[x](/{REGION}/{one})" for one in links))

    for day in (TODAY, date(2026, 2, 1), DAY):
        printed(content, tmp_path / "site", None, day=day)

    page = (online(tmp_path / "site") / REGION / "nieuws" / AHEAD / "index.html").read_text(encoding="utf-8")
    assert all(f'href="/{REGION}/{one}"' in page for one in links)


def test_no_page_may_lead_to_news_that_has_not_appeared(written_ahead: ContentFolder, tmp_path: Path) -> None:
    """A link of today to an item of a later day is dead today."""
    file = f"{HOME}/pages/doelen.md"
    written_ahead.raw(file, f"{written_ahead.text(file)}\n[x](/{REGION}/nieuws/{AHEAD}/)\n")

    (problem,) = refused(written_ahead, tmp_path / "site", None)

    assert problem.startswith(f"{written_ahead.root}/{file}:")


def test_press_that_stays_awake_looks_ahead_too(content: ContentFolder, tmp_path: Path) -> None:
    """A provider to which news of a later day leads can't go, also when nothing else is printed anew."""
    _write_ahead(content, f"[x](/{REGION}/aanbieders/delta-logeren/)")
    order = Publication(content=content.root, site_dir=tmp_path / "site", cache_dir=tmp_path / "cache", day=TODAY)
    publisher = WarmPublisher(order)
    with publisher.prepared(None, TODAY, TODAY) as ready:
        ready.switch()
    publisher.press.get_ready()
    file = f"{PROVIDERS}/delta-logeren.yaml"
    content.remove(file)

    with pytest.raises(RefusedError, match=f"{AHEAD}.md:7: .*delta-logeren"), publisher.prepared({file}, TODAY, TODAY):
        pass
