"""What is new in a region: news, and offers that changed."""

from __future__ import annotations

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
    changed = sorted(book.providers, key=lambda one: (one.updated, one.slug), reverse=True)[:NEWEST]
    offers = [
        Headline(f"Aanbod gewijzigd: {one.name}", full(book.to.provider(one.slug)), one.updated, one.text("summary"))
        for one in changed
    ]
    return news + offers
