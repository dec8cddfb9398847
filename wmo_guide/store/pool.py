"""Equal values of many providers made one value, so that a large guide fits in little memory."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from sys import intern
from typing import TypeVar

from wmo_guide.domain.provider import Answer, Answers, Confirmation, Location, Offering, Provider
from wmo_guide.store.row import Row

Value = TypeVar("Value")
_SHORT = 60
"""Longer texts are seldom said twice."""


class Pool:
    """Gives the same object for equal values. They are immutable, so only the memory they take can tell."""

    def __init__(self) -> None:
        self._known: dict[object, object] = {}
        self._places: dict[tuple[str, ...], Mapping[str, int]] = {}
        """The keys of rows, with their places."""

    def provider(self, one: Provider) -> Provider:
        """An equal provider that shares its values with all others of this pool."""
        return Provider(
            slug=one.slug,
            digest=one.digest,
            example=one.example,
            updated=self._same(one.updated, one.updated),
            confirmed=self._confirmation(one.confirmed),
            organisation=self._answers(one.organisation),
            locations=tuple(Location(intern(each.key), self._answers(each.answers)) for each in one.locations),
            offerings=tuple(map(self._offering, one.offerings)),
        )

    def _offering(self, one: Offering) -> Offering:
        answers, dates = self._answers(one.answers), self._dates(one.dates)
        return Offering(intern(one.edition), intern(one.block), one.start, one.end, answers, dates)

    def _confirmation(self, one: Confirmation) -> Confirmation:
        return self._same((Confirmation, one.on, one.by), one)

    def _answers(self, answers: Answers) -> Answers:
        keys = tuple(answers)
        places = self._places.get(keys)
        if places is None:
            places = self._places[keys] = {intern(key): place for place, key in enumerate(keys)}
        return Row(places, tuple(map(self._answer, answers.values())))

    def _answer(self, value: Answer) -> Answer:
        if isinstance(value, str):
            return value if len(value) > _SHORT else self._same(value, value)
        if isinstance(value, tuple):
            return self._same(value, tuple(map(intern, value)))
        if isinstance(value, Mapping):
            levels = {intern(axis): tuple(map(intern, keys)) for axis, keys in value.items()}
            return self._same((Mapping, *levels.items()), levels)
        return self._same((type(value), value), value)  # with its type: 1 and True are equal, and not the same

    def _dates(self, dates: Mapping[str, date]) -> Mapping[str, date]:
        return self._same((date, *dates.items()), dates)

    def _same(self, key: object, value: Value) -> Value:
        return self._known.setdefault(key, value)  # type: ignore[return-value]  # equal keys stand for equal values
