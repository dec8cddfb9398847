"""The day of the guide is that of its readers."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wmo_guide.domain.clock import day_at


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 7, 1, 21, 59, tzinfo=UTC), date(2026, 7, 1)),
        (datetime(2026, 7, 1, 22, 0, tzinfo=UTC), date(2026, 7, 2)),
        (datetime(2026, 12, 31, 22, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 23, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_day_begins_at_midnight_where_readers_are(moment: datetime, day: date) -> None:
    """In summer a day begins two hours before it does in Greenwich, in winter one."""
    assert day_at(moment) == day
