"""The search page's script."""

from __future__ import annotations

from pathlib import Path

from wmo_guide.guide.scripts import packed

_PARTS = ("words", "understand", "alike", "offers", "results", "address", "paint", "page")
"""In the order in which each uses what stands before it."""

SCRIPT_PATH, SCRIPT = packed("zoeken", Path(__file__).with_name("browser"), _PARTS)
