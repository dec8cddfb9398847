"""What a format is, and the parts that several of them have."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from wmo_guide.domain.dutch import enumeration
from wmo_guide.domain.matrix import Axis, BuildingBlock, Edition
from wmo_guide.guide.sheets.blocks import official
from wmo_guide.guide.sheets.nodes import Choice, Field, Node, Option, Scores, plain


@dataclass(frozen=True)
class Paper:
    """One format."""

    slug: str
    """Name in the address of its page."""
    title: str
    description: str
    updated: date
    nodes: tuple[Node, ...]
    most: int
    """Pages that it gets by with, if the matrix isn't very large."""
    block: str = ""
    """Slug of the building block that it is about, if it is about one."""


def used_axes(edition: Edition) -> tuple[Axis, ...]:
    """The axes on which some block has levels."""
    used = {key for _, block in edition.blocks() for key in block.axes}
    return tuple(axis for axis in edition.axes if axis.key in used)


def level_choices(axes: Iterable[Axis], without: Mapping[str, str] = MappingProxyType({})) -> Iterator[Node]:
    """A choice for each axis. What a level means stands on the page of the matrix; here its name will do.

    `without` tells, by axis, what has no levels on it.
    """
    for axis in axes:
        options = tuple(Option(level.title, _remark(level.exceptional, level.stabilise)) for level in axis.levels)
        yield Choice(axis.title, options, help=without.get(axis.key, ""))


def blocks_without(edition: Edition) -> dict[str, str]:
    """Of each axis on which not every block has levels: at which blocks it must be left open."""
    lacking = {
        axis.key: tuple(block.plain_title for _, block in edition.blocks() if axis.key not in block.axes)
        for axis in edition.axes
    }
    return {key: f"Sla over bij: {enumeration(names)}." for key, names in lacking.items() if names}


def levels_of_blocks(edition: Edition) -> Iterator[Node]:
    """For each axis, the level of each block that has one."""
    for axis in used_axes(edition):
        blocks = tuple(block.plain_title for _, block in edition.blocks() if axis.key in block.axes)
        yield Scores(
            f"{axis.title} van elke hulp die u aankruist", blocks, _short([level.title for level in axis.levels])
        )
        told = (f"{one.title}. {_remark(one.exceptional, one.stabilise)}".rstrip(" ") for one in axis.levels)
        yield plain(" ".join(told))


def block_choices(edition: Edition, *, results: bool) -> Iterator[Node]:
    """All building blocks by result area, with their sub-result if `results`."""
    for area in edition.areas:
        options = tuple(Option(name_of(block), (block.sub_result or "") if results else "") for block in area.blocks)
        if options:
            yield Choice(area.title, options, many=True)


def name_of(block: BuildingBlock) -> str:
    """The name that residents know, and the one of the matrix."""
    return f"{block.plain_title} ({official(block)})"


def amounts(edition: Edition) -> Iterator[Node]:
    """Room for a package or a band, in an edition that has them."""
    packages = [one.title for _, block in edition.blocks() for one in block.arrangements]
    bands = [one.title for _, block in edition.blocks() for one in block.bands]
    if packages:
        yield Field("Arrangement", help=_listed(packages))
    if bands:
        yield Field("Omvang", help=_listed(bands))


def signatures() -> Iterator[Node]:
    """Room to sign."""
    yield Field("Datum en handtekening van de inwoner")
    yield Field("Datum en handtekening van de consulent")


def _short(titles: Sequence[str]) -> tuple[str, ...]:
    """The titles without what explains them, when that keeps them apart."""
    short = tuple(re.split(r" \(|, ", title)[0] for title in titles)
    return short if len(set(short)) == len(short) else tuple(titles)


def _listed(titles: list[str]) -> str:
    return f"Kies uit: {'; '.join(dict.fromkeys(titles))}."


def _remark(exceptional: bool, stabilise: bool) -> str:  # noqa: FBT001  (two marks of a level)
    if exceptional:
        return "Bijzonder: leg uit waarom dit nodig is."
    return "Het doel is dat het blijft zoals het is." if stabilise else ""
