"""What a page is, before it is rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from wmo_guide.domain.provider import Provider
from wmo_guide.domain.region import Source
from wmo_guide.guide.book import Book, Touched

Context: TypeAlias = Mapping[str, Any]


class Link(NamedTuple):
    """A link with its text."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a region's guide.

    What it shows depends on the region's standards, the day, its date, the providers it names and its counts, on
    nothing else; so a publish renders only the pages for which one of these changed.
    """

    url: str
    title: str
    """Tells it from all other pages of its region."""
    description: str
    updated: date
    context: Callable[[], Context]
    """What its template shows, worked out only when the page is rendered."""
    heading: str = ""
    """The heading above it, where that is not its title."""
    crumbs: tuple[Link, ...] = ()
    """The way from the region's home page to this page, both left out."""
    sources: tuple[Source, ...] = ()
    origin: str = ""
    """Who says so, when that is no document: e.g. the provider itself. Left out: the publisher of the guide."""
    providers: tuple[Provider, ...] = ()
    """The providers whose data it shows."""
    counts: tuple[int, ...] = ()
    """Numbers that it shows of providers it doesn't name."""
    terms: bool = True
    """Whether words of the field are explained on it."""


@dataclass(frozen=True)
class PageKind:
    """A kind of page: one template and one small view."""

    name: str
    """Name of the template, templates/guide/<name>.html, and of the shell."""
    depth: int
    """Number of folders its pages lie deep; the least, where each answer on the way is a folder."""
    section: str
    """The part of the menu that is marked as current."""
    pages: Callable[[Book], Iterable[Page]] = field(repr=False)
    """The view: all pages of this kind in a book."""
    some: Callable[[Book, Touched], Iterable[Page]] | None = field(default=None, repr=False)
    """The view of no more than the pages that a change of these providers can touch; left out: of all pages."""

    ignores: frozenset[str] = frozenset()
    """Parts of the standards that none of its pages shows anything of, so that none is made anew when they change."""

    def touched(self, book: Book, touched: Touched) -> Iterable[Page]:
        """All pages of this kind that a change of these providers can touch; others may be among them."""
        return self.pages(book) if self.some is None else self.some(book, touched)


def untouched(_book: Book, _touched: Touched) -> Iterable[Page]:
    """The view of kinds whose pages tell nothing of any provider."""
    return ()
