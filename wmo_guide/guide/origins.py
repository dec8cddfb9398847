"""From a fault on a page back to the files of the content folder that the page was made from."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from html import unescape
from typing import NamedTuple

from markdown.extensions.toc import slugify

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.standards import Written
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.faults import Fault
from wmo_guide.guide.gates import MAX_GZIP
from wmo_guide.guide.kinds.articles import coming_news
from wmo_guide.guide.page import Page
from wmo_guide.guide.plan import plan_pages

_EDITION = "matrix"
"""Stands for the file of the edition that the guide is about."""
_FILES: Mapping[str, tuple[str, ...]] = {
    "a_to_z": ("region.yaml", _EDITION, "situations.yaml", "facilities.yaml", "terms.yaml"),
    "block": (_EDITION, "facilities.yaml", "situations.yaml"),
    "chooser": ("chooser.yaml",),
    "chooser_outcome": ("chooser.yaml", "situations.yaml", "facilities.yaml", _EDITION),
    "facilities": ("facilities.yaml",),
    "faq": ("faq.yaml",),
    "help_index": (_EDITION,),
    "municipality": ("region.yaml", "facilities.yaml", _EDITION),
    "municipality_block": (_EDITION, "facilities.yaml", "region.yaml"),
    "paper": (_EDITION, "facilities.yaml"),
    "paper_index": (_EDITION,),
    "region_home": ("region.yaml", "situations.yaml", _EDITION),
    "situation": ("situations.yaml", _EDITION, "facilities.yaml"),
    "situation_index": ("situations.yaml",),
    "terms": ("terms.yaml",),
}
"""For each kind of page the files below the region's folder that it shows texts of; of others, region.yaml."""
_HEAVY = (
    f"Een pagina met deze tekst is te zwaar voor een telefoon: ingepakt meer dan {MAX_GZIP // 1000} kB. "
    "Maak de tekst korter, of verdeel hem over pagina's."
)


class Complaint(NamedTuple):
    """A fault, told to the editor of the content."""

    fault: Fault
    message: str
    files: tuple[str, ...]
    """Where in the content folder it may stand, likeliest first."""
    fits: Callable[[str], bool]
    """Whether it stands on this line of a file."""
    otherwise: Complaint | None = None
    """What to say when no line fits."""


class _Made(NamedTuple):
    """A page, with what it was made from."""

    page: Page
    files: tuple[str, ...]
    article: Written | None


def complaints(
    faults: Iterable[Fault], catalogues: Iterable[Catalogue], day: date, site: Site
) -> tuple[Complaint, ...]:
    """What to tell the editor about the faults of a site that was planned from these catalogues."""
    books = [Book(one, day, site) for one in catalogues]
    return tuple(_Tracer(books, site).complain(faults))


