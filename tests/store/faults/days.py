"""Days that have yet to come, and things that are in force at once."""

from __future__ import annotations

from tests.builders import HOME
from tests.store.faults.row import (
    ALFA,
    CONVERSION,
    FACILITIES,
    FACTSHEET,
    FAQ,
    MATRIX,
    REGION,
    SITUATIONS,
    TERMS,
    Row,
    both,
    drop,
    put,
    swap,
)

FORMER = f"{HOME}/matrix/2020.yaml"
COMES = "moet nog komen"


def future(name: str, file: str, *path: str | int, key: str, line: str | tuple[str, int] = "2062-01-01") -> Row:
    """A day far ahead, where something is told that happened."""
    return Row(f"{name} in the future", put(file, path, "2062-01-01"), file, line, key, COMES)


ROWS = [
    future("confirmation", ALFA, "confirmed", "on", key="confirmed.on"),
    future("change of a provider", ALFA, "updated", key="updated"),
    future("dated answer", ALFA, "offerings", 0, "dates", "waiting_weeks", key="offerings[0].dates.waiting_weeks"),
    future("source", REGION, "sources", 1, "date", key="sources[1].date"),
    future("change of the region", REGION, "updated", key="updated"),
    future("end of a municipality", REGION, "municipalities", 2, "until", key="municipalities[2].until"),
    future("change of a matrix", MATRIX, "updated", key="updated"),
    future("change of a conversion", CONVERSION, "updated", key="updated"),
    future("change of facilities", FACILITIES, "updated", key="updated"),
    future("change of a situation", SITUATIONS, "situations", 1, "updated", key="situations[1].updated"),
    future("change of frequent questions", FAQ, "updated", key="updated"),
    future("change of terms", TERMS, "updated", key="updated"),
    future("change of shared terms", "shared/terms.yaml", "updated", key="updated"),
    Row(
        "change of an article in the future",
        swap(FACTSHEET, "2025-12-01", "2062-12-01"),
        FACTSHEET,
        "2062-12-01",
        "updated",
        COMES,
    ),
    Row(
        "rate that goes on when the next has begun",
        put(REGION, ("rates", 0, "end"), "2020-01-01"),
        REGION,
        "end: '2020-01-01'",
        "rates[0].end",
        "de dag voordat de andere begint: 2019-12-31",
    ),
    Row(
        "rate without an end before another",
        drop(REGION, ("rates", 0, "end")),
        REGION,
        "amount: '17.50'",
        "rates[0].end",
        "Het bedrag dat begint op 1 januari 2020 geldt op dezelfde dagen",
    ),
    Row(
        "rates that begin on one day, in another period",
        both(put(REGION, ("rates", 0, "start"), "2020-01-01"), drop(REGION, ("rates", 0, "end"))),
        REGION,
        "amount: '17.50'",
        "rates[0].end",
        "Ze beginnen op dezelfde dag",
    ),
    Row(
        "editions of which two are in force",
        put(FORMER, ("end",), "2024-01-01"),
        FORMER,
        "end: '2024-01-01'",
        "end",
        'Editie "2024" geldt op dezelfde dagen. Zet hier als end de dag voordat de andere begint: 2023-12-31',
    ),
    Row(
        "edition without an end before another",
        both(drop(FORMER, ("end",)), put(FORMER, ("status",), "incomplete")),
        FORMER,
        1,
        "end",
        'Editie "2024" geldt op dezelfde dagen',
    ),
    Row(
        "former edition without an end",
        drop(FORMER, ("end",)),
        FORMER,
        1,
        "end",
        "heeft een laatste dag",
    ),
]
