"""Files beside the pages: style sheets, scripts, sitemap, robots.txt, feeds, and what search reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from wmo_guide.exchange.feed import atom_feed
from wmo_guide.exchange.sitemap import sitemaps
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.frames import region_css, region_css_path
from wmo_guide.guide.headers import header_files
from wmo_guide.guide.headlines import headlines
from wmo_guide.guide.nearby import Nearby
from wmo_guide.guide.scripts import SCRIPTS
from wmo_guide.guide.search.finder import Finder
from wmo_guide.guide.search.script import SCRIPT, SCRIPT_PATH

Entry: TypeAlias = tuple[str, date]
"""The full address of a page, and the day on which it last changed."""


def extra_files(
    finders: Sequence[Finder], entries: Iterable[Entry], site: Site, assets: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Every file of the site that is no page, by its path below the site's root. `entries` are the pages to be listed."""
    books = [finder.book for finder in finders]
    files = {**assets, SCRIPT_PATH: SCRIPT, **dict(SCRIPTS.values()), **header_files(site.root)}
    for finder in finders:
        if finder.book.region.theme:
            files[region_css_path(finder.book)] = region_css(finder.book).encode()
        files |= feed(finder.book)
        files |= Nearby.of(finder.book).files()
        files |= {search_path(finder.book, path): data for path, data in finder.files()}
    files |= list_of_pages(books, entries, site)
    files["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {site.canonical(site.root)}sitemap.xml\n".encode()
    return files


def search_path(book: Book, path: str) -> str:
    """Where a file of a region's search stands, below the site's root."""
    return f"{book.to.part('zoeken').removeprefix(book.site.root)}{path}"


def feed(book: Book) -> dict[str, bytes]:
    """The feed of a book: its news, and what is new of its providers."""
    home = book.to.home.removeprefix(book.site.root)
    told = atom_feed(
        title=f"Nieuws en nieuw aanbod in {book.region.name}",
        home=book.site.canonical(book.to.home),
        address=book.site.canonical(f"{book.to.home}feed.xml"),
        author=book.region.publisher.name,
        items=headlines(book),
    )
    return {f"{home}feed.xml": told}


def list_of_pages(books: Iterable[Book], entries: Iterable[Entry], site: Site) -> dict[str, bytes]:
    """The list of all pages for search engines."""
    top = (site.canonical(site.root), max(book.region.updated for book in books))
    return sitemaps(sorted([top, *entries]), site.canonical(site.root))
