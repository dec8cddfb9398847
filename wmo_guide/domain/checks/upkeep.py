"""Upkeep, without things told twice."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.findings import Finding
from wmo_guide.domain.upkeep import Upkeep


def check_upkeep(upkeep: Upkeep) -> Iterator[Finding]:
    """Each topic and each kind of data is there once, and the log has no number of days."""
    topics: set[str] = set()
    for index, topic in enumerate(upkeep.report_topics):
        if topic.key in topics:
            yield Finding(("report_topics", index, "key"), f'"{topic.key}" staat er twee keer. Laat er één staan.')
        topics.add(topic.key)
    kinds: set[str] = set()
    for index, one in enumerate(upkeep.kept):
        if one.kind in kinds:
            yield Finding(("kept", index, "kind"), f'"{one.kind}" staat er twee keer. Laat er één staan.')
        kinds.add(one.kind)
        if one.kind == "log" and one.days is not None:
            yield Finding(("kept", index, "days"), "Het logboek wordt niet gewist. Haal days weg.")
