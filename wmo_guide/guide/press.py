"""The press: catalogues in, a release of the whole site out, or nothing at all.

Plan all pages, make those that changed, hold them against the gates, and only then switch (design.md 6).
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide import release as releases
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.code import code_digest
from wmo_guide.guide.extras import extra_files
from wmo_guide.guide.frames import frame_of
from wmo_guide.guide.gates import Links, check_links, check_page, ids_in
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.page import Page, PageKind
from wmo_guide.guide.portal import PortalPage, portal_frame, portal_pages
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.shells import Shell, ShellSet, make_shells
from wmo_guide.guide.staff_prose import article_html
from wmo_guide.parallel import in_two

_WORTH_A_SECOND_PROCESS = 600
"""Below this many pages, a second process costs more than it saves."""


class GateError(Exception):
    """Pages that may not go online. The old site is still there."""

    def __init__(self, problems: Sequence[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


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
class Result:
    """What was printed."""

    release: str
    pages: int
    made: int
    """Files that had to be made anew; the others were taken over from the last release."""


@dataclass(frozen=True)
class _Job:
    """One page to be printed, with what it was made from."""

    path: str
    fingerprint: str
    make: Callable[[], str]


def print_site(order: Order) -> Result:
    """Prints the site into a new release and switches to it.

    Raises GateError, with the old site untouched, when pages don't pass the gates.
    """
    books = [Book(one, order.day, order.site) for one in order.catalogues]
    order.tell("Pagina's plannen")
    shells = _shells(order, books)
    jobs = _jobs(order, books, shells)
    extras = extra_files(books, order.site, shells.assets)
    files = {job.path: job.fingerprint for job in jobs} | {path: _digest(data) for path, data in extras.items()}
    release = f"{order.day:%Y%m%d}-{_digest(repr(sorted(files.items())).encode())[:12]}"
    with releases.the_press(order.site_dir):
        if _already_there(order.site_dir, release):
            return Result(release, len(jobs), 0)
        draft = releases.start(order.site_dir, release)
        try:
            made = _make(order, draft, jobs, extras)
            releases.finish(order.site_dir, draft, files)
        except BaseException:
            releases.abandon(draft)
            raise
    return Result(release, len(jobs), made)


def _already_there(site_dir: Path, release: str) -> bool:
    """Whether this very release is on disk; if so it is put online."""
    if not releases.manifest(site_dir, release).files or not (site_dir / "releases" / release).is_dir():
        return False
    if releases.current(site_dir) != release:
        releases.switch(site_dir, release)
    return True


def _shells(order: Order, books: Iterable[Book]) -> ShellSet:
    frames = [frame_of(book, kind) for book in books for kind in PAGE_KINDS]
    frames += [portal_frame(order.site, depth) for depth in (0,)]
    return make_shells(frames, order.root / "mkdocs.yml", order.cache_dir)


def _jobs(order: Order, books: Sequence[Book], shells: ShellSet) -> list[_Job]:
    base = f"{code_digest(order.root)} {order.day} {order.site}"
    templates = order.root / "templates" / "guide"
    jobs: list[_Job] = []
    for book in books:
        articles = article_html(book.standards, order.cache_dir)
        printer = Printer(book, templates, articles)
        jobs += _book_jobs(book, printer, shells, f"{base} {book.standards.digest}")
    everything = " ".join(book.standards.digest for book in books)
    portal_shell = shells.shells[portal_frame(order.site, 0).key]
    shell_digest = _digest(repr(portal_shell).encode())
    for page in portal_pages(books, order.site, templates):
        fingerprint = _digest(f"{base} {shell_digest} {everything} {page.path}".encode())
        jobs.append(_Job(page.path, fingerprint, _portal_maker(page, portal_shell)))
    return _each_once(jobs)


def _book_jobs(book: Book, printer: Printer, shells: ShellSet, base: str) -> list[_Job]:
    jobs = []
    for kind in PAGE_KINDS:
        shell = shells.shells[f"{book.catalogue.slug}/{kind.name}"]
        shell_digest = _digest(repr(shell).encode())
        for page in kind.pages(book):
            inputs = " ".join((base, shell_digest, kind.name, page.url, *(one.digest for one in page.providers)))
            path = page.url.removeprefix(book.site.root) + "index.html"
            jobs.append(_Job(path, _digest(inputs.encode()), _maker(book, printer, shell, kind, page)))
    return jobs


def _maker(book: Book, printer: Printer, shell: Shell, kind: PageKind, page: Page) -> Callable[[], str]:
    def make() -> str:
        return shell.stamp(
            page.title, page.description, book.site.canonical(page.url), "", printer.body(kind.name, page)
        )

    return make


def _portal_maker(page: PortalPage, shell: Shell) -> Callable[[], str]:
    return lambda: shell.stamp(page.title, page.description, page.canonical, "", page.body())


def _each_once(jobs: Sequence[_Job]) -> list[_Job]:
    times = Counter(job.path for job in jobs)
    double = sorted(path for path, number in times.items() if number > 1)
    if double:
        raise GateError(
            [f"/{path}: twee pagina's willen dit adres hebben. Geef er één een andere naam." for path in double]
        )
    return list(jobs)


@dataclass
class _Made:
    """What came out of a share of the jobs."""

    made: int = 0
    problems: list[str] = field(default_factory=list)
    links: Links = field(default_factory=Links)


def _make(order: Order, draft: releases.Draft, jobs: Sequence[_Job], extras: Mapping[str, bytes]) -> int:
    """Fills the draft and holds it against the gates; returns how many files were made anew."""
    gone = set(draft.old.files) - {job.path for job in jobs} - set(extras)
    fresh = [job for job in jobs if not draft.reuse(job.path, job.fingerprint)]
    order.tell(f"{len(fresh)} van {len(jobs)} pagina's maken")
    for path, data in extras.items():
        draft.write(path, data)

    def work(some: Sequence[_Job]) -> _Made:
        return _make_some(draft, some)

    whole = _Made()
    for part in in_two(work, fresh, _WORTH_A_SECOND_PROCESS):
        whole.made += part.made
        whole.problems += part.problems
        whole.links.merge(part.links)
    if gone:
        _gather_old_links(draft, jobs, {job.path for job in fresh}, whole)
    order.tell("Pagina's controleren")
    paths = [*(job.path for job in jobs), *extras]
    whole.problems += check_links(whole.links, paths, _anchors(draft, whole.links, order.site), order.site.root)
    if whole.problems:
        raise GateError(sorted(whole.problems))
    return whole.made


def _make_some(draft: releases.Draft, jobs: Sequence[_Job]) -> _Made:
    done = _Made()
    for job in jobs:
        html = job.make()
        done.problems += check_page(f"/{job.path}", html, done.links)
        draft.write(job.path, html.encode())
        done.made += 1
    return done


def _gather_old_links(draft: releases.Draft, jobs: Sequence[_Job], fresh: set[str], whole: _Made) -> None:
    """When files are gone, pages that were taken over may still lead to them."""
    for job in jobs:
        if job.path not in fresh:
            whole.problems += check_page(f"/{job.path}", draft.read(job.path).decode(), whole.links)


def _anchors(draft: releases.Draft, links: Links, site: Site) -> dict[str, frozenset[str]]:
    """The ids on pages that other pages link into."""
    wanted = {target.partition("#")[0] for target in links.inside if "#" in target}
    found = {}
    for address in wanted:
        path = address.removeprefix(site.root) + ("index.html" if address.endswith("/") else "")
        if (draft.folder / path).is_file():
            found[address] = ids_in(draft.read(path).decode())
    return found


def _digest(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=12).hexdigest()
