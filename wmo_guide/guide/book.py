"""A catalogue as it reads on one day: which offers are shown, where, and in which order."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from operator import attrgetter

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.freshness import freshness
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea, edition_on
from wmo_guide.domain.provider import Offering, Provider
from wmo_guide.domain.region import Municipality, Region, Source
from wmo_guide.domain.standards import Standards, Written
from wmo_guide.guide.addresses import Addresses, Site


@dataclass(frozen=True, slots=True)
class Offer:
    """One offering that the guide shows, with all that it belongs to."""

    provider: Provider
    offering: Offering
    edition: Edition
    area: ResultArea
    block: BuildingBlock

    @property
    def municipalities(self) -> tuple[str, ...]:
        """Slugs of the municipalities in which it is offered."""
        return self.offering.many("municipalities")


@dataclass(frozen=True)
class Touched:
    """What providers that changed have to do with, before or after the change."""

    providers: frozenset[str]
    """Their slugs."""
    blocks: frozenset[str]
    places: frozenset[str]
    """Slugs of municipalities."""
    names: frozenset[str]
    """What these providers are called."""


@dataclass(frozen=True)
class Book:
    """One region's guide on one day."""

    catalogue: Catalogue
    day: date
    site: Site

    @property
    def standards(self) -> Standards:
        """Everything of the region but its providers."""
        return self.catalogue.standards

    @property
    def region(self) -> Region:
        """The region itself."""
        return self.catalogue.standards.region

    @cached_property
    def to(self) -> Addresses:
        """Addresses of the region's pages."""
        return Addresses(self.site, self.catalogue.slug)

    @cached_property
    def edition_name(self) -> str | None:
        """Name of the edition that the guide is about: that of its day, also when it is past by now."""
        return edition_on(self.standards.editions, self.day)

    @property
    def edition(self) -> Edition | None:
        """The edition that the guide is about, if there is one."""
        return self.standards.editions[self.edition_name] if self.edition_name else None

    def blocks(self) -> Iterator[tuple[ResultArea, BuildingBlock]]:
        """Areas and blocks of the edition that the guide is about."""
        return self.edition.blocks() if self.edition else iter(())

    @cached_property
    def municipalities(self) -> tuple[Municipality, ...]:
        """Today's municipalities, by name."""
        return self.region.current_municipalities

    @cached_property
    def news(self) -> tuple[Written, ...]:
        """News that has appeared, the newest first; an item waits until its day."""
        appeared = (one for one in self.standards.news if one.head.updated <= self.day)
        return tuple(sorted(appeared, key=lambda one: (one.head.updated, one.slug), reverse=True))

    @property
    def coming_news(self) -> tuple[Written, ...]:
        """News that waits for its day."""
        return tuple(one for one in self.standards.news if one.head.updated > self.day)

    @cached_property
    def offers(self) -> tuple[Offer, ...]:
        """All offers of the guide's edition that are shown today, in today's neutral order of providers."""
        turn = rotation(self.catalogue.providers, self.catalogue.slug, self.day)
        return tuple(offer for provider in turn for offer in self.shown_of(provider))

    def shown_of(self, provider: Provider) -> Iterator[Offer]:
        """What the guide shows of a provider today, in the order in which the provider tells it."""
        edition = self.edition
        if edition is not None and freshness(provider, self.region.freshness, self.day) != "hide":
            for offering in provider.offerings:
                if offering.edition == self.edition_name and offering.runs_on(self.day):
                    yield Offer(provider, offering, edition, *edition.by_slug[offering.block])

    @cached_property
    def by_provider(self) -> dict[str, tuple[Offer, ...]]:
        """Offers of each provider that is shown, by its slug, in today's neutral order."""
        return _grouped((offer.provider.slug, offer) for offer in self.offers)

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """Providers with an offer to show, in today's neutral order."""
        return tuple(offers[0].provider for offers in self.by_provider.values())

    @cached_property
    def updated(self) -> date:
        """When the region, or a provider with an offer to show, last changed."""
        latest: date = max((self.region.updated, *map(attrgetter("updated"), self.providers)))
        return latest

    @cached_property
    def told(self) -> date:
        """When the region, or the edition that its pages are about, last changed."""
        return max(self.region.updated, self.edition.updated) if self.edition else self.region.updated

    @cached_property
    def by_block(self) -> dict[str, tuple[Offer, ...]]:
        """Offers by block."""
        return _grouped((offer.block.slug, offer) for offer in self.offers)

    @cached_property
    def by_place(self) -> dict[str, tuple[Offer, ...]]:
        """Offers by "municipality/block"."""
        return _grouped(
            (f"{place}/{offer.block.slug}", offer) for offer in self.offers for place in offer.municipalities
        )

    @cached_property
    def by_level(self) -> Counter[tuple[str, ...]]:
        """Number of offers per block, and per block, axis and level."""
        return Counter(key for offer in self.offers for key in levels_of(offer))

    def count(self, municipality: str, block: str) -> int:
        """Number of offers of a block in a municipality."""
        return len(self.by_place.get(f"{municipality}/{block}", ()))

    def sources(self, keys: Iterable[str]) -> tuple[Source, ...]:
        """Sources by their keys."""
        wanted = set(keys)
        return tuple(source for source in self.region.sources if source.key in wanted)


def rotation(providers: Iterable[Provider], region: str, day: date) -> tuple[Provider, ...]:
    """Providers in an order that nobody can buy: shuffled anew each day, the same for every reader.

    The rule, told to readers on the page "over": each provider draws a lot from the date, the region and its own name in
    the address (BLAKE2b of "region:date:slug"); the lots in ascending order are the order of the day.
    """
    return tuple(sorted(providers, key=lambda one: lot(one.slug, region, day)))


def lot(slug: str, region: str, day: date) -> bytes:
    """The lot that a provider draws on a day."""
    return hashlib.blake2b(f"{region}:{day.isoformat()}:{slug}".encode(), digest_size=8).digest()


def levels_of(offer: Offer) -> Iterator[tuple[str, ...]]:
    """Under what an offer is counted: its block, and each level of its block that it has."""
    yield (offer.block.slug,)
    for axis, levels in offer.offering.levels.items():
        for level in levels:
            yield (offer.block.slug, axis, level)


def _grouped(pairs: Iterable[tuple[str, Offer]]) -> dict[str, tuple[Offer, ...]]:
    groups: defaultdict[str, list[Offer]] = defaultdict(list)
    for key, offer in pairs:
        groups[key].append(offer)
    return {key: tuple(offers) for key, offers in groups.items()}
