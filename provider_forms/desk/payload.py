"""From a draft to exactly the YAML that would stand in content/ as the provider's file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import ValidationError

from provider_forms.desk.outline import Outline, Read, Sheet, outline, parts_of
from wmo_guide.domain.answers import read_provider
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.kinds.base import Dumped
from wmo_guide.domain.provider import OfferingFile, Provider, ProviderFile
from wmo_guide.domain.standards import Standards
from wmo_guide.store.messages import findings_of
from wmo_guide.store.write import CommentError, dump, rewrite
from wmo_guide.store.yaml_text import Tree, read_tree

CONFIRMED_BY = "de aanbieder"


@dataclass(frozen=True)
class Owner:
    """Whose file it is."""

    slug: str
    example: bool
    base: ProviderFile | None
    """The file as it stands in content/."""
    text: str
    """Its text."""


@dataclass(frozen=True)
class Assembled:
    """A draft as a file."""

    yaml_text: str
    private: dict[str, Any]
    """Answers for staff alone, by part; what doesn't fit the matrix; lines of remarks that a rewrite would lose."""
    dates: Mapping[str, Mapping[str, date]]
    """Since when dated answers hold, by part."""
    provider: Provider | None
    """The provider as the guide would show it; None while anything is wrong."""
    findings: tuple[Finding, ...]


def assemble(draft: Outline, owner: Owner, standards: Standards, read: Read, today: date) -> Assembled:
    """The file that a draft makes.

    Answers stand in the order of the questions, in their normal form. Offerings that the file had come first and in
    their old order; those that were not chosen any more, that have ended, or whose edition is closed are left out.
    """
    old = outline(parts_of(owner.base, draft.edition_name), standards, read) if owner.base else None
    dates = {sheet.name: _dates(sheet, _before(owner.base, sheet, old), today) for sheet in draft.of("offering")}
    body = _body(draft, owner, dates, today)
    edited = owner.base is None or old is None or body != _body(old, owner, _dates_of(owner.base), today)
    updated = today if edited or owner.base is None else owner.base.updated
    tree: dict[str, Tree] = {
        **({"example": "true"} if owner.example else {}),
        "updated": updated.isoformat(),
        "confirmed": {"on": today.isoformat(), "by": CONFIRMED_BY},
        **body,
    }
    text, remarks = _written(owner.text, tree)
    provider, findings = check(owner.slug, text, standards)
    return Assembled(text, _private(draft, remarks), dates, provider, findings)


def check(slug: str, text: str, standards: Standards) -> tuple[Provider | None, tuple[Finding, ...]]:
    """The provider in a file's text, read back as the press reads it, and everything that is wrong with it."""
    try:
        file = ProviderFile.model_validate(read_tree(text))
    except ValidationError as error:
        return None, tuple(findings_of(error))
    digest = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    provider, findings = read_provider(slug, digest, file, standards)
    return provider, tuple(findings)


def changed(
    text: str, standards: Standards, answers: Mapping[tuple[str, str], Mapping[str, Dumped]], today: date
) -> str:
    """A provider's file with other answers for some offerings, by edition and block; everything else stays as it is.

    The changed answers are dated today where the question is dated; an empty answer is taken away.
    """
    tree = read_tree(text)
    for offering in _offerings_in(tree):
        fresh = answers.get((str(offering["edition"]), str(offering["block"])))
        if fresh is not None:
            _change(offering, fresh, standards, today)
    if isinstance(tree, dict):
        tree["updated"] = today.isoformat()
    return _written(text, tree)[0]


def confirmed(text: str, today: date) -> str:
    """A provider's file with a new confirmation, and nothing else changed."""
    tree = read_tree(text)
    if isinstance(tree, dict):
        tree["confirmed"] = {"on": today.isoformat(), "by": CONFIRMED_BY}
    return _written(text, tree)[0]


def _body(draft: Outline, owner: Owner, dates: Mapping[str, Mapping[str, date]], today: date) -> dict[str, Tree]:
    """Everything but who confirmed and edited it when."""
    order = _order(owner.base)
    locations = sorted(draft.of("location"), key=lambda sheet: order.get(sheet.name, len(order)))
    offerings = [_offering(sheet, owner.base, dates) for sheet in draft.of("offering") if not _ended(sheet, today)]
    offerings += [_as_it_was(one) for one in _elsewhere(draft, owner.base)]
    offerings.sort(key=lambda one: order.get(f"offering/{one['edition']}/{one['block']}", len(order)))
    body: dict[str, Tree] = {"organisation": _tree(draft.organisation.reading.public)}
    if locations:
        body["locations"] = [{"key": one.key, "answers": _tree(one.reading.public)} for one in locations]
    if offerings:
        body["offerings"] = list(offerings)
    return body


