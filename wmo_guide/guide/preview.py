"""The real pages of the guide as they would be with one provider's new data, before anything is published."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Page, PageKind
from wmo_guide.guide.plan import plan_pages
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.sheets.gathered import sheets_of
from wmo_guide.guide.sheets.typesetter import set_sheets
from wmo_guide.guide.staff_prose import article_html


@dataclass(frozen=True)
class Preview:
    """A book with a candidate in it. Its bodies are, byte for byte, those that the press would print on the same day."""

    book: Book
    candidate: Provider
    templates: Path
    """Folder of the guide's templates."""
    cache_dir: Path | None

    @cached_property
    def pages(self) -> dict[str, tuple[PageKind, Page]]:
        """The pages that show the candidate's data, by their address; the candidate's own page comes first."""
        found = {page.url: (kind, page) for kind, page in plan_pages(self.book) if self._shows(page)}
        own = self.book.to.provider(self.candidate.slug)
        return {url: found[url] for url in sorted(found, key=lambda url: url != own)}

    def body(self, url: str) -> str:
        """The HTML of a page's main content. Raises KeyError for a page that doesn't show the candidate."""
        kind, page = self.pages[url]
        return self._printer.body(kind.name, page)

    @cached_property
    def _printer(self) -> Printer:
        written = article_html(self.book.standards, self.cache_dir)
        sheets = set_sheets(list(sheets_of(self.book, written)), self.templates.parent / "print", self.cache_dir)
        return Printer(self.book, self.templates, written, sheets.about, self.cache_dir)

    def _shows(self, page: Page) -> bool:
        return any(one.slug == self.candidate.slug for one in page.providers)


def with_candidate(catalogue: Catalogue, candidate: Provider) -> Catalogue:
    """The catalogue with a provider in the place of its former self, or added to it."""
    return replace(catalogue, providers=tuple(_merged(catalogue, candidate)))


def _merged(catalogue: Catalogue, candidate: Provider) -> Iterator[Provider]:
    others = (one for one in catalogue.providers if one.slug != candidate.slug)
    yield from sorted((*others, candidate), key=lambda one: one.slug)
