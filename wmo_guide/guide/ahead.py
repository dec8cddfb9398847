"""News that waits for its day, held against the gates already: so that the build of that day doesn't fail at night."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date

from wmo_guide.guide.faults import Fault
from wmo_guide.guide.gates import Links, check_links, check_page
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.kinds.articles import coming_news
from wmo_guide.guide.plan import Job, Planner

_NEWS = next(kind for kind in PAGE_KINDS if kind.name == "news")


def jobs_ahead(planner: Planner) -> tuple[Job, ...]:
    """The pages of news that has not appeared yet. They are not to be printed."""
    return tuple(planner.job(_NEWS, page) for page in coming_news(planner.book))


def check_ahead(
    jobs: Sequence[Job],
    html_of: Callable[[Job], str],
    files: Collection[str],
    ids_of: Callable[[str], Collection[str]],
    root: str,
) -> Iterator[Fault]:
    """What would be wrong with these pages if this were their day; of other news, what has appeared by then is there.

    `files` are the site's, by paths below the root; `ids_of` gives the ids on the page of an address.
    """
    places: dict[str, tuple[str, ...]] = {}
    links: dict[str, Links] = {}
    for job in jobs:
        links[job.path] = Links(places=places)
        yield from check_page(f"/{job.path}", html_of(job), links[job.path])
    ahead = {_address(root, path[1:]): frozenset(ids) for path, ids in places.items()}
    for job in jobs:
        there = {*files, *(one.path for one in jobs if _day(one) <= _day(job))}
        yield from check_links(links[job.path], there, lambda one: ahead[one] if one in ahead else ids_of(one), root)


def _day(job: Job) -> date:
    return job.listed or date.min


def _address(root: str, path: str) -> str:
    return root + path.removesuffix("index.html")
