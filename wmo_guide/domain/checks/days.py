"""Days that can't be right: something that happened in the future, and two things in force at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple, get_args

from pydantic.fields import FieldInfo

from wmo_guide.domain.base import Record
from wmo_guide.domain.checks.common import records_in
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.provider import Provider
from wmo_guide.domain.values import PAST

REVERSED = "De einddatum ligt voor de begindatum. Wissel ze om of verbeter er één."


class Term(NamedTuple):
    """The days on which something is in force, its first and last included."""

    start: date
    end: date | None

    @property
    def reversed(self) -> bool:
        """Whether it ends before it begins."""
        return self.end is not None and self.end < self.start

    def meets(self, other: Term) -> bool:
        """Whether there is a day in both."""
        return self.start <= (other.end or date.max) and other.start <= (self.end or date.max)


def check_days(record: Record, latest: date) -> Iterator[Finding]:
    """Nothing in a record, at any depth, happened after the latest day that can be in the past."""
    for path, one in records_in(record):
        for key, name in _past_fields(type(one)):
            yield from _come(getattr(one, name), latest, (*path, key))


def check_provider_days(provider: Provider, latest: date) -> Iterable[Finding]:
    """The same for a provider."""
    return _provider_days(provider, latest) if last_day(provider) > latest else ()


def last_day(provider: Provider) -> date:
    """The last of all days on which something happened, as a provider tells them."""
    told = [provider.updated, provider.confirmed.on]
    for offering in provider.offerings:
        told += offering.dates.values()
    return max(told)


def _provider_days(provider: Provider, latest: date) -> Iterator[Finding]:
    yield from _come(provider.updated, latest, ("updated",))
    yield from _come(provider.confirmed.on, latest, ("confirmed", "on"))
    for index, offering in enumerate(provider.offerings):
        for key, day in offering.dates.items():
            yield from _come(day, latest, ("offerings", index, "dates", key))


def _come(day: date | None, latest: date, path: KeyPath) -> Iterator[Finding]:
    if day is not None and day > latest:
        yield Finding(
            path, f"{long_date(day).capitalize()} moet nog komen. Verbeter de datum; misschien klopt het jaar niet."
        )


@lru_cache
def _past_fields(model: type[Record]) -> tuple[tuple[str, str], ...]:
    """Key and name of the fields of a model that hold the day of something that happened."""
    return tuple((field.alias or name, name) for name, field in model.model_fields.items() if _is_past(field))


def _is_past(field: FieldInfo) -> bool:
    kinds = get_args(field.annotation)  # of "PastDay | None": PastDay and None
    return PAST in field.metadata or any(PAST in getattr(kind, "__metadata__", ()) for kind in kinds)


def overlaps(terms: Sequence[Term]) -> Iterator[tuple[int, int]]:
    """For each term that begins when another is in force: the place of that other, the longest one, and its own.

    Terms that end before they begin are told of elsewhere, and left out here.
    """
    order = sorted((place for place, term in enumerate(terms) if not term.reversed), key=lambda one: terms[one].start)
    longest = order[0] if order else 0
    for later in order[1:]:
        if terms[longest].meets(terms[later]):
            yield longest, later
        if (terms[later].end or date.max) > (terms[longest].end or date.max):
            longest = later


def check_terms_of_office(editions: Mapping[str, Edition]) -> Iterator[tuple[str, Finding]]:
    """At most one edition is in force on any day: the guide is about that one. Findings come with the edition's name.

    A former edition without an end is told of elsewhere, and left out here.
    """
    known = {name: Term(one.start, one.end) for name, one in editions.items() if one.open or one.end}
    names, terms = list(known), list(known.values())
    for earlier, later in overlaps(terms):
        advice = part_them(terms[earlier], terms[later])
        yield names[earlier], Finding(("end",), f'Editie "{names[later]}" geldt op dezelfde dagen. {advice}')


def part_them(earlier: Term, later: Term) -> str:
    """What to do about two terms that meet."""
    if earlier.start == later.start:
        return "Ze beginnen op dezelfde dag. Verbeter één van de twee."
    return f"Zet hier als end de dag voordat de andere begint: {later.start - timedelta(days=1)}."
