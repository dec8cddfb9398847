"""Loads everything of a region but its providers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from wmo_guide.domain import checks
from wmo_guide.domain.base import Record
from wmo_guide.domain.editorial import Facilities, Faq, Situations, Terms
from wmo_guide.domain.matrix import Conversion, Edition
from wmo_guide.domain.quality import Quality
from wmo_guide.domain.quality_checks import check_quality
from wmo_guide.domain.questions import QuestionSet
from wmo_guide.domain.region import Region
from wmo_guide.domain.standards import EditionChange, Standards, Written
from wmo_guide.store.problem import Problem
from wmo_guide.store.reader import Reader

T = TypeVar("T", bound=Record)
_SHARED_TERMS = "shared/terms.yaml"
_QUALITY = "quality.yaml"


@dataclass(frozen=True)
class Shared:
    """What all regions have in common."""

    question_sets: Mapping[str, QuestionSet]
    """The sets that could be read."""
    set_names: frozenset[str]
    """All sets there are, right or wrong."""
    terms: Terms | None
    pages: Mapping[str, Written]
    page_slugs: frozenset[str]
    quality: Quality


def load_shared(reader: Reader) -> Shared:
    """Question sets, the common word list and the common pages."""
    files = {_stem(file): file for file in reader.names("questions", ".yaml")}
    found = {name: reader.record(QuestionSet, file) for name, file in files.items()}
    sets = {name: one for name, one in found.items() if one is not None}
    for name, one in sets.items():
        reader.report(files[name], checks.check_questions(one.questions, "questions"))
    terms = _optional(reader, Terms, _SHARED_TERMS)
    if terms is not None:
        reader.report(_SHARED_TERMS, checks.check_terms(terms, ()))
    page_files = reader.names("shared/pages", ".md")
    pages = _articles(reader, page_files)
    around = checks.Around((), (), (), (), _standing(page_files, pages), (), {}, ())
    for slug, page in pages.items():
        reader.report(f"shared/pages/{slug}.md", checks.check_article(page, around, sourced=False))
    quality = _optional(reader, Quality, _QUALITY)
    if quality is not None and not reader.has_problems(files.values()):
        reader.report(_QUALITY, check_quality(quality, sets))
    if quality is not None and quality.real_estate is not None:
        for file, finding in checks.check_asked(_asked(sets, [quality.real_estate.questions])):
            reader.report(file, [finding])
    slugs = frozenset(map(_stem, page_files))
    return Shared(sets, frozenset(files), terms, pages, slugs, quality or Quality())


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
    factsheet_slugs: frozenset[str]
    """All factsheets there are, right or wrong."""
    page_slugs: frozenset[str]
    edition_names: frozenset[str]
    facilities_unread: bool

    @property
    def sources(self) -> frozenset[str]:
        """Keys of the region's sources."""
        return frozenset(source.key for source in self.region.sources)


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
        around = self._around(parts)
        self._check_region(parts.region)
        self._check_editions(parts, around)
        self._check_forms(parts)
        changes = self._changes(parts)
        self._check_lists(parts)
        if parts.situations:
            found = checks.check_situations(parts.situations, around)
            self.reader.report(f"{self.folder}/situations.yaml", found)
        self._check_articles(parts, around)
        return self._standards(parts, changes) if self._holds(parts) else None

    def _read(self) -> _Parts | None:
        """Reads every file of the region, so that each tells its problems; None when there is no region itself."""
        reader, folder = self.reader, self.folder
        region = reader.record(Region, f"{folder}/region.yaml")
        files = reader.names(f"{folder}/matrix", ".yaml")
        editions = {_stem(file): reader.record(Edition, file) for file in files}
        conversions = {file: reader.record(Conversion, file) for file in reader.names(f"{folder}/conversion", ".yaml")}
        facilities = _optional(reader, Facilities, f"{folder}/facilities.yaml")
        situations = _optional(reader, Situations, f"{folder}/situations.yaml")
        faq = _optional(reader, Faq, f"{folder}/faq.yaml")
        terms = _optional(reader, Terms, f"{folder}/terms.yaml")
        names = {kind: reader.names(f"{folder}/{kind}", ".md") for kind in ("factsheets", "pages", "news")}
        articles = {kind: _articles(reader, found, scheduled=kind == "news") for kind, found in names.items()}
        if region is None:
            return None
        return _Parts(
            region,
            {name: one for name, one in editions.items() if one is not None},
            conversions,
            facilities,
            situations,
            faq,
            terms,
            articles,
            factsheet_slugs=frozenset(map(_stem, names["factsheets"])),
            page_slugs=frozenset(map(_stem, names["pages"])),
            edition_names=frozenset(editions),
            facilities_unread=facilities is None and reader.exists(f"{folder}/facilities.yaml"),
        )

    def _around(self, parts: _Parts) -> checks.Around:
        """What this region's records may refer to; what could not be read is given the benefit of the doubt."""
        slugs = {one.slug for one in parts.facilities.facilities} if parts.facilities else set()
        blocks = {block.slug for one in parts.editions.values() if one.open for _, block in one.blocks()}
        pages = {**self.shared.pages, **parts.articles["pages"]}
        return checks.Around(
            sources=parts.sources,
            facilities=None if parts.facilities_unread else slugs,
            blocks=blocks if parts.editions.keys() == parts.edition_names else None,
            factsheets=parts.factsheet_slugs,
            pages=_standing((*self.shared.page_slugs, *parts.page_slugs), pages),
            set_names=self.shared.set_names,
            sets=self.shared.question_sets,
            basis=tuple(dict.fromkeys(parts.region.question_sets.offering)),
        )

    def _holds(self, parts: _Parts) -> bool:
        """Whether everything that providers' answers are held against is right."""
        files = [f"{self.folder}/region.yaml", *(f"{self.folder}/matrix/{name}.yaml" for name in parts.edition_names)]
        files += [f"questions/{name}.yaml" for name in self.shared.set_names]
        return not self.reader.has_problems(files)

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
            quality=self.shared.quality,
        )

    def _check_region(self, region: Region) -> None:
        self.reader.report(f"{self.folder}/region.yaml", checks.check_region(region, self.shared.set_names))
        sets, names = self.shared.question_sets, region.question_sets
        roles = {"organisation": (names.organisation,), "location": (names.location,), "offering": names.offering}
        for role, used in roles.items():
            if used and all(name in sets for name in used):
                self.reader.report(f"questions/{used[0]}.yaml", checks.check_core(role, [sets[name] for name in used]))
        for name in {names.organisation, names.location} & sets.keys():
            self.reader.report(f"questions/{name}.yaml", checks.check_about(sets[name].questions))

    def _check_editions(self, parts: _Parts, around: checks.Around) -> None:
        for name, edition in parts.editions.items():
            self.reader.report(f"{self.folder}/matrix/{name}.yaml", checks.check_edition(edition, around))
        for name, finding in checks.check_terms_of_office(parts.editions):
            self.reader.report(f"{self.folder}/matrix/{name}.yaml", [finding])

    def _check_forms(self, parts: _Parts) -> None:
        """Holds each form against itself: the organisation's, the location's, and that of each block."""
        sets, names = self.shared.question_sets, parts.region.question_sets
        forms = [list(_asked(sets, [name])) for name in (names.organisation, names.location)]
        for edition_name, edition in parts.editions.items():
            file = f"{self.folder}/matrix/{edition_name}.yaml"
            for path, block in edition.places():
                own = checks.Asked(file, (*path, "questions"), block.questions)
                forms.append([*_asked(sets, [*names.offering, *block.question_sets]), own])
        if self.shared.set_names == sets.keys():
            for form in forms:
                for file, finding in checks.check_asked(form):
                    self.reader.report(file, [finding])

    def _changes(self, parts: _Parts) -> tuple[EditionChange, ...]:
        editions = parts.editions
        kept = []
        for file, conversion in parts.conversions.items():
            older, _, newer = _stem(file).partition("-to-")
            if not {older, newer} <= parts.edition_names:
                known = ", ".join(sorted(parts.edition_names)) or "(er is er geen)"
                message = f"Noem dit bestand naar twee edities die er zijn, zoals oud-to-nieuw. Er zijn: {known}."
                self.reader.problems.append(Problem(file, 0, "", message))
            elif conversion is not None and older in editions and newer in editions:
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
            unread = self.shared.terms is None and reader.exists(_SHARED_TERMS)
            shared = None if unread else {one.slug for one in (self.shared.terms.terms if self.shared.terms else ())}
            reader.report(f"{folder}/terms.yaml", checks.check_terms(parts.terms, shared))

    def _check_articles(self, parts: _Parts, around: checks.Around) -> None:
        for kind, written in parts.articles.items():
            for slug, one in written.items():
                found = checks.check_article(one, around, sourced=kind == "factsheets")
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


def _articles(reader: Reader, files: Iterable[str], *, scheduled: bool = False) -> dict[str, Written]:
    read = (reader.article(file, scheduled=scheduled) for file in files)
    return {one.slug: one for one in read if one is not None}


def _asked(sets: Mapping[str, QuestionSet], names: Iterable[str]) -> Iterator[checks.Asked]:
    """The question sets of a form, as far as they exist."""
    for name in names:
        if name in sets:
            yield checks.Asked(f"questions/{name}.yaml", ("questions",), sets[name].questions)


def _standing(names: Iterable[str], pages: Mapping[str, Written]) -> dict[str, str | None]:
    """Each page, by slug or file, with the page it stands under; one that could not be read stands by itself."""
    slugs = (_stem(name) for name in names)
    return {slug: pages[slug].head.under if slug in pages else None for slug in slugs}
