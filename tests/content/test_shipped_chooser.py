"""The questions that come with the project lead every resident to something, and to everything there is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest

from wmo_guide.domain.chooser import MOST_QUESTIONS, Step
from wmo_guide.domain.standards import Standards
from wmo_guide.store.load import load

CONTENT = Path(__file__).resolve().parents[2] / "content"


@lru_cache
def _standards() -> dict[str, Standards]:
    return {one.slug: one.standards for one in load(CONTENT).catalogues}


@pytest.fixture
def alkmaar() -> Standards:
    """The region that has questions."""
    return _standards()["alkmaar"]


def _ends(standards: Standards) -> list[Step]:
    assert standards.chooser is not None
    return [step for step in standards.chooser.steps() if step.question is None]


def _named(standards: Standards, kind: str) -> set[str]:
    return {slug for end in _ends(standards) for one in end.answers for slug in getattr(one.option, kind)}


def test_every_way_ends_soon_at_something(alkmaar: Standards) -> None:
    """Each of the many ways takes at most five answers, and its last answer has something to show."""
    ends = _ends(alkmaar)

    assert len(ends) > 25
    assert max(len(end.answers) for end in ends) <= MOST_QUESTIONS
    last = [end.answers[-1].option for end in ends]
    assert [one.slug for one in last if not (one.situations or one.blocks or one.facilities)] == []


def test_everything_can_be_reached(alkmaar: Standards) -> None:
    """Every block of the edition in force, every situation and every provision stands at the end of some way."""
    assert _named(alkmaar, "blocks") == set(alkmaar.editions["2017"].by_slug)
    assert _named(alkmaar, "situations") == {one.slug for one in alkmaar.situations}
    assert _named(alkmaar, "facilities") == set(alkmaar.facility_by_slug)


def test_who_does_not_know_can_say_so(alkmaar: Standards) -> None:
    """The first question has an answer for who doesn't know, and one for who cares for somebody else."""
    assert alkmaar.chooser is not None
    first = alkmaar.chooser.questions[0]

    assert first.question == "Waar hebt u hulp bij nodig?"
    assert {"weet-ik-niet", "ik-zorg-voor-iemand"} <= {one.slug for one in first.options}


def test_regions_without_questions_stay_without() -> None:
    """The other regions have no questions of their own."""
    without = {slug for slug, one in _standards().items() if one.chooser is None}

    assert without >= {"holland-rijnland", "noord-midden-drenthe"}
