"""What a finding tells the editor to do."""

from __future__ import annotations

from wmo_guide.domain.checks.common import unknown
from wmo_guide.domain.findings import choose_from


def test_choices_are_named() -> None:
    """Who referred to something that isn't there reads what is."""
    assert choose_from(["een", "twee"]) == "Kies uit: een, twee."
    assert (
        unknown("dire", {"twee", "drie"}, "bron", ()).message == '"dire" is geen bron die er is. Kies uit: drie, twee.'
    )


def test_nothing_to_choose_from() -> None:
    """Nobody is told to choose when there is nothing: the message says what else to do."""
    assert unknown("folder", (), "factsheet", ()).message == (
        '"folder" is geen factsheet die er is. Er is er nog geen. Maak er eerst een, of haal dit hier weg.'
    )
