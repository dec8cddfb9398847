"""Answers made ready for a page: heading, texts, and since when they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from wmo_guide.domain.kinds import KINDS, Scope, Shown
from wmo_guide.domain.provider import Answers, Location, Provider
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards
from wmo_guide.guide.book import Offer


class Fact(NamedTuple):
    """One answer as a page shows it."""

    key: str
    heading: str
    shown: Shown
    since: date | None = None
    """Since when the answer holds, for answers that change fast."""


def organisation_facts(provider: Provider, standards: Standards, leave_out: Collection[str] = ()) -> list[Fact]:
    """What the provider told about itself."""
    return list(_facts(standards.organisation_questions, provider.organisation, Scope(standards.region), leave_out))


def location_facts(location: Location, standards: Standards, leave_out: Collection[str] = ()) -> list[Fact]:
    """What the provider told about a location."""
    return list(_facts(standards.location_questions, location.answers, Scope(standards.region), leave_out))


def offer_facts(offer: Offer, standards: Standards, leave_out: Collection[str] = ()) -> list[Fact]:
    """What the provider told about an offer."""
    questions = standards.questions_for(offer.area, offer.block)
    return list(_facts(questions, offer.offering.answers, _scope(offer, standards), leave_out, offer.offering.dates))


def card_facts(offer: Offer, standards: Standards) -> list[Fact]:
    """The few answers that lists of providers show."""
    answers = offer.offering.answers
    questions = [
        one
        for one in standards.questions_for(offer.area, offer.block)
        if one.card and answers.get(one.key, False) is not False
    ]
    return list(_facts(questions, answers, _scope(offer, standards), (), offer.offering.dates))


def _scope(offer: Offer, standards: Standards) -> Scope:
    places = tuple((one.key, str(one.answers["name"])) for one in offer.provider.locations)
    return Scope(standards.region, offer.edition, offer.block, places)


def _facts(
    questions: Iterable[Question],
    answers: Answers,
    scope: Scope,
    leave_out: Collection[str],
    dates: Mapping[str, date] | None = None,
) -> Iterator[Fact]:
    told = dict(answers.items())
    for question in questions:
        key = question.key
        if key in told and key not in leave_out and question.audience == "public":
            shown = KINDS[question.kind].show(told[key], question, scope)
            since = dates.get(key) if dates and question.dated else None
            yield Fact(key, question.heading, shown, since)
