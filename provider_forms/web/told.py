"""What was posted, in words: with the question that each text answers, and choices as the form calls them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from flask import g
from sqlalchemy.exc import SQLAlchemyError

from provider_forms.desk.models import Organisation
from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from provider_forms.web.forms.form import PREFIX
from provider_forms.web.forms.kinds import FIELD_KINDS
from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards

_OFFERING = re.compile(r"(?:.*/aanbod/)?([^/]+)/([^/]+)(?:/einde)?")
_OWN = {"misfit": "Wat niet in de matrix past", "end": "De laatste dag", "blocks": "Gekozen bouwstenen"}
"""Headings of what the forms ask by themselves."""


@dataclass(frozen=True)
class Told:
    """One text that was typed or chosen."""

    label: str
    """What it answers; empty when nobody knows."""
    text: str


def told(fields: Mapping[str, Sequence[str]], path: str) -> list[Told]:
    """All that people typed or chose in the fields of the page with this path."""
    known = _standards()
    answers = [(name, [text for text in texts if text.strip()]) for name, texts in fields.items()]
    return [_told(known, path, name, texts) for name, texts in answers if texts and name.startswith((PREFIX, "email"))]


def _standards() -> Standards | None:
    """What the organisation of this address is asked; None when nobody knows, also when the database is broken."""
    number = g.get("organisation_id")
    try:
        with desk().database.read() as session:
            found = session.get(Organisation, number) if number else None
            region = found.region if found else ""
    except SQLAlchemyError:
        return None
    return standards(region, or_none=True) if region else None


def _told(known: Standards | None, path: str, name: str, texts: Sequence[str]) -> Told:
    if not name.startswith(PREFIX):
        return Told("E-mailadres", "\n".join(texts))
    key, _, rest = name.removeprefix(PREFIX).partition(".")
    if known is None:
        return Told("", "\n".join(texts))
    # On the page of all waiting times the field's name tells which block it is about.
    scope = _scope(known, path) or _scope(known, rest.replace(".", "/")) or Scope(known.region)
    question = next((one for one in _questions(known, scope, path) if one.key == key), None)
    if question is None:
        label = _OWN.get(key, "")
        titles = {
            slug: block.plain_title for one in known.editions.values() for slug, (_, block) in one.by_slug.items()
        }
        return Told(label, "\n".join(titles.get(text, text) for text in texts) if key == "blocks" else "\n".join(texts))
    groups = FIELD_KINDS[question.kind].groups(question, scope)
    legend = next((group.legend for group in groups if group.axis and group.axis == rest), "")
    words = {one.value: one.label for group in groups if not legend or group.axis == rest for one in group.options}
    about = scope.block.plain_title if scope.block and rest and not legend else legend
    return Told(
        " \N{EN DASH} ".join(filter(None, (question.label, about))), "\n".join(words.get(one, one) for one in texts)
    )


def _scope(known: Standards, path: str) -> Scope | None:
    """The block that a path is about."""
    found = _OFFERING.fullmatch(path)
    edition = known.editions.get(found[1]) if found else None
    if found is None or edition is None or found[2] not in edition.by_slug:
        return None
    return Scope(known.region, edition, edition.by_slug[found[2]][1])


def _questions(known: Standards, scope: Scope, path: str) -> Iterator[Question]:
    """The questions of the page first; then all others, because its block or set may be gone."""
    if scope.edition and scope.block:
        yield from known.questions_for(*scope.edition.by_slug[scope.block.slug])
    if "/locaties/" in path:
        yield from known.location_questions
    yield from known.organisation_questions
    for one in known.question_sets.values():
        yield from one.questions
