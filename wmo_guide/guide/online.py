"""What a press that stays awake remembers of the site that it put online."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from wmo_guide.guide.extras import Entry
from wmo_guide.guide.looks import Look
from wmo_guide.guide.nearby import Nearby
from wmo_guide.guide.plan import Planner
from wmo_guide.guide.search.finder import Finder
from wmo_guide.guide.shells import ShellSet
from wmo_guide.guide.site_plan import Order


@dataclass(frozen=True)
class Online:
    """The site that is online, as this press made it."""

    order: Order
    release: str
    base: str
    shells: ShellSet
    planners: Mapping[str, Planner]
    """By region."""
    finders: Mapping[str, Finder]
    """By region."""
    nearby: Mapping[str, Nearby]
    """By region."""
    files: Mapping[str, str]
    """Path and fingerprint of every file."""
    owners: Mapping[str, str]
    """Path of every page, with its region and kind: the key of its shell."""
    entries: Mapping[str, Entry]
    """Path of every page that stands in the list for search engines."""
    looks: Mapping[str, Look] | None = None
    """What stands on every page."""
    linked: frozenset[str] = frozenset()
    """Where links of all these pages lead to. Links that are no more may be among them."""

    @property
    def standards(self) -> dict[str, str]:
        """Each region with the fingerprint of its standards."""
        return {one.slug: one.standards.digest for one in self.order.catalogues}

    def by_owner(self, shell: str) -> frozenset[str]:
        """The pages in a shell."""
        return self._by_owner.get(shell, frozenset())

    @cached_property
    def _by_owner(self) -> dict[str, frozenset[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for path, shell in self.owners.items():
            found[shell].add(path)
        return {shell: frozenset(paths) for shell, paths in found.items()}
