"""The list of all pages for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from operator import itemgetter
from xml.sax.saxutils import escape

LARGEST = 50_000
"""More addresses than this, the protocol says, don't go into one file."""
_SPECIAL = "&<>"
"""What XML would take for markup."""
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def sitemaps(entries: Sequence[tuple[str, date]], base: str) -> dict[str, bytes]:
    """The sitemap of pages with the day on which they last changed, by file name.

    More pages than go into one file are spread over several, and sitemap.xml lists those. `base` is the address of the
    folder that the files stand in.
    """
    if len(entries) <= LARGEST:
        return {"sitemap.xml": _pages(entries)}
    parts = [entries[start : start + LARGEST] for start in range(0, len(entries), LARGEST)]
    files = {f"sitemap-{number}.xml": _pages(part) for number, part in enumerate(parts, 1)}
    listed = "".join(f"<sitemap><loc>{escape(base + name)}</loc></sitemap>\n" for name in files)
    return {"sitemap.xml": f"{_HEAD}\n<sitemapindex {_SPACE}>\n{listed}</sitemapindex>\n".encode(), **files}


def _pages(entries: Sequence[tuple[str, date]]) -> bytes:
    addresses = "".join(map(itemgetter(0), entries))
    plain = not any(sign in addresses for sign in _SPECIAL)  # as they nearly always are
    told = {day: day.isoformat() for day in {day for _, day in entries}}
    lines = [
        f"<url><loc>{address if plain else escape(address)}</loc><lastmod>{told[day]}</lastmod></url>\n"
        for address, day in entries
    ]
    return f"{_HEAD}\n<urlset {_SPACE}>\n{''.join(lines)}</urlset>\n".encode()
