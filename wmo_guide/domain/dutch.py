"""Dates and amounts as a Dutch reader expects them (Babel, always with locale nl)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import lru_cache

from babel.dates import format_date
from babel.numbers import format_decimal


@lru_cache(maxsize=4096)
def long_date(day: date) -> str:
    """A day in words, e.g. "22 november 2026"."""
    return str(format_date(day, "d MMMM y", locale="nl"))


def euros(amount: Decimal) -> str:
    """An amount in words, e.g. "17,50 euro", without cents when there are none."""
    whole = amount == amount.to_integral_value()
    return f"{format_decimal(amount, '#,##0' if whole else '#,##0.00', locale='nl')} euro"


def enumeration(parts: tuple[str, ...], word: str = "en") -> str:
    """Parts joined as in a sentence: "a, b en c"."""
    if len(parts) < 2:  # noqa: PLR2004  (two is what "a en b" needs)
        return "".join(parts)
    return f"{', '.join(parts[:-1])} {word} {parts[-1]}"
