"""What staff wrote in prose: pages, factsheets, news, and the costs with their amounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from wmo_guide.domain.standards import Written
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Link, Page
from wmo_guide.guide.passing_links import shown_today

COSTS = "kosten"
"""The page that shows the amounts below its text."""
ABOUT = "over"
"""The page that shows who is responsible, and all sources."""


def pages(book: Book) -> Iterator[Page]:
    """Pages that stand directly under the region's home page."""
    for one in book.standards.pages:
        if one.head.under is None and one.slug not in (COSTS, ABOUT):
            yield _article(book, one, book.to.part(one.slug))


def subpages(book: Book) -> Iterator[Page]:
    """Pages that stand under another page."""
    titles = {one.slug: one.head.title for one in book.standards.pages}
    for one in book.standards.pages:
        if one.head.under is not None:
            crumb = Link(titles[one.head.under], book.to.part(one.head.under))
            yield _article(book, one, book.to.part(one.head.under, one.slug), crumb)


def costs(book: Book) -> Iterator[Page]:
    """What a resident pays: the text, the amount in force, and the amounts of the past."""
    region = book.region
    rate_sources = [key for rate in region.rates for key in rate.sources]
    rates = sorted(region.rates, key=lambda rate: rate.start, reverse=True)
    for one in book.standards.pages:
        if one.slug == COSTS:
            yield Page(
                url=book.to.part(COSTS),
                title=one.head.title,
                description=one.head.description,
                updated=max(one.head.updated, region.updated),
                context=partial(dict, article=one, rate=region.rate_on(book.day), rates=rates),
                sources=book.sources([*one.head.sources, *rate_sources]),
                counts=shown_today(one.markdown, book),
            )


def about(book: Book) -> Iterator[Page]:
    """What the guide is, who is responsible for it, and every source it was made from."""
    for one in book.standards.pages:
        if one.slug == ABOUT and one.head.under is None:
            yield replace(_article(book, one, book.to.part(ABOUT)), sources=book.region.sources)


def factsheet_index(book: Book) -> Iterator[Page]:
    """All factsheets."""
    factsheets = book.standards.factsheets
    if factsheets:
        yield Page(
            url=book.to.part("factsheets"),
            title="Factsheets",
            description="Alles over één onderwerp op één pagina, om te lezen, te printen en mee te nemen.",
            updated=max(one.head.updated for one in factsheets),
            context=lambda: {"factsheets": sorted(factsheets, key=_place)},
        )


def factsheets(book: Book) -> Iterator[Page]:
    """Each factsheet."""
    crumb = Link("Factsheets", book.to.part("factsheets"))
    for one in book.standards.factsheets:
        yield _article(book, one, book.to.factsheet(one.slug), crumb)


def news_index(book: Book) -> Iterator[Page]:
    """All news, the newest first."""
    yield Page(
        url=book.to.part("nieuws"),
        title="Nieuws",
        description=f"Nieuws over hulp en ondersteuning in {book.region.name}.",
        updated=max([book.region.updated, *(one.head.updated for one in book.news)]),
        context=lambda: {"news": book.news},
    )


def news(book: Book) -> Iterator[Page]:
    """Each news item that has appeared."""
    for one in book.news:
        yield _article(book, one, book.to.news(one.slug), _above_news(book))


def _above_news(book: Book) -> Link:
    return Link("Nieuws", book.to.part("nieuws"))


def coming_news(book: Book) -> Iterator[Page]:
    """Each news item that waits for its day, as its page will be."""
    for one in book.coming_news:
        yield _article(book, one, book.to.news(one.slug), _above_news(book))


def _article(book: Book, written: Written, url: str, *crumbs: Link) -> Page:
    children = sorted((one for one in book.standards.pages if one.head.under == written.slug), key=_place)
    return Page(
        url=url,
        title=written.head.title,
        description=written.head.description,
        updated=written.head.updated,
        context=partial(dict, article=written, children=children),
        crumbs=crumbs,
        sources=book.sources(written.head.sources),
        counts=shown_today(written.markdown, book),
    )


def _place(written: Written) -> tuple[int, str]:
    return (written.head.order, written.slug)
