"""A results matrix: one edition with its axes, result areas and building blocks (domain.md section 2)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.findings import KeyPath
from wmo_guide.domain.questions import Question
from wmo_guide.domain.values import Blank, Count, Day, Flag, Key, Line, PastDay, Prose, Slug

ICON_NAME = r"^[a-z]+/[a-z0-9-]+(?:/[a-z0-9-]+)*$"
IconName = Annotated[str, Field(pattern=ICON_NAME)]
"""Pictogram in Material's set, e.g. material/home-heart."""


class Level(Record):
    """One step of an axis."""

    key: Key
    """Short name by which blocks and offerings refer to it."""
    title: Line
    """Official name."""
    plain: Line
    """What it means, in a plain sentence."""
    stabilise: Flag = False
    """true when the aim is that things stay as they are; the guide says so kindly."""
    exceptional: Flag = False
    """true when a provider that offers it must tell why."""


class Axis(Record):
    """An ordered set of levels, e.g. complexity from light to heavy."""

    key: Key
    """Short name by which blocks and offerings refer to it."""
    title: Line
    """Official name."""
    plain: Line
    """What the axis tells, in a plain sentence."""
    levels: tuple[Level, ...] = Field(min_length=1)
    """From the least to the most."""

    def level(self, key: str) -> Level:
        """The level with this key. Raises KeyError when there is none."""
        for one in self.levels:
            if one.key == key:
                return one
        raise KeyError(key)


class Arrangement(Record):
    """A named package in a cell of the matrix."""

    key: Key
    """Short name by which offerings refer to it."""
    title: Line
    """Official name."""
    plain: Line
    """What it is, in a plain sentence."""
    levels: tuple[Key, ...] = ()
    """Levels at which it exists, on the block's first axis; none = additional, beside the levels."""


class Band(Record):
    """A range in which support is sold, e.g. 1 to 5 day parts a week."""

    key: Key
    """Short name by which offerings refer to it."""
    title: Line
    """What the reader sees."""
    low: Count
    """Smallest number in the band."""
    high: Count
    """Largest number in the band."""


class BuildingBlock(Record):
    """The unit that a provider offers and a municipality buys (bouwsteen)."""

    slug: Slug
    """Name in the address of its page."""
    code: Annotated[Line | None, Blank] = None
    """Official code, where the edition has codes."""
    title: Line
    """Official title in the matrix."""
    plain_title: Line
    """What residents call it."""
    icon: IconName
    """Pictogram."""
    summary: Prose
    """What it is, in one to three plain sentences."""
    for_you: tuple[Line, ...] = ()
    """Statements in which a resident recognises herself."""
    includes: tuple[Line, ...] = ()
    """What belongs to it."""
    excludes: tuple[Line, ...] = ()
    """What does not belong to it, and where that does belong."""
    sub_result: Annotated[Line | None, Blank] = None
    """The official sub-result; left out when the sources don't give it."""
    attention_points: tuple[Line, ...] = ()
    """Official attention points."""
    reached_when: tuple[Line, ...] = ()
    """How you see that the result is reached: things that can be observed."""
    stabilise: Flag = False
    """true when staying stable is a result for this block."""
    everyday_words: tuple[Line, ...] = Field(min_length=5)
    """What people say and type when they need this; at least 5."""
    try_first: tuple[Slug, ...] = ()
    """General provisions to try first."""
    axes: tuple[Key, ...] = ()
    """Axes that this block has levels on."""
    arrangements: tuple[Arrangement, ...] = ()
    """Named packages, where the edition has them."""
    bands: tuple[Band, ...] = ()
    """Ranges it is sold in, where the edition has them."""
    stack_with: tuple[Slug, ...] = ()
    """Blocks it is often combined with."""
    not_with: tuple[Slug, ...] = ()
    """Blocks it can't be combined with."""
    stacking_note: Annotated[Line | None, Blank] = None
    """The rule on combining, in a plain sentence."""
    everything_else: Flag = False
    """true when a provider may name something of its own ("anders, namelijk")."""
    question_sets: tuple[Key, ...] = ()
    """Question sets for this block, besides those of the region."""
    questions: tuple[Question, ...] = ()
    """Questions for this block alone."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where the block stands."""

    def band(self, key: str) -> Band:
        """The band with this key. Raises KeyError when there is none."""
        return {b.key: b for b in self.bands}[key]

    def arrangement(self, key: str) -> Arrangement:
        """The arrangement with this key. Raises KeyError when there is none."""
        return {a.key: a for a in self.arrangements}[key]


