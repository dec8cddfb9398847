"""Providers: a list, and a page for each with all that it offers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wmo_guide.domain.freshness import freshness
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.book import Book, Offer, Touched
from wmo_guide.guide.page import Context, Link, Page
from wmo_guide.guide.shown import location_facts, offer_facts, organisation_facts

SHOWN_AT_MOST = 150
"""A longer list is split over the letters of the A-Z and over the municipalities."""


def provider_index(book: Book) -> Iterator[Page]:
    """All providers in today's neutral order."""
    if book.edition is not None:
        few = len(book.providers) <= SHOWN_AT_MOST
        yield Page(
            url=book.to.part("aanbieders"),
            title="Aanbieders",
            description=f"Alle aanbieders in {book.region.name}, met wat zij bieden en waar.",
            updated=book.updated,
            context=lambda: {"providers": book.providers if few else (), "by_provider": book.by_provider},
            origin="Opgave van de aanbieders",
            providers=book.providers if few else (),
        )


def providers(book: Book, touched: Touched | None = None) -> Iterator[Page]:
    """Each provider with an offer to show."""
    slugs = book.by_provider.keys() & touched.providers if touched else book.by_provider
    crumbs = (Link("Aanbieders", book.to.part("aanbieders")),)
    for slug in slugs:
        one = book.by_provider[slug][0].provider
        yield Page(
            url=book.to.provider(one.slug),
            title=one.name,
            description=one.text("summary"),
            updated=one.updated,
            context=_Shown(book, one),
            crumbs=crumbs,
            origin="Opgave van de aanbieder",
            providers=(one,),
        )


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the page of a provider shows. There are tens of thousands of them at a time, so it is a small thing."""

    book: Book
    provider: Provider

    def __call__(self) -> Context:
        book, provider = self.book, self.provider
        standards = book.standards
        offers = book.by_provider[provider.slug]
        return {
            "provider": provider,
            "state": freshness(provider, book.region.freshness, book.day),
            "contact": organisation_facts(provider, standards, leave_out=("name", "summary", "description")),
            "description": provider.text("description"),
            "offers": [
                (offer, offer_facts(offer, standards, leave_out=("summary",)))
                for offer in _in_matrix_order(book, offers)
            ],
            "locations": [(one, location_facts(one, standards, leave_out=("name",))) for one in provider.locations],
        }


def _in_matrix_order(book: Book, offers: tuple[Offer, ...]) -> list[Offer]:
    order = {block.slug: place for place, (_, block) in enumerate(book.blocks())}
    return sorted(offers, key=lambda offer: order[offer.block.slug])
