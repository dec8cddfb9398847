"""The whole guide, page by page, over HTTP and without JavaScript."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any
from urllib.parse import urldefrag

import pytest

from tests.browser.crawling import Crawl, Visited, path_of, region_of
from tests.browser.online import Online
from tests.guide.headings import lonely_headings

MOST_CLICKS = 4
LANDMARKS = ("//header", "//main[@id='inhoud']", "//footer", "//nav[@aria-label='Hoofdmenu']")
EMPTY_WORDS = frozenset({"", "klik hier", "hier", "lees meer", "meer", "link", "verder", "deze link"})
"""Link texts that tell nothing to somebody who hears only the links."""


@pytest.fixture(scope="module")
def crawl(guide: Online) -> Crawl:
    """The shipped guide, walked once."""
    return Crawl(guide)


def test_every_page_of_the_release_is_found_by_clicking(crawl: Crawl, guide: Online) -> None:
    """Each page that was built, the one for wrong addresses excepted, can be clicked to from the front page."""
    assert {path_of(page.url) for page in crawl.pages} == guide.html_files() - {"/404.html"}


def test_no_page_is_far_away(crawl: Crawl) -> None:
    """Each page is at most four clicks from the front page, and at most four from its region's home page."""
    far = {url: clicks for url, clicks in crawl.clicks_from(crawl.start).items() if clicks > MOST_CLICKS}
    for home in crawl.region_homes():
        away = crawl.clicks_from(home)
        own = [page.url for page in crawl.pages if region_of(page.url) == region_of(home)]
        far |= {url: away.get(url, -1) for url in own if not 0 <= away.get(url, -1) <= MOST_CLICKS}

    assert far == {}


def test_every_address_answers(crawl: Crawl) -> None:
    """Nothing that a page refers to is missing: pages, style sheets, scripts, icons, feeds and forms."""
    assert [one.url for one in crawl.visited.values() if one.status != 200] == []
    assert {"text/html", "text/css", "text/javascript", "image/svg+xml", "application/xml"} <= {
        one.kind for one in crawl.visited.values()
    }


def test_every_anchor_is_there(crawl: Crawl) -> None:
    """Each link with a # leads to an id that stands on the page."""
    dead = set()
    for page in crawl.pages:
        for target in page.targets():
            url, anchor = urldefrag(target)
            if anchor and anchor not in crawl.visited[url].ids:
                dead.add((path_of(page.url), target))

    assert dead == set()


def test_ids_are_unique(crawl: Crawl) -> None:
    """No id stands twice on a page."""
    double = {page.url: [key for key, times in Counter(page.ids).items() if times > 1] for page in crawl.pages}

    assert {url: ids for url, ids in double.items() if ids} == {}


def test_every_page_has_its_head(crawl: Crawl) -> None:
    """Each page says that it is Dutch, and has one h1, a title, a description and its own canonical address."""
    wrong = [page.url for page in crawl.pages if not _has_head(page)]

    assert wrong == []


def test_titles_are_unique_in_a_region(crawl: Crawl) -> None:
    """No two pages of a region have the same title."""
    titles = Counter((region_of(page.url), page.text("/html/head/title")) for page in crawl.pages)

    assert [title for title, times in titles.items() if times > 1] == []


def test_every_page_says_where_you_are_and_how_old_it_is(crawl: Crawl) -> None:
    """Each page of a region has a trail of links that ends in itself, a source, and the date of its last change."""
    wrong = [page.url for page in crawl.guide_pages() if not _has_trail_and_date(page)]

    assert wrong == []


def test_every_page_has_its_landmarks(crawl: Crawl) -> None:
    """Each page has one header, menu, main part and footer, and every nav has a name."""
    wrong = [page.url for page in crawl.pages if not _has_landmarks(page)]

    assert wrong == []


def test_headings_skip_no_level(crawl: Crawl) -> None:
    """Headings go down one level at a time and are never empty."""
    wrong = [page.url for page in crawl.pages if not _headings_in_order(page)]

    assert wrong == []


def test_no_heading_stands_alone(crawl: Crawl) -> None:
    """Below each heading stands something before the next of its level."""
    lonely = {path_of(page.url): lonely_headings(page.tree.xpath("//main")[0]) for page in crawl.pages}

    assert {url: found for url, found in lonely.items() if found} == {}


def test_links_tell_where_they_lead(crawl: Crawl) -> None:
    """No link is empty or says only "klik hier" or the like."""
    vague = [
        (path_of(page.url), _spoken(link))
        for page in crawl.pages
        for link in page.tree.xpath("//a")
        if _spoken(link).strip(" .:").casefold() in EMPTY_WORDS
    ]

    assert vague == []


def _has_head(page: Visited) -> bool:
    canonical = page.text("//link[@rel='canonical']/@href")
    return (
        page.tree.get("lang") == "nl"
        and len(page.tree.xpath("//h1")) == 1
        and page.text("//h1") in page.text("/html/head/title")
        and len(page.text("//meta[@name='description']/@content")) > 10
        and path_of(canonical) == path_of(page.url)
        and canonical.startswith("https://")
    )


def _has_trail_and_date(page: Visited) -> bool:
    trail = page.tree.xpath("//nav[@aria-label='Kruimelpad']//li")
    return (
        len(trail) > 1
        and len(trail[-1].xpath(".//*[@aria-current='page']")) == 1
        and "Laatst gewijzigd op" in page.text("//main")
        and page.text("//*[contains(@class, 'wg-sources')]//time/@datetime") != ""
        and len(page.tree.xpath("//*[contains(@class, 'wg-sources')]/*")) > 2
    )


def _has_landmarks(page: Visited) -> bool:
    named = all(nav.get("aria-label") or nav.get("aria-labelledby") for nav in page.tree.xpath("//nav"))
    return named and all(len(page.tree.xpath(landmark)) == 1 for landmark in LANDMARKS)


def _headings_in_order(page: Visited) -> bool:
    headings = page.tree.xpath("//main//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6]")
    levels = [int(heading.tag[1]) for heading in headings]
    return levels[:1] == [1] and all(low - high <= 1 for high, low in pairwise(levels)) and all(map(_spoken, headings))


def _spoken(element: Any) -> str:
    return " ".join((element.get("aria-label") or str(element.text_content())).split())