class _Tracer:
    def __init__(self, books: Sequence[Book], site: Site) -> None:
        self._site = site
        self._regions = {book.catalogue.slug for book in books}
        self._articles = tuple(sorted({one.file for book in books for one in _articles(book)}))
        self._terms = ("shared/terms.yaml", *(f"regions/{book.catalogue.slug}/terms.yaml" for book in books))
        self._made: defaultdict[str, list[_Made]] = defaultdict(list)
        for book in books:
            planned = [(kind.name, page) for kind, page in plan_pages(book)]
            for kind, page in (*planned, *(("news", page) for page in coming_news(book))):
                path = f"/{page.url.removeprefix(site.root)}index.html"
                self._made[path].append(_made(book, kind, page))

    def complain(self, faults: Iterable[Fault]) -> Iterator[Complaint]:
        """What to tell about each fault."""
        faults = tuple(faults)
        taken = {fault.what for fault in faults if fault.kind == "address"}
        heavy = {fault.page for fault in faults if fault.kind == "weight"}
        for fault in faults:
            if fault.kind == "place" and self._as_written(fault.what).partition("#")[0] in taken:
                continue  # the place is on the page that lost its address
            if fault.kind == "long sheet" and fault.page in heavy:
                continue  # a text too long for its page is too long for its sheet, and once is enough
            made = self._made.get(fault.page, [])
            if fault.kind == "address":
                yield from self._taken(fault, made)
                continue
            told = fault._replace(what=self._as_written(fault.what), near=self._as_written(fault.near))
            files = tuple(file for one in made for file in one.files)
            yield self._complaint(told, files)

    def _complaint(self, fault: Fault, files: tuple[str, ...]) -> Complaint:
        whole = Complaint(fault, fault.message, files, _nowhere)
        if fault.kind in ("link", "place"):
            # The gates name one page of all that lead there; every file that does is told.
            return Complaint(fault, fault.message, self._articles, _link_to(fault.what), self._missing(fault, whole))
        if fault.kind == "own place":
            return Complaint(fault, fault.message, files, _link_to(fault.what), whole)
        if fault.kind == "id":
            return Complaint(fault, fault.message, files, _names(fault.what), whole)
        if fault.kind == "long sheet" and fault.near:
            return Complaint(fault, fault.message, files, _names(fault.near), whole)
        if fault.kind == "weight":
            return Complaint(fault, _HEAVY, (*files, *self._terms), _nowhere, whole)
        return whole

    def _missing(self, fault: Fault, whole: Complaint) -> Complaint:
        """No text leads there, so the guide itself does: to a page that every region should have."""
        region, _, slug = fault.what.partition("#")[0].strip("/").partition("/")
        if fault.kind != "link" or not slug or "/" in slug or region not in self._regions:
            return whole
        file = f"regions/{region}/pages/{slug}.md"
        message = (
            f"Deze pagina ontbreekt, en de gids verwijst ernaar. Maak dit bestand, of voor alle regio's "
            f"shared/pages/{slug}.md."
        )
        return Complaint(fault, message, (file,), _nowhere)

    def _taken(self, fault: Fault, made: Sequence[_Made]) -> Iterator[Complaint]:
        written = [one.article.file for one in made if one.article]
        if not written:
            files = tuple(dict.fromkeys(file for one in made for file in one.files))
            yield Complaint(fault, fault.message, files, _nowhere)
        for file in written:
            others = [one for one in written if one != file]
            if len(made) > len(written):
                others.append("een pagina die de gids zelf maakt")
            message = f'Het adres "{fault.what}" is ook van {" en ".join(others)}. Geef dit bestand een andere naam.'
            yield Complaint(fault, message, (file,), _nowhere)

    def _as_written(self, address: str) -> str:
        """An address as staff write it: from the root, wherever the site stands."""
        root, plain = self._site.root, unescape(address)
        return "/" + plain.removeprefix(root) if plain.startswith(root) else plain


def _made(book: Book, kind: str, page: Page) -> _Made:
    home = f"regions/{book.catalogue.slug}"
    article = page.context().get("article") if kind in _WRITTEN else None
    if isinstance(article, Written):
        return _Made(page, (article.file,), article)
    providers = tuple(f"{home}/providers/{one.slug}.yaml" for one in page.providers)
    if kind == "provider":
        return _Made(page, providers, None)
    own = _FILES.get(kind, ("region.yaml",))
    if kind == "matrix":
        own = (f"matrix/{page.url.rstrip('/').rpartition('/')[2]}.yaml",)
    named = (f"matrix/{book.edition_name}.yaml" if name == _EDITION else name for name in own)
    shared = ("shared/terms.yaml",) if kind == "terms" else ()
    return _Made(page, (*(f"{home}/{name}" for name in named), *shared, *providers), None)


_WRITTEN = ("about", "article", "costs", "factsheet", "news", "subarticle")
"""Kinds of page that show one article."""


def _articles(book: Book) -> tuple[Written, ...]:
    standards = book.standards
    return (*standards.pages, *standards.factsheets, *standards.news)


def _nowhere(_: str) -> bool:
    return False


def _link_to(target: str) -> Callable[[str], bool]:
    """Whether a line of Markdown has a link, a picture or the address of one with this very target."""
    before = r"\]\(\s*<?|\]:\s*<?|^\s*<?" if target else r"\]\("
    pattern = re.compile(rf"""(?:{before}){re.escape(target)}(?=[\s)>"']|$)""")
    return lambda line: pattern.search(line) is not None


def _names(place: str) -> Callable[[str], bool]:
    """Whether a line is the heading, or the key of the record, that has this place on the page."""
    record = re.compile(rf"[\s-]*(?:slug|key):\s*['\"]?{re.escape(place)}['\"]?\s*$")
    return lambda line: (
        slugify(line.strip("# "), "-") == place if line.startswith("#") else record.match(line) is not None
    )
