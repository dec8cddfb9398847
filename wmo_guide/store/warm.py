"""The content of a folder, kept in memory: where only providers changed, only their files are read again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.checks import check_same, namesakes_of
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.provider import Provider
from wmo_guide.domain.values import parse_slug
from wmo_guide.store.load import Loaded, load
from wmo_guide.store.problem import Problem
from wmo_guide.store.providers import load_provider
from wmo_guide.store.reader import Reader


@dataclass(frozen=True)
class WarmContent:
    """What was read, and how to read it again."""

    root: Path
    cache_dir: Path | None
    is_icon: Callable[[str], bool]
    loaded: Loaded | None = None
    latest: date | None = None

    def read(self, latest: date) -> WarmContent:
        """The folder read from beginning to end."""
        return self._with(load(self.root, (), self.cache_dir, self.is_icon, latest), latest)

    def after(self, files: Collection[str], latest: date) -> WarmContent:
        """The folder after these files changed, and no others; the same as `read` would give."""
        found = None if latest != self.latest else self._providers_again(files)
        return self.read(latest) if found is None else self._with(found, latest)

    def _with(self, loaded: Loaded, latest: date) -> WarmContent:
        return WarmContent(self.root, self.cache_dir, self.is_icon, loaded, latest)

    def _providers_again(self, files: Collection[str]) -> Loaded | None:
        """None when more has to be read than these files."""
        if self.loaded is None or self.loaded.problems:
            return None
        regions: defaultdict[str, list[str]] = defaultdict(list)
        known = {one.slug: one for one in self.loaded.catalogues}
        for file in files:
            region = _region_of_provider(file)
            if region not in known or not _is_plain(self.root / file):
                return None
            regions[region].append(file)
        problems: list[Problem] = []
        for region, some in regions.items():
            known[region] = self._region_again(known[region], some, problems)
        return Loaded(tuple(known.values()), tuple(sorted(set(problems))))

    def _region_again(self, catalogue: Catalogue, files: Collection[str], problems: list[Problem]) -> Catalogue:
        providers = dict(catalogue.provider_by_slug)
        known = frozenset(providers)
        fresh: list[Provider] = []
        for file in files:
            one = None
            if (self.root / file).exists():
                one, found = load_provider(self.root, file, catalogue.standards, self.latest)
                problems.extend(found)
            if one is None:
                providers.pop(PurePosixPath(file).stem, None)
            else:
                providers[one.slug] = one  # in its old place, if it had one
                fresh.append(one)
        in_order = list(providers.values())
        if is_new := not providers.keys() <= known:
            in_order.sort(key=lambda one: f"{one.slug}.yaml")  # as files stand in a folder
        reader = Reader(self.root)
        # All the others were held against each other before.
        for slug, finding in check_same(namesakes_of(fresh, in_order), catalogue.standards.organisation_questions):
            reader.report(f"regions/{catalogue.slug}/providers/{slug}.yaml", [finding])
        problems.extend(reader.problems)
        again = Catalogue(catalogue.standards, tuple(in_order))
        if not is_new:
            vars(again)["provider_by_slug"] = providers
        return again


def _region_of_provider(file: str) -> str:
    """The region of a provider's file; empty for every other file, and for a name that a provider can't have."""
    parts = PurePosixPath(file).parts
    match parts:
        case ("regions", region, "providers", name) if name.endswith(".yaml"):
            try:
                parse_slug(name.removesuffix(".yaml"))
            except InvalidValueError:
                return ""
            return region
    return ""


def _is_plain(path: Path) -> bool:
    """Whether it is a file, or not there at all."""
    return path.is_file() or (not path.is_symlink() and not path.exists())
