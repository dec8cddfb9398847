"""Files beside the pages: style sheets, scripts, sitemap, robots.txt, feeds, and what search reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import itemgetter
from pathlib import Path
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


@dataclass(frozen=True)
class Extras:
    """Every file of the site that is no page."""

    books: Sequence[Book]
    entries: Callable[[], Iterable[Entry]]
    """Gives the pages to be listed for search engines."""
    site: Site
    ready: Mapping[str, bytes]
    """Files that are there already, by path."""
    cache_dir: Path | None = None
    """Where words of providers are remembered."""
    lasting: bool = False
    """Whether what search files are made from is wanted afterwards; else it makes room for the pages."""

    @cached_property
    def finders(self) -> tuple[Finder, ...]:
        """What the search files of each book are made from, where that is lasting."""
        return tuple(self._finders()) if self.lasting else ()

    def _finders(self) -> Iterator[Finder]:
        return (Finder.of(book, self.cache_dir, lasting=self.lasting) for book in self.books)

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Each file by its path below the site's root, made when it is asked for."""
        yield from self.ready.items()
        yield SCRIPT_PATH, SCRIPT
        yield from SCRIPTS.values()
        yield from header_files(self.site.root).items()
        yield from list_of_pages(self.books, self.entries(), self.site).items()
        for finder in self.finders if self.lasting else self._finders():
            if finder.book.region.theme:
                yield region_css_path(finder.book), region_css(finder.book).encode()
            yield from feed(finder.book).items()
            yield from Nearby.of(finder.book).files().items()
            yield from ((search_path(finder.book, path), data) for path, data in finder.files())
        sitemap = f"Sitemap: {self.site.canonical(self.site.root)}sitemap.xml"
        yield "robots.txt", f"User-agent: *\nAllow: /\n\n{sitemap}\n".encode()


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
    return sitemaps(sorted([top, *entries], key=itemgetter(0)), site.canonical(site.root))
