"""How much a phone has to fetch before the reader can read."""

from __future__ import annotations

import gzip
from urllib.parse import urljoin

import pytest

from tests.browser.crawling import Visited, fetch, path_of
from tests.browser.online import KINDS, Online

FIRST_VIEW = 41_000
"""Bytes of a page with all that it needs; the promise is 60 kB, and more than half of what stands here is the theme's style sheet."""
SEARCH_SCRIPT = 11_300
PROVIDER = 5_000


@pytest.mark.parametrize("kind", KINDS)
def test_first_view_is_light(kind: str, examples: dict[str, str]) -> None:
    """This kind of page comes in under 41 kB with its style sheets, scripts and icons, packed as a server sends them.

    The script of the search page, which nobody needs in order to read, has a measure of its own.
    """
    page = fetch(examples[kind])
    parts = [fetch(urljoin(page.url, str(one))) for one in _needs(page)]

    assert len(parts) >= 3
    assert {part.status for part in parts} == {200}
    search = [part for part in parts if "/assets/zoeken." in part.url]
    assert len(search) == (kind == "search")
    assert sum(map(_weight, search)) <= SEARCH_SCRIPT
    assert sum(_weight(part) for part in [page, *parts] if part not in search) <= FIRST_VIEW


def test_provider_pages_are_light(guide: Online) -> None:
    """No page of a provider is over 5 kB packed."""
    providers = {path for path in guide.html_files() if path.count("/") == 4 and "/aanbieders/" in path}
    weights = {path: _weight(fetch(guide.base + path)) for path in providers}

    assert len(weights) > 10
    assert {path: weight for path, weight in weights.items() if weight > PROVIDER} == {}


def test_style_sheets_fetch_nothing_more(examples: dict[str, str]) -> None:
    """The style sheets need no font and no picture of their own."""
    page = fetch(examples["portal"])
    sheets = [fetch(urljoin(page.url, str(one))) for one in page.tree.xpath("//link[@rel='stylesheet']/@href")]

    assert len(sheets) > 1
    assert [path_of(sheet.url) for sheet in sheets if b"@import" in sheet.body or b"@font-face" in sheet.body] == []


def _needs(page: Visited) -> list[str]:
    return [str(one) for one in page.tree.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //script/@src")]


def _weight(one: Visited) -> int:
    return len(gzip.compress(one.body, 6))
