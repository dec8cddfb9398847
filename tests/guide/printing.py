"""Small sites, printed for tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import html

from tests.builders import HOME, REGION, TODAY, ContentFolder
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.press import Result
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.sheets.gathered import sheets_of
from wmo_guide.guide.sheets.typesetter import set_sheets
from wmo_guide.guide.staff_prose import article_html
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import RefusedError, publish

PROVIDERS = f"{HOME}/providers"


def printed(content: ContentFolder, site: Path, cache: Path | None, day: date = TODAY, url: str = Site().url) -> Result:
    """Publishes a content folder into a site folder, for a public address."""
    return publish(Publication(content=content.root, site_dir=site, cache_dir=cache, day=day, site=Site(url=url)))


def refused(content: ContentFolder, site: Path, cache: Path | None) -> tuple[str, ...]:
    """The problems for which a content folder is not published."""
    with pytest.raises(RefusedError) as caught:
        printed(content, site, cache)
    return caught.value.problems


def online(site: Path) -> Path:
    """The folder of the release that is online."""
    return (site / "current").resolve(strict=True)


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by its path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def book_of(content: ContentFolder, region: str = REGION, day: date = TODAY, site: Site | None = None) -> Book:
    """A region's guide on a day."""
    return Book(content.catalogue(region), day, site or Site())


def printer_of(book: Book, cache: Path | None = None) -> Printer:
    """A printer with the project's own templates."""
    return Printer(book, ROOT / "templates" / "guide", article_html(book.standards, cache))


def printer_with_sheets(book: Book, cache: Path) -> Printer:
    """A printer that knows of the book's PDFs, as the press's own does."""
    articles = article_html(book.standards, cache)
    sheets = set_sheets(tuple(sheets_of(book, articles)), ROOT / "templates" / "print", cache)
    return Printer(book, ROOT / "templates" / "guide", articles, sheets.about)


def parsed(text: str) -> Any:  # lxml-stubs give every xpath as a union of all that xpath can be
    """A piece of HTML, parsed."""
    return html.fromstring(f"<div>{text}</div>")


def page_tree(site: Path, address: str) -> Any:
    """A page of the site that is online, parsed."""
    return html.document_fromstring((online(site) / address / "index.html").read_bytes())


def crowd(content: ContentFolder, number: int) -> None:
    """Adds providers with letters from all over the alphabet, each with an offer of the block "uit-logeren"."""
    text = content.text(f"{PROVIDERS}/delta-logeren.yaml")
    for index in range(number):
        letter = chr(ord("A") + index % 26)
        content.raw(f"{PROVIDERS}/groep-{index:03}.yaml", text.replace("Delta Logeren", f"{letter} Groep {index:03}"))


@contextmanager
def untouched(site: Path) -> Iterator[None]:
    """Fails when the site folder isn't, afterwards, what it was before."""
    link, before = (site / "current").readlink(), files_of(site)
    yield
    assert (site / "current").readlink() == link
    assert files_of(site) == before
    assert list((site / "releases").glob(".*")) == []
