"""What day it is, where the readers live and not where the server stands; and how a day is written."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from wmo_guide.domain.findings import InvalidValueError

HERE = ZoneInfo("Europe/Amsterdam")
"""The time zone of all regions."""
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def day_at(moment: datetime) -> date:
    """The day of the guide at a moment, which is aware of its time zone."""
    return moment.astimezone(HERE).date()


def today() -> date:
    """The day of the guide now."""
    return day_at(datetime.now(UTC))


def parse_date(raw: object) -> date:
    """A day written as 2026-11-22."""
    if isinstance(raw, date):
        return raw
    try:
        if isinstance(raw, str) and _ISO_DATE.fullmatch(raw):
            return date.fromisoformat(raw)
    except ValueError:
        pass
    raise InvalidValueError("Dit is geen datum. Schrijf jaar-maand-dag, zoals 2026-11-22.")
