"""What a page must pass before it may go online (design.md 6).

Pages come out of our own autoescaping templates, where every quote in a text is escaped and every attribute stands in
double quotes; so plain patterns find each link and each id, a hundred times faster than a parser would.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import urldefrag

_LINK = re.compile(r'(?<=[\s])(?:href|src|action)="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ACTIVE = re.compile(
    r"<script(?![^>]*\ssrc=)(?![^>]*application/)|\s(?:style|on[a-z]+)=\"|<iframe|<object|<embed", re.IGNORECASE
)
_OUTSIDE = ("http://", "https://", "mailto:", "tel:")
MAX_GZIP = 60_000
"""Largest page in bytes after gzip: what an old phone on a slow line can bear."""
_MAX_UNCHECKED = 100_000
"""A page this small in bytes is within MAX_GZIP without trying."""


@dataclass
class Links:
    """Links from pages to pages, gathered while pages are made; each with one page that has it."""

    inside: dict[str, str] = field(default_factory=dict)

    def merge(self, other: Links) -> None:
        """Takes over what another process gathered."""
        for target, page in other.inside.items():
            self.inside.setdefault(target, page)


def check_page(url: str, html: str, links: Links) -> Iterator[str]:
    """What is wrong with one page by itself, in Dutch; its links to other pages are added to `links`."""
    ids = _ID.findall(html)
    if len(ids) != len(set(ids)):
        double = sorted({one for one in ids if ids.count(one) > 1})
        yield f"{url}: het kenmerk (id) {', '.join(double)} staat er vaker dan één keer."
    if _ACTIVE.search(html):
        yield f"{url}: hier staat code in de pagina die de browser niet mag uitvoeren (script, style of on...)."
    if len(html) > _MAX_UNCHECKED and (weight := len(gzip.compress(html.encode(), 6))) > MAX_GZIP:
        yield f"{url}: de pagina is te zwaar ({weight // 1000} kB ingepakt; {MAX_GZIP // 1000} kB mag)."
    known = set(ids)
    for target in set(_LINK.findall(html)):
        if target.startswith("#"):
            if target[1:] not in known:
                yield f'{url}: de link naar "{target}" komt nergens uit op deze pagina.'
        elif not target.startswith(_OUTSIDE):
            links.inside.setdefault(target.replace("&amp;", "&"), url)


def check_links(links: Links, files: Iterable[str], ids_of: Mapping[str, frozenset[str]], root: str) -> Iterator[str]:
    """Links that lead nowhere. `files` are paths below the root; `ids_of` gives the ids on pages linked to by #."""
    known = {root + file for file in files}
    known |= {url.removesuffix("index.html") for url in known}
    for target, page in sorted(links.inside.items()):
        address, anchor = urldefrag(target)
        address = address.partition("?")[0]
        if address not in known:
            yield f'{page}: de link naar "{target}" komt nergens uit.'
        elif anchor and anchor not in ids_of.get(address, frozenset()):
            yield f'{page}: op "{address}" is geen plek "#{anchor}".'


def ids_in(html: str) -> frozenset[str]:
    """All ids on a page."""
    return frozenset(_ID.findall(html))
