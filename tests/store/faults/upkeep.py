"""Upkeep that can't be kept to."""

from __future__ import annotations

from tests.store.faults.row import Row, put

UPKEEP = "shared/upkeep.yaml"

ROWS = [
    Row(
        "no topics to report",
        put(UPKEEP, ("report_topics",), []),
        UPKEEP,
        "report_topics:",
        "report_topics",
        "Er hoort er minstens één in te staan",
    ),
    Row(
        "topic twice",
        put(UPKEEP, ("report_topics", 1, "key"), "wrong"),
        UPKEEP,
        ("key: wrong", 2),
        "report_topics[1].key",
        '"wrong" staat er twee keer. Laat er één staan.',
    ),
    Row(
        "kind of data twice",
        put(UPKEEP, ("kept", 1, "kind"), "reports"),
        UPKEEP,
        ("kind: reports", 2),
        "kept[1].kind",
        '"reports" staat er twee keer. Laat er één staan.',
    ),
    Row(
        "unknown kind of data",
        put(UPKEEP, ("kept", 0, "kind"), "diaries"),
        UPKEEP,
        "kind: diaries",
        "kept[0].kind",
        "reports",
    ),
    Row(
        "log that would be erased",
        put(UPKEEP, ("kept", 1, "days"), 30),
        UPKEEP,
        "days: 30",
        "kept[1].days",
        "Het logboek wordt niet gewist. Haal days weg.",
    ),
]
