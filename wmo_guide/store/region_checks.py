"""Holds the files of a region against each other, as far as they could be read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from wmo_guide.domain import checks
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.region import Region
from wmo_guide.store.parts import Parts
from wmo_guide.store.problem import Problem
from wmo_guide.store.reader import Reader
from wmo_guide.store.shared import SHARED_TERMS, Shared, asked, standing, stem


@dataclass(frozen=True)
class RegionChecks:
    """The checks of one region."""

    reader: Reader
    parts: Parts
    shared: Shared

    def run(self) -> None:
        """Keeps all that is wrong with the reader."""
        around = self._around()
        if self.parts.region is not None:
            self._check_region(self.parts.region)
        self._check_editions(around)
        self._check_forms()
        self._check_conversions()
        self._check_lists(around)
        self._check_articles(around)

    def _around(self) -> checks.Around:
        """What this region's records may refer to; what could not be read is given the benefit of the doubt."""
        parts = self.parts
        facilities = parts.facilities.facilities if parts.facilities else ()
        blocks = [[block.slug for _, block in one.blocks()] for one in parts.editions.values() if one.open]
        whole = parts.editions.keys() == parts.edition_names and all(map(checks.names, filter(None, blocks)))
        pages = {**self.shared.pages, **parts.articles["pages"]}
        return checks.Around(
            sources=parts.sources,
            facilities=None if parts.facilities_unread else checks.names(one.slug for one in facilities),
            blocks={slug for some in blocks for slug in some} if whole else None,
            factsheets=parts.factsheet_slugs,
            pages=standing((*self.shared.page_slugs, *parts.page_slugs), pages),
            set_names=self.shared.set_names,
            sets=self.shared.question_sets,
            basis=tuple(dict.fromkeys(parts.region.question_sets.offering if parts.region else ())),
        )

    def _check_region(self, region: Region) -> None:
        file = f"{self.parts.folder}/region.yaml"
        self.reader.report(file, checks.check_region(region, self.shared.set_names))
        if self.shared.division is not None:
            self.reader.report(file, checks.check_municipalities(region, self.shared.division))
        sets, names = self.shared.question_sets, region.question_sets
        roles = {"organisation": (names.organisation,), "location": (names.location,), "offering": names.offering}
        for role, used in roles.items():
            if all(name in sets for name in used):
                self.reader.report(f"questions/{used[0]}.yaml", checks.check_core(role, [sets[name] for name in used]))
        for name in {names.organisation, names.location} & sets.keys():
            self.reader.report(f"questions/{name}.yaml", checks.check_about(sets[name].questions))

    def _check_editions(self, around: checks.Around) -> None:
        for name, edition in self.parts.editions.items():
            self.reader.report(self.parts.edition_file(name), checks.check_edition(edition, around))
            self._check_matrix_names(name, edition)
        for name, finding in checks.check_terms_of_office(self.parts.editions):
            self.reader.report(self.parts.edition_file(name), [finding])

    def _check_matrix_names(self, name: str, edition: Edition) -> None:
        """A question of one block alone has no conditions on other blocks."""
        for (area, block), (path, _) in zip(edition.blocks(), edition.places(), strict=True):
            known = {"block.slug": (block.slug,), "block.area": (area.slug,), "block.axes": block.axes}
            for index, question in enumerate(block.questions):
                found = checks.check_matrix_names(question.when, known, (*path, "questions", index))
                self.reader.report(self.parts.edition_file(name), found)

    def _check_forms(self) -> None:
        """Holds each form against itself: the organisation's, the location's, and that of each block."""
        for names, own in self._forms():
            if all(name in self.shared.question_sets or name not in self.shared.set_names for name in names):
                form = [*asked(self.shared.question_sets, names), *own]
                for file, finding in checks.check_asked(form):
                    self.reader.report(file, [finding])

    def _forms(self) -> Iterator[tuple[tuple[str, ...], tuple[checks.Asked, ...]]]:
        """The names of the sets of each form, and what it asks besides."""
        if self.parts.region is None:
            return
        used = self.parts.region.question_sets
        yield (used.organisation,), ()
        yield (used.location,), ()
        for name, edition in self.parts.editions.items():
            for path, block in edition.places():
                own = checks.Asked(self.parts.edition_file(name), (*path, "questions"), block.questions)
                yield (*used.offering, *block.question_sets), (own,)

    def _check_conversions(self) -> None:
        editions, names = self.parts.editions, self.parts.edition_names
        for file, conversion in self.parts.conversions.items():
            older, _, newer = stem(file).partition("-to-")
            if not {older, newer} <= names:
                known = ", ".join(sorted(names)) or "(er is er geen)"
                message = f"Noem dit bestand naar twee edities die er zijn, zoals oud-to-nieuw. Er zijn: {known}."
                self.reader.problems.append(Problem(file, 0, "", message))
            elif conversion is not None and older in editions and newer in editions:
                found = checks.check_conversion(conversion, editions[older], editions[newer], self.parts.sources)
                self.reader.report(file, found)

    def _check_lists(self, around: checks.Around) -> None:
        reader, parts = self.reader, self.parts
        if parts.facilities:
            found = checks.check_facilities(parts.facilities, parts.sources, parts.municipalities)
            reader.report(f"{parts.folder}/facilities.yaml", found)
        if parts.situations:
            reader.report(f"{parts.folder}/situations.yaml", checks.check_situations(parts.situations, around))
        if parts.chooser:
            situations = parts.situations.situations if parts.situations else ()
            slugs = None if parts.situations_unread else checks.names(one.slug for one in situations)
            reader.report(f"{parts.folder}/chooser.yaml", checks.check_chooser(parts.chooser, around, slugs))
        if parts.faq:
            reader.report(f"{parts.folder}/faq.yaml", checks.check_faq(parts.faq, parts.sources))
        if parts.terms:
            unread = self.shared.terms is None and reader.exists(SHARED_TERMS)
            shared = None if unread else {one.slug for one in (self.shared.terms.terms if self.shared.terms else ())}
            reader.report(f"{parts.folder}/terms.yaml", checks.check_terms(parts.terms, shared))

    def _check_articles(self, around: checks.Around) -> None:
        for kind, written in self.parts.articles.items():
            for slug, one in written.items():
                found = checks.check_article(one, around, sourced=kind == "factsheets")
                self.reader.report(f"{self.parts.folder}/{kind}/{slug}.md", found)


def check_sets(reader: Reader, shared: Shared, regions: Collection[Parts]) -> None:
    """Conditions in question sets are about blocks, areas and axes that at least one region has."""
    if not any(one.editions for one in regions) or any(one.editions.keys() != one.edition_names for one in regions):
        return
    known = _matrix_names(edition for one in regions for edition in one.editions.values())
    for name, one in shared.question_sets.items():
        for index, question in enumerate(one.questions):
            found = checks.check_matrix_names(question.when, known, ("questions", index))
            reader.report(f"questions/{name}.yaml", found)


def _matrix_names(editions: Iterable[Edition]) -> Mapping[str, Collection[str]]:
    """What there is to ask for, by fact."""
    known: dict[str, set[str]] = {"block.slug": set(), "block.area": set(), "block.axes": set()}
    for edition in editions:
        known["block.axes"].update(edition.by_axis)
        known["block.area"].update(area.slug for area in edition.areas)
        known["block.slug"].update(edition.by_slug)
    return known
