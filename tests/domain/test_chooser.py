"""Questions that help to choose: their ways, and where they may not lead."""

from __future__ import annotations

from typing import Any

from wmo_guide.domain.checks import Around, check_chooser
from wmo_guide.domain.chooser import Chooser

AROUND = Around(("redactie",), ("buurtkamer",), (), (), {}, (), {}, ())


def _row_of(number: int) -> Chooser:
    """So many questions in a row."""
    questions: list[dict[str, Any]] = []
    for index in range(number):
        onward = {"next": f"q{index + 1}"} if index + 1 < number else {"result": "end"}
        options = [
            {"slug": "door", "label": "Verder", "icon": "material/check", **onward},
            {"slug": "klaar", "label": "Klaar", "icon": "material/close", "result": "end"},
        ]
        questions.append({"key": f"q{index}", "question": "Wat nu?", "options": options})
    results = [{"key": "end", "text": "Kom langs.", "facilities": ["buurtkamer"]}]
    told = {"updated": "2026-01-01", "sources": ["redactie"], "intro": "Kort.", "questions": questions}
    return Chooser.model_validate({**told, "results": results})


def test_ways_have_addresses_of_their_own() -> None:
    """Each way through the questions, and each beginning of one, has an address that no other has."""
    slugs = [path.slug for path in _row_of(3).paths()]

    assert slugs == ["door", "klaar", "door--door", "door--klaar", "door--door--door", "door--door--klaar"]


def test_five_questions_in_a_row_are_enough() -> None:
    """Five questions in a row are fine; with six, the answer that leads to the last is told."""
    assert list(check_chooser(_row_of(5), AROUND, ())) == []
    assert [(one.path, one.message) for one in check_chooser(_row_of(6), AROUND, ())] == [
        (
            ("questions", 4, "options", 0, "next"),
            "Zo krijgt een lezer meer dan 5 vragen achter elkaar. Kies hier een uitkomst.",
        )
    ]


def test_a_question_that_nobody_reaches_is_told() -> None:
    """A question to which no answer leads is told, for nobody will ever read it."""
    one = _row_of(2)
    lonely = one.questions[1].model_copy(update={"key": "lonely"})

    found = check_chooser(one.model_copy(update={"questions": (*one.questions, lonely)}), AROUND, ())

    assert [finding.path for finding in found] == [("questions", 2, "key")]
