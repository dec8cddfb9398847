"""Records that contradict themselves."""

from __future__ import annotations

from tests.builders import HOME
from tests.store.faults.row import CONVERSION, MATRIX, OFFERING, ORGANISATION, REGION, Row, drop, put

ROWS = [
    Row(
        "rate that ends before it starts",
        put(REGION, ("rates", 0, "end"), "2018-01-01"),
        REGION,
        "end: '2018-01-01'",
        "rates[0].end",
        "begindatum",
    ),
    Row(
        "edition that ends before it starts",
        put(f"{HOME}/matrix/2020.yaml", ("end",), "2019-12-31"),
        f"{HOME}/matrix/2020.yaml",
        "end: '2019-12-31'",
        "end",
        "begindatum",
    ),
    Row(
        "freshness out of order",
        put(REGION, ("freshness", "hide_days"), "10"),
        REGION,
        "freshness:",
        "freshness",
        "oplopende volgorde",
    ),
    Row(
        "band upside down",
        put(MATRIX, ("areas", 1, "blocks", 0, "bands", 0, "low"), "9"),
        MATRIX,
        "key: 1-5",
        "areas[1].blocks[0].bands[0]",
        "Wissel ze om",
    ),
    Row(
        "end with a successor",
        put(CONVERSION, ("steps", 1, "change"), "end"),
        CONVERSION,
        ("to:", 2),
        "steps[1].to",
        "Bij change: end hoort geen to",
    ),
    Row(
        "rename without a successor",
        drop(CONVERSION, ("steps", 1, "to")),
        CONVERSION,
        "change: rename",
        "steps[1].to",
        "Bij change: end hoort geen to",
    ),
    Row(
        "kind of question",
        put(OFFERING, ("questions", 0, "kind"), "poem"),
        OFFERING,
        "kind: poem",
        "questions[0].kind",
        "geen soort vraag",
    ),
    Row(
        "choice without options",
        put("questions/day-extra.yaml", ("questions", 2), {"key": "dish", "kind": "choice", "label": "Wat eet u?"}),
        "questions/day-extra.yaml",
        "key: dish",
        "questions[2].options",
        "Zet ze onder options",
    ),
    Row(
        "options without choice",
        put(ORGANISATION, ("questions", 2, "options"), [{"key": "a", "label": "A"}]),
        ORGANISATION,
        "options:",
        "questions[2].options",
        "Haal options weg",
    ),
    Row(
        "option of yes or no",
        put("questions/day-extra.yaml", ("questions", 1, "options"), [{"key": "perhaps", "label": "Misschien"}]),
        "questions/day-extra.yaml",
        "key: perhaps",
        "questions[1].options[0]",
        "Kies uit: no, yes",
    ),
    Row(
        "condition",
        put(OFFERING, ("questions", 4, "when"), {"weather": "rain"}),
        OFFERING,
        "weather: rain",
        "questions[4].when.weather",
        "Begin met block., answer. of level.",
    ),
    Row(
        "question that pages can't do without",
        put(OFFERING, ("questions", 0, "required"), "false"),
        OFFERING,
        "questions:",
        "questions",
        'De vraag "summary" moet in deze vragenlijst staan',
    ),
]
