"""What stands around a page's own content, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape


@dataclass(frozen=True, slots=True)
class MenuItem:
    """A link of the menu or the footer; `section` tells which part of the guide it opens."""

    label: str
    url: str
    section: str


@dataclass(frozen=True, slots=True)
class Frame:
    """The header, menu and footer that a group of pages shares.

    Every url is an absolute path on the site. `key` names the frame among all frames of one build, `depth` counts
    the path segments of the page's folder, and `root` is the path under which the whole site stands. `skip_to` is the
    id that the first link of each page leads to.
    """

    key: str
    depth: int
    section: str
    site_name: str
    home_url: str
    region_name: str | None
    menu: tuple[MenuItem, ...]
    footer: tuple[MenuItem, ...]
    footer_note: str
    search_url: str | None
    region_css: str | None
    feed_url: str | None
    root: str
    skip_to: str = "inhoud"
    site_url: str = ""
    """Scheme and host of the site, for addresses on paper."""


@dataclass(frozen=True, slots=True)
class WholePage:
    """One page with its frame. `head` and `body` are trusted HTML; every other text is plain text."""

    url: str
    title: str
    description: str
    canonical: str
    head: str
    body: str
    frame: Frame

    @property
    def canonical_link(self) -> str:
        """The page's canonical link, ready for its head."""
        return canonical_link(self.canonical)


def canonical_link(address: str) -> str:
    """Give the HTML of a canonical link, or nothing for a page without an address of its own, such as a 404."""
    return f'<link rel="canonical" href="{escape(address)}">' if address else ""
