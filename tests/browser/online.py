"""A built site behind the real web server, and where an example of each page kind stands on it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from tests.builders import REGION, TODAY, sample_content
from tools.serving import served
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.kinds.lists import FEW_PROVIDERS
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import publish
from wmo_guide.store.load import load

DAY = date(2026, 12, 1)
"""The day of the build: fixed, so that tests tell of the code."""
KINDS = (*(kind.name for kind in PAGE_KINDS), "portal", "not_found")
"""Every kind of page that a reader can meet."""


@dataclass(frozen=True)
class Online:
    """A site that answers on an address of its own."""

    base: str
    """Scheme, host and port, without a slash at the end."""
    release: Path
    """The folder that is served."""

    def html_files(self) -> set[str]:
        """Paths of all pages, as in a link."""
        files = (path.relative_to(self.release).as_posix() for path in self.release.rglob("*.html"))
        return {"/" + file.removesuffix("index.html") for file in files}


@contextmanager
def online(site: Path) -> Iterator[Online]:
    """Serves a site folder on a free port, with the headers of the real server."""
    with served(site) as base:
        yield Online(base, (site / "current").resolve())


def build_shipped(folder: Path) -> Path:
    """Builds the content that comes with the project; returns the site's folder."""
    publish(Publication(site_dir=folder / "site", cache_dir=folder / "cache", day=DAY))
    return folder / "site"


def build_crowded(folder: Path) -> Path:
    """Builds a region with so many providers that lists are split; returns the site's folder."""
    content = sample_content(folder / "content")
    provider = content.tree(f"regions/{REGION}/providers/alfa-thuis.yaml")
    for number in range(FEW_PROVIDERS):
        organisation = {**provider["organisation"], "name": f"Thuishulp {number}"}
        content.write(f"regions/{REGION}/providers/thuishulp-{number}.yaml", {**provider, "organisation": organisation})
    publish(Publication(content=content.root, site_dir=folder / "site", cache_dir=folder / "cache", day=TODAY))
    return folder / "site"


def find_examples(site: Online, content: Path, day: date) -> dict[str, str]:
    """The address of the fullest page of each kind that this content has."""
    books = [Book(one, day, Site()) for one in load(content).catalogues]
    found = {"portal": "/", "not_found": "/bestaat-niet/"}
    for kind in PAGE_KINDS:
        urls = [page.url for book in books for page in kind.pages(book)]
        if urls:
            found[kind.name] = max(urls, key=lambda url: (site.release / url[1:] / "index.html").stat().st_size)
    return {name: site.base + url for name, url in found.items()}


SHIPPED = ROOT / "content"
"""The content that comes with the project."""
