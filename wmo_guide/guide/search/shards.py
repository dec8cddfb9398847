"""Which word stands with which providers, in files by the first letters of the word, each of a few kilobytes.

A file holds all words with a beginning; where they would be too many, files with longer beginnings take its place. So
a changed provider rewrites only the files of its own words, and all of it comes out as if made from nothing.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from wmo_guide.guide.search.lists import dumped, steps

MOST_ENTRIES = 350
"""Words with providers in one file."""
WHOLE_WORD = "-"
"""Behind a beginning that is itself a word, where longer words with that beginning stand in files of their own."""
_COMMON_FROM = 64
_COMMON_SHARE = 0.1
_FIRST, _LAST = 1, 6
"""Letters of the shortest and the longest beginning."""
_SIGNS = 2
"""Bits below a provider's key that tell where the word stands."""
Words: TypeAlias = Mapping[str, int]
"""Each word of a provider, with where it stands."""


def too_common(providers: int) -> int:
    """With more providers than this a word doesn't tell them apart. Steps by doubling, so it seldom changes."""
    most = _COMMON_FROM
    while most < providers * _COMMON_SHARE:
        most *= 2
    return most


@dataclass(frozen=True)
class Shards:
    """The words of all providers of one book."""

    most: int
    """Words with more providers than this are left out."""
    postings: Mapping[str, array[int]]
    """Each word with its providers: their keys in ascending order, each with where the word stands in the last bits."""
    sizes: Mapping[str, int]
    """Number of entries under each beginning."""
    members: Mapping[str, frozenset[str]]
    """The words in each file."""

    @classmethod
    def of(cls, words: Iterable[tuple[int, Words]], most: int) -> Shards:
        """The words of providers given by their keys, in ascending order."""
        postings: dict[str, array[int]] = {}
        for key, terms in words:
            for term, where in terms.items():
                found = postings.get(term)
                if found is None:
                    found = postings[term] = array("Q")
                found.append(key << _SIGNS | where)
        sizes: defaultdict[str, int] = defaultdict(int)
        for term, found in postings.items():
            for beginning in _beginnings(term):
                sizes[beginning] += _weight(found, most)
        members: defaultdict[str, set[str]] = defaultdict(set)
        for term, found in postings.items():
            if _weight(found, most):
                members[_name(term, sizes)].add(term)
        return cls(most, postings, dict(sizes), {name: frozenset(terms) for name, terms in members.items()})

    def changed(self, before: Mapping[int, Words], after: Mapping[int, Words]) -> tuple[Shards, frozenset[str]]:
        """The shards when providers with these keys have other words; and the names of files that are other ones now.

        `before` has the words of each changed provider that was there, `after` of each that is there now.
        """
        touched = set(_different(before, after))
        postings, sizes = dict(self.postings), dict(self.sizes)
        for term in touched:
            found = _replaced(postings.get(term, array("Q")), term, before, after)
            grown = _weight(found, self.most) - _weight(self.postings.get(term, ()), self.most)
            for beginning in _beginnings(term):
                sizes[beginning] = sizes.get(beginning, 0) + grown
            postings[term] = found
            if not found:
                del postings[term]
        shards = Shards(self.most, postings, sizes, self.members)
        return shards.settled(self, touched)

    def file(self, name: str) -> bytes:
        """One file."""
        return dumped({term: steps(self.postings[term]) for term in sorted(self.members[name])})

    def settled(self, before: Shards, touched: set[str]) -> tuple[Shards, frozenset[str]]:
        """The same with every word in its file; and the files that are other ones."""
        split = {
            one for term in touched for one in _beginnings(term) if _fits(one, self.sizes) != _fits(one, before.sizes)
        }
        moved = touched | {term for term in self.postings if split and not split.isdisjoint(_beginnings(term))}
        fresh: dict[str, set[str]] = {}

        def terms_of(name: str) -> set[str]:
            if name not in fresh:
                fresh[name] = set(self.members.get(name, ()))
            return fresh[name]

        for term in moved:
            if term in before.postings:
                terms_of(_name(term, before.sizes)).discard(term)
            if term in self.postings and _weight(self.postings[term], self.most):
                terms_of(_name(term, self.sizes)).add(term)
        members = {**self.members, **{name: frozenset(terms) for name, terms in fresh.items()}}
        kept = {name: terms for name, terms in members.items() if terms}
        return Shards(self.most, self.postings, self.sizes, kept), frozenset(fresh)


def _different(before: Mapping[int, Words], after: Mapping[int, Words]) -> Iterator[str]:
    for key in before.keys() | after.keys():
        old, new = before.get(key, {}), after.get(key, {})
        yield from (term for term in old.keys() | new.keys() if old.get(term) != new.get(term))


def _replaced(found: array[int], term: str, before: Mapping[int, Words], after: Mapping[int, Words]) -> array[int]:
    again = found[:]
    for key in before:
        del again[slice(*(bisect_left(again, edge << _SIGNS) for edge in (key, key + 1)))]
    for key, words in after.items():
        if term in words:
            insort(again, key << _SIGNS | words[term])
    return again


def _weight(found: array[int] | tuple[()], most: int) -> int:
    return len(found) if len(found) <= most else 0


def _fits(beginning: str, sizes: Mapping[str, int]) -> bool:
    return sizes.get(beginning, 0) <= MOST_ENTRIES


def _name(term: str, sizes: Mapping[str, int]) -> str:
    """The file in which a word stands; browser/offers.js finds it by the same rule."""
    for length in range(_FIRST, _LAST + 1):
        beginning = term[:length]
        if _fits(beginning, sizes) or length == _LAST:
            return beginning
        if len(term) <= length:
            break
    return term + WHOLE_WORD


def _beginnings(term: str) -> Iterator[str]:
    return (term[:length] for length in range(_FIRST, min(len(term), _LAST) + 1))
