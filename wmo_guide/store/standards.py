"""Puts together what providers' answers are held against, with what of it can't be relied on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple, TypeVar

from wmo_guide.domain.base import Record
from wmo_guide.domain.editorial import Facilities, Faq
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.questions import QuestionSet
from wmo_guide.domain.region import Region
from wmo_guide.domain.standards import Doubt, EditionChange, Standards
from wmo_guide.store.parts import Parts, digests_of, read_parts
from wmo_guide.store.reader import Reader
from wmo_guide.store.region_checks import RegionChecks
from wmo_guide.store.salvage import Salvaged, salvage
from wmo_guide.store.shared import Shared, load_shared, stem

__all__ = ["load_shared", "load_standards", "standards_of"]

T = TypeVar("T", bound=Record)
_BLOCKS = frozenset({"areas", "axes", "blocks", "questions"})
"""Keys of an edition without which nobody can tell which blocks it has, and what they ask."""


class _Basis(NamedTuple):
    """What answers are held against."""

    region: Region
    editions: Mapping[str, Edition]
    sets: Mapping[str, QuestionSet]
    doubt: Doubt | None = None


def load_standards(reader: Reader, slug: str, shared: Shared) -> Standards | None:
    """The standards of a region; None when a part that providers depend on is not right."""
    parts = read_parts(reader, slug)
    RegionChecks(reader, parts, shared).run()
    found = standards_of(reader, parts, shared)
    return found if found.doubt is None else None


def standards_of(reader: Reader, parts: Parts, shared: Shared) -> Standards:
    """The standards as far as they can be told, when all has been read and checked; doubtful where anything is wrong."""
    sets = {f"questions/{name}.yaml" for name in shared.set_names}
    editions = {parts.edition_file(name) for name in parts.edition_names}
    if parts.region is not None and not reader.has_problems({f"{parts.folder}/region.yaml", *editions, *sets}):
        return _standards(reader, parts, shared, _Basis(parts.region, parts.editions, shared.question_sets))
    return _doubtful(reader, parts, shared)


def _doubtful(reader: Reader, parts: Parts, shared: Shared) -> Standards:
    region = _again(reader, Region, f"{parts.folder}/region.yaml", parts.region)
    if region is None:
        region = salvage(Region, {}, [("municipalities",), ("question_sets",)])
    if region is None:
        raise AssertionError("A region of stand-ins is a region.")
    editions = {
        name: _again(reader, Edition, parts.edition_file(name), parts.editions.get(name))
        for name in parts.edition_names
    }
    sets = {
        name: _again(reader, QuestionSet, f"questions/{name}.yaml", shared.question_sets.get(name))
        for name in shared.set_names
    }
    doubt = Doubt(_kinds(region, editions.values()), _sets(region, sets), _editions(editions))
    return _standards(reader, parts, shared, _Basis(region.record, _records(editions), _records(sets), doubt))


def _again(reader: Reader, model: type[T], file: str, record: T | None) -> Salvaged[T] | None:
    """The record, or what can be told of it when it is wrong."""
    if record is not None and not reader.has_problems([file]):
        return Salvaged(record, frozenset())
    return salvage(model, reader.tree(file), reader.wrong.get(file, [()]))


def _records(found: Mapping[str, Salvaged[T] | None]) -> dict[str, T]:
    return {name: one.record for name, one in found.items() if one is not None}


def _kinds(region: Salvaged[Region], editions: Iterable[Salvaged[Edition] | None]) -> frozenset[str]:
    kinds = {"municipality", "municipalities"} if "municipalities" in region.lost else set()
    return frozenset({*kinds, "levels"} if any(one is not None and "axes" in one.lost for one in editions) else kinds)


def _sets(region: Salvaged[Region], sets: Mapping[str, Salvaged[QuestionSet] | None]) -> frozenset[str]:
    used = region.record.question_sets
    named = {used.organisation, used.location, *used.offering}
    if "question_sets" in region.lost:
        return frozenset({*named, *sets})
    wrong = {name for name, one in sets.items() if one is None or "questions" in one.lost}
    return frozenset({*wrong, *(named - sets.keys())})


def _editions(editions: Mapping[str, Salvaged[Edition] | None]) -> frozenset[str]:
    return frozenset(name for name, one in editions.items() if one is None or not one.lost.isdisjoint(_BLOCKS))


def _standards(reader: Reader, parts: Parts, shared: Shared, basis: _Basis) -> Standards:
    region = basis.region
    shared_terms = shared.terms.terms if shared.terms else ()
    own_terms = parts.terms.terms if parts.terms else ()
    own_slugs = {term.slug for term in own_terms}
    return Standards(
        slug=parts.slug,
        region=region,
        editions=basis.editions,
        question_sets=basis.sets,
        changes=tuple(_changes(parts)),
        facilities=parts.facilities or Facilities(updated=region.updated, sources=(region.sources[0].key,)),
        situations=parts.situations.situations if parts.situations else (),
        postcodes=parts.postcodes,
        faq=parts.faq or Faq(updated=region.updated),
        terms=(*(term for term in shared_terms if term.slug not in own_slugs), *own_terms),
        factsheets=tuple(parts.articles["factsheets"].values()),
        pages=tuple({**shared.pages, **parts.articles["pages"]}.values()),
        news=tuple(parts.articles["news"].values()),
        digests=digests_of(reader, parts),
        quality=shared.quality,
        search_words=shared.search_words,
        upkeep=shared.upkeep,
        # Where anything is wrong with it, its ways may have no end.
        chooser=None if reader.has_problems([parts.chooser_file]) else parts.chooser,
        doubt=basis.doubt,
    )


def _changes(parts: Parts) -> Iterator[EditionChange]:
    for file, conversion in parts.conversions.items():
        older, _, newer = stem(file).partition("-to-")
        if conversion is not None and {older, newer} <= parts.editions.keys():
            yield EditionChange(older, newer, conversion)
