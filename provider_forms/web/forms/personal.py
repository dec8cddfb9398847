"""Finds personal data of residents that have no place in an offer."""

from __future__ import annotations

import re
from collections.abc import Iterator

from stdnum.nl import bsn

# Nine digits that aren't part of a longer number, so neither a telephone number nor a KvK number fits.
_NINE_DIGITS = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){8}(?![ .-]?\d)", re.ASCII)
_SHOWN = 3


def citizen_numbers(text: str) -> Iterator[str]:
    """The numbers in the text that can be a BSN, with all but the first digits hidden."""
    for found in _NINE_DIGITS.findall(text):
        if bsn.is_valid(found):
            digits = bsn.compact(found)
            yield digits[:_SHOWN] + "•" * (len(digits) - _SHOWN)