def _offering(sheet: Sheet, base: ProviderFile | None, dates: Mapping[str, Mapping[str, date]]) -> dict[str, Tree]:
    before = _in_file(base, sheet)
    mine = dates.get(sheet.name, {})
    entry: dict[str, Tree] = {"edition": sheet.name.split("/")[1], "block": sheet.key}
    if before is not None and before.start is not None:
        entry["start"] = before.start.isoformat()
    if sheet.end is not None:
        entry["end"] = sheet.end.isoformat()
    entry["answers"] = _tree(sheet.reading.public)
    if mine:
        entry["dates"] = {key: day.isoformat() for key, day in mine.items()}
    return entry


def _as_it_was(one: OfferingFile) -> dict[str, Tree]:
    """An offering of another edition, which this form doesn't ask about."""
    raw = one.model_dump(mode="json", exclude_none=True, exclude_defaults=True)
    return {key: value for key, value in raw.items() if value}


def _elsewhere(draft: Outline, base: ProviderFile | None) -> Iterator[OfferingFile]:
    editions = draft.open_editions - {draft.edition_name}
    yield from (one for one in (base.offerings if base else ()) if one.edition in editions)


def _dates(sheet: Sheet, before: Mapping[str, tuple[Dumped, date | None]], today: date) -> dict[str, date]:
    """Since when dated answers hold: as the file said while the answer is the same, else from today."""
    found = {}
    for field in sheet.reading.fields:
        answer = sheet.reading.public.get(field.question.key)
        if field.question.dated and answer is not None:
            old, since = before.get(field.question.key, (None, None))
            found[field.question.key] = since if since and answer == old else today
    return found


def _before(base: ProviderFile | None, sheet: Sheet, old: Outline | None) -> dict[str, tuple[Dumped, date | None]]:
    """The answers that the file has, each with its day if it has one."""
    was, file = old.by_name.get(sheet.name) if old else None, _in_file(base, sheet)
    if was is None or file is None:
        return {}
    return {key: (answer, file.dates.get(key)) for key, answer in was.reading.public.items()}


def _dates_of(base: ProviderFile) -> dict[str, Mapping[str, date]]:
    return {f"offering/{one.edition}/{one.block}": one.dates for one in base.offerings}


def _in_file(base: ProviderFile | None, sheet: Sheet) -> OfferingFile | None:
    edition = sheet.name.split("/")[1]
    mine = (one for one in (base.offerings if base else ()) if (one.edition, one.block) == (edition, sheet.key))
    return next(mine, None)


def _order(base: ProviderFile | None) -> dict[str, int]:
    """The place of each part in the file as it is."""
    if base is None:
        return {}
    names = [f"location/{one.key}" for one in base.locations]
    names += [f"offering/{one.edition}/{one.block}" for one in base.offerings]
    return {name: place for place, name in enumerate(names)}


def _ended(sheet: Sheet, today: date) -> bool:
    return sheet.end is not None and sheet.end < today


def _private(draft: Outline, remarks: tuple[int, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {sheet.name: _tree(sheet.reading.private) for sheet in draft.sheets}
    found["misfit"] = {"misfit": draft.misfit} if draft.misfit else {}
    found["remarks"] = {"lines": list(remarks)} if remarks else {}
    return {name: answers for name, answers in found.items() if answers}


def _written(old: str, tree: Tree) -> tuple[str, tuple[int, ...]]:
    """The text, with the remarks at the top of the old one; remarks elsewhere are told by their lines, for staff."""
    try:
        return rewrite(old, tree), ()
    except CommentError as error:
        return dump(tree), error.lines


def _tree(answers: Mapping[str, Any]) -> dict[str, Tree]:
    return dict(answers)


def _offerings_in(tree: Tree) -> Iterator[dict[str, Any]]:
    found = tree.get("offerings", []) if isinstance(tree, dict) else []
    yield from (one for one in found if isinstance(one, dict))


def _change(offering: dict[str, Any], fresh: Mapping[str, Dumped], standards: Standards, today: date) -> None:
    area, block = standards.editions[offering["edition"]].by_slug[offering["block"]]
    questions = standards.questions_for(area, block)
    answers = {**offering["answers"], **fresh}
    offering["answers"] = {one.key: answers[one.key] for one in questions if answers.get(one.key)}
    dates = {**offering.pop("dates", {}), **{key: today.isoformat() for key in fresh}}
    kept = {one.key: dates[one.key] for one in questions if one.dated and one.key in dates and answers.get(one.key)}
    if kept:
        offering["dates"] = kept
