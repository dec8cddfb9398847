"""The plan of a printing: every page with its shell, and a fingerprint of all that it is made from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.page import Page, PageKind
from wmo_guide.guide.portal import PortalPage
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.shells import Shell


class Job(NamedTuple):
    """One page to be printed."""

    path: str
    """Its file, below the site's root."""
    fingerprint: str
    """Changes when the page could come out otherwise."""
    shell: str
    """Key of its shell."""
    title: str
    description: str
    site: Site
    address: str
    """Path of its address; empty for a page that has none of its own, such as a 404."""
    body: Callable[[], str]
    listed: date | None
    """The day on which it last changed, for the list of pages for search engines; None when it isn't in it."""

    @property
    def canonical(self) -> str:
        """Its full public address."""
        return self.site.canonical(self.address) if self.address else ""

    @property
    def entry(self) -> tuple[str, date] | None:
        """The page in the list for search engines."""
        return None if self.listed is None else (self.canonical, self.listed)

    def stamp(self, shell: Shell, body: str) -> str:
        """The whole page."""
        return shell.stamp(self.title, self.description, self.canonical, "", body)


def plan_pages(book: Book) -> tuple[tuple[PageKind, Page], ...]:
    """All pages of a book, with their kind."""
    return tuple((kind, page) for kind in PAGE_KINDS for page in kind.pages(book))


@dataclass(frozen=True)
class Planner:
    """Makes the jobs of one book's pages."""

    book: Book
    printer: Printer
    bases: Mapping[str, str]
    """What all pages in a shell depend on, by the shell's key."""

    @classmethod
    def of(cls, book: Book, printer: Printer, shells: Mapping[str, Shell], base: str) -> Planner:
        """A planner for a book. `base` tells what else all pages depend on."""
        keys = {f"{book.catalogue.slug}/{kind.name}": kind for kind in PAGE_KINDS}
        bases = {
            key: f"{base} {shells_digest(shells, key)} {book.standards.digest_without(kind.ignores)}"
            for key, kind in keys.items()
        }
        return cls(book, printer, bases)

    def job(self, kind: PageKind, page: Page) -> Job:
        """The job of a page."""
        named = (f"{one.slug} {one.digest}" for one in page.providers)
        shell = f"{self.book.catalogue.slug}/{kind.name}"
        told = " ".join((self.bases[shell], kind.name, page.url, str(page.updated), *map(str, page.counts), *named))
        return Job(
            path=path_of(page, self.book.site),
            fingerprint=digest(told),
            shell=shell,
            title=page.title,
            description=page.description,
            site=self.book.site,
            address=page.url,
            body=_Body(self.printer, kind.name, page),
            listed=None if page.url.endswith("/zoeken/") else page.updated,
        )


@dataclass(frozen=True, slots=True)
class _Body:
    """What makes the body of a page. A large guide has tens of thousands of them at a time, so it is a small thing."""

    printer: Printer
    kind: str
    page: Page

    def __call__(self) -> str:
        return self.printer.body(self.kind, self.page)


def path_of(page: Page, site: Site) -> str:
    """The file of a page, below the site's root."""
    return page.url.removeprefix(site.root) + "index.html"


def portal_jobs(books: Sequence[Book], pages: Iterable[PortalPage], site: Site, shell: str, base: str) -> Iterator[Job]:
    """The jobs of pages that belong to no region."""
    told = " ".join((base, *(book.standards.digest for book in books)))
    for page in pages:
        fingerprint = digest(f"{told} {page.path}")
        yield Job(page.path, fingerprint, shell, page.title, page.description, site, page.address, page.body, None)


def contents_digest(catalogues: Iterable[Catalogue]) -> str:
    """Changes when anything in the catalogues does."""
    told = (
        f"{one.slug} {one.standards.digest} {' '.join(f'{each.slug} {each.digest}' for each in one.providers)}"
        for one in catalogues
    )
    return digest("\n".join(told))


def shells_digest(shells: Mapping[str, Shell], key: str | None = None) -> str:
    """Changes when the shell with this key does; without a key: when any of them does."""
    keys = sorted(shells) if key is None else [key]
    return digest(repr([(one, shells[one].parts, shells[one].slots) for one in keys]))


def digest(told: str | bytes) -> str:
    """A short fingerprint of a text, or of bytes."""
    return hashlib.blake2b(told.encode() if isinstance(told, str) else told, digest_size=12).hexdigest()
