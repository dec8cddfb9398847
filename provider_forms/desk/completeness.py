"""How far a draft is: what is done, what exactly is missing, and whether it can be sent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple, TypeAlias

from provider_forms.desk.demands import unmet
from provider_forms.desk.misfit_question import MISFIT, MISFIT_QUESTION, MISFIT_TITLE
from provider_forms.desk.outline import BLOCKS, Outline, Sheet
from wmo_guide.domain.quality import Quality

END = "end"
"""Target of what is missing on the page that ends an offering."""
Status: TypeAlias = Literal["not_begun", "incomplete", "done"]


class Missing(NamedTuple):
    """One thing that keeps a draft from being sent."""

    part: str
    """Name of the part whose page mends it."""
    target: str
    """Id of the input on that page; empty for the page as a whole."""
    label: str
    """The question, or the page's subject."""
    message: str
    """What to do."""


@dataclass(frozen=True)
class PartStatus:
    """How far one part is."""

    name: str
    title: str
    status: Status
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True)
class Completeness:
    """How far a draft is."""

    parts: tuple[PartStatus, ...]
    """Organisation, locations, the choice of blocks, each block's offering, and what doesn't fit if anything, in this order."""

    @cached_property
    def missing(self) -> tuple[Missing, ...]:
        """Everything that keeps it from being sent."""
        return tuple(one for part in self.parts for one in part.missing)

    @property
    def can_be_sent(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @cached_property
    def by_name(self) -> dict[str, PartStatus]:
        """The parts by their name."""
        return {part.name: part for part in self.parts}


def completeness(outline: Outline, quality: Quality) -> Completeness:
    """Holds a draft against its questions and against the minimum for sending."""
    first, *rest = (_part(sheet, quality) for sheet in outline.sheets)
    locations = [part for part in rest if part.name.startswith("location/")]
    offerings = [part for part in rest if not part.name.startswith("location/")]
    return Completeness((first, *locations, _blocks(outline, quality.minimum.offerings), *offerings, *_misfit(outline)))


def _part(sheet: Sheet, quality: Quality) -> PartStatus:
    missing = (*_refused(sheet), *_demanded(sheet, quality))
    if sheet.end_is_wrong:
        missing += (Missing(sheet.name, END, "Einddatum", "De einddatum is geen datum. Vul hem opnieuw in."),)
    status: Status = "incomplete" if missing else "done"
    return PartStatus(sheet.name, sheet.title, status if sheet.begun else "not_begun", missing)


def _refused(sheet: Sheet) -> Iterator[Missing]:
    labels = {field.question.key: field.question.label for field in sheet.reading.fields}
    for error in sheet.reading.errors:
        yield Missing(sheet.name, error.target, labels[error.key], error.message)


def _demanded(sheet: Sheet, quality: Quality) -> Iterator[Missing]:
    told = {error.key for error in sheet.reading.errors}
    for demand in quality.minimum.about(sheet.kind):
        first = unmet(demand, sheet.reading.fields, sheet.reading.parsed, sheet.facts)
        if first is not None and not told.intersection(demand.questions):
            yield Missing(sheet.name, first.target, first.question.label, demand.message)


def _blocks(outline: Outline, least: int) -> PartStatus:
    number, title = len(outline.of("offering")), "Welke bouwstenen"
    if number >= least or outline.misfit:
        return PartStatus(BLOCKS, title, "done")
    message = f"Kies minstens {least} bouwsteen." if least == 1 else f"Kies minstens {least} bouwstenen."
    missing = Missing(BLOCKS, "", title, f"{message} Past uw aanbod niet? Schrijf dan op wat u biedt.")
    return PartStatus(BLOCKS, title, "incomplete" if number else "not_begun", (missing,))


def _misfit(outline: Outline) -> Iterator[PartStatus]:
    label, errors = MISFIT_QUESTION.label, outline.misfit_errors
    missing = tuple(Missing(MISFIT, one.target, label, one.message) for one in errors)
    if outline.misfit:
        yield PartStatus(MISFIT, MISFIT_TITLE, "incomplete" if missing else "done", missing)
