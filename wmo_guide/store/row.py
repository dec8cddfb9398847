"""Answers in as little room as they can have: a large guide keeps those of tens of thousands of offers in memory."""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, Mapping
from typing import TypeVar, overload

from wmo_guide.domain.provider import Answer

Default = TypeVar("Default")


class Row(Mapping[str, Answer]):
    """An immutable mapping that shares its keys with all others that have the same ones: a third of a dict's size."""

    __slots__ = ("_places", "_values")

    def __init__(self, places: Mapping[str, int], values: tuple[Answer, ...]) -> None:
        """`places` tells at which place of `values` the answer to each question stands."""
        self._places = places
        self._values = values

    def __getitem__(self, key: str) -> Answer:
        return self._values[self._places[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._values)

    # The ones of Mapping would ask for each key apart, and try and fail where one is missing: that takes far longer.

    def items(self) -> ItemsView[str, Answer]:
        """Keys and answers, in their order."""
        return dict(zip(self._places, self._values, strict=True)).items()

    @overload
    def get(self, key: str, /) -> Answer | None: ...

    @overload
    def get(self, key: str, default: Answer | Default, /) -> Answer | Default: ...

    def get(self, key: str, default: Answer | Default | None = None, /) -> Answer | Default | None:
        """The answer to a question; when it wasn't answered, what was given instead."""
        place = self._places.get(key)
        return default if place is None else self._values[place]

    def __contains__(self, key: object) -> bool:
        return key in self._places

    def __repr__(self) -> str:
        return f"Row({dict(self)})"

    def __reduce__(self) -> tuple[type[Row], tuple[Mapping[str, int], tuple[Answer, ...]]]:
        return Row, (self._places, self._values)
