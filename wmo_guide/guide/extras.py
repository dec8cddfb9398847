"""Files beside the pages: style sheets, scripts, sitemap, robots.txt, feeds, and the words to search."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wmo_guide.exchange.feed import atom_feed
from wmo_guide.exchange.sitemap import sitemaps
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.frames import region_css, region_css_path
from wmo_guide.guide.headlines import headlines
from wmo_guide.guide.page import Page
from wmo_guide.guide.search.index import search_index
from wmo_guide.guide.search.script import SCRIPT, SCRIPT_PATH


def extra_files(
    guides: Sequence[tuple[Book, Sequence[Page]]], site: Site, assets: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Every file of the site that is no page, by its path below the site's root. `guides` are books with their pages."""
    files = {**assets, SCRIPT_PATH: SCRIPT}
    entries = [(site.canonical(site.root), max(book.region.updated for book, _ in guides))]
    for book, pages in guides:
        if book.region.theme:
            files[region_css_path(book)] = region_css(book).encode()
        entries += [(site.canonical(page.url), page.updated) for page in pages if not page.url.endswith("/zoeken/")]
        home = book.to.home.removeprefix(site.root)
        files[f"{home}feed.xml"] = atom_feed(
            title=f"Nieuws en nieuw aanbod in {book.region.name}",
            home=site.canonical(book.to.home),
            address=site.canonical(f"{book.to.home}feed.xml"),
            author=book.region.publisher.name,
            items=headlines(book),
        )
        files[f"{home}zoeken/woorden.json"] = search_index(book)
    files |= sitemaps(sorted(entries), site.canonical(site.root))
    files["robots.txt"] = f"User-agent: *\nAllow: /\n\nSitemap: {site.canonical(site.root)}sitemap.xml\n".encode()
    return files
