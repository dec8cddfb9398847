"""Links in an article that lead nowhere in the guide, told before the press finds them."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from urllib.parse import unquote, urlsplit

_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"')
_ID = re.compile(r'\bid="([^"]*)"')


@dataclass(frozen=True)
class Site:
    """What links can lead to: the site that is online, and pages that the site doesn't have as they will be."""

    folder: Path
    """The site's folder, with the release that is online in `current`."""
    coming: Collection[str]
    """Names of all articles there are; some may not be online yet."""
    changing: Collection[str]
    """Names of articles that are about to change."""


def dead_links(html: str, site: Site) -> tuple[str, ...]:
    """Addresses in the HTML of an article that lead to no page, or to no place on a page.

    Without a site nothing is known, and nothing told.
    """
    online = site.folder / "current"
    if not online.is_dir():
        return ()
    own = frozenset(map(unescape, _ID.findall(html)))
    links = dict.fromkeys(unescape(one) for one in _LINK.findall(html))
    return tuple(one for one in links if _is_dead(one, online.resolve(), own, site))


def _is_dead(address: str, online: Path, own: Collection[str], site: Site) -> bool:
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or not (parts.path or parts.fragment):
        return False
    if not parts.path:
        return unquote(parts.fragment) not in own
    if not parts.path.startswith("/"):
        return False  # the press knows from where a relative address leads on
    name, page = parts.path.strip("/").rpartition("/")[2], _page(unquote(parts.path), online)
    if page is None:
        return name not in site.coming
    if not parts.fragment or page.suffix != ".html" or name in site.changing:
        return False
    return unquote(parts.fragment) not in _ids(page)


def _page(path: str, online: Path) -> Path | None:
    """The file of a path below the site; None when there is none."""
    try:
        found = (online / path.lstrip("/")).resolve()
        if not found.is_relative_to(online):
            return None
        found = found / "index.html" if found.is_dir() else found
        return found if found.is_file() else None
    except (OSError, ValueError):  # an address that no file system takes
        return None


def _ids(page: Path) -> frozenset[str]:
    return frozenset(map(unescape, _ID.findall(page.read_text(encoding="utf-8", errors="replace"))))
