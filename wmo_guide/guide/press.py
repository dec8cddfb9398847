"""The press: catalogues in, a release of the whole site out, or nothing at all.

Plan all pages, make those that changed, hold them against the gates, and only then switch (design.md 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from wmo_guide.guide import release as releases
from wmo_guide.guide.book import Book
from wmo_guide.guide.filling import make
from wmo_guide.guide.manifest import sound
from wmo_guide.guide.site_plan import Order, base_of, plan_site, release_of, shells_of


@dataclass(frozen=True)
class Result:
    """What was printed."""

    release: str
    pages: int
    made: int
    """Files that had to be made anew; the others were taken over from the last release."""


def print_site(order: Order) -> Result:
    """Prints the site into a new release and switches to it.

    Raises GateError, with the old site untouched, when pages don't pass the gates.
    """
    books = [Book(one, order.day, order.site) for one in order.catalogues]
    shells = shells_of(order, books)
    base = base_of(order)
    release = release_of(order, shells, base)
    with releases.the_press(order.site_dir):
        if pages := pages_there(order.site_dir, release):
            if releases.current(order.site_dir) != release:
                releases.switch(order.site_dir, release)
            return Result(release, pages, 0)
        order.tell("Pagina's plannen")
        plan = plan_site(order, books, shells, base)
        draft = releases.start(order.site_dir, release)
        try:
            filled = make(order, draft, plan)
            releases.finish(order.site_dir, draft, filled.files)
        except BaseException:
            releases.abandon(draft)
            raise
    return Result(release, len(plan.jobs), filled.made.total())


def pages_there(site_dir: Path, release: str) -> int:
    """Number of pages of this very release if it is on disk, undamaged; else 0."""
    files = sound(site_dir, release).files
    return sum(path.endswith(".html") for path in files)
