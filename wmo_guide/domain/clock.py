"""What day it is: where the readers live, not where the server stands."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Amsterdam")
"""The time zone of all regions."""


def day_at(moment: datetime) -> date:
    """The day of the guide at a moment, which is aware of its time zone."""
    return moment.astimezone(HERE).date()


def today() -> date:
    """The day of the guide now."""
    return day_at(datetime.now(UTC))
