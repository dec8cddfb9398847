"""The plan of a whole site: every page and every other file of all its regions, before anything is made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.ahead import jobs_ahead
from wmo_guide.guide.book import Book
from wmo_guide.guide.code import code_digest
from wmo_guide.guide.extras import Extras
from wmo_guide.guide.faults import Fault
from wmo_guide.guide.frames import frame_of
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.plan import Job, Planner, contents_digest, digest, plan_pages, portal_jobs, shells_digest
from wmo_guide.guide.portal import portal_frame, portal_pages
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.sheets.gathered import sheets_of
from wmo_guide.guide.sheets.typesetter import SetSheets, set_sheets
from wmo_guide.guide.shells import Shell, ShellSet, make_shells
from wmo_guide.guide.staff_prose import article_html


@dataclass(frozen=True)
class Order:
    """What to print, and with what."""

    catalogues: tuple[Catalogue, ...]
    site_dir: Path
    root: Path
    """The project's folder, with mkdocs.yml and templates/."""
    cache_dir: Path | None
    day: date
    site: Site = field(default_factory=Site)
    tell: Callable[[str], None] = field(default=lambda _: None)
    """Called with a line of progress."""


@dataclass(frozen=True)
class Plan:
    """All that is to stand in a release."""

    jobs: tuple[Job, ...]
    extras: Extras
    shells: Mapping[str, Shell]
    faults: tuple[Fault, ...]
    """What is wrong before any page is made."""
    planners: tuple[Planner, ...]
    ahead: tuple[Job, ...] = ()
    """Pages that are not to stand in it yet, but would have to pass the gates."""


def base_of(order: Order) -> str:
    """What every page of a site depends on."""
    return f"{code_digest(order.root)} {order.day} {order.site}"


def release_of(order: Order, shells: ShellSet, base: str) -> str:
    """The name of a release: the same one for the same content on the same day."""
    told = f"{base} {shells_digest(shells.shells)} {contents_digest(order.catalogues)}"
    return f"{order.day:%Y%m%d}-{digest(told)[:12]}"


def shells_of(order: Order, books: Sequence[Book]) -> ShellSet:
    """The shells of all pages."""
    frames = [frame_of(book, kind) for book in books for kind in PAGE_KINDS]
    return make_shells([*frames, portal_frame(order.site, 0)], order.root / "mkdocs.yml", order.cache_dir)


def plan_site(order: Order, books: Sequence[Book], shells: ShellSet, base: str, *, lasting: bool = False) -> Plan:
    """Plans a whole site. `base` tells what every page depends on. A `lasting` plan can be changed when it is carried out."""
    templates = order.root / "templates" / "guide"
    articles = [article_html(book.standards, order.cache_dir) for book in books]
    sheets = _sheets(order, books, articles)
    jobs: list[Job] = []
    planners = []
    for book, written in zip(books, articles, strict=True):
        printer = Printer(book, templates, written, sheets.about, order.cache_dir)
        planners.append(Planner.of(book, printer, shells.shells, base))
        jobs.extend(planners[-1].job(kind, page) for kind, page in plan_pages(book))
    portal = portal_frame(order.site, 0).key
    pages_above = portal_pages(books, order.site, templates)
    jobs.extend(portal_jobs(books, pages_above, order.site, portal, f"{base} {shells_digest(shells.shells, portal)}"))
    ready = {address.removeprefix(order.site.root): pdf for address, pdf in sheets.files.items()}
    extras = Extras(
        books,
        lambda: (job.entry for job in jobs if job.entry),
        order.site,
        {**shells.assets, **ready},
        order.cache_dir,
        lasting,
    )
    once = {job.path: job for job in jobs}
    ahead = tuple(job for planner in planners for job in jobs_ahead(planner))
    faults = (*_taken_twice(jobs), *sheets.faults)
    return Plan(tuple(once.values()), extras, shells.shells, faults, tuple(planners), ahead)


def _sheets(order: Order, books: Sequence[Book], articles: Sequence[Mapping[str, str]]) -> SetSheets:
    wanted = [sheet for book, written in zip(books, articles, strict=True) for sheet in sheets_of(book, written)]
    return set_sheets(wanted, order.root / "templates" / "print", order.cache_dir)


def _taken_twice(jobs: Sequence[Job]) -> Iterator[Fault]:
    times = Counter(job.path for job in jobs)
    for path, number in times.items():
        if number > 1:
            yield Fault(f"/{path}", "address", f"/{path.removesuffix('index.html')}")
