"""Questions that help to choose and lead nowhere, too far, or in a circle."""

from __future__ import annotations

from tests.builders import HOME
from tests.store.faults.row import Row, put

CHOOSER = f"{HOME}/chooser.yaml"
FIRST = ("questions", 0, "options")
SECOND = ("questions", 1, "options")


def _row(name: str, path: tuple[str | int, ...], value: object, line: str | tuple[str, int], says: str) -> Row:
    key = "".join(f"[{one}]" if isinstance(one, int) else f".{one}" for one in path).removeprefix(".")
    return Row(name, put(CHOOSER, path, value), CHOOSER, line, key, says)


ROWS = [
    _row("question of an answer", (*FIRST, 0, "next"), "weer", "next: weer", "geen vraag die er is"),
    _row("result of an answer", (*SECOND, 0, "result"), "weer", "result: weer", "geen uitkomst die er is"),
    _row("circle of questions", (*SECOND, 2, "next"), "who", "next: who", "er komt geen eind aan"),
    _row("answer twice", (*FIRST, 1, "slug"), "mijzelf", ("slug: mijzelf", 2), "staat er twee keer"),
    _row("label twice", (*FIRST, 1, "label"), "Voor mijzelf", ("label: Voor mijzelf", 2), "staat er twee keer"),
    _row("source of the questions", ("sources", 0), "krant", "- krant", "geen bron"),
    _row("situation of a result", ("results", 0, "situations", 0), "elders", "- elders", "geen situatie"),
    _row("block of a result", ("results", 0, "blocks", 0), "tuin", "- tuin", "geen bouwsteen"),
    _row("facility of a result", ("results", 0, "facilities", 0), "bingo", "- bingo", "geen voorziening"),
    Row(
        "result used by nobody",
        put(CHOOSER, (*FIRST, 1, "result"), "papers"),
        CHOOSER,
        "key: caring",
        "results[2].key",
        "Geen antwoord leidt naar deze uitkomst.",
    ),
    Row(
        "answer with two ends",
        put(CHOOSER, (*FIRST, 0, "result"), "papers"),
        CHOOSER,
        "slug: mijzelf",
        "questions[0].options[0].slug",
        "Een antwoord leidt naar één ding",
    ),
    Row(
        "result without anything",
        put(CHOOSER, ("results", 2, "situations"), []),
        CHOOSER,
        "key: caring",
        "results[2].key",
        "Deze uitkomst leidt nergens naartoe.",
    ),
]
