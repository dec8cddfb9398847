"""Walks a site by its links, as a reader without a browser would."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.error import HTTPError
from urllib.parse import unquote, urldefrag, urljoin, urlsplit
from urllib.request import urlopen

from lxml import html

from tests.browser.online import Online
from wmo_guide.guide.addresses import REPORT


@dataclass(frozen=True)
class Visited:
    """One address that was asked for."""

    url: str
    status: int
    kind: str
    body: bytes

    @cached_property
    def tree(self) -> Any:
        """The parsed page."""
        return html.document_fromstring(self.body.decode("utf-8"))

    @cached_property
    def ids(self) -> list[str]:
        """All ids, in their order."""
        return [str(one) for one in self.tree.xpath("//@id")]

    @property
    def is_page(self) -> bool:
        """Whether it is a page that a reader sees."""
        return self.status == 200 and self.kind == "text/html"

    def text(self, xpath: str) -> str:
        """The text of the first match, with single spaces; empty without a match."""
        return " ".join(str(self.tree.xpath(f"string({xpath})")).split())

    def targets(self) -> Iterator[str]:
        """Addresses on the own site that the page refers to, in full, with their #."""
        for value in self.tree.xpath("//@href | //@src | //@action"):
            target = urljoin(self.url, str(value))
            if _is_own(target, self.url) and urlsplit(target).scheme == "http":
                yield target

    def clicks(self) -> Iterator[str]:
        """Addresses of the own site that a click on a link, or on the button of a form, leads to."""
        for value in self.tree.xpath("//a/@href | //form/@action"):
            target = urldefrag(urljoin(self.url, str(value))).url
            if _is_own(target, self.url):
                yield target


def _is_own(target: str, page: str) -> bool:
    """Whether the guide itself has the address: reports are for the desk, which isn't there on a static host."""
    parts = urlsplit(target)
    return parts.netloc == urlsplit(page).netloc and parts.path != urlsplit(REPORT).path


class Crawl:
    """Everything that can be reached from the front page."""

    def __init__(self, site: Online) -> None:
        self.start = f"{site.base}/"
        self.visited: dict[str, Visited] = {}
        waiting = deque([self.start])
        while waiting:
            url = waiting.popleft()
            if url not in self.visited:
                self.visited[url] = fetch(url)
                if self.visited[url].is_page:
                    waiting.extend(urldefrag(target).url for target in self.visited[url].targets())

    @property
    def pages(self) -> list[Visited]:
        """All pages, in the order in which they were found."""
        return [one for one in self.visited.values() if one.is_page]

    def guide_pages(self) -> list[Visited]:
        """All pages but the front page: those of a region."""
        return [page for page in self.pages if page.url != self.start]

    def region_homes(self) -> list[str]:
        """Addresses of the regions' home pages."""
        return [page.url for page in self.pages if len(_folders(page.url)) == 1]

    def clicks_from(self, start: str) -> dict[str, int]:
        """How many clicks each page is away."""
        away = {start: 0}
        waiting = deque([start])
        while waiting:
            url = waiting.popleft()
            for target in self.visited[url].clicks():
                if target not in away and self.visited[target].is_page:
                    away[target] = away[url] + 1
                    waiting.append(target)
        return away


def region_of(url: str) -> str:
    """The region that a page belongs to; empty for the front page."""
    return next(iter(_folders(url)), "")


def fetch(url: str) -> Visited:
    """What the server answers."""
    try:
        with urlopen(url, timeout=20) as answer:  # noqa: S310  (the server of the test itself)
            return Visited(url, answer.status, answer.headers.get_content_type(), answer.read())
    except HTTPError as error:
        with error:
            return Visited(url, error.code, error.headers.get_content_type(), error.read())


def path_of(url: str) -> str:
    """The path of an address."""
    return unquote(urlsplit(url).path)


def _folders(url: str) -> list[str]:
    return [part for part in path_of(url).split("/") if part]
