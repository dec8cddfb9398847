"""The list of all pages for search engines (sitemaps.org, protocol 0.9)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from xml.sax.saxutils import escape

_LARGEST = 50_000
"""More addresses than this, the protocol says, don't go into one file."""


def sitemap(entries: Iterable[tuple[str, date | None]]) -> bytes:
    """The sitemap of pages with the day on which they last changed."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">']
    for address, day in list(entries)[:_LARGEST]:
        changed = f"<lastmod>{day.isoformat()}</lastmod>" if day else ""
        lines.append(f"<url><loc>{escape(address)}</loc>{changed}</url>")
    return "\n".join([*lines, "</urlset>", ""]).encode()
