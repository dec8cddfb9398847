"""Loads the provider files of a region; parses only those that changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from wmo_guide.domain.answers import read_provider
from wmo_guide.domain.checks import check_provider_days
from wmo_guide.domain.provider import Provider, ProviderFile
from wmo_guide.domain.standards import Standards
from wmo_guide.parallel import in_two
from wmo_guide.store.cache import ProviderCache
from wmo_guide.store.pool import Pool
from wmo_guide.store.problem import Problem
from wmo_guide.store.reader import Reader

_WORTH_A_SECOND_PROCESS = 400
"""Below this many files, starting a process costs more than it saves."""


@dataclass(frozen=True)
class _Read:
    """What came out of one file."""

    file: str
    provider: Provider | None
    problems: tuple[Problem, ...]


def load_providers(
    reader: Reader, region: str, standards: Standards | None, cache_dir: Path | None
) -> tuple[Provider, ...]:
    """The providers of a region in the order of their slugs; what is wrong is kept by the reader.

    Without standards only the form of the files is checked, for there is nothing to hold the answers against.
    """
    files = reader.names(f"regions/{region}/providers", ".yaml")
    reader.claimed.update(files)
    cache = ProviderCache.open(cache_dir, region, standards.digest if standards else "")
    stamps = {file: cache.stamp(f"{reader.root}/{file}") for file in files}
    kept = {file: cache.get(file, stamps[file]) for file in files}
    fresh = _parse_all(reader.root, [file for file in files if kept[file] is None], standards)
    pool = Pool()
    for one in fresh:
        reader.problems.extend(one.problems)
        kept[one.file] = pool.provider(one.provider) if one.provider else None
    providers = {file: provider for file, provider in kept.items() if provider is not None}
    if fresh or cache.size != len(providers):
        cache.save({file: (stamps[file], provider) for file, provider in providers.items()})
    if reader.latest is not None:  # each time anew: what a cache keeps is right on every day, but for this
        for file, provider in providers.items():
            reader.report(file, check_provider_days(provider, reader.latest))
    return tuple(providers.values())


def _parse_all(root: Path, files: list[str], standards: Standards | None) -> list[_Read]:
    def work(some: Sequence[str]) -> list[_Read]:
        return [_parse(Reader(root), file, standards) for file in some]

    return [one for part in in_two(work, files, _WORTH_A_SECOND_PROCESS) for one in part]


def _parse(reader: Reader, file: str, standards: Standards | None) -> _Read:
    data = reader.read(file)
    raw = reader.parse(ProviderFile, file, data) if data is not None else None
    provider = None
    if raw is not None and data is not None and standards is not None:
        provider, findings = read_provider(PurePosixPath(file).stem, reader.digests[file], raw, standards)
        reader.report(file, findings, data)
    return _Read(file, provider, tuple(reader.problems))
