"""The table of question kinds: for each, how an answer is parsed, stored and shown (design.md 3).

A new kind is one `Kind` in one of the modules here, and one row in this table.
"""

from __future__ import annotations

from collections.abc import Mapping

from wmo_guide.domain.kinds.base import Choice, Kind, Scope, Shown
from wmo_guide.domain.kinds.choice import CHOICE, CHOICES, YES_NO
from wmo_guide.domain.kinds.matrix import ARRANGEMENTS, BANDS, LEVELS
from wmo_guide.domain.kinds.number import DATE, NUMBER
from wmo_guide.domain.kinds.place import LOCATIONS, MUNICIPALITIES, MUNICIPALITY
from wmo_guide.domain.kinds.text import EMAIL, KVK, LINE, LINES, PHONE, POSTCODE, TEXT, URL

KINDS: Mapping[str, Kind] = {
    "line": LINE,
    "lines": LINES,
    "text": TEXT,
    "yes_no": YES_NO,
    "choice": CHOICE,
    "choices": CHOICES,
    "number": NUMBER,
    "date": DATE,
    "url": URL,
    "email": EMAIL,
    "phone": PHONE,
    "postcode": POSTCODE,
    "kvk": KVK,
    "municipality": MUNICIPALITY,
    "municipalities": MUNICIPALITIES,
    "locations": LOCATIONS,
    "levels": LEVELS,
    "arrangements": ARRANGEMENTS,
    "bands": BANDS,
}

__all__ = ["KINDS", "Choice", "Kind", "Scope", "Shown"]
