"""How an instance keeps its guide true: what readers can report, and how long it keeps which data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, get_args

from pydantic import Field

from wmo_guide.domain.base import Record
from wmo_guide.domain.values import Key, Line, PastDay, Positive, Prose

KeptKind: TypeAlias = Literal[
    "reports", "searches", "drafts", "submissions", "homes", "accounts", "sign_ins", "mails", "log"
]
"""What the desk keeps: reports of readers, words that found nothing, forms being filled in, forms that were sent, homes on
offer, people who can sign in, their links and sessions, copies of mails, and the log."""
KEPT_KINDS: tuple[KeptKind, ...] = get_args(KeptKind)
_DAYS: Mapping[KeptKind, int] = MappingProxyType(
    {
        "reports": 90,
        "searches": 400,
        "drafts": 730,
        "submissions": 730,
        "homes": 365,
        "accounts": 90,
        "sign_ins": 60,
        "mails": 30,
    }
)
"""Where a region says nothing else. The log stays: it holds numbers of people, no names or addresses."""


class ReportTopic(Record):
    """Something that a reader can report about a page."""

    key: Key
    """Its name in the desk."""
    label: Line
    """What the reader chooses."""


class KeptData(Record):
    """A kind of data that the desk keeps, as the page "Welke gegevens bewaren wij?" tells of it."""

    kind: KeptKind
    """Which data it is."""
    title: Line
    """What readers call it."""
    what: Prose
    """What is kept."""
    why: Prose
    """What for."""
    who: Line
    """Who can see it."""
    days: Positive | None = None
    """After so many days it is erased; without a number the kind's own (`reports` 90 days after closing). The log stays."""
    counted_from: Line
    """From when the days are counted, as the end of "dagen …"."""


class Upkeep(Record):
    """What readers can report, and what is kept how long. Lives in `shared/upkeep.yaml`."""

    updated: PastDay
    """When a person last changed this file."""
    report_topics: tuple[ReportTopic, ...] = Field(min_length=1)
    """What a report can be about, in the order of asking."""
    kept: tuple[KeptData, ...] = ()
    """What the desk keeps, in the order of the page."""

    def topic(self, key: str) -> ReportTopic | None:
        """The topic with this key."""
        return next((one for one in self.report_topics if one.key == key), None)


def days_kept(kind: KeptKind, upkeep: Upkeep | None) -> int | None:
    """After how many days data of this kind is erased; None: never."""
    told = next((one.days for one in upkeep.kept if one.kind == kind and one.days), None) if upkeep else None
    return None if kind == "log" else told or _DAYS[kind]
