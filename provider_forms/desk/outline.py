"""A draft laid out as sheets: one for the organisation, for each location and for each chosen building block.

How a sheet is read is passed in (`Read`): the form that asked the questions reads them, so that check, payload and meter
never find what the form's own page does not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Literal, Protocol, TypeAlias

from provider_forms.desk.misfit_question import MISFIT, MISFIT_QUESTION
from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.kinds.base import Dumped
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea
from wmo_guide.domain.provider import Answer, Answers, ProviderFile, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards, static_facts

Drafted: TypeAlias = Mapping[str, Mapping[str, Raw]]
"""The answers of each part of a draft, by the part's name."""
SheetKind: TypeAlias = Literal["organisation", "location", "offering"]
ORGANISATION = "organisation"
BLOCKS = "blocks"


class Refused(Protocol):
    """An answer that can't stay so."""

    @property
    def key(self) -> str:
        """The question."""

    @property
    def target(self) -> str:
        """Id of its input on the sheet's page."""

    @property
    def message(self) -> str:
        """What to do, in Dutch."""


class Noticed(Protocol):
    """Something in an answer that deserves another look."""

    @property
    def target(self) -> str:
        """Id of its input on the sheet's page."""

    @property
    def message(self) -> str:
        """What to look at, in Dutch."""


class ReadAnswer(Protocol):
    """One question with what came of its answer."""

    @property
    def question(self) -> Question:
        """The question."""

    @property
    def applies(self) -> bool:
        """Whether it is asked, given the other answers."""

    @property
    def data(self) -> Answer | None:
        """The answer; None when there is none, or none that is right."""

    @property
    def text(self) -> str:
        """What was typed."""

    @property
    def error(self) -> str:
        """What is wrong with it; empty when nothing is."""

    @property
    def target(self) -> str:
        """Id of its input on the sheet's page."""


class Reading(Protocol):
    """A sheet's answers as its form reads them."""

    @property
    def fields(self) -> Sequence[ReadAnswer]:
        """All questions that can be asked, in the order of asking."""

    @property
    def errors(self) -> Sequence[Refused]:
        """What must be mended."""

    @property
    def warnings(self) -> Sequence[Noticed]:
        """What deserves another look."""

    @property
    def parsed(self) -> Answers:
        """The answers that are right and that apply."""

    @property
    def public(self) -> Mapping[str, Dumped]:
        """The right answers for everyone, in their normal form."""

    @property
    def private(self) -> Mapping[str, Dumped]:
        """The right answers for staff alone, in their normal form."""


Read: TypeAlias = Callable[[Sequence[Question], Scope, Mapping[str, Raw]], Reading]


@dataclass(frozen=True)
class Sheet:
    """One page of answers."""

    name: str
    """Name of the part."""
    kind: SheetKind
    key: str
    """Key of the location or slug of the block; empty for the organisation."""
    title: str
    begun: bool
    """Whether anything was filled in."""
    reading: Reading
    scope: Scope
    area: ResultArea | None = None
    end: date | None = None
    """Last day on which the offering is shown, when it ends."""
    end_is_wrong: bool = False
    """Whether something else than a day was given for it."""

    @property
    def block(self) -> BuildingBlock | None:
        """The block that it is about."""
        return self.scope.block

    @cached_property
    def asked(self) -> frozenset[str]:
        """Keys of the questions that are asked, given the answers."""
        return frozenset(field.question.key for field in self.reading.fields if field.applies)

    @cached_property
    def facts(self) -> Mapping[str, object]:
        """What conditions can ask about: the block, and the answers."""
        about = static_facts(self.area, self.block) if self.area and self.block else {}
        return {**about, **{f"answer.{key}": value for key, value in self.reading.parsed.items()}}

    def texts(self, keys: Sequence[str]) -> list[str]:
        """The answers to these questions that are texts."""
        found = (self.reading.parsed.get(key) for key in keys)
        return [text for text in found if isinstance(text, str)]


