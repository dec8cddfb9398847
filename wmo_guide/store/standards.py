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


class _RegionLoader:
    def __init__(self, reader: Reader, slug: str, shared: Shared) -> None:
        self.reader = reader
        self.slug = slug
        self.shared = shared
        self.folder = f"regions/{slug}"

    def load(self) -> Standards | None:
        """Reads all files, then checks them against each other as far as they could be read."""
        reader, folder = self.reader, self.folder
        region = reader.record(Region, f"{folder}/region.yaml")
        edition_files = reader.names(f"{folder}/matrix", ".yaml")
        editions = {_stem(file): reader.record(Edition, file) for file in edition_files}
        conversions = {file: reader.record(Conversion, file) for file in reader.names(f"{folder}/conversion", ".yaml")}
        facilities = _optional(reader, Facilities, f"{folder}/facilities.yaml")
        situations = _optional(reader, Situations, f"{folder}/situations.yaml")
        faq = _optional(reader, Faq, f"{folder}/faq.yaml")
        terms = _optional(reader, Terms, f"{folder}/terms.yaml")
        articles = {kind: _articles(reader, f"{folder}/{kind}") for kind in ("factsheets", "pages", "news")}
        if region is None:
            return None
        read = {name: one for name, one in editions.items() if one is not None}
        self._check_region(region)
        self._check_editions(region, read, facilities)
        changes = self._changes(region, read, conversions)
        self._check_editorial(region, read, facilities, situations, faq, terms)
        self._check_articles(region, articles)
        if len(read) < len(edition_files) or not self.shared.whole or self._question_sets_missing(region):
            return None
        shared_terms = self.shared.terms.terms if self.shared.terms else ()
        own_terms = terms.terms if terms else ()
        own_slugs = {term.slug for term in own_terms}
        pages = {**self.shared.pages, **articles["pages"]}
        return Standards(
            slug=self.slug,
            region=region,
            editions=read,
            question_sets=self.shared.question_sets,
            changes=changes,
            facilities=facilities or Facilities(updated=region.updated, sources=(region.sources[0].key,)),
            situations=situations.situations if situations else (),
            faq=faq or Faq(updated=region.updated),
            terms=(*(term for term in shared_terms if term.slug not in own_slugs), *own_terms),
            factsheets=tuple(articles["factsheets"].values()),
            pages=tuple(pages.values()),
            news=tuple(articles["news"].values()),
            digest=self._digest(),
        )

    def _question_sets_missing(self, region: Region) -> bool:
        names = region.question_sets
        return not {names.organisation, names.location, *names.offering} <= self.shared.question_sets.keys()

    def _check_region(self, region: Region) -> None:
        sets = self.shared.question_sets
        self.reader.report(f"{self.folder}/region.yaml", checks.check_region(region, sets))
        names = region.question_sets
        for role, used in (
            ("organisation", (names.organisation,)),
            ("location", (names.location,)),
            ("offering", names.offering),
        ):
            if all(name in sets for name in used):
                self.reader.report(f"questions/{used[0]}.yaml", checks.check_core(role, [sets[name] for name in used]))

    def _check_editions(self, region: Region, editions: Mapping[str, Edition], facilities: Facilities | None) -> None:
        sources = {source.key for source in region.sources}
        offered = {one.slug for one in facilities.facilities} if facilities else set()
        for name, edition in editions.items():
            file = f"{self.folder}/matrix/{name}.yaml"
            found = checks.check_edition(
                edition, sources, offered, self.shared.question_sets, region.question_sets.offering
            )
            self.reader.report(file, found)

    def _changes(
        self, region: Region, editions: Mapping[str, Edition], conversions: Mapping[str, Conversion | None]
    ) -> tuple[EditionChange, ...]:
        sources = {source.key for source in region.sources}
        kept = []
        for file, conversion in conversions.items():
            older, _, newer = _stem(file).partition("-to-")
            if older not in editions or newer not in editions:
                message = f"Noem dit bestand naar twee edities die er zijn, zoals oud-to-nieuw. Er zijn: {', '.join(editions)}."
                self.reader.problems.append(Problem(file, 0, "", message))
            elif conversion is not None:
                self.reader.report(file, checks.check_conversion(conversion, editions[older], editions[newer], sources))
                kept.append(EditionChange(older, newer, conversion))
        return tuple(kept)

    def _check_editorial(
        self,
        region: Region,
        editions: Mapping[str, Edition],
        facilities: Facilities | None,
        situations: Situations | None,
        faq: Faq | None,
        terms: Terms | None,
    ) -> None:
        reader, folder = self.reader, self.folder
        sources = {source.key for source in region.sources}
        blocks = {block.slug for edition in editions.values() if edition.open for _, block in edition.blocks()}
        offered = {one.slug for one in facilities.facilities} if facilities else set()
        factsheets = {PurePosixPath(file).stem for file in reader.names(f"{folder}/factsheets", ".md")}
        if facilities:
            reader.report(f"{folder}/facilities.yaml", checks.check_facilities(facilities, region))
        if situations:
            found = checks.check_situations(situations, sources, blocks, offered, factsheets)
            reader.report(f"{folder}/situations.yaml", found)
        if faq:
            reader.report(f"{folder}/faq.yaml", checks.check_faq(faq, sources))
        if terms:
            shared = {term.slug for term in self.shared.terms.terms} if self.shared.terms else set()
            reader.report(f"{folder}/terms.yaml", checks.check_terms(terms, shared))

    def _check_articles(self, region: Region, articles: Mapping[str, Mapping[str, Written]]) -> None:
        sources = {source.key for source in region.sources}
        pages = {*self.shared.pages, *articles["pages"]}
        for kind, written in articles.items():
            for slug, one in written.items():
                found = checks.check_article(one, sources, pages, sourced=kind == "factsheets")
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
