"""A part of the site made anew: the pages that a change of providers can touch, with the files that list them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import TypeVar

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.ahead import check_ahead, jobs_ahead
from wmo_guide.guide.book import Book, Touched
from wmo_guide.guide.changed_book import changed_book, touched
from wmo_guide.guide.extras import Entry, feed, list_of_pages, search_path
from wmo_guide.guide.faults import Fault
from wmo_guide.guide.filling import GateError
from wmo_guide.guide.gates import Links, check_links, check_page, look_at
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.looks import Look, add_links_to, ids_of, look_of, lost_places
from wmo_guide.guide.nearby import Nearby
from wmo_guide.guide.online import Online
from wmo_guide.guide.page import PageKind
from wmo_guide.guide.plan import Job, Planner, digest, path_of
from wmo_guide.guide.search.finder import Finder
from wmo_guide.guide.site_plan import Order

Value = TypeVar("Value")


@dataclass
class Changes:
    """What changed providers make of the site that is online."""

    planners: dict[str, Planner]
    """By region."""
    finders: dict[str, Finder]
    """By region."""
    nearby: dict[str, Nearby]
    """By region."""
    changed: dict[str, frozenset[str]]
    """Slugs of changed providers by region."""
    entries: dict[str, Entry]
    """The list for search engines as it is to be."""
    jobs: list[Job] = field(default_factory=list)
    """Pages to be made."""
    gone: set[str] = field(default_factory=set)
    """Pages that are no more."""
    owners: dict[str, str] = field(default_factory=dict)
    """New pages, with the key of their shell."""
    extras: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    @property
    def cause(self) -> str:
        """What changed, in a few words."""
        number = sum(map(len, self.changed.values()))
        return "1 aanbieder veranderd" if number == 1 else f"{number} aanbieders veranderd"

    def files(self, known: Online) -> dict[str, str]:
        """Path and fingerprint of every file as it is to be."""
        pages = {job.path: job.fingerprint for job in self.jobs}
        return self.over(known.files, pages | {path: digest(data) for path, data in self.extras.items()})

    def over(self, before: Mapping[str, Value], now: Mapping[str, Value]) -> dict[str, Value]:
        """What is known of each file, brought up to date."""
        after = {**before, **now}
        for path in self.gone:
            after.pop(path, None)
        return after

    def turn_back(self, known: Online) -> None:
        """Makes the printers print the site that is online again."""
        for region, slugs in self.changed.items():
            planner = known.planners[region]
            planner.printer.turn_to(planner.book, slugs)


@dataclass
class Made:
    """Files that were made, and what stands on the pages among them."""

    files: dict[str, bytes] = field(default_factory=dict)
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    """Of every file of the site as it is to be."""
    looks: dict[str, Look] = field(default_factory=dict)


def planned(known: Online, order: Order) -> Changes:
    """What an order that differs from the site that is online in nothing but providers changes of it."""
    changes = Changes(dict(known.planners), dict(known.finders), dict(known.nearby), {}, dict(known.entries))
    for catalogue in order.catalogues:
        before = known.planners[catalogue.slug]
        slugs = changed_slugs(before.book.catalogue, catalogue)
        if slugs:
            book = changed_book(before.book, catalogue, slugs)
            before.printer.turn_to(book, slugs)
            changes.changed[catalogue.slug] = slugs
            changes.planners[catalogue.slug] = planner = replace(before, book=book)
            about = touched(before.book, book, slugs)
            _plan_region(known, changes, before.book, planner, about)
            _plan_search(changes, book, about)
            changes.extras |= feed(book)
            changes.nearby[catalogue.slug] = nearby = known.nearby[catalogue.slug].after(book)
            changes.extras |= nearby.files()
    books = [planner.book for planner in changes.planners.values()]
    if changes.entries != known.entries:
        changes.extras |= list_of_pages(books, changes.entries.values(), order.site)
    return changes


def changed_slugs(before: Catalogue, after: Catalogue) -> frozenset[str]:
    """Providers that are other ones, gone or new."""
    old, new = before.provider_by_slug, after.provider_by_slug
    others = [slug for slug, one in new.items() if old.get(slug) is not one]
    return frozenset(old.keys() - new.keys()).union(
        slug for slug in others if slug not in old or old[slug].digest != new[slug].digest
    )


def _plan_region(known: Online, changes: Changes, before: Book, planner: Planner, touched: Touched) -> None:
    for kind in PAGE_KINDS:
        shell = f"{planner.book.catalogue.slug}/{kind.name}"
        there = set()
        for page in kind.touched(planner.book, touched):
            job = planner.job(kind, page)
            there.add(job.path)
            if known.files.get(job.path) != job.fingerprint:
                changes.jobs.append(job)
                changes.faults += _taken(known, changes, job)
                changes.owners[job.path] = shell
                if job.entry:
                    changes.entries[job.path] = job.entry
        for path in _paths_before(known, kind, shell, before, touched) - there:
            changes.gone.add(path)
            changes.entries.pop(path, None)


def _plan_search(changes: Changes, book: Book, about: Touched) -> None:
    region = book.catalogue.slug
    changes.finders[region], files, gone = changes.finders[region].after(book, about)
    changes.extras |= {search_path(book, path): data for path, data in files.items()}
    changes.gone |= {search_path(book, path) for path in gone}


def _paths_before(known: Online, kind: PageKind, shell: str, before: Book, touched: Touched) -> set[str]:
    """The pages of a kind that these providers could touch, as they were."""
    if kind.some is None:
        return set(known.by_owner(shell))
    return {path_of(page, before.site) for page in kind.touched(before, touched)}


def _taken(known: Online, changes: Changes, job: Job) -> Iterator[Fault]:
    owner = changes.owners.get(job.path) or known.owners.get(job.path)
    if job.path in changes.owners or (owner and owner != job.shell):
        yield Fault(f"/{job.path}", "address", f"/{job.path.removesuffix('index.html')}")


def made(known: Online, changes: Changes) -> Made:
    """The files that change, held against the gates. Raises GateError."""
    site, done, links = known.order.site, Made(dict(changes.extras), changes.files(known)), Links()
    faults = [*changes.faults]
    for job in changes.jobs:
        html = job.stamp(known.shells.shells[job.shell], job.body())
        seen = look_at(html)
        faults += check_page(f"/{job.path}", html, links, seen=seen)
        done.files[job.path] = html.encode()
        done.looks[job.path] = look_of(seen)
    looks = known.looks or {}
    lost = lost_places(site.root, looks, done.looks, changes.gone)
    if reached := lost & known.linked:
        add_links_to(reached, looks, changes.gone | done.looks.keys(), links)
    ids = ids_of(site.root, done.looks, looks)
    faults += check_links(links, done.fingerprints, ids, site.root)
    if lost:
        faults += _faults_ahead(known, changes, done.fingerprints, ids)
    if faults:
        raise GateError(faults)
    return done


def _faults_ahead(
    known: Online, changes: Changes, files: Mapping[str, str], ids: Callable[[str], Collection[str]]
) -> Iterator[Fault]:
    jobs = [job for planner in changes.planners.values() for job in jobs_ahead(planner)]
    shells, root = known.shells.shells, known.order.site.root
    yield from check_ahead(
        jobs,
        lambda job: job.stamp(shells[job.shell], job.body()),
        files.keys(),
        ids,
        root,
    )
