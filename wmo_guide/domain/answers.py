"""From answers as they arrive to a provider whose every answer was parsed by its question's kind."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from wmo_guide.domain.findings import Finding, InvalidValueError, KeyPath, choose_from
from wmo_guide.domain.kinds import KINDS, Scope
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea
from wmo_guide.domain.provider import (
    Answer,
    Answers,
    Location,
    Offering,
    OfferingFile,
    Provider,
    ProviderFile,
    Raw,
)
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Doubt, Standards, static_facts


@dataclass
class _Reader:
    """Collects findings while one provider's answers are read."""

    standards: Standards
    findings: list[Finding] = field(default_factory=list)

    @cached_property
    def doubt(self) -> Doubt:
        """What nobody can be blamed for."""
        return self.standards.doubt or Doubt()

    def answers(
        self, questions: Iterable[Question], raw: Mapping[str, Raw], scope: Scope, path: KeyPath, *, whole: bool = True
    ) -> Answers:
        """Parsed answers in the order of the questions. Unless they are the `whole` form, others may be asked too."""
        asked = {question.key: question for question in questions}
        found: dict[str, Answer] = {}
        unsure = self.doubt.kinds
        for key, question in asked.items():
            if key in raw and question.kind not in unsure:
                self._read(question, raw[key], scope, path, found)
        facts = {**block_facts(scope), **answer_facts(found, scope)}
        wrong = {key for key in asked if key in raw and key not in found}
        if not whole:
            needed = {name.removeprefix("answer.") for one in asked.values() for name in one.when if "answer." in name}
            wrong |= {*needed, "levels"} - asked.keys()
        sure = {key: one for key, one in asked.items() if not _hangs_on(one, wrong)} if wrong else asked
        if whole:
            self.findings.extend(_strangers(asked, raw, path))
        self.findings.extend(_misplaced(sure, raw, facts, path))
        self.findings.extend(_unanswered(sure, raw, facts, path))
        return found

    def part(
        self, part: Literal["organisation", "location"], raw: Mapping[str, Raw], scope: Scope, path: KeyPath
    ) -> Answers:
        """Parsed answers about the organisation or a location."""
        of_region = self.standards.region.question_sets
        if part == "organisation":
            name, questions = of_region.organisation, self.standards.organisation_questions
        else:
            name, questions = of_region.location, self.standards.location_questions
        return self.answers(questions, raw, scope, path, whole=name not in self.doubt.sets)

    def _read(self, question: Question, raw: Raw, scope: Scope, path: KeyPath, found: dict[str, Answer]) -> None:
        try:
            found[question.key] = KINDS[question.kind].parse(raw, question, scope)
        except InvalidValueError as error:
            self.findings.append(Finding((*path, question.key, *error.path), error.message))

    def offering(self, raw: OfferingFile, scope: Scope, path: KeyPath) -> Offering | None:
        """The offering, or nothing when its edition or block can't be offered."""
        place = self._place(raw, path)
        if place is None:
            return None
        edition, area, block = place
        inner = Scope(scope.region, edition, block, scope.locations)
        questions = self.standards.questions_for(area, block)
        names = (*self.standards.region.question_sets.offering, *block.question_sets)
        whole = raw.edition not in self.doubt.editions and self.doubt.sets.isdisjoint(names)
        answers = self.answers(questions, raw.answers, inner, (*path, "answers"), whole=whole)
        self.findings.extend(_out_of_time(raw, edition, path))
        self.findings.extend(_misdated(questions, raw, answers, path, whole=whole))
        return Offering(raw.edition, raw.block, raw.start, raw.end, answers, raw.dates)

    def _place(self, raw: OfferingFile, path: KeyPath) -> tuple[Edition, ResultArea, BuildingBlock] | None:
        edition = self.standards.editions.get(raw.edition)
        unsure = raw.edition in self.doubt.editions
        if unsure and (edition is None or raw.block not in edition.by_slug):
            return None
        if edition is None:
            known = choose_from(key for key, one in self.standards.editions.items() if one.open)
            self._refuse((*path, "edition"), f'Editie "{raw.edition}" bestaat niet in deze regio. {known}')
        elif not edition.open:
            self._refuse(
                (*path, "edition"), f'Editie "{raw.edition}" geldt niet meer. Zet het aanbod onder de nieuwe editie.'
            )
        elif raw.block not in edition.by_slug:
            known = ", ".join(edition.by_slug)
            self._refuse(
                (*path, "block"), f'Bouwsteen "{raw.block}" bestaat niet in editie {raw.edition}. Kies uit: {known}.'
            )
        else:
            return (edition, *edition.by_slug[raw.block])
        return None

    def _refuse(self, path: KeyPath, message: str) -> None:
        self.findings.append(Finding(path, message))


def read_provider(
    slug: str, digest: str, raw: ProviderFile, standards: Standards
) -> tuple[Provider | None, list[Finding]]:
    """The provider with parsed answers, and everything that is wrong with it.

    There is a provider only when nothing is wrong.
    """
    reader = _Reader(standards)
    scope = Scope(standards.region)
    organisation = reader.part("organisation", raw.organisation, scope, ("organisation",))
    locations = tuple(
        Location(one.key, reader.part("location", one.answers, scope, ("locations", i, "answers")))
        for i, one in enumerate(raw.locations)
    )
    named = Scope(
        standards.region, locations=tuple((one.key, str(one.answers.get("name", one.key))) for one in locations)
    )
    offerings = tuple(reader.offering(one, named, ("offerings", i)) for i, one in enumerate(raw.offerings))
    reader.findings.extend(_twice(raw))
    if reader.findings:
        return None, reader.findings
    kept = tuple(one for one in offerings if one is not None)
    return Provider(slug, digest, raw.example, raw.updated, raw.confirmed, organisation, locations, kept), []


