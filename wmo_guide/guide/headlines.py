"""What is new in a region: news, and offers that changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date
from operator import attrgetter

from wmo_guide.domain.provider import Provider
from wmo_guide.exchange.feed import Headline
from wmo_guide.guide.book import Book

NEWEST = 50
"""Changed offers in the feed; older ones drop out."""


def headlines(book: Book) -> list[Headline]:
    """News items and the offers that were changed last."""
    full = book.site.canonical
    news = [
        Headline(one.head.title, full(book.to.news(one.slug)), one.head.updated, one.head.description)
        for one in book.news
    ]
    since = _since(book.providers)
    latest = [one for one in book.providers if one.updated >= since]
    changed = sorted(latest, key=attrgetter("updated", "slug"), reverse=True)[:NEWEST]
    offers = [
        Headline(f"Aanbod gewijzigd: {one.name}", full(book.to.provider(one.slug)), one.updated, one.text("summary"))
        for one in changed
    ]
    return news + offers


def _since(providers: Iterable[Provider]) -> date:
    """The day since which at least as many changed as are listed: thousands need not be sorted for fifty."""
    days: Counter[date] = Counter(map(attrgetter("updated"), providers))
    found = 0
    for day in sorted(days, reverse=True):
        found += days[day]
        if found >= NEWEST:
            return day
    return date.min
