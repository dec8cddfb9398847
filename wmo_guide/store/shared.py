"""Loads what all regions have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from wmo_guide.domain import checks
from wmo_guide.domain.base import Record
from wmo_guide.domain.division import Division
from wmo_guide.domain.editorial import Terms
from wmo_guide.domain.quality import Quality
from wmo_guide.domain.quality_checks import check_quality
from wmo_guide.domain.questions import QuestionSet
from wmo_guide.domain.search_words import SearchWords
from wmo_guide.domain.standards import Written
from wmo_guide.domain.upkeep import Upkeep
from wmo_guide.store.reader import Reader

T = TypeVar("T", bound=Record)
SHARED_TERMS = "shared/terms.yaml"
_QUALITY = "quality.yaml"
_SEARCH_WORDS = "shared/search-words.yaml"
_UPKEEP = "shared/upkeep.yaml"
_DIVISION = "shared/municipalities.yaml"


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
    search_words: SearchWords | None
    upkeep: Upkeep | None
    division: Division | None
    """All municipalities of the country; None when there is no list, or it can't be relied on."""


def load_shared(reader: Reader) -> Shared:
    """Question sets, the common word list, the common pages, the list of municipalities."""
    files = {stem(file): file for file in reader.names("questions", ".yaml")}
    found = {name: reader.record(QuestionSet, file) for name, file in files.items()}
    sets = {name: one for name, one in found.items() if one is not None}
    for name, one in sets.items():
        reader.report(files[name], checks.check_questions(one.questions, "questions"))
    terms = optional(reader, Terms, SHARED_TERMS)
    if terms is not None:
        reader.report(SHARED_TERMS, checks.check_terms(terms, ()))
    page_files = reader.names("shared/pages", ".md")
    pages = articles(reader, page_files)
    around = checks.Around((), (), (), (), standing(page_files, pages), (), {}, ())
    for slug, page in pages.items():
        reader.report(f"shared/pages/{slug}.md", checks.check_article(page, around, sourced=False))
    quality = _load_quality(reader, sets, frozenset(files))
    slugs = frozenset(map(stem, page_files))
    search_words = _load_search_words(reader)
    upkeep = load_upkeep(reader)
    return Shared(sets, frozenset(files), terms, pages, slugs, quality, search_words, upkeep, _load_division(reader))


def _load_search_words(reader: Reader) -> SearchWords | None:
    found = optional(reader, SearchWords, _SEARCH_WORDS)
    if found is not None:
        reader.report(_SEARCH_WORDS, checks.check_search_words(found))
    return found


def load_upkeep(reader: Reader) -> Upkeep | None:
    """What readers can report and what is kept how long; None when nobody told, or it can't be read."""
    found = optional(reader, Upkeep, _UPKEEP)
    if found is not None:
        reader.report(_UPKEEP, checks.check_upkeep(found))
    return found


def _load_quality(reader: Reader, sets: Mapping[str, QuestionSet], names: frozenset[str]) -> Quality:
    quality = optional(reader, Quality, _QUALITY)
    if quality is None:
        return Quality()
    questions = {question.key for one in sets.values() for question in one.questions}
    reader.report(_QUALITY, check_quality(quality, questions if names == sets.keys() else None, names))
    if quality.real_estate is not None:
        for file, finding in checks.check_asked(asked(sets, [quality.real_estate.questions])):
            reader.report(file, [finding])
    return quality


def _load_division(reader: Reader) -> Division | None:
    division = optional(reader, Division, _DIVISION)
    if division is None:
        return None
    findings = list(checks.check_division(division))
    reader.report(_DIVISION, findings)
    return None if findings else division


def stem(file: str) -> str:
    """The name of a file without its ending."""
    return PurePosixPath(file).stem


def optional(reader: Reader, model: type[T], file: str) -> T | None:
    """The record in a file that may be left out."""
    return reader.record(model, file) if reader.exists(file) else None


def articles(reader: Reader, files: Iterable[str], *, scheduled: bool = False) -> dict[str, Written]:
    """The articles that could be read, by slug."""
    read = (reader.article(file, scheduled=scheduled) for file in files)
    return {one.slug: one for one in read if one is not None}


def asked(sets: Mapping[str, QuestionSet], names: Iterable[str]) -> Iterator[checks.Asked]:
    """The question sets of a form, as far as they exist."""
    for name in names:
        if name in sets:
            yield checks.Asked(f"questions/{name}.yaml", ("questions",), sets[name].questions)


def standing(names: Iterable[str], pages: Mapping[str, Written]) -> dict[str, str | None]:
    """Each page, by slug or file, with the page it stands under; one that could not be read stands by itself."""
    slugs = (stem(name) for name in names)
    return {slug: pages[slug].head.under if slug in pages else None for slug in slugs}