def block_facts(scope: Scope) -> dict[str, object]:
    """What conditions of questions may ask about the block at hand; nothing when there is none."""
    if scope.block is None or scope.edition is None:
        return {}
    return static_facts(*scope.edition.by_slug[scope.block.slug])


def answer_facts(found: Answers, scope: Scope) -> dict[str, object]:
    """What conditions of questions may ask about parsed answers."""
    levels = found.get("levels")
    exceptional = isinstance(levels, Mapping) and any(
        scope.edition.by_axis[axis].level(key).exceptional
        for axis, keys in levels.items()
        for key in keys
        if scope.edition
    )
    return {"level.exceptional": exceptional, **{f"answer.{key}": value for key, value in found.items()}}


def _hangs_on(question: Question, wrong: Collection[str]) -> bool:
    """Whether nobody can tell if the question is asked, because an answer it depends on is wrong itself."""
    return any(
        name.removeprefix("answer.") in wrong or (name.startswith("level.") and "levels" in wrong)
        for name in question.when
    )


def _strangers(asked: Mapping[str, Question], raw: Mapping[str, Raw], path: KeyPath) -> Iterator[Finding]:
    public = [key for key, question in asked.items() if question.audience != "staff"]  # others may not stand there
    for key in raw:
        if key not in asked:
            yield Finding((*path, key), f'De vraag "{key}" bestaat hier niet. {choose_from(public)}')


def _misplaced(
    asked: Mapping[str, Question], raw: Mapping[str, Raw], facts: Mapping[str, object], path: KeyPath
) -> Iterator[Finding]:
    for key in raw:
        question = asked.get(key)
        if question is None:
            continue
        if question.audience == "staff":
            yield Finding(
                (*path, key),
                f'"{key}" is alleen voor medewerkers en mag niet in de openbare inhoud staan. Haal het weg.',
            )
        elif not question.applies(facts):
            yield Finding(
                (*path, key),
                f'De vraag "{key}" hoort niet bij deze bouwsteen of bij deze antwoorden. Haal het antwoord weg.',
            )


def _unanswered(
    asked: Mapping[str, Question], raw: Mapping[str, Raw], facts: Mapping[str, object], path: KeyPath
) -> Iterator[Finding]:
    for key, question in asked.items():
        if question.required and question.audience == "public" and key not in raw and question.applies(facts):
            yield Finding((*path, key), f'Het antwoord "{key}" ontbreekt. Vul in: {question.label}')


def _out_of_time(raw: OfferingFile, edition: Edition, path: KeyPath) -> Iterator[Finding]:
    """An offering has a day to be shown on, and that is a day of its edition."""
    if raw.start is not None and raw.end is not None and raw.end < raw.start:
        yield Finding((*path, "end"), "De einddatum ligt voor de begindatum. Verbeter er één.")
    elif raw.start is not None and edition.ended_on(raw.start):
        message = f"Editie {raw.edition} geldt dan niet meer, dus niemand ziet dit aanbod. Verbeter de begindatum."
        yield Finding((*path, "start"), message)
    elif raw.end is not None and raw.end < edition.start:
        message = f"Editie {raw.edition} geldt dan nog niet, dus niemand ziet dit aanbod. Verbeter de einddatum."
        yield Finding((*path, "end"), message)


def _misdated(
    questions: Iterable[Question], raw: OfferingFile, found: Answers, path: KeyPath, *, whole: bool
) -> Iterator[Finding]:
    """Dates stand beside the answers that have one, and beside no others. An answer that is wrong needs none yet."""
    dated = [question.key for question in questions if question.dated]
    for key in raw.dates:
        if key not in raw.answers:
            yield Finding((*path, "dates", key), f'"{key}" is hier niet beantwoord. Haal deze datum weg.')
        elif key not in dated and whole:
            yield Finding((*path, "dates", key), f'Bij "{key}" hoort geen datum. Haal deze datum weg.')
    for key in dated:
        if key in found and key not in raw.dates:
            message = f'Zet onder dates sinds wanneer het antwoord "{key}" klopt, zoals {key}: 2026-11-22.'
            yield Finding((*path, "dates", key), message)


def _twice(raw: ProviderFile) -> Iterator[Finding]:
    seen: set[object] = set()
    for index, place in enumerate(raw.locations):
        if place.key in seen:
            yield Finding(
                ("locations", index, "key"),
                f'Locatie "{place.key}" staat er twee keer. Geef elke locatie een eigen sleutel.',
            )
        seen.add(place.key)
    for index, one in enumerate(raw.offerings):
        if (one.edition, one.block) in seen:
            yield Finding(
                ("offerings", index, "block"), f'Bouwsteen "{one.block}" staat er twee keer. Voeg de twee samen.'
            )
        seen.add((one.edition, one.block))
