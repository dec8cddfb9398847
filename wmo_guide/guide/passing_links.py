"""Links of staff to providers and offers that the guide doesn't show today.

A provider that stopped confirming, or an offer that ended, goes by itself, on a day when nobody looks at the texts that
lead there. Such a link becomes plain text, so the guide can still be printed; it comes back with the offer. A link to
what was never there stays, and the gates tell of it.
"""

from __future__ import annotations

import re

from wmo_guide.guide.book import Book

_TARGET = r"/aanbieders/(?P<provider>[a-z0-9-]+)/(?:#hulp-(?P<block>[a-z0-9-]+))?"


def without_hidden(html: str, book: Book) -> str:
    """The HTML of an article, with links from the site's root, with only links to what is shown."""
    link = re.compile(rf'<a href="/{book.catalogue.slug}{_TARGET}[^>]*>(?P<text>.*?)</a>', re.DOTALL)
    return link.sub(lambda found: found[0] if _is_shown(book, found) else found["text"], html)


def shown_today(markdown: str, book: Book) -> tuple[int, ...]:
    """For each address of a provider in an article whether it is shown, as 0 or 1: with this, the article changes."""
    found = re.finditer(rf"/{book.catalogue.slug}{_TARGET}", markdown)
    return tuple(int(_is_shown(book, one)) for one in found)


def _is_shown(book: Book, target: re.Match[str]) -> bool:
    provider = book.catalogue.provider_by_slug.get(target["provider"])
    if provider is None:
        return True
    shown = {offer.block.slug for offer in book.by_provider.get(provider.slug, ())}
    ended = {offering.block for offering in provider.offerings} - shown
    return bool(shown) and target["block"] not in ended
