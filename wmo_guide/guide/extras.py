"""Files beside the pages: style sheets, scripts, sitemap, robots.txt, feeds, and the words to search."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeAlias

from wmo_guide.exchange.feed import atom_feed
from wmo_guide.exchange.sitemap import sitemaps
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.frames import region_css, region_css_path
from wmo_guide.guide.headlines import headlines
from wmo_guide.guide.search.index import search_index
from wmo_guide.guide.search.script import SCRIPT, SCRIPT_PATH

Entry: TypeAlias = tuple[str, date]
"""The full address of a page, and the day on which it last changed."""


def extra_files(
    books: Sequence[Book], entries: Iterable[Entry], site: Site, assets: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Every file of the site that is no page, by its path below the site's root. `entries` are the pages to be listed."""
    files = {**assets, SCRIPT_PATH: SCRIPT}
    for book in books:
        if book.region.theme:
            files[region_css_path(book)] = region_css(book).encode()
        files |= book_files(book)
    files |= list_of_pages(books, entries, site)
    files["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {site.canonical(site.root)}sitemap.xml\n".encode()
    return files


def book_files(book: Book) -> dict[str, bytes]:
    """The files beside a book's pages that tell of its providers: its feed, and the words to search."""
    home = book.to.home.removeprefix(book.site.root)
    feed = atom_feed(
        title=f"Nieuws en nieuw aanbod in {book.region.name}",
        home=book.site.canonical(book.to.home),
        address=book.site.canonical(f"{book.to.home}feed.xml"),
        author=book.region.publisher.name,
        items=headlines(book),
    )
    return {f"{home}feed.xml": feed, f"{home}zoeken/woorden.json": search_index(book)}


def list_of_pages(books: Iterable[Book], entries: Iterable[Entry], site: Site) -> dict[str, bytes]:
    """The list of all pages for search engines."""
    top = (site.canonical(site.root), max(book.region.updated for book in books))
    return sitemaps(sorted([top, *entries]), site.canonical(site.root))
