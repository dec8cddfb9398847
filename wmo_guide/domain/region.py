"""A region: its municipalities, whom to ask, what it costs, and the rules of its guide."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Annotated, Literal

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.theme import STYLE_VALUE
from wmo_guide.domain.values import (
    Amount,
    Blank,
    CbsCode,
    Count,
    Day,
    Email,
    Flag,
    Key,
    Line,
    PastDay,
    Phone,
    Positive,
    Prose,
    Slug,
    WebAddress,
)


class Source(Record):
    """A document that a fact was taken from. Pages show its title and date."""

    key: Key
    """Short name by which other records refer to this source."""
    title: Line
    """Title as the reader sees it."""
    date: PastDay
    """Date of the document: when two sources disagree, the later one stands."""
    url: Annotated[WebAddress | None, Blank] = None
    """Where it can be read, if it is public."""


class Municipality(Record):
    """A municipality of the region, of today or of the past."""

    slug: Slug
    """Name in the address of its page."""
    name: Line
    """Name as residents know it."""
    code: CbsCode
    """CBS code, as in the division of 1 January 2026 (or the last one for an ended municipality)."""
    province: Line
    """Province, needed in open data exports."""
    centre: Flag = False
    """true for the centre municipality (centrumgemeente) of the region."""
    until: Annotated[PastDay | None, Blank] = None
    """First day on which it no longer existed. Fill it in on that day, not before."""
    successor: Annotated[Slug | None, Blank] = None
    """Slug of the municipality it became part of; goes with `until`."""
    sources: tuple[Key, ...] = ()
    """Where it says that it became part of another, for a municipality of the past."""
    website: Annotated[WebAddress | None, Blank] = None
    """Website of the municipality."""
    places: tuple[Line, ...] = ()
    """Villages and towns in it, so that residents find it by the name they know."""

    @property
    def ended(self) -> bool:
        """Whether another municipality took its place."""
        return self.until is not None


class Subject(Record):
    """A subject on which residents, providers or professionals contact somebody."""

    key: Key
    """Short name by which contacts refer to it."""
    title: Line
    """What the reader sees, e.g. "Hulp aanvragen"."""
    audience: Literal["resident", "provider", "professional"]
    """For whom the subject is."""


class Contact(Record):
    """Where to ask, on one subject, for one municipality or for all. Functional addresses only, never a person's."""

    subject: Key
    """Key of the subject."""
    municipality: Annotated[Slug | None, Blank] = None
    """Slug of the municipality; leave out when it serves the whole region."""
    name: Line
    """Name of the desk or team."""
    text: Prose
    """How to reach it, in plain words."""
    email: Annotated[Email | None, Blank] = None
    """Functional mailbox."""
    phone: Annotated[Phone | None, Blank] = None
    """Telephone number, only when a source gives it."""
    website: Annotated[WebAddress | None, Blank] = None
    """Page with more about it."""
    sources: tuple[Key, ...] = ()
    """Sources of these data."""


class Rate(Record):
    """What a resident pays himself (eigen bijdrage), in one period."""

    amount: Amount
    """Euros, e.g. 19.00."""
    per: Literal["month", "four_weeks"]
    """The period that the amount is for."""
    start: Day
    """First day it was in force."""
    end: Annotated[Day | None, Blank] = None
    """Last day it was in force; leave out when nothing came after it and the source names none."""
    note: Annotated[Prose | None, Blank] = None
    """Exceptions and explanation, in plain words."""
    sources: tuple[Key, ...] = Field(min_length=1)
    """Where the amount stands."""

    def begun_on(self, day: date) -> bool:
        """Whether its first day has come."""
        return self.start <= day

    def old_on(self, day: date) -> bool:
        """Whether it was set a year ago or longer, so that the reader should ask for the amount of today."""
        return (self.start.year + 1, self.start.month, self.start.day) <= (day.year, day.month, day.day)


class Freshness(Record):
    """After how many days without confirmation something happens to an offer."""

    remind_days: Count
    """The provider gets a reminder."""
    escalate_days: Count
    """Staff are told."""
    warn_days: Count
    """The page says that nobody confirmed the offer lately."""
    hide_days: Count
    """The offer leaves the guide."""
    repeat_days: Positive = 30
    """So many days after its last reminder the provider gets another one, as long as the offer is in the guide."""


class QuestionSetNames(Record):
    """Which question sets this region's providers answer."""

    organisation: Key = "organisation"
    """Set about the organisation, asked once."""
    location: Key = "location"
    """Set about each location."""
    offering: tuple[Key, ...] = Field(default=("offering",), min_length=1)
    """Sets for every building block, in this order."""


class Publisher(Record):
    """Who is responsible for the guide."""

    name: Line
    """The network organisation, or the municipality that does its work."""
    email: Annotated[Email | None, Blank] = None
    """Functional mailbox for questions about the guide."""
    website: Annotated[WebAddress | None, Blank] = None
    """Public website."""
    about: Prose
    """What it does, in plain words."""


class Region(Record):
    """One region with a guide of its own. Lives in `regions/<slug>/region.yaml`."""

    name: Line
    """Name of the region."""
    summary: Prose
    """What the reader finds here, in two or three plain sentences."""
    intro: Annotated[Prose | None, Blank] = None
    """More about the region or the state of its guide, shown on the home page."""
    updated: PastDay
    """When a person last changed these data."""
    sources: tuple[Source, ...] = Field(min_length=1)
    """All documents that this region's records refer to."""
    publisher: Publisher
    """Who is responsible."""
    municipalities: tuple[Municipality, ...] = Field(min_length=1)
    """All municipalities, ended ones too."""
    subjects: tuple[Subject, ...] = ()
    """Subjects of the contacts."""
    contacts: tuple[Contact, ...] = ()
    """Whom to ask, per subject and municipality."""
    rates: tuple[Rate, ...] = ()
    """Own contribution through the years."""
    freshness: Freshness = Freshness(remind_days=150, escalate_days=180, warn_days=210, hide_days=365)
    """Steps after which an unconfirmed offer is followed up."""
    question_sets: QuestionSetNames = QuestionSetNames()
    """Question sets; the standard ones when left out."""
    theme: dict[
        Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,60}$")],
        Annotated[str, Field(pattern=STYLE_VALUE)],
    ] = Field(default_factory=dict)
    """House style: design tokens (name without the leading --: value). Colours are written like `#0b4a5e`; text must have
    a contrast of 4.5 or more with what it stands on."""

    def municipality(self, slug: str) -> Municipality:
        """The municipality with this slug. Raises KeyError when there is none."""
        return self._by_slug[slug]

    @cached_property
    def _by_slug(self) -> dict[str, Municipality]:
        return {one.slug: one for one in self.municipalities}

    @cached_property
    def current_municipalities(self) -> tuple[Municipality, ...]:
        """Today's municipalities, by name."""
        return tuple(sorted((m for m in self.municipalities if not m.ended), key=lambda m: m.name))

    @cached_property
    def current_by_slug(self) -> dict[str, Municipality]:
        """The same by slug."""
        return {one.slug: one for one in self.current_municipalities}

    def rate_on(self, day: date) -> Rate | None:
        """The contribution in force on a day: the one that began last and has not ended."""
        running = [r for r in self.rates if r.start <= day and (r.end is None or day <= r.end)]
        return max(running, key=lambda r: r.start, default=None)