@dataclass(frozen=True)
class Outline:
    """All of a draft."""

    edition_name: str
    """The edition whose blocks were chosen from; empty when there is none."""
    edition: Edition | None
    sheets: tuple[Sheet, ...]
    misfit: str
    """What doesn't fit the matrix, in the provider's words."""
    misfit_errors: tuple[Refused, ...]
    """What must be mended in that."""
    open_editions: frozenset[str]
    """Names of the editions whose blocks can be offered."""

    @cached_property
    def by_name(self) -> Mapping[str, Sheet]:
        """Sheets by the name of their part."""
        return {sheet.name: sheet for sheet in self.sheets}

    @property
    def organisation(self) -> Sheet:
        """The sheet about the organisation."""
        return self.by_name[ORGANISATION]

    def of(self, kind: SheetKind) -> tuple[Sheet, ...]:
        """The sheets of one kind."""
        return tuple(sheet for sheet in self.sheets if sheet.kind == kind)

    def only(self, names: frozenset[str]) -> Outline:
        """The outline with only these sheets and the organisation's."""
        kept = (sheet for sheet in self.sheets if sheet.name in names or sheet.name == ORGANISATION)
        return replace(self, sheets=tuple(kept))


def outline(drafted: Drafted, standards: Standards, read: Read) -> Outline:
    """The sheets of a draft: the organisation, the locations, and the chosen blocks in the order of the matrix."""
    chosen = drafted.get(BLOCKS, {})
    name = str(chosen.get("edition", ""))
    edition = standards.editions.get(name)
    if edition is None or not edition.open:
        name, edition = "", None
    first = _sheet(drafted, ORGANISATION, standards.organisation_questions, Scope(standards.region), read)
    locations = tuple(_locations(drafted, standards, read))
    named = Scope(standards.region, edition, None, tuple((one.key, one.title) for one in locations))
    offerings = _offerings(drafted, standards, named, read) if edition else ()
    misfit = str(drafted.get(MISFIT, {}).get(MISFIT, "")).strip()
    wrong = tuple(read((MISFIT_QUESTION,), Scope(standards.region), {MISFIT: misfit}).errors)
    open_editions = frozenset(key for key, one in standards.editions.items() if one.open)
    return Outline(name, edition, (first, *locations, *offerings), misfit, wrong, open_editions)


def parts_of(file: ProviderFile, edition: str) -> dict[str, dict[str, Raw]]:
    """The parts of a draft that says exactly what a provider's file says, as far as it is about this edition."""
    mine = [one for one in file.offerings if one.edition == edition]
    ends = {one.block: one.end.isoformat() for one in mine if one.end}
    return {
        ORGANISATION: dict(file.organisation),
        **{f"location/{one.key}": dict(one.answers) for one in file.locations},
        BLOCKS: {"blocks": [one.block for one in mine], "edition": edition, "ends": ends},
        **{f"offering/{edition}/{one.block}": dict(one.answers) for one in mine},
    }


def _locations(drafted: Drafted, standards: Standards, read: Read) -> Iterator[Sheet]:
    for name in drafted:
        kind, _, key = name.partition("/")
        if kind == "location":
            sheet = _sheet(drafted, name, standards.location_questions, Scope(standards.region), read)
            yield replace(sheet, title=str(sheet.reading.parsed.get("name", key)))


def _offerings(drafted: Drafted, standards: Standards, scope: Scope, read: Read) -> Iterator[Sheet]:
    chosen = drafted[BLOCKS]
    wanted, ends = chosen.get("blocks"), chosen.get("ends")
    if scope.edition is None or not isinstance(wanted, list | tuple):
        return
    for area, block in scope.edition.blocks():
        if block.slug in wanted:
            name = f"offering/{chosen['edition']}/{block.slug}"
            questions = standards.questions_for(area, block)
            sheet = _sheet(drafted, name, questions, replace(scope, block=block), read)
            typed = ends.get(block.slug) if isinstance(ends, Mapping) else None
            end = _day(typed)
            wrong = bool(typed) and end is None
            yield replace(sheet, title=block.plain_title, area=area, end=end, end_is_wrong=wrong)


def _sheet(drafted: Drafted, name: str, questions: Sequence[Question], scope: Scope, read: Read) -> Sheet:
    answers = drafted.get(name, {})
    kind, _, rest = name.partition("/")
    return Sheet(
        name=name,
        kind="location" if kind == "location" else "offering" if kind == "offering" else "organisation",
        key=rest.rpartition("/")[2],
        title="Uw organisatie",
        begun=bool(answers),
        reading=read(questions, scope, answers),
        scope=scope,
    )


def _day(raw: Raw) -> date | None:
    try:
        return parse_date(raw)
    except InvalidValueError:
        return None
