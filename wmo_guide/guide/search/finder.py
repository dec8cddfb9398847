"""All search files of one book, and after a change of providers only those that are other ones (speed.md 4 and 5)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from wmo_guide.collector import collector_at_rest
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.book import Book, Touched, lot
from wmo_guide.guide.search.facets import PLACES, Facets
from wmo_guide.guide.search.folder import folder_of, numbering_of
from wmo_guide.guide.search.kept import KeptWords
from wmo_guide.guide.search.lists import Lists, ValuesAsked, card, dumped
from wmo_guide.guide.search.shards import Shards, Words, too_common
from wmo_guide.guide.search.terms import Reader
from wmo_guide.guide.search.topics import Topics

_LOT_BITS = 64
_KEY_BITS = (16, 24, 32, 40, 48)
"""Lengths of keys; a number of JavaScript holds 53 bits, and two more tell where a word stands."""
_CARDS_PER_FILE = 16
_NAME_OF_PLACES = "gemeente"
"""What the search page calls the group of filters about places."""


@dataclass(frozen=True)
class Part:
    """Some of the files that tell of offers."""

    shards: Collection[str]
    """Files of words, by name."""
    buckets: Collection[int]
    """Files of cards, by number."""
    blocks: Collection[str]
    """Building blocks, by slug."""
    places: Collection[str] | None = None
    """Of blocks with a list per municipality only those of these municipalities; None = of all."""


@dataclass(frozen=True)
class Finder:
    """What the search files of a book are made from."""

    book: Book
    topics: Topics
    facets: Facets
    bits: int
    """Length of a provider's key: as short as keeps them apart."""
    keys: Mapping[str, int]
    """Each provider's key: the beginning of its lot, so that ascending keys are the neutral order of the day."""
    shards: Shards
    values: ValuesAsked
    """What offers have of the facets, remembered from one change to the next."""

    @classmethod
    def of(cls, book: Book, cache_dir: Path | None = None, *, lasting: bool = True) -> Finder:
        """Everything made from nothing; with a folder, words of providers are remembered there.

        One that isn't `lasting` makes its files once, and remembers no more for it than it must.
        """
        topics, facets = Topics.of(book), Facets.of(book)
        bits, keys = _keys(book)
        kept = KeptWords.of(_reader(book, topics), cache_dir)
        words = ((keys[one.slug], terms) for one, terms in kept.all())
        with collector_at_rest():
            shards = Shards.of(words, too_common(len(keys)))
        return cls(book, topics, facets, bits, keys, shards, ValuesAsked(facets, lasting=lasting))

    def after(self, book: Book, touched: Touched) -> tuple[Finder, dict[str, bytes], frozenset[str]]:
        """The same for a book of the same standards and day in which these providers are other ones, gone or new.

        Also gives the files that may be other ones, by path, and the paths of files that are no more.
        """
        bits, keys = (self.bits, self.keys) if book.by_provider.keys() == self.keys.keys() else _keys(book)
        if bits != self.bits or too_common(len(keys)) != self.shards.most or _buckets(keys) != _buckets(self.keys):
            return self._anew(book)
        before = self._words(self.book, self.keys, touched.providers)
        shards, dirty = self.shards.changed(before, self._words(book, keys, touched.providers))
        finder = replace(self, book=book, bits=bits, keys=keys, shards=shards)
        buckets = self.buckets_of(touched) | finder.buckets_of(touched)
        grown = {block for block in touched.blocks if self.lists.is_large(block) != finder.lists.is_large(block)}
        part = Part(dirty, buckets, touched.blocks - grown, touched.places)
        whole = Part(frozenset(), frozenset(), grown)
        old, new = (dict([*one.files_of(part), *one.files_of(whole)]) for one in (self, finder))
        return finder, {path: make() for path, make in new.items()}, frozenset(old.keys() - new.keys())

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Every file by its path below the region's search page."""
        yield "onderwerpen.json", self.topics.dumped()
        yield self.topics.summaries_path, self.topics.summaries
        yield from ((f"g/{name}.json", data) for name, data in self.topics.word_files.items())
        whole = Part(self.shards.members, range(1 << self._bucket_bits), self._blocks)
        yield from ((path, make()) for path, make in self.files_of(whole))

    def files_of(self, part: Part) -> Iterator[tuple[str, Callable[[], bytes]]]:
        """The files of a part of all that tells of offers: their paths, and what makes them."""
        yield "aanbod.json", self._directory
        yield from ((f"{self.folder}/{path}", make) for path, make in self._files_of(part))

    @cached_property
    def folder(self) -> str:
        """Where lists, cards and words of offers stand."""
        return folder_of(self.book, self.facets)

    def _files_of(self, part: Part) -> Iterator[tuple[str, Callable[[], bytes]]]:
        for name in part.shards:
            if name in self.shards.members:
                yield f"w/{name}.json", partial(self.shards.file, name)
        for bucket in part.buckets:
            if self._in_bucket(bucket):
                yield f"k/{bucket}.json", partial(self._cards, bucket)
        for block in part.blocks:
            yield from ((f"b/{path}", make) for path, make in self.lists.files(block, part.places))

    @cached_property
    def lists(self) -> Lists:
        """The lists of building blocks."""
        return Lists(self.book, self.keys, self.values)

    def _anew(self, book: Book) -> tuple[Finder, dict[str, bytes], frozenset[str]]:
        finder = Finder.of(book)
        files = dict(finder.files())
        return finder, files, frozenset(dict(self.files()).keys() - files.keys())

    def _words(self, book: Book, keys: Mapping[str, int], slugs: Iterable[str]) -> dict[int, Words]:
        reader = _reader(book, self.topics)
        found = (book.by_provider.get(slug) for slug in slugs)
        return {keys[one[0].provider.slug]: reader.terms(one[0].provider) for one in found if one}

    @property
    def _blocks(self) -> tuple[str, ...]:
        return tuple(block.slug for _, block in self.book.blocks())

    def buckets_of(self, touched: Touched) -> set[int]:
        """The files of cards in which these providers stand."""
        return {self._bucket(self.keys[slug]) for slug in touched.providers if slug in self.keys}

    @property
    def _bucket_bits(self) -> int:
        return _buckets(self.keys)

    def _bucket(self, key: int) -> int:
        return key >> (self.bits - self._bucket_bits)

    def _in_bucket(self, bucket: int) -> Sequence[Provider]:
        """Providers with keys that begin so. They stand side by side, for keys ascend in the order of the day."""
        shift = self.bits - self._bucket_bits
        ends = (
            bisect_left(self.book.providers, edge << shift, key=lambda one: self.keys[one.slug])
            for edge in (bucket, bucket + 1)
        )
        return self.book.providers[slice(*ends)]

    def _cards(self, bucket: int) -> bytes:
        return dumped([card(one, self.keys[one.slug]) for one in self._in_bucket(bucket)])

    def _directory(self) -> bytes:
        numbers = [len(self.book.by_block.get(slug, ())) for slug in self._blocks]
        large = [index for index, slug in enumerate(self._blocks) if self.lists.is_large(slug)]
        return dumped(
            {
                "files": self.folder,
                "numbering": numbering_of(self.book),
                "shift": self.bits - self._bucket_bits,
                "providers": len(self.keys),
                "blocks": numbers,
                "large": {index: self._places_with(self._blocks[index]) for index in large},
                "words": " ".join(sorted(self.shards.members)),
                "facets": [_NAME_OF_PLACES if facet.key == PLACES else facet.key for facet in self.facets.all],
            }
        )

    def _places_with(self, block: str) -> list[int]:
        """Municipalities in which a large block is offered."""
        places = enumerate(self.book.municipalities)
        return [index for index, one in places if f"{one.slug}/{block}" in self.book.by_place]


def _reader(book: Book, topics: Topics) -> Reader:
    return Reader(book, topics.stems, topics.skipped)


def _buckets(keys: Mapping[str, int]) -> int:
    """Bits of a key that tell in which file of cards a provider stands."""
    return max(0, (len(keys) // _CARDS_PER_FILE).bit_length())


def _keys(book: Book) -> tuple[int, dict[str, int]]:
    region, day = book.catalogue.slug, book.day
    lots = {one.slug: int.from_bytes(lot(one.slug, region, day)) for one in book.providers}
    for bits in _KEY_BITS:
        keys = {slug: whole >> (_LOT_BITS - bits) for slug, whole in lots.items()}
        if len(set(keys.values())) == len(keys):
            return bits, keys
    raise ValueError(f"Two of {len(lots)} providers have the same lot.")  # one chance in millions of millions
