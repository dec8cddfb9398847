"""A provider's file taken apart into the pages of the form, and put together again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from pydantic import ValidationError

from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea
from wmo_guide.domain.provider import Confirmation, ProviderFile, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards
from wmo_guide.store.write import CommentError, dump, in_order, rewrite
from wmo_guide.store.yaml_text import Tree, YamlTextError, read_tree

ORGANISATION = "organisation"
LOCATION = "location/"
OFFERING = "offering/"


@dataclass(frozen=True)
class FilePart:
    """The organisation, a location or an offering as it stands in the file."""

    name: str
    """Name of the form's page."""
    answers: Mapping[str, Raw]
    start: date | None = None
    end: date | None = None
    dates: Mapping[str, date] = field(default_factory=dict)


@dataclass(frozen=True)
class Head:
    """What stands in the file beside answers."""

    example: bool
    updated: date
    confirmed: Confirmation


Parts = Mapping[str, FilePart]


def fingerprint(text: str) -> str:
    """What tells a file's text from all others, as the store and `Submission.base` tell it."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def read_file(text: str) -> ProviderFile | None:
    """The file in a text; None when it can't be read."""
    try:
        return ProviderFile.model_validate(read_tree(text))
    except (ValidationError, YamlTextError):
        return None


def head_of(file: ProviderFile) -> Head:
    """What the file tells beside answers."""
    return Head(file.example, file.updated, file.confirmed)


def taken_apart(file: ProviderFile) -> dict[str, FilePart]:
    """The parts in the order of the file, the organisation first."""
    locations = (FilePart(f"{LOCATION}{one.key}", one.answers) for one in file.locations)
    offerings = (
        FilePart(f"{OFFERING}{one.edition}/{one.block}", one.answers, one.start, one.end, one.dates)
        for one in file.offerings
    )
    parts = (FilePart(ORGANISATION, file.organisation), *locations, *offerings)
    return {one.name: one for one in parts}


def put_together(head: Head, parts: Parts, standards: Standards, old: str) -> str:
    """The text of the file that these parts make, with the answers in the order of the questions.

    Remarks that stand at the top of the old text stay there.
    """
    tree: dict[str, Tree] = {
        **({"example": "true"} if head.example else {}),
        "updated": head.updated.isoformat(),
        "confirmed": {"on": head.confirmed.on.isoformat(), "by": head.confirmed.by},
        "organisation": _answers(parts[ORGANISATION], standards),
    }
    locations: list[Tree] = [_location(one, standards) for one in parts.values() if one.name.startswith(LOCATION)]
    offerings: list[Tree] = [_offering(one, standards) for one in parts.values() if one.name.startswith(OFFERING)]
    if locations:
        tree["locations"] = locations
    if offerings:
        tree["offerings"] = offerings
    try:
        return rewrite(old, tree)
    except CommentError:
        return dump(tree)


def questions_of(name: str, standards: Standards) -> Sequence[Question]:
    """The questions of a page, in the order of asking; none when its block is no longer there."""
    if name == ORGANISATION:
        return standards.organisation_questions
    if name.startswith(LOCATION):
        return standards.location_questions
    place = place_of(name, standards)
    return standards.questions_for(place[1], place[2]) if place else ()


def place_of(name: str, standards: Standards) -> tuple[Edition, ResultArea, BuildingBlock] | None:
    """Where in a matrix the block of an offering stands; None when it is no longer there."""
    if not name.startswith(OFFERING):
        return None
    edition_name, _, block = name.removeprefix(OFFERING).rpartition("/")
    edition = standards.editions.get(edition_name)
    return (edition, *edition.by_slug[block]) if edition and block in edition.by_slug else None


def scope_of(name: str, parts: Parts, standards: Standards) -> Scope:
    """What answers on a page may refer to."""
    found = ((one.removeprefix(LOCATION), part) for one, part in parts.items() if one.startswith(LOCATION))
    locations = tuple((key, str(part.answers.get("name", key))) for key, part in found)
    place = place_of(name, standards)
    if place is None:
        return Scope(standards.region, locations=locations)
    return Scope(standards.region, place[0], place[2], locations)


def title_of(name: str, parts: Parts, standards: Standards) -> str:
    """What a page is about, for a reader."""
    if name == ORGANISATION:
        return "De organisatie"
    if name.startswith(LOCATION):
        key = name.removeprefix(LOCATION)
        return f"Locatie: {parts[name].answers.get('name', key) if name in parts else key}"
    place = place_of(name, standards)
    return f"Aanbod: {place[2].plain_title}" if place else f"Aanbod: {name.rpartition('/')[2]}"


def form_order(names: Sequence[str], standards: Standards) -> list[str]:
    """The pages as the form has them: organisation, locations as they stand, offerings in the order of the matrix."""
    order = [f"{OFFERING}{name}/{block.slug}" for name, one in standards.editions.items() for _, block in one.blocks()]
    places = {name: place for place, name in enumerate(order)}

    def rank(name: str) -> tuple[int, int]:
        return (0, 0) if name == ORGANISATION else (1, 0) if name.startswith(LOCATION) else (2, places.get(name, -1))

    return sorted(dict.fromkeys(names), key=rank)


def _answers(part: FilePart, standards: Standards) -> dict[str, Tree]:
    order = [one.key for one in questions_of(part.name, standards)]
    return in_order({key: answer for key, answer in part.answers.items() if answer not in ("", [], {}, None)}, order)


def _location(part: FilePart, standards: Standards) -> dict[str, Tree]:
    return {"key": part.name.removeprefix(LOCATION), "answers": _answers(part, standards)}


def _offering(part: FilePart, standards: Standards) -> dict[str, Tree]:
    edition, _, block = part.name.removeprefix(OFFERING).rpartition("/")
    answers = _answers(part, standards)
    dates: dict[str, Tree] = {key: day.isoformat() for key, day in part.dates.items() if key in answers}
    return {
        "edition": edition,
        "block": block,
        **({"start": part.start.isoformat()} if part.start else {}),
        **({"end": part.end.isoformat()} if part.end else {}),
        "answers": answers,
        **({"dates": dates} if dates else {}),
    }
