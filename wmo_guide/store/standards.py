"""Loads everything of a region but its providers."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from wmo_guide.domain import checks
from wmo_guide.domain.base import Record
from wmo_guide.domain.editorial import Facilities, Faq, Situations, Terms
from wmo_guide.domain.matrix import Conversion, Edition
from wmo_guide.domain.questions import QuestionSet
from wmo_guide.domain.region import Region
from wmo_guide.domain.standards import EditionChange, Standards, Written
from wmo_guide.store.problem import Problem
from wmo_guide.store.reader import Reader

T = TypeVar("T", bound=Record)


@dataclass(frozen=True)
class Shared:
    """What all regions have in common."""

    question_sets: Mapping[str, QuestionSet]
    terms: Terms | None
    pages: Mapping[str, Written]
    whole: bool
    """Whether all of it could be read."""


def load_shared(reader: Reader) -> Shared:
    """Question sets, the common word list and the common pages."""
    files = reader.names("questions", ".yaml")
    sets = {_stem(file): reader.record(QuestionSet, file) for file in files}
    for file, one in zip(files, sets.values(), strict=True):
        if one is not None:
            reader.report(file, checks.check_questions(one.questions, "questions"))
    terms = _optional(reader, Terms, "shared/terms.yaml")
    if terms is not None:
        reader.report("shared/terms.yaml", checks.check_terms(terms, ()))
    pages = _articles(reader, "shared/pages")
    for slug, page in pages.items():
        reader.report(f"shared/pages/{slug}.md", checks.check_article(page, (), pages, sourced=False))
    read = {name: one for name, one in sets.items() if one is not None}
    return Shared(read, terms, pages, whole=len(read) == len(files) and not reader.problems)


def load_standards(reader: Reader, slug: str, shared: Shared) -> Standards | None:
    """The standards of a region; None when a part that providers depend on could not be read."""
    return _RegionLoader(reader, slug, shared).load()


@dataclass(frozen=True)
class _Parts:
    """What a region's files hold, each as far as it could be read."""

    region: Region
    editions: Mapping[str, Edition]
    conversions: Mapping[str, Conversion | None]
    facilities: Facilities | None
    situations: Situations | None
    faq: Faq | None
    terms: Terms | None
    articles: Mapping[str, Mapping[str, Written]]
    whole: bool
    """Whether everything that providers' answers are held against could be read."""

    @property
    def sources(self) -> frozenset[str]:
        """Keys of the region's sources."""
        return frozenset(source.key for source in self.region.sources)

    @property
    def facility_slugs(self) -> frozenset[str]:
        """Slugs of the region's general provisions."""
        return frozenset(one.slug for one in self.facilities.facilities) if self.facilities else frozenset()


