"""The division of the country: which municipalities there are, by the list of Statistics Netherlands (CBS)."""

from __future__ import annotations

from functools import cached_property

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.values import CbsCode, Line, PastDay, WebAddress


class ListedMunicipality(Record):
    """A municipality as the list has it."""

    code: CbsCode
    """CBS code."""
    name: Line
    """Official name."""
    province: Line
    """Province."""


class Division(Record):
    """All municipalities of one day. Lives in `shared/municipalities.yaml`; without it codes are not checked."""

    day: PastDay
    """The day of which this is the division; a new list comes every 1 January."""
    source: Line
    """Who made the list, and its licence."""
    url: WebAddress
    """Where the newest list is found."""
    municipalities: tuple[ListedMunicipality, ...] = Field(min_length=1)
    """The municipalities."""

    @cached_property
    def by_code(self) -> dict[str, ListedMunicipality]:
        """The municipalities by their code."""
        return {one.code: one for one in self.municipalities}

    @cached_property
    def by_name(self) -> dict[str, ListedMunicipality]:
        """The municipalities by their name."""
        return {one.name: one for one in self.municipalities}

    @cached_property
    def provinces(self) -> frozenset[str]:
        """The names of the provinces."""
        return frozenset(one.province for one in self.municipalities)
