"""Three versions of a provider's file: the one that a submission builds on, the submission, and what the guide has now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal, TypeAlias

from provider_forms.desk.differences import END, START, FieldChange, PartChange, compare
from provider_forms.desk.taken_apart import (
    FilePart,
    Head,
    Parts,
    head_of,
    put_together,
    questions_of,
    read_file,
    taken_apart,
)
from wmo_guide.domain.provider import ProviderFile, Raw
from wmo_guide.domain.standards import Standards

WHOLE = "whole-part"
"""Stands for a location or an offering as a whole; no question's key has a hyphen."""
Side: TypeAlias = Literal["theirs", "guide"]
Place: TypeAlias = tuple[str, str]
_IN, _OUT = "Staat erin", "Staat er niet in"


@dataclass(frozen=True)
class Clash:
    """An answer that the submission and the guide have differently."""

    part: str
    title: str
    """What the part is about."""
    question: str
    label: str
    theirs: str
    """In words, as the provider sent it."""
    guide: str
    """In words, as it stands in the guide now."""
    suggested: Side | None
    """The side that changed it, when only one did; None when both did, or when nobody can tell."""

    @property
    def place(self) -> Place:
        """Which answer it is."""
        return self.part, self.question


@dataclass(frozen=True)
class Versions:
    """The three versions. Without a base nobody can tell who changed what."""

    base: ProviderFile | None
    theirs: ProviderFile
    guide: ProviderFile


def clashes(versions: Versions, standards: Standards) -> tuple[Clash, ...]:
    """All answers in which the submission differs from the guide, ordered as in the form."""
    by_them = _touched(versions.base, versions.theirs, standards)
    by_guide = _touched(versions.base, versions.guide, standards)

    def suggested(place: Place) -> Side | None:
        if versions.base is None or (place in by_them and place in by_guide):
            return None
        return "theirs" if place in by_them else "guide"

    parts = compare(versions.guide, versions.theirs, standards)
    return tuple(replace(one, suggested=suggested(one.place)) for part in parts for one in _clashes(part))


def guide_moved(versions: Versions, standards: Standards) -> bool:
    """Whether an answer in the guide changed since the submission's base; a new confirmation alone changes none."""
    return versions.base is None or bool(_touched(versions.base, versions.guide, standards))


def merged(versions: Versions, chosen: Mapping[Place, Side], standards: Standards, guide_text: str) -> str:
    """The text of the file with, for each clash, the chosen side. Everything else is the same on both sides."""
    theirs, guide = taken_apart(versions.theirs), taken_apart(versions.guide)
    parts = {one.name: one for one in _parts(theirs, guide, chosen, standards)}
    return put_together(_head(versions), parts, standards, guide_text)


def reworked(text: str, edits: Mapping[str, Mapping[str, Raw]], standards: Standards, today: date) -> str:
    """The text of a file in which staff wrote other answers for some parts, by the part's name.

    A dated answer that became another one is dated today. Parts that the file doesn't have stay out of it.
    """
    file = read_file(text)
    if file is None or not edits:
        return text
    parts = taken_apart(file)
    for name, answers in edits.items():
        if name in parts:
            parts[name] = _edited(parts[name], answers, standards, today)
    return put_together(replace(head_of(file), updated=today), parts, standards, text)


def _edited(part: FilePart, answers: Mapping[str, Raw], standards: Standards, today: date) -> FilePart:
    dated = [one.key for one in questions_of(part.name, standards) if one.dated and answers.get(one.key)]
    before = part.answers
    dates = {key: part.dates[key] if before.get(key) == answers[key] and key in part.dates else today for key in dated}
    return replace(part, answers=dict(answers), dates=dates)


def _touched(old: ProviderFile | None, new: ProviderFile, standards: Standards) -> frozenset[Place]:
    return frozenset(one.place for part in compare(old, new, standards) for one in _clashes(part))


def _clashes(part: PartChange) -> Iterator[Clash]:
    if part.how == "kept":
        yield from (_clash(part, one) for one in part.changed)
    else:
        theirs, guide = (_IN, _OUT) if part.how == "new" else (_OUT, _IN)
        yield Clash(part.name, part.title, WHOLE, part.title, theirs, guide, None)


def _clash(part: PartChange, one: FieldChange) -> Clash:
    return Clash(part.name, part.title, one.question, one.label, one.new, one.old, None)


def _parts(theirs: Parts, guide: Parts, chosen: Mapping[Place, Side], standards: Standards) -> Iterator[FilePart]:
    for name in dict.fromkeys((*guide, *theirs)):
        here, there = theirs.get(name), guide.get(name)
        if here is not None and there is not None:
            yield _joined(here, there, chosen, standards)
            continue
        side: Side = chosen.get((name, WHOLE), "guide")
        one = here if side == "theirs" else there
        if one is not None:
            yield one


def _joined(theirs: FilePart, guide: FilePart, chosen: Mapping[Place, Side], standards: Standards) -> FilePart:
    sides: dict[Side, FilePart] = {"theirs": theirs, "guide": guide}
    answers: dict[str, Raw] = {}
    dates: dict[str, date] = {}
    dated = {one.key for one in questions_of(theirs.name, standards) if one.dated}
    for key in dict.fromkeys((*theirs.answers, *guide.answers)):
        source = sides[chosen.get((theirs.name, key), "guide")]
        if key in source.answers:
            answers[key] = source.answers[key]
        if key in dated and key in source.dates:
            dates[key] = source.dates[key]
    start = sides[chosen.get((theirs.name, START), "guide")].start
    end = sides[chosen.get((theirs.name, END), "guide")].end
    return FilePart(theirs.name, answers, start, end, dates)


def _head(versions: Versions) -> Head:
    theirs, guide = head_of(versions.theirs), head_of(versions.guide)
    confirmed = max(theirs.confirmed, guide.confirmed, key=lambda one: one.on)
    return Head(guide.example, max(theirs.updated, guide.updated), confirmed)
