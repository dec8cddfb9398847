"""A press that stays awake: it remembers the site that is online, and makes only what a change of providers can touch.

What comes out is, byte for byte, what a build from nothing would make; whatever it can't be sure of, it makes that way.
"""

from __future__ import annotations

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from operator import itemgetter

from wmo_guide.guide import release as releases
from wmo_guide.guide.book import Book
from wmo_guide.guide.filling import make
from wmo_guide.guide.looks import linked_by, look_at_all
from wmo_guide.guide.manifest import sound
from wmo_guide.guide.nearby import Nearby
from wmo_guide.guide.online import Online
from wmo_guide.guide.partly import made, planned
from wmo_guide.guide.press import pages_there
from wmo_guide.guide.release import Draft, LostFileError
from wmo_guide.guide.shells import ShellSet
from wmo_guide.guide.site_plan import Order, Plan, base_of, plan_site, release_of, shells_of

_WHOLE = "de hele gids nagekeken"


@dataclass(frozen=True)
class Printing:
    """A site that is made and passed the gates, and is not online yet."""

    online: Online
    """What is online once it is switched to."""
    made: int
    """Pages that were made anew."""
    why: Mapping[str, int]
    """How many of each kind of page, by region and kind."""
    cause: str
    """What changed, in a few words."""
    put: Callable[[], None]
    """Makes it a release and switches to it."""
    lay: Callable[[], object] = field(default=lambda: None)
    """Writes files of it that `put` would have to write, while the old site stays: something else can be done meanwhile."""

    @property
    def release(self) -> str:
        """Its name."""
        return self.online.release

    @property
    def pages(self) -> int:
        """Number of all its pages."""
        return len(self.online.owners)


class WarmPress:
    """Prints one site again and again. Not for use by two threads at once."""

    def __init__(self) -> None:
        self._online: Online | None = None
        self._spare: Draft | None = None

    @property
    def is_ready(self) -> bool:
        """Whether the next change of a provider will be quick."""
        return self._online is not None and self._online.looks is not None and self._spare is not None

    @contextmanager
    def printing(self, order: Order) -> Iterator[Printing]:
        """A site, made and held against the gates; inside, `switch` puts it online. Left without, the old site stays.

        Raises GateError.
        """
        with releases.the_press(order.site_dir):
            known = self._known(order)
            if known is None:
                self._online = None  # room for a whole site; should that not come online, the next one is whole too
            with self._partly(known, order) if known else _whole(order) as printing:
                yield printing

    def switch(self, printing: Printing) -> None:
        """Puts a printing online."""
        printing.put()
        self._online = printing.online

    def get_ready(self) -> None:
        """Does beforehand what doesn't depend on the next change."""
        online = self._online
        if online is None:
            return
        site_dir = online.order.site_dir
        with releases.the_press(site_dir):
            if releases.current(site_dir) != online.release:
                return
            if self._spare is None or not self._spare.folder.is_dir():
                try:
                    self._spare = releases.spare(site_dir)
                except LostFileError:
                    self._online = None  # the next printing makes the whole site, and so mends it
                    return
                except OSError:
                    self._spare = None
            self._looked_at(online)

    def close(self) -> None:
        """Puts away what was done beforehand."""
        if self._spare is not None:
            releases.abandon(self._spare)
            self._spare = None

    def _known(self, order: Order) -> Online | None:
        """The site that is online, when this order differs from it in nothing but providers."""
        known = self._online
        if known is None:
            return None
        same = (
            known.order.day == order.day
            and known.order.site == order.site
            and known.standards == {one.slug: one.standards.digest for one in order.catalogues}
            and known.base == base_of(order)
            and releases.current(order.site_dir) == known.release
        )
        return self._looked_at(known) if same else None

    def _looked_at(self, online: Online) -> Online:
        """The same, with what stands on its pages."""
        if online.looks is None:
            gc.unfreeze()
            gc.collect()
            looks = look_at_all(online.order.site_dir / "releases" / online.release, tuple(online.files))
            self._online = online = replace(online, looks=looks, linked=linked_by(looks))
            gc.freeze()  # what is remembered is not looked through again and again
        return online

    @contextmanager
    def _partly(self, known: Online, order: Order) -> Iterator[Printing]:
        changes = planned(known, order)
        try:
            pages = made(known, changes)
            release = release_of(order, known.shells, known.base)
            online = replace(
                known,
                order=order,
                release=release,
                planners=changes.planners,
                finders=changes.finders,
                nearby=changes.nearby,
                files=pages.fingerprints,
                owners=changes.over(known.owners, changes.owners),
                entries=changes.entries,
                looks=changes.over(known.looks or {}, pages.looks),
                linked=known.linked | linked_by(pages.looks),
            )
            why = Counter(job.shell for job in changes.jobs)
            laid = _Laid(partial(self._lay, order, online, pages.files))
            yield Printing(
                online, len(changes.jobs), why, changes.cause, lambda: _put(order, online, laid), lambda: laid.draft
            )
        finally:
            if self._online is known:  # it was not switched to
                changes.turn_back(known)

    def _lay(self, order: Order, online: Online, fresh: Mapping[str, bytes]) -> Draft | None:
        """A draft with all files; None when they stand in a release already."""
        site_dir, release = order.site_dir, online.release
        if pages_there(site_dir, release):
            return None
        spare, self._spare = self._spare, None
        draft = releases.take(site_dir, spare, release) if spare else None
        if draft is None:
            spare = releases.spare(site_dir)
            draft = releases.take(site_dir, spare, release) or spare
        draft.fill(online.files, fresh)
        return draft


