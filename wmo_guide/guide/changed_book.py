"""The book of a day after some providers changed, made out of the book before: quick where thousands stayed the same.

It is equal in everything to a book that is made anew.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.book import Book, Offer, Touched, levels_of, lot


def changed_book(before: Book, catalogue: Catalogue, changed: frozenset[str]) -> Book:
    """The book of the same day and standards in which the providers with these slugs are other ones, gone or new."""
    book = Book(catalogue, before.day, before.site)
    fresh = [offer for slug in changed if (one := _provider(catalogue, slug)) for offer in book.shown_of(one)]
    gone = [offer for slug in changed for offer in before.by_provider.get(slug, ())]
    merge = _Merge(before, changed)
    kept = vars(book)  # where a cached property keeps what it has worked out
    kept["offers"] = merge.offers(before.offers, fresh)
    kept["by_provider"] = merge.providers(before.by_provider, fresh)
    kept["by_block"] = merge.groups(before.by_block, gone, fresh, lambda one: (one.block.slug,))
    kept["by_place"] = merge.groups(
        before.by_place, gone, fresh, lambda one: [f"{place}/{one.block.slug}" for place in one.municipalities]
    )
    kept["by_level"] = _recounted(before.by_level, gone, fresh)
    return book


def touched(before: Book, after: Book, changed: frozenset[str]) -> Touched:
    """What these providers have to do with."""
    offers = [offer for book in (before, after) for slug in changed for offer in book.by_provider.get(slug, ())]
    # How many there are decides how they are listed: when one comes or goes, all of them may stand elsewhere.
    same = len(before.providers) == len(after.providers)
    named = (offer.provider for offer in offers) if same else (*before.providers, *after.providers)
    return Touched(
        changed,
        frozenset(offer.block.slug for offer in offers),
        frozenset(place for offer in offers for place in offer.municipalities),
        frozenset(provider.name for provider in named),
    )


class _Merge:
    def __init__(self, before: Book, changed: frozenset[str]) -> None:
        self._region, self._day, self._changed = before.catalogue.slug, before.day, changed
        self._lots: dict[str, bytes] = {}

    def offers(self, before: Sequence[Offer], fresh: Iterable[Offer]) -> tuple[Offer, ...]:
        """Offers in the order of the day, with those of changed providers as they are now."""
        now: defaultdict[str, list[Offer]] = defaultdict(list)
        for offer in fresh:
            now[offer.provider.slug].append(offer)
        merged: list[Offer] = []
        start = 0
        for slug in self._in_turn:
            end = self._first_from(before, slug, start)
            merged += before[start:end]
            merged += now[slug]
            while end < len(before) and before[end].provider.slug == slug:
                end += 1
            start = end
        return (*merged, *before[start:])

    def providers(
        self, before: Mapping[str, tuple[Offer, ...]], fresh: Iterable[Offer]
    ) -> dict[str, tuple[Offer, ...]]:
        """Offers by provider, the providers in the order of the day."""
        now: dict[str, tuple[Offer, ...]] = {}
        for offer in fresh:
            now[offer.provider.slug] = (*now.get(offer.provider.slug, ()), offer)
        if all(slug in before for slug in now) and all(slug in now for slug in self._changed if slug in before):
            return {slug: now.get(slug, offers) for slug, offers in before.items()}
        pairs = [(slug, offers) for slug, offers in before.items() if slug not in self._changed]
        return dict(sorted([*pairs, *now.items()], key=lambda pair: self._place(pair[0])))

    def groups(
        self,
        before: Mapping[str, tuple[Offer, ...]],
        gone: Iterable[Offer],
        fresh: Iterable[Offer],
        keys: Callable[[Offer], Iterable[str]],
    ) -> dict[str, tuple[Offer, ...]]:
        """Groups of offers, in which only those of changed providers are other ones."""
        touched = {key for offer in (*gone, *fresh) for key in keys(offer)}
        after = dict(before)
        for key in touched:
            found = self.offers(before.get(key, ()), [offer for offer in fresh if key in keys(offer)])
            if found:
                after[key] = found
            else:
                after.pop(key, None)
        return after

    @cached_property
    def _in_turn(self) -> list[str]:
        """The providers that changed, in the order of the day."""
        return sorted(self._changed, key=self._place)

    def _first_from(self, offers: Sequence[Offer], slug: str, start: int) -> int:
        """The place of the first offer that is this provider's, or would stand after it."""
        return bisect_left(offers, self._place(slug), start, key=lambda one: self._place(one.provider.slug))

    def _place(self, slug: str) -> tuple[bytes, str]:
        return self._lot(slug), slug

    def _lot(self, slug: str) -> bytes:
        found = self._lots.get(slug)
        if found is None:
            found = self._lots[slug] = lot(slug, self._region, self._day)
        return found


def _provider(catalogue: Catalogue, slug: str) -> Provider | None:
    return catalogue.provider_by_slug.get(slug)


def _recounted(
    before: Counter[tuple[str, ...]], gone: Iterable[Offer], fresh: Iterable[Offer]
) -> Counter[tuple[str, ...]]:
    after = before.copy()
    after.subtract(key for offer in gone for key in levels_of(offer))
    after.update(key for offer in fresh for key in levels_of(offer))
    return Counter({key: number for key, number in after.items() if number})
