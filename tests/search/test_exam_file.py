"""The search exam is fit to judge a search by."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.browser.online import Online
from tools.exam.questions import CLASSES, UNANSWERED, Query, read_exam
from wmo_guide.guide.gates import ids_in


@pytest.fixture(scope="module")
def exam() -> tuple[Query, ...]:
    """The exam that comes with the project."""
    return read_exam()


def test_the_exam_is_long_and_has_questions_of_every_class(exam: tuple[Query, ...]) -> None:
    """There are at least 150 questions, a dozen or more of each class, and 25 or more with spelling mistakes."""
    count = Counter(query.kind for query in exam)
    assert len(exam) >= 150
    assert set(count) == set(CLASSES)
    assert min(count.values()) >= 12
    assert count["misspelt"] >= 25


def test_no_question_is_asked_twice(exam: tuple[Query, ...]) -> None:
    """A question that counts twice would weigh double, also when it differs in capitals or spaces alone."""
    count = Counter(" ".join(query.ask.casefold().split()) for query in exam)
    assert [ask for ask, times in count.items() if times > 1 or not ask] == []


def test_only_what_the_guide_cannot_answer_has_no_right_page(exam: tuple[Query, ...]) -> None:
    """A question has pages that help exactly when its class says that the guide can help, and names none twice."""
    assert [query.ask for query in exam if bool(query.right) == (query.kind == UNANSWERED)] == []
    assert [query.ask for query in exam if len(set(query.right)) < len(query.right)] == []


def test_every_right_address_is_in_the_shipped_guide(exam: tuple[Query, ...], guide: Online) -> None:
    """An address that counts as right is one of a page, and of an item on it if it has a fragment."""
    addresses = {address for query in exam for address in query.right}
    assert sorted(address for address in addresses if not _stands(address, guide.release)) == []


def _stands(address: str, release: Path) -> bool:
    page, _, item = address.partition("#")
    file = release / page.lstrip("/") / "index.html"
    return file.is_file() and (not item or item in ids_in(file.read_text(encoding="utf-8")))
