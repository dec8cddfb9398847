"""What a page must pass before it may go online (design.md 6).

Pages come out of our own autoescaping templates, where every quote in a text is escaped and every attribute stands in
double quotes; so plain patterns find each link and each id, a hundred times faster than a parser would.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field, replace
from itertools import islice
from sys import intern

from wmo_guide.guide.addresses import REPORT
from wmo_guide.guide.faults import Fault, nearest

_TAG = re.compile(r"<[a-zA-Z][a-zA-Z0-9]*[^a-zA-Z0-9>][^>]*")
"""A tag with attributes."""
_ID = re.compile(r' id="([^"]*)"')
_LINKS = tuple(re.compile(rf' {name}="([^"]*)"') for name in ("href", "(?:src|action)"))
_MAYBE_ACTIVE = re.compile(r"<(?:script|iframe|object|embed)", re.IGNORECASE)
"""Found ten times as quickly as the next one, and on hardly any page."""
_ACTIVE_TAG = re.compile(
    r"<(?=[siobe])(?:script(?![^>]* src=)(?![^>]*application/)|iframe|object|embed)", re.IGNORECASE
)
_ACTIVE_ATTRIBUTE = re.compile(r' (?:style|on[a-z]+)="', re.IGNORECASE)
_OUTSIDE = ("http://", "https://", "mailto:", "tel:", REPORT)
"""How addresses begin that no page of the guide answers."""
MAX_GZIP = 60_000
"""Largest page in bytes after gzip: what an old phone on a slow line can bear."""
_MOST_HINTS = 50
"""Looking for what was meant takes time; of so many dead links at once, one cause will be the same for many."""
_MAX_UNCHECKED = MAX_GZIP - 200
"""A page of so few bytes is within MAX_GZIP without trying: gzip never adds more than a header to what it can't press."""


@dataclass
class Links:
    """Links from pages to pages, gathered while pages are made; each with one page that has it."""

    inside: dict[str, dict[str, str]] = field(default_factory=dict)
    """By address, and by place on that page ("" for the page itself): a page that leads there."""
    places: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The ids on each page that was looked at."""

    def add(self, target: str, page: str) -> None:
        """Notes a link. Of several pages the first by address counts, so that the order of looking doesn't matter."""
        address, _, place = target.partition("#")
        self._add(address, place, page)

    def _add(self, address: str, place: str, page: str) -> None:
        places = self.inside.setdefault(address, {})
        known = places.get(place)
        if known is None or page < known:
            places[place] = page

    def merge(self, other: Links) -> None:
        """Takes over what another process gathered."""
        for address, places in other.inside.items():
            for place, page in places.items():
                self._add(address, intern(place), page)  # the same few on page after page
        for page, ids in other.places.items():
            self.places[page] = tuple(map(intern, ids))


@dataclass(frozen=True)
class Seen:
    """What was seen in a piece of HTML."""

    size: int
    """Its bytes."""
    ids: tuple[str, ...]
    anchors: frozenset[str]
    """Places on the page itself where its links lead to: "#..."."""
    targets: frozenset[str]
    """Addresses of the site where its links lead to."""
    active: bool
    """Whether a browser would run something in it."""
    weight: int = 0
    """For a shell: its bytes after gzip."""


def look_at(html: str) -> Seen:
    """Looks through a piece of HTML."""
    # Most of a page is text between tags. Without it, and with one kind of space, patterns find their places at once.
    tags = ">".join(_TAG.findall(html)).replace("\n", " ").replace("\t", " ")
    targets = {target for link in _LINKS for target in link.findall(tags)}
    anchors = {target for target in targets if target.startswith("#")}
    return Seen(
        size=len(html.encode()),
        ids=tuple(_ID.findall(tags)),
        anchors=frozenset(anchors),
        targets=frozenset(
            target.replace("&amp;", "&") for target in targets - anchors if not target.lower().startswith(_OUTSIDE)
        ),
        active=bool((_MAYBE_ACTIVE.search(html) and _ACTIVE_TAG.search(html)) or _ACTIVE_ATTRIBUTE.search(tags)),
    )