@dataclass(frozen=True)
class _Laid:
    """The files of a site, written when they are first asked for."""

    _lay: Callable[[], Draft | None]

    @cached_property
    def draft(self) -> Draft | None:
        return self._lay()


def _put(order: Order, online: Online, laid: _Laid) -> None:
    if laid.draft is None:
        releases.switch(order.site_dir, online.release)
    else:
        releases.finish(order.site_dir, laid.draft, online.files, releases.KEPT + 1)


@contextmanager
def _whole(order: Order) -> Iterator[Printing]:
    books = [Book(one, order.day, order.site) for one in order.catalogues]
    shells, base = shells_of(order, books), base_of(order)
    release = release_of(order, shells, base)
    plan = plan_site(order, books, shells, base, lasting=True)
    if pages_there(order.site_dir, release):
        files = sound(order.site_dir, release).files
        online = _online(order, plan, shells, base, files)
        yield Printing(online, 0, {}, _WHOLE, lambda: releases.switch(order.site_dir, release))
        return
    draft = releases.start(order.site_dir, release)
    try:
        filled = make(order, draft, plan)
        online = _online(order, plan, shells, base, filled.files)
        made = filled.made
        yield Printing(online, made.total(), made, _WHOLE, lambda: _finish(order, draft, filled.files))
    finally:
        releases.abandon(draft)


def _online(order: Order, plan: Plan, shells: ShellSet, base: str, files: Mapping[str, str]) -> Online:
    return Online(
        order=order,
        release=release_of(order, shells, base),
        base=base,
        shells=shells,
        planners={one.book.catalogue.slug: one for one in plan.planners},
        finders={one.book.catalogue.slug: one for one in plan.extras.finders},
        nearby={one.catalogue.slug: Nearby.of(one) for one in plan.extras.books},
        files=files,
        owners={job.path: job.shell for job in plan.jobs},
        # In the order of the list, so that it need not be sorted for each change.
        entries=dict(sorted(((job.path, job.entry) for job in plan.jobs if job.entry), key=itemgetter(1))),
    )


def _finish(order: Order, draft: Draft, files: Mapping[str, str]) -> None:
    releases.finish(order.site_dir, draft, files)
