"""Everything of a region but its providers: what their answers are held against."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from wmo_guide.domain.chooser import Chooser
from wmo_guide.domain.editorial import Article, Facilities, Facility, Faq, Situation, Term
from wmo_guide.domain.matrix import BuildingBlock, Conversion, Edition, ResultArea
from wmo_guide.domain.postcodes import PostcodeArea
from wmo_guide.domain.quality import Quality
from wmo_guide.domain.questions import Question, QuestionSet
from wmo_guide.domain.region import Region
from wmo_guide.domain.search_words import SearchWords
from wmo_guide.domain.upkeep import Upkeep

BASIS = "basis"
"""Region, matrix, questions and whatever else all of a guide hangs on: in fingerprints they are one part."""
EDITORIAL = frozenset(
    {"chooser", "facilities", "factsheets", "faq", "news", "pages", "postcodes", "situations", "terms"}
)
"""Parts of the standards, by their names here and in the content folder, that no answer of a provider is held against."""


@dataclass(frozen=True)
class Written:
    """An article with its Markdown text."""

    slug: str
    head: Article
    markdown: str
    file: str
    """Its path inside the content folder."""


@dataclass(frozen=True)
class EditionChange:
    """A conversion with the names of the two editions."""

    older: str
    newer: str
    conversion: Conversion


@dataclass(frozen=True)
class Doubt:
    """What of a region's standards is wrong, so that no answer can be refused because of it."""

    kinds: frozenset[str] = frozenset()
    """Kinds of questions whose answers nobody can judge."""
    sets: frozenset[str] = frozenset()
    """Question sets that may have other questions than those that could be read."""
    editions: frozenset[str] = frozenset()
    """Editions that may have other blocks than those that could be read."""


@dataclass(frozen=True)
class Standards:
    """A region with its matrix editions, question sets and everything that staff wrote."""

    slug: str
    region: Region
    editions: Mapping[str, Edition]
    question_sets: Mapping[str, QuestionSet]
    changes: tuple[EditionChange, ...]
    facilities: Facilities
    situations: tuple[Situation, ...]
    faq: Faq
    terms: tuple[Term, ...]
    factsheets: tuple[Written, ...]
    pages: tuple[Written, ...]
    news: tuple[Written, ...]
    digests: Mapping[str, str]
    """Fingerprint of the files of each part in EDITORIAL, by its name; of all other files, by the name BASIS."""
    quality: Quality = field(default_factory=Quality)
    """What an offer needs before it can be sent, and what makes it better."""
    search_words: SearchWords | None = None
    """What search knows of the language; None when nobody told."""
    upkeep: Upkeep | None = None
    """What readers can report and what is kept how long; None when nobody told."""
    chooser: Chooser | None = None
    """Questions that help residents choose; None where there are none."""
    postcodes: tuple[PostcodeArea, ...] = ()
    """Where postcodes lie, as far as staff told."""
    doubt: Doubt | None = None
    """What can't be relied on; None when all that answers are held against is right, and only then they can be published."""

    @cached_property
    def digest(self) -> str:
        """Fingerprint of all files that these standards came from."""
        return self.digest_without(())

    @property
    def basis_digest(self) -> str:
        """Fingerprint of all that answers of providers are held against."""
        return self.digest_without(EDITORIAL)

    def digest_without(self, parts: Collection[str]) -> str:
        """Fingerprint of all files but those of these parts, which must stand in EDITORIAL."""
        told = sorted((part, one) for part, one in self.digests.items() if part not in parts)
        return hashlib.blake2b(repr(told).encode(), digest_size=16).hexdigest()

    @cached_property
    def facility_by_slug(self) -> dict[str, Facility]:
        """General provisions by slug."""
        return {one.slug: one for one in self.facilities.facilities}

    @cached_property
    def organisation_questions(self) -> tuple[Question, ...]:
        """Questions about the organisation."""
        return self._set(self.region.question_sets.organisation)

    @cached_property
    def location_questions(self) -> tuple[Question, ...]:
        """Questions about each location."""
        return self._set(self.region.question_sets.location)

    @cached_property
    def _block_questions(self) -> dict[int, tuple[Question, ...]]:
        """By the block's identity: editions may have blocks of the same name with other questions."""
        return {}

    def questions_for(self, area: ResultArea, block: BuildingBlock) -> tuple[Question, ...]:
        """All questions about an offering of this block, in the order of asking."""
        key = id(block)
        if key not in self._block_questions:
            names = (*self.region.question_sets.offering, *block.question_sets)
            asked = [question for name in names for question in self._set(name)] + list(block.questions)
            facts = static_facts(area, block)
            self._block_questions[key] = tuple(q for q in asked if _may_apply(q, facts))
        return self._block_questions[key]

    def _set(self, name: str) -> tuple[Question, ...]:
        found = self.question_sets.get(name)
        return found.questions if found else ()


def static_facts(area: ResultArea, block: BuildingBlock) -> dict[str, object]:
    """What conditions of questions may ask about a block."""
    return {
        "block.slug": block.slug,
        "block.area": area.slug,
        "block.axes": block.axes,
        "block.has_axes": bool(block.axes),
        "block.arrangements": bool(block.arrangements),
        "block.bands": bool(block.bands),
        "block.everything_else": block.everything_else,
    }


def _may_apply(question: Question, facts: Mapping[str, object]) -> bool:
    about_block = {name: wanted for name, wanted in question.when.items() if name.startswith("block.")}
    return question.model_copy(update={"when": about_block}).applies(facts)
