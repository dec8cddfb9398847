"""Loads the provider files of a region; parses only those that changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePosixPath

from wmo_guide.collector import collector_at_rest
from wmo_guide.domain.answers import read_provider
from wmo_guide.domain.checks import check_provider_days, check_same
from wmo_guide.domain.provider import Provider, ProviderFile
from wmo_guide.domain.standards import Standards
from wmo_guide.parallel import shared_out
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


@collector_at_rest()
def load_providers(reader: Reader, region: str, standards: Standards, cache_dir: Path | None) -> tuple[Provider, ...]:
    """The providers of a region in the order of their slugs; what is wrong is kept by the reader.

    Of doubtful standards come all problems that can be told, and providers that can't be published.
    """
    files = reader.names(f"regions/{region}/providers", ".yaml")
    reader.claimed.update(files)
    cache = ProviderCache.open(None if standards.doubt else cache_dir, region, standards.basis_digest)
    stamps = {file: cache.stamp(f"{reader.root}/{file}") for file in files}
    kept = {file: cache.get(file, stamps[file]) for file in files}
    fresh = [file for file in files if kept[file] is None]
    pool = Pool()
    for one in _parse_all(reader.root, fresh, standards):
        reader.problems.extend(one.problems)
        kept[one.file] = pool.provider(one.provider) if one.provider else None
    providers = {file: provider for file, provider in kept.items() if provider is not None}
    if fresh or cache.size != len(providers):
        cache.save(stamps, providers)
    # Each time anew: what a cache keeps is right on every day, but for this.
    if reader.latest is not None and (fresh or cache.last_day > reader.latest):
        for file, provider in providers.items():
            reader.report(file, check_provider_days(provider, reader.latest))
    for slug, finding in check_same(providers.values(), standards.organisation_questions):
        reader.report(f"regions/{region}/providers/{slug}.yaml", [finding])
    return tuple(providers.values())


def load_provider(
    root: Path, file: str, standards: Standards, latest: date | None
) -> tuple[Provider | None, tuple[Problem, ...]]:
    """One provider out of its file, with what is wrong with it; both as when the whole folder is read."""
    one = _parse(Reader(root), file, standards)
    if one.provider is None or latest is None:
        return one.provider, one.problems
    reader = Reader(root)
    reader.report(file, check_provider_days(one.provider, latest))
    return Pool().provider(one.provider), (*one.problems, *reader.problems)


def _parse_all(root: Path, files: Sequence[str], standards: Standards) -> Iterator[_Read]:
    def work(some: Sequence[str]) -> list[_Read]:
        return [_parse(Reader(root), file, standards) for file in some]

    for part in shared_out(work, files, _WORTH_A_SECOND_PROCESS):
        yield from part


def _parse(reader: Reader, file: str, standards: Standards) -> _Read:
    data = reader.read(file)
    raw = reader.parse(ProviderFile, file, data) if data is not None else None
    provider = None
    if raw is not None and data is not None:
        provider, findings = read_provider(PurePosixPath(file).stem, reader.digests[file], raw, standards)
        reader.report(file, findings, data)
    return _Read(file, provider, tuple(reader.problems))
