"""Questions: their conditions, options and heading; the parts of a matrix found by key."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import ValidationError

from tests.builders import ContentFolder
from wmo_guide.domain.base import Record
from wmo_guide.domain.kinds import KINDS
from wmo_guide.domain.questions import Question


def question(**more: Any) -> Question:
    """A question of one line."""
    return Question.model_validate({"key": "a", "kind": "line", "label": "Wat doet u?", **more})


@pytest.mark.parametrize(
    ("when", "facts", "holds"),
    [
        ({}, {}, True),
        ({"block.area": "wonen"}, {"block.area": "wonen"}, True),
        ({"block.area": "wonen"}, {"block.area": "dag"}, False),
        ({"block.area": "wonen"}, {}, False),
        ({"block.axes": "weight"}, {"block.axes": ("weight", "height")}, True),
        ({"block.axes": "weight"}, {"block.axes": ()}, False),
        ({"block.bands": "true"}, {"block.bands": True}, True),
        ({"block.bands": "true"}, {"block.bands": False}, False),
        ({"block.bands": "false"}, {"block.bands": False}, True),
        ({"answer.how": "group"}, {"answer.how": ("individual", "group")}, True),
        ({"answer.how": "group"}, {"answer.how": "group"}, True),
        ({"answer.weeks": "3"}, {"answer.weeks": 3}, True),
        ({"block.area": "wonen", "answer.how": "group"}, {"block.area": "wonen"}, False),
        ({"block.area": "wonen", "answer.how": "group"}, {"block.area": "wonen", "answer.how": "group"}, True),
    ],
)
def test_condition(when: dict[str, str], facts: dict[str, object], *, holds: bool) -> None:
    """A question is asked when each of its conditions holds; a fact that isn't known makes none hold."""
    assert question(when=when).applies(facts) is holds


@pytest.mark.parametrize("name", ["weather", "block", "block.", "answer.A", "region.name", "level exceptional"])
def test_condition_on_something_else_is_refused(name: str) -> None:
    """A condition is about the block, an answer or the level, and nothing else."""
    with pytest.raises(ValidationError):
        question(when={name: "x"})


@pytest.mark.parametrize("answer", [True, False])
def test_condition_on_yes_or_no_uses_the_words_of_content(*, answer: bool) -> None:
    """A condition on a yes_no answer is written with yes or no, as the answer itself is."""
    facts = {"answer.stop": answer}

    assert question(when={"answer.stop": KINDS["yes_no"].dump(answer)}).applies(facts)


def test_heading_is_the_label_unless_it_has_its_own() -> None:
    """The guide shows the page label, or else the question."""
    assert question().heading == "Wat doet u?"
    assert question(page_label="Wat wij doen").heading == "Wat wij doen"


def test_record_is_frozen_and_knows_its_keys() -> None:
    """A record can't be changed, and refuses a key that it doesn't know."""
    with pytest.raises(ValidationError):
        question().label = "Anders"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        question(colour="blue")


def test_parts_are_found_by_key(sample: ContentFolder) -> None:
    """Options, levels, arrangements and bands are found by their key; another key raises KeyError."""
    edition = sample.standards().editions["2024"]
    post, day = edition.by_slug["post-en-papieren"][1], edition.by_slug["dag-buiten"][1]
    transport = sample.standards().question_sets["offering"].questions[12]
    found: list[tuple[Callable[[str], Record], str, str]] = [
        (transport.option, "some", "Soms"),
        (edition.by_axis["intensity"].level, "2", "Elke dag"),
        (post.arrangement, "start", "Startpakket"),
        (day.band, "6-10", "6 tot en met 10 dagdelen"),
    ]

    for find, key, title in found:
        assert title in find(key).model_dump().values()
        with pytest.raises(KeyError):
            find("nowhere")


def test_blocks_come_in_the_order_of_the_matrix(sample: ContentFolder) -> None:
    """Blocks are given with their area, area by area."""
    pairs = [(area.slug, block.slug) for area, block in sample.standards().editions["2024"].blocks()]

    assert pairs == [("wonen", "post-en-papieren"), ("overdag", "dag-buiten"), ("overdag", "uit-logeren")]