class ResultArea(Record):
    """A group of blocks that serve one result (resultaatgebied)."""

    slug: Slug
    """Short name of the area."""
    title: Line
    """Official title."""
    plain_title: Line
    """What residents call it."""
    summary: Prose
    """What it is about, in plain words."""
    blocks: tuple[BuildingBlock, ...] = ()
    """The blocks, in the order of the matrix."""


class Changes(Record):
    """What happens when the situation of the resident changes."""

    more: Prose
    """When more help is needed."""
    less: Prose
    """When less help is needed."""
    crisis: Prose
    """When things go wrong suddenly."""
    stop: Prose
    """When there is no support for some time, or it ends."""


class Edition(Record):
    """One edition of a region's results matrix. Lives in `regions/<region>/matrix/<edition>.yaml`."""

    title: Line
    """Official title."""
    plain_title: Line
    """Title in plain words."""
    status: Literal["current", "former", "incomplete"]
    """`current`: offers are asked for it; `former`: shown as history; `incomplete`: in force, but not all of it is known."""
    start: Day
    """First day in force."""
    end: Annotated[Day | None, Blank] = None
    """Last day in force; the next edition begins after it. A former edition always has one."""
    summary: Prose
    """What this edition is, in plain words."""
    note: Annotated[Prose | None, Blank] = None
    """What the reader must know, e.g. what is missing."""
    updated: PastDay
    """When a person last changed this file."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where the edition stands."""
    axes: tuple[Axis, ...] = ()
    """The level axes."""
    areas: tuple[ResultArea, ...] = Field(min_length=1)
    """The result areas."""
    changes: Changes | None = None
    """What happens when things change; shown on each block's page."""

    @property
    def open(self) -> bool:
        """Whether providers offer blocks of this edition."""
        return self.status != "former"

    def state_on(self, day: date) -> Literal["coming", "current", "former", "incomplete"]:
        """How it stands on a day: the dates say whether it is in force, the status whether all of it is known."""
        if self.start > day:
            return "coming"
        if self.ended_on(day):
            return "former"
        return "current" if self.status == "former" and self.end is not None else self.status

    def ended_on(self, day: date) -> bool:
        """Whether it was no longer in force on that day."""
        return self.end is not None and self.end < day

    def blocks(self) -> Iterator[tuple[ResultArea, BuildingBlock]]:
        """All blocks with their area, in the order of the matrix."""
        for area in self.areas:
            for block in area.blocks:
                yield area, block

    def places(self) -> Iterator[tuple[KeyPath, BuildingBlock]]:
        """All blocks with the way to them, in the order of the matrix."""
        for area_index, area in enumerate(self.areas):
            for index, block in enumerate(area.blocks):
                yield ("areas", area_index, "blocks", index), block

    @cached_property
    def by_slug(self) -> dict[str, tuple[ResultArea, BuildingBlock]]:
        """Area and block for each block slug."""
        return {block.slug: (area, block) for area, block in self.blocks()}

    @cached_property
    def by_axis(self) -> dict[str, Axis]:
        """The axes by their key."""
        return {axis.key: axis for axis in self.axes}


def edition_on(editions: Mapping[str, Edition], day: date) -> str | None:
    """Name of the edition in force on a day.

    When none is, it is the first that is still to come, for a region may prepare itself; when none will come, the last
    that was. None without any edition.
    """
    by_start = sorted(editions, key=lambda name: editions[name].start)
    running = [name for name in by_start if editions[name].state_on(day) not in ("coming", "former")]
    coming = [name for name in by_start if editions[name].start > day]
    return next(iter(running[-1:] or coming[:1] or by_start[-1:]), None)


class Step(Record):
    """What became of one block in the next edition."""

    change: Literal["rename", "split", "merge", "end"]
    """What happened: one became one, one became several, several became one, or it ended."""
    source_blocks: tuple[Slug, ...] = Field(alias="from", min_length=1)
    """Blocks of the older edition."""
    target_blocks: tuple[Slug, ...] = Field(default=(), alias="to")
    """Blocks of the newer edition; none when it ended."""
    note: Prose
    """What this means, in plain words."""


class Conversion(Record):
    """How blocks of one edition went over into the next. Lives in `regions/<region>/conversion/<from>-to-<to>.yaml`."""

    updated: PastDay
    """When a person last changed this file."""
    summary: Prose
    """How the change went, in plain words."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where it stands, or who worked it out."""
    steps: tuple[Step, ...] = Field(min_length=1)
    """What became of each block."""
