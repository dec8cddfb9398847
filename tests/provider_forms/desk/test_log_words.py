"""The names of the log's events."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

from provider_forms.desk.log_words import NAMES, particulars
from wmo_guide.publication import ROOT


def _noted() -> Iterator[str]:
    """Every event that the code notes under a name written out."""
    for path in sorted((ROOT / "provider_forms").rglob("*.py")):
        for call in ast.walk(ast.parse(Path(path).read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or "note" not in ast.unparse(call.func):
                continue
            yield from (
                one.value
                for one in call.args[1:2]
                if isinstance(one, ast.Constant) and isinstance(one.value, str) and one.value.isidentifier()
            )


def test_every_event_has_a_name() -> None:
    """What the code logs is told in Dutch on the screen."""
    noted = set(_noted())

    assert len(noted) > 20
    assert noted - set(NAMES) == set()


def test_particulars_are_told_in_dutch() -> None:
    """Keys and known values of an event's particulars are words; empty ones are left out."""
    assert (
        particulars({"number": "2026-0001", "state": "received", "commit": ""}) == "nummer: 2026-0001, stand: ontvangen"
    )
