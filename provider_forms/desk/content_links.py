"""Links in articles that lead nowhere in the guide, told before the press finds them: by the press's own rule."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from wmo_guide.guide.addresses import Addresses
from wmo_guide.guide.addresses import Site as Guide
from wmo_guide.guide.gates import KnownAddresses, ids_in, look_at

_OWN = {"news": Addresses.news, "factsheets": Addresses.factsheet}
_ABROAD = re.compile(r' href="(https?:[^"]*)"')


@dataclass(frozen=True)
class Place:
    """An article, by its file below content/ and the regions that it stands in."""

    path: str
    regions: Sequence[str]
    under: str | None = None
    """The page that it stands under, empty when it stands under none; None when nobody looked."""

    @property
    def slug(self) -> str:
        """Its name in addresses."""
        return self.path.rpartition("/")[2].removesuffix(".md")

    def is_at(self, address: str) -> bool:
        """Whether this is its address. A page may stand under another one, so anything may stand before its name."""
        folder = self.path.split("/")[-2]
        for region in self.regions:
            to = Addresses(Guide(), region)
            if folder in _OWN:
                if address == _OWN[folder](to, self.slug):
                    return True
            elif address.startswith(to.home) and address.endswith(f"/{self.slug}/"):
                above = address.removeprefix(to.home).removesuffix(f"{self.slug}/").removesuffix("/")
                return above == self.under if self.under is not None else "/" not in above
        return False


@dataclass(frozen=True)
class Site:
    """What links can lead to: the site that is online, and articles that the site doesn't have as they will be."""

    folder: Path
    """The site's folder, with the release that is online in `current`."""
    coming: Collection[Place]
    """All articles there are; some may not be online yet."""
    changing: Collection[Place]
    """Articles that are about to change."""
    own: Place
    """The article itself."""


def dead_links(html: str, site: Site) -> tuple[str, ...]:
    """Addresses in the HTML of an article that lead to no page or picture, or to no place on a page.

    Without a site nothing is known, and nothing told.
    """
    online = site.folder / "current"
    if not online.is_dir():
        return ()
    seen = look_at(html)
    known = KnownAddresses(_Online(online.resolve()), "/")
    dead = [one for one in seen.anchors if unquote(one[1:]) not in seen.ids]
    dead += [one for one in seen.targets if _is_dead(unescape(one), known, online, (seen.ids, site))]
    dead += [one for one in _ABROAD.findall(html) if _parts(unescape(one)) is None]
    return tuple(sorted(map(unescape, dead)))


def links_to(markdown: str, gone: Place) -> bool:
    """Whether a text of staff has the address of an article in it."""
    found = re.finditer(
        r"\]\(\s*<?(?P<address>/[^\s()<>#?]*)|^ {0,3}\[[^\]\n]+\]:\s*<?(?P<other>/[^\s<>#?]*)", markdown, re.MULTILINE
    )
    return any(gone.is_at(one["address"] or one["other"]) for one in found)


class _Online(Collection[str]):
    """The files of the release that is online, looked up one by one: there may be a hundred thousand."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __contains__(self, file: object) -> bool:
        try:
            found = (self._folder / str(file)).resolve()
            return found.is_relative_to(self._folder) and found.is_file()
        except (OSError, ValueError):  # an address that no file system takes
            return False

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


def _is_dead(target: str, known: KnownAddresses, online: Path, about: tuple[Collection[str], Site]) -> bool:
    own_ids, site = about
    parts = _parts(target)
    if parts is None or parts.scheme or parts.netloc:
        return parts is None
    address, anchor = unquote(parts.path), unquote(parts.fragment)
    if site.own.is_at(address):
        return bool(anchor) and anchor not in own_ids
    if address not in known:
        return not any(one.is_at(address) for one in site.coming)
    if not anchor or any(one.is_at(address) for one in site.changing):
        return False
    file = online / address.lstrip("/")
    return anchor not in ids_in((file / "index.html" if file.is_dir() else file).read_text("utf-8", "replace"))


def _parts(address: str) -> SplitResult | None:
    """The parts of an address; None when it is none, e.g. with half of the brackets of an IPv6 address."""
    try:
        return urlsplit(address)
    except ValueError:
        return None