def look_at_shell(html: str) -> Seen:
    """Looks through what stands around a body, once for all pages that share it."""
    return replace(look_at(html), weight=len(gzip.compress(html.encode())))


_NOTHING = look_at("")


def check_page(url: str, html: str, links: Links, around: Seen = _NOTHING, seen: Seen | None = None) -> Iterator[Fault]:
    """What is wrong with one page by itself; its links to other pages are added to `links`.

    `html` is the whole page, or the body alone when the shell `around` it was looked at before; `seen` is what was seen
    in it, when that was looked at before.
    """
    body = seen or look_at(html)
    ids = [*around.ids, *body.ids]
    known = set(ids)
    if len(ids) != len(known):
        yield from (Fault(url, "id", one) for one in sorted(known) if ids.count(one) > 1)
    if around.active or body.active:
        yield Fault(url, "code")
    if (
        around.size + body.size > _MAX_UNCHECKED
        and (weight := around.weight + len(gzip.compress(html.encode(), 6))) > MAX_GZIP
    ):
        yield Fault(url, "weight", f"{weight // 1000} kB ingepakt; {MAX_GZIP // 1000} kB mag")
    for anchor in body.anchors | around.anchors:
        if anchor[1:] not in known:
            yield Fault(url, "own place", anchor, _near_place(anchor[1:], known))
    for target in body.targets:
        links.add(target, url)
    links.places[url] = (*around.ids, *map(intern, body.ids))


class KnownAddresses(Collection[str]):
    """The addresses of files, of a folder's own page by two names."""

    def __init__(self, files: Collection[str], root: str) -> None:
        self._files = files
        self._root = root

    def __contains__(self, address: object) -> bool:
        if not isinstance(address, str) or not address.startswith(self._root):
            return False
        file = address[len(self._root) :]
        if file.endswith("/") or not file:
            return f"{file}index.html" in self._files
        return file in self._files

    def __iter__(self) -> Iterator[str]:
        for file in self._files:
            yield self._root + file
            if file.rpartition("/")[2] == "index.html":
                yield self._root + file.removesuffix("index.html")

    def __len__(self) -> int:
        return sum(1 for _ in self)


def check_links(
    links: Links, files: Collection[str], ids_of: Callable[[str], Collection[str]], root: str
) -> Iterator[Fault]:
    """Links that lead nowhere. `files` are paths below the root; `ids_of` gives the ids on the page of an address."""
    known = KnownAddresses(files, root)
    faults = _dead(links, known, ids_of)
    yield from (fault._replace(near=_near(fault, known, ids_of)) for fault in islice(faults, _MOST_HINTS))
    yield from faults


def _dead(links: Links, known: Collection[str], ids_of: Callable[[str], Collection[str]]) -> Iterator[Fault]:
    for address in sorted(links.inside):
        page_there = address.partition("?")[0]
        for place, page in sorted(links.inside[address].items()):
            if page_there not in known:
                yield Fault(page, "link", f"{address}#{place}" if place else address)
            elif place and place not in ids_of(page_there):
                yield Fault(page, "place", f"{address}#{place}")


def _near(fault: Fault, known: Collection[str], ids_of: Callable[[str], Collection[str]]) -> str:
    address, _, anchor = fault.what.partition("#")
    if fault.kind == "place":
        return _near_place(anchor, ids_of(address.partition("?")[0]))
    # Only addresses as deep as the one that is wrong: a site may have a hundred thousand.
    depth = address.rstrip("/").count("/")
    return nearest(
        f"{address.rstrip('/')}/", [one for one in known if one.endswith("/") and one.count("/") == depth + 1]
    )


def _near_place(anchor: str, ids: Collection[str]) -> str:
    found = nearest(anchor.casefold(), ids)
    return f"#{found}" if found else ""


def ids_in(html: str) -> frozenset[str]:
    """All ids on a page."""
    return frozenset(look_at(html).ids)
