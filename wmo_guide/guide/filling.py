"""Fills a release with all files of a site, and holds its pages against the gates (design.md 6)."""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from wmo_guide.guide import release as releases
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.ahead import check_ahead
from wmo_guide.guide.extras import Extras
from wmo_guide.guide.faults import Fault
from wmo_guide.guide.gates import Links, Seen, check_links, check_page, ids_in, look_at_shell
from wmo_guide.guide.plan import Job, digest
from wmo_guide.guide.shells import Shell
from wmo_guide.guide.site_plan import Order, Plan
from wmo_guide.parallel import shared_out

_WORTH_A_SECOND_PROCESS = 600
"""Below this many pages, a second process costs more than it saves."""
_AT_HAND = 64
"""Pages of which the ids are kept while links are checked: links are checked in the order of their addresses."""


class GateError(Exception):
    """Pages that may not go online. The old site is still there."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(sorted(faults))
        super().__init__("\n".join(map(str, self.faults)))


@dataclass(frozen=True)
class Filled:
    """What was put into a draft."""

    files: Mapping[str, str]
    """Path and fingerprint of every file."""
    made: Counter[str]
    """How many pages were made anew, by region and kind."""


@dataclass
class _Made:
    """What came out of a share of the jobs."""

    pages: list[tuple[str, bytes]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    links: Links = field(default_factory=Links)
    lost: set[str] = field(default_factory=set)
    """Addresses, of pages and of places on them, that the last release had and this one hasn't."""


def make(order: Order, draft: releases.Draft, plan: Plan) -> Filled:
    """Fills the draft and holds it against the gates. Raises GateError."""
    jobs, root = plan.jobs, order.site.root
    fresh = [job for job in jobs if not draft.reuse(job.path, job.fingerprint)]
    order.tell(f"{len(fresh)} van {len(jobs)} pagina's maken")
    shells = {key: (shell, look_at_shell("\n".join(shell.parts))) for key, shell in plan.shells.items()}
    files = {job.path: job.fingerprint for job in jobs}

    def work(some: Sequence[Job]) -> _Made:
        return _make_some(draft, some, shells, root if len(fresh) < len(jobs) else None)

    gc.freeze()  # what was planned stays: the collector need not walk it, and a fork need not copy it
    whole = _Made(faults=[*plan.faults], links=_links_of_shells(fresh, shells))
    for part in shared_out(work, fresh, _WORTH_A_SECOND_PROCESS, _extras_written(draft, plan.extras, files)):
        for path, page in part.pages:  # by one process: two that make files at once wait for each other in the system
            draft.write(path, page)
        whole.faults += part.faults
        whole.links.merge(part.links)
        whole.lost |= part.lost
    whole.lost |= {_address(root, path) for path in draft.old.files.keys() - files.keys()}
    if whole.lost:
        _gather_old_links(draft, jobs, {job.path for job in fresh}, whole)
    order.tell("Pagina's controleren")
    ids_of = lru_cache(_AT_HAND)(lambda address: _ids_on(draft, whole.links, address, order.site))
    whole.faults += check_links(whole.links, files, ids_of, root)
    whole.faults += check_ahead(
        plan.ahead, lambda job: job.stamp(plan.shells[job.shell], job.body()), files, ids_of, root
    )
    if whole.faults:
        raise GateError(whole.faults)
    return Filled(files, Counter(job.shell for job in fresh))


def _extras_written(draft: releases.Draft, extras: Extras, files: dict[str, str]) -> Iterator[None]:
    """Writes a file at each step, and adds its fingerprint to `files`."""
    for path, data in extras.files():
        draft.write(path, data)
        files[path] = digest(data)
        yield


def _links_of_shells(jobs: Iterable[Job], shells: Mapping[str, tuple[Shell, Seen]]) -> Links:
    """The links that stand around the bodies, each with the first page that has it."""
    links = Links()
    first: dict[str, str] = {}
    for job in jobs:
        first[job.shell] = min(job.path, first.get(job.shell, job.path))
    for shell, path in first.items():
        for target in shells[shell][1].targets:
            links.add(target, f"/{path}")
    return links


def _make_some(
    draft: releases.Draft, jobs: Sequence[Job], shells: Mapping[str, tuple[Shell, Seen]], root: str | None
) -> _Made:
    """With the site's `root`, when other pages are taken over, also tells which places they can't lead to any more."""
    done = _Made()
    for job in jobs:
        shell, around = shells[job.shell]
        body = job.body()
        done.faults += check_page(f"/{job.path}", body, done.links, around)
        html = job.stamp(shell, body)
        if root is not None and (before := draft.before(job.path)) is not None:
            done.lost |= {f"{_address(root, job.path)}#{one}" for one in ids_in(before.decode()) - ids_in(html)}
        done.pages.append((job.path, html.encode()))
    return done


def _address(root: str, path: str) -> str:
    return root + path.removesuffix("index.html")


def _gather_old_links(draft: releases.Draft, jobs: Sequence[Job], fresh: set[str], whole: _Made) -> None:
    """When files or places on them are gone, pages that were taken over may still lead there."""
    lost = [address.encode() for address in whole.lost]
    for job in jobs:
        if job.path not in fresh:
            page = draft.read(job.path)
            if any(address in page for address in lost):
                whole.faults += check_page(f"/{job.path}", page.decode(), whole.links)


def _ids_on(draft: releases.Draft, links: Links, address: str, site: Site) -> Collection[str]:
    """The ids on a page: as it was made just now, or as it was taken over."""
    made = links.places.get(f"/{_path(address, site)}")
    return _ids_at(draft, address, site) if made is None else made


def _ids_at(draft: releases.Draft, address: str, site: Site) -> frozenset[str]:
    """The ids on a page of a draft; none when there is no such page."""
    path = _path(address, site)
    return ids_in(draft.read(path).decode()) if (draft.folder / path).is_file() else frozenset()


def _path(address: str, site: Site) -> str:
    return address.removeprefix(site.root) + ("index.html" if address.endswith("/") else "")
