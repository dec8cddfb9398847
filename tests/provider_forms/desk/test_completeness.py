"""How far a draft is, and what exactly is missing."""

from __future__ import annotations

import pytest

from provider_forms.desk.completeness import Completeness, completeness
from provider_forms.desk.outline import outline
from provider_forms.provider.standing import read
from tests.builders import ContentFolder
from tests.provider_forms.drafting import OFFERING, Parts, full_parts

RULES = {
    "minimum": {
        "offerings": "1",
        "demands": [
            {"part": "organisation", "questions": ["phone", "email"], "message": "Geef een nummer of een adres."},
            {
                "part": "offering",
                "questions": ["locations"],
                "when": {"answer.how": "group"},
                "message": "Zeg waar de groep bij elkaar komt.",
            },
        ],
    }
}


def _of(content: ContentFolder, parts: Parts) -> Completeness:
    standards = content.standards()
    return completeness(outline(parts, standards, read), standards.quality)


def _statuses(found: Completeness) -> dict[str, str]:
    return {part.name: part.status for part in found.parts}


def test_a_full_draft_can_be_sent(sample: ContentFolder) -> None:
    """A draft in which every required question is answered is done in all parts and can be sent."""
    found = _of(sample, full_parts(sample))

    assert set(_statuses(found).values()) == {"done"}
    assert found.can_be_sent
    assert found.missing == ()


def test_parts_stand_in_the_order_of_the_form(sample: ContentFolder) -> None:
    """Organisation, locations, the choice of blocks, and the offerings follow each other."""
    names = [part.name for part in _of(sample, full_parts(sample)).parts]

    assert names == ["organisation", "location/kantoor", "blocks", OFFERING, "offering/2024/dag-buiten"]


def test_an_empty_draft_has_not_begun(sample: ContentFolder) -> None:
    """A draft that nobody began has not begun anywhere, and can't be sent."""
    found = _of(sample, {})

    assert _statuses(found) == {"organisation": "not_begun", "blocks": "not_begun"}
    assert not found.can_be_sent


def test_a_chosen_block_without_answers_has_not_begun(sample: ContentFolder) -> None:
    """A block that was chosen and not yet described has not begun, which isn't the same as incomplete."""
    parts = full_parts(sample)
    parts[OFFERING] = {}
    found = _of(sample, parts)

    assert found.by_name[OFFERING].status == "not_begun"
    assert not found.can_be_sent


def test_what_is_missing_is_named_exactly(sample: ContentFolder) -> None:
    """A required question without an answer is named with its part, its label and the input that mends it."""
    parts = full_parts(sample)
    del parts[OFFERING]["how"]
    found = _of(sample, parts)

    assert [(one.part, one.label, one.target) for one in found.missing] == [
        (OFFERING, "Hoe geeft u deze hulp?", "v-how")
    ]
    assert found.by_name[OFFERING].status == "incomplete"
    assert "verplicht" not in found.missing[0].message


def test_a_wrong_answer_is_missing_too(sample: ContentFolder) -> None:
    """An answer that is wrong keeps a draft from being sent, with the sentence that its form shows."""
    parts = full_parts(sample)
    parts["organisation"]["email"] = "info"
    found = _of(sample, parts)

    assert [(one.part, one.target) for one in found.missing] == [("organisation", "v-email")]


def test_a_required_answer_for_staff_counts(sample: ContentFolder) -> None:
    """A required question that only staff read must be answered too."""
    parts = full_parts(sample)
    del parts["organisation"]["staff_contact"]

    assert [one.target for one in _of(sample, parts).missing] == ["v-staff_contact"]


def test_an_exceptional_level_asks_for_a_motivation(sample: ContentFolder) -> None:
    """Choosing an exceptional level makes its motivation a missing answer."""
    parts = full_parts(sample)
    parts[OFFERING]["levels"] = {"complexity": ["light"], "intensity": ["2"]}

    assert [one.target for one in _of(sample, parts).missing] == ["v-level_motivation"]


def test_no_block_is_too_few(sample: ContentFolder) -> None:
    """Without a block there is nothing to send."""
    parts = full_parts(sample)
    parts["blocks"]["blocks"] = []
    found = _of(sample, parts)

    assert [one.part for one in found.missing] == ["blocks"]
    assert "Kies minstens 1 bouwsteen" in found.missing[0].message


def test_what_doesnt_fit_the_matrix_is_a_full_answer(sample: ContentFolder) -> None:
    """Who writes what doesn't fit the matrix needs no block."""
    parts = full_parts(sample) | {"misfit": {"misfit": "Wij varen met mensen."}}
    parts["blocks"]["blocks"] = []

    assert _of(sample, parts).can_be_sent


@pytest.mark.parametrize(("text", "words"), [("a" * 3001, "3000"), ("Wij varen \u202emet mensen.", "niet ziet")])
def test_what_doesnt_fit_can_be_wrong(sample: ContentFolder, text: str, words: str) -> None:
    """A text about what doesn't fit that is refused on its page keeps the draft from being sent, with and without blocks."""
    found = _of(sample, full_parts(sample) | {"misfit": {"misfit": text}})

    assert [(one.part, one.target) for one in found.missing] == [("misfit", "v-misfit")]
    assert words in found.missing[0].message
    assert not found.can_be_sent


def test_offerings_of_blocks_that_are_not_chosen_dont_count(sample: ContentFolder) -> None:
    """A half offering of a block that isn't chosen any more keeps nobody from sending."""
    parts = full_parts(sample)
    parts["blocks"]["blocks"] = ["dag-buiten"]
    parts[OFFERING] = {"summary": "Half"}

    assert _of(sample, parts).can_be_sent


def test_a_last_day_that_is_no_day_is_missing(sample: ContentFolder) -> None:
    """An offering that ends on something that is no day can't be sent, and the page for that day mends it."""
    parts = full_parts(sample)
    parts["blocks"]["ends"] = {"post-en-papieren": "gauw"}

    assert [(one.part, one.target) for one in _of(sample, parts).missing] == [(OFFERING, "end")]


@pytest.mark.parametrize(("answers", "missing"), [((), True), (("phone",), False), (("email",), False)])
def test_demands_of_the_rules_hold(content: ContentFolder, answers: tuple[str, ...], *, missing: bool) -> None:
    """What quality.yaml demands beside the required questions must be answered, with its own sentence."""
    content.write("quality.yaml", RULES)
    parts = full_parts(content)
    for key in {"phone", "email"} - set(answers):
        del parts["organisation"][key]
    found = [(one.target, one.message) for one in _of(content, parts).missing if one.part == "organisation"]

    assert found == ([("v-phone", "Geef een nummer of een adres.")] if missing else [])


def test_demands_hold_only_when_their_conditions_do(content: ContentFolder) -> None:
    """A demand with a condition on another answer holds for the offerings with that answer alone."""
    content.write("quality.yaml", RULES)
    found = _of(content, full_parts(content))

    assert [(one.part, one.target) for one in found.missing] == [("offering/2024/dag-buiten", "v-locations")]


def test_the_number_of_blocks_stands_in_the_rules(content: ContentFolder) -> None:
    """How many blocks are the least to send stands in quality.yaml."""
    content.write("quality.yaml", {"minimum": {"offerings": "3"}})
    found = _of(content, full_parts(content))

    assert found.by_name["blocks"].status == "incomplete"
    assert "Kies minstens 3 bouwstenen" in found.missing[0].message