class _RegionLoader:
    def __init__(self, reader: Reader, slug: str, shared: Shared) -> None:
        self.reader = reader
        self.slug = slug
        self.shared = shared
        self.folder = f"regions/{slug}"

    def load(self) -> Standards | None:
        """Reads all files, then checks them against each other as far as they could be read."""
        parts = self._read()
        if parts is None:
            return None
        self._check_region(parts.region)
        self._check_editions(parts)
        changes = self._changes(parts)
        self._check_lists(parts)
        self._check_situations(parts)
        self._check_articles(parts)
        return self._standards(parts, changes) if parts.whole else None

    def _read(self) -> _Parts | None:
        """Reads every file of the region, so that each tells its problems; None when there is no region itself."""
        reader, folder = self.reader, self.folder
        region = reader.record(Region, f"{folder}/region.yaml")
        files = reader.names(f"{folder}/matrix", ".yaml")
        found = {_stem(file): reader.record(Edition, file) for file in files}
        editions = {name: one for name, one in found.items() if one is not None}
        conversions = {file: reader.record(Conversion, file) for file in reader.names(f"{folder}/conversion", ".yaml")}
        facilities = _optional(reader, Facilities, f"{folder}/facilities.yaml")
        situations = _optional(reader, Situations, f"{folder}/situations.yaml")
        faq = _optional(reader, Faq, f"{folder}/faq.yaml")
        terms = _optional(reader, Terms, f"{folder}/terms.yaml")
        articles = {kind: _articles(reader, f"{folder}/{kind}") for kind in ("factsheets", "pages", "news")}
        if region is None:
            return None
        whole = len(editions) == len(files) and self.shared.whole and self._has_question_sets(region)
        return _Parts(region, editions, conversions, facilities, situations, faq, terms, articles, whole)

    def _has_question_sets(self, region: Region) -> bool:
        names = region.question_sets
        return {names.organisation, names.location, *names.offering} <= self.shared.question_sets.keys()

    def _standards(self, parts: _Parts, changes: tuple[EditionChange, ...]) -> Standards:
        region = parts.region
        shared_terms = self.shared.terms.terms if self.shared.terms else ()
        own_terms = parts.terms.terms if parts.terms else ()
        own_slugs = {term.slug for term in own_terms}
        return Standards(
            slug=self.slug,
            region=region,
            editions=parts.editions,
            question_sets=self.shared.question_sets,
            changes=changes,
            facilities=parts.facilities or Facilities(updated=region.updated, sources=(region.sources[0].key,)),
            situations=parts.situations.situations if parts.situations else (),
            faq=parts.faq or Faq(updated=region.updated),
            terms=(*(term for term in shared_terms if term.slug not in own_slugs), *own_terms),
            factsheets=tuple(parts.articles["factsheets"].values()),
            pages=tuple({**self.shared.pages, **parts.articles["pages"]}.values()),
            news=tuple(parts.articles["news"].values()),
            digest=self._digest(),
        )

    def _check_region(self, region: Region) -> None:
        sets = self.shared.question_sets
        self.reader.report(f"{self.folder}/region.yaml", checks.check_region(region, sets))
        names = region.question_sets
        roles = {"organisation": (names.organisation,), "location": (names.location,), "offering": names.offering}
        for role, used in roles.items():
            if used and all(name in sets for name in used):
                self.reader.report(f"questions/{used[0]}.yaml", checks.check_core(role, [sets[name] for name in used]))

    def _check_editions(self, parts: _Parts) -> None:
        basis = parts.region.question_sets.offering
        for name, edition in parts.editions.items():
            found = checks.check_edition(edition, parts.sources, parts.facility_slugs, self.shared.question_sets, basis)
            self.reader.report(f"{self.folder}/matrix/{name}.yaml", found)

    def _changes(self, parts: _Parts) -> tuple[EditionChange, ...]:
        editions = parts.editions
        kept = []
        for file, conversion in parts.conversions.items():
            older, _, newer = _stem(file).partition("-to-")
            if older not in editions or newer not in editions:
                known = ", ".join(editions) or "(er is er geen)"
                message = f"Noem dit bestand naar twee edities die er zijn, zoals oud-to-nieuw. Er zijn: {known}."
                self.reader.problems.append(Problem(file, 0, "", message))
            elif conversion is not None:
                found = checks.check_conversion(conversion, editions[older], editions[newer], parts.sources)
                self.reader.report(file, found)
                kept.append(EditionChange(older, newer, conversion))
        return tuple(kept)

    def _check_lists(self, parts: _Parts) -> None:
        reader, folder = self.reader, self.folder
        if parts.facilities:
            reader.report(f"{folder}/facilities.yaml", checks.check_facilities(parts.facilities, parts.region))
        if parts.faq:
            reader.report(f"{folder}/faq.yaml", checks.check_faq(parts.faq, parts.sources))
        if parts.terms:
            shared = {term.slug for term in self.shared.terms.terms} if self.shared.terms else set()
            reader.report(f"{folder}/terms.yaml", checks.check_terms(parts.terms, shared))

    def _check_situations(self, parts: _Parts) -> None:
        if parts.situations:
            blocks = {
                block.slug for edition in parts.editions.values() if edition.open for _, block in edition.blocks()
            }
            found = checks.check_situations(
                parts.situations, parts.sources, blocks, parts.facility_slugs, parts.articles["factsheets"]
            )
            self.reader.report(f"{self.folder}/situations.yaml", found)

    def _check_articles(self, parts: _Parts) -> None:
        pages = {*self.shared.pages, *parts.articles["pages"]}
        for kind, written in parts.articles.items():
            for slug, one in written.items():
                found = checks.check_article(one, parts.sources, pages, sourced=kind == "factsheets")
                self.reader.report(f"{self.folder}/{kind}/{slug}.md", found)

    def _digest(self) -> str:
        """Fingerprint of what these standards were read from: the shared files and this region's own."""
        mine = {
            file: digest
            for file, digest in self.reader.digests.items()
            if not file.startswith("regions/") or (file.startswith(f"{self.folder}/") and "/providers/" not in file)
        }
        return hashlib.blake2b(repr(sorted(mine.items())).encode(), digest_size=16).hexdigest()


def _stem(file: str) -> str:
    return PurePosixPath(file).stem


def _optional(reader: Reader, model: type[T], file: str) -> T | None:
    return reader.record(model, file) if reader.exists(file) else None


def _articles(reader: Reader, folder: str) -> dict[str, Written]:
    read = (reader.article(file) for file in reader.names(folder, ".md"))
    return {one.slug: one for one in read if one is not None}
