"""Lists: general provisions, questions and answers, the word list, and everything from A to Z."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from operator import attrgetter
from typing import NamedTuple, TypeVar

from wmo_guide.domain.provider import Provider
from wmo_guide.guide.book import Book, Touched
from wmo_guide.guide.page import Context, Link, Page

FEW_PROVIDERS = 150
"""With more providers than this, each letter of the A-Z has a page of its own for them."""


T = TypeVar("T")


class Entry(NamedTuple):
    """One line of the A-Z."""

    label: str
    url: str
    kind: str


def facilities(book: Book) -> Iterator[Page]:
    """All general provisions."""
    listed = book.standards.facilities
    yield Page(
        url=book.to.part("voorzieningen"),
        title="Hulp die voor iedereen open is",
        description=f"Algemene voorzieningen in {book.region.name}: u kunt er zo naartoe, zonder beschikking.",
        updated=listed.updated,
        context=lambda: {"facilities": listed.facilities},
        sources=book.sources(listed.sources),
    )


def faq(book: Book) -> Iterator[Page]:
    """Questions and answers, by who asks them."""
    listed = book.standards.faq
    audiences = ("resident", "provider", "professional")
    yield Page(
        url=book.to.part("vragen"),
        title="Vragen en antwoorden",
        description="Veelgestelde vragen van inwoners, aanbieders en professionals.",
        updated=listed.updated,
        context=lambda: {
            "groups": [(who, [one for one in listed.questions if one.audience[0] == who]) for who in audiences],
        },
        sources=book.sources(key for one in listed.questions for key in one.sources),
    )


def terms(book: Book) -> Iterator[Page]:
    """The word list."""
    yield Page(
        url=book.to.part("woordenlijst"),
        title="Woordenlijst",
        description="Moeilijke woorden over hulp en ondersteuning, uitgelegd in gewone taal.",
        updated=book.region.updated,
        context=lambda: {"letters": _by_letter(book.standards.terms, lambda term: term.term)},
        terms=False,
    )


def a_to_z(book: Book) -> Iterator[Page]:
    """Everything that has a page, by its first letter."""
    few = len(book.providers) <= FEW_PROVIDERS
    provider_letters = sorted(set(map(letter_of, map(attrgetter("name"), book.providers))))
    yield Page(
        url=book.to.part("a-z"),
        title="Alles van A tot Z",
        description=f"Alle onderwerpen, gemeenten en aanbieders van {book.region.name} op alfabet.",
        updated=book.updated,
        context=lambda: {
            "letters": _by_letter(
                [*_subjects(book), *(_entries(book, book.providers) if few else ())], lambda entry: entry.label
            ),
            "provider_letters": [] if few else provider_letters,
        },
        providers=book.providers if few else (),
        counts=() if few else tuple(map(ord, provider_letters)),
        terms=False,
    )


def a_to_z_letters(book: Book, touched: Touched | None = None) -> Iterator[Page]:
    """With many providers: a page per letter."""
    if len(book.providers) <= FEW_PROVIDERS:
        return
    letters = {letter_of(name) for name in touched.names} if touched else None
    some = [one for one in book.providers if letters is None or letter_of(one.name) in letters]
    for letter, named in _by_letter(some, lambda one: one.name):
        found = tuple(named)
        yield Page(
            url=book.to.part("a-z", letter.lower().replace("#", "0-9")),
            title=f"Aanbieders met {letter}",
            description=f"Alle aanbieders in {book.region.name} met de letter {letter}.",
            updated=max(one.updated for one in found),
            context=partial(_letter, book, found),
            crumbs=(Link("A tot Z", book.to.part("a-z")),),
            providers=found,
            terms=False,
        )


def letter_of(text: str) -> str:
    """The letter under which a text stands in an alphabet, without accents; # for everything else."""
    if (first := text[:1]).isascii() and first.isalpha():  # as nearly always: thousands of names are asked at a time
        return first.upper()
    first = next((sign for sign in unicodedata.normalize("NFKD", text).upper() if not _opens(sign)), "")
    return first if "A" <= first <= "Z" else "#"


def _opens(sign: str) -> bool:
    """Whether a sign is a quote or a bracket, which an alphabet passes over."""
    return sign in "'\"" or unicodedata.category(sign) in ("Pi", "Pf", "Ps", "Pe")


def sort_key(text: str) -> str:
    """What a text is sorted by: without case and accents."""
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def _by_letter(things: Iterable[T], label: Callable[[T], str]) -> list[tuple[str, list[T]]]:
    groups: defaultdict[str, list[T]] = defaultdict(list)
    for thing in sorted(things, key=lambda one: sort_key(label(one))):
        groups[letter_of(label(thing))].append(thing)
    return sorted(groups.items())


def _letter(book: Book, named: Iterable[Provider]) -> Context:
    return {"entries": _entries(book, named)}


def _entries(book: Book, providers: Iterable[Provider]) -> list[Entry]:
    return [Entry(one.name, book.to.provider(one.slug), "aanbieder") for one in providers]


def _subjects(book: Book) -> list[Entry]:
    standards, to = book.standards, book.to
    entries = [Entry(block.plain_title, to.block(block.slug), "hulp") for _, block in book.blocks()]
    entries += [
        Entry(block.title, to.block(block.slug), f"bouwsteen {block.code}" if block.code else "bouwsteen")
        for _, block in book.blocks()
        if block.title != block.plain_title
    ]
    entries += [Entry(one.title, to.situation(one.slug), "situatie") for one in standards.situations]
    entries += [Entry(one.name, to.municipality(one.slug), "gemeente") for one in standards.region.municipalities]
    entries += [
        Entry(place, to.municipality(one.slug), f"hoort bij {one.name}")
        for one in standards.region.current_municipalities
        for place in one.places
        if place != one.name
    ]
    entries += [Entry(one.name, to.facility(one.slug), "voorziening") for one in standards.facilities.facilities]
    entries += [Entry(one.head.title, to.factsheet(one.slug), "factsheet") for one in standards.factsheets]
    entries += [Entry(one.head.title, _page(book, one.head.under, one.slug), "uitleg") for one in standards.pages]
    entries += [Entry(one.term, to.term(one.slug), "woord") for one in standards.terms]
    return entries


def _page(book: Book, under: str | None, slug: str) -> str:
    return book.to.part(under, slug) if under else book.to.part(slug)
