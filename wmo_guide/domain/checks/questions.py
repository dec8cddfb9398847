"""Question sets: known kinds, options where they belong, and what pages can't do without."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from wmo_guide.domain.checks.common import known, twice, unknown
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.kinds import KINDS
from wmo_guide.domain.questions import Question, QuestionSet

_FACTS = (
    *("block.slug", "block.area", "block.axes", "block.arrangements", "block.bands", "block.everything_else"),
    "level.exceptional",
)
"""What conditions may ask, besides other answers (domain/standards.py and answers.py tell them)."""
CORE_KEYS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "summary"),
    "location": ("name", "municipality"),
    "offering": ("summary", "municipalities"),
}
"""Answers that pages can't do without, so the question sets must ask for them."""


def check_questions(questions: Iterable[Question], *path: str | int) -> Iterator[Finding]:
    """Each question has a known kind, and options when that kind chooses from them."""
    questions = list(questions)
    yield from twice((q.key for q in questions), *path, name="key")
    for index, question in enumerate(questions):
        if question.kind not in KINDS:
            yield unknown(question.kind, KINDS, "soort vraag", (*path, index, "kind"))
        if question.kind in ("choice", "choices") and not question.options:
            yield Finding((*path, index, "options"), "Bij deze soort vraag horen keuzes. Zet ze onder options.")
        if question.kind == "yes_no":
            yield from known((o.key for o in question.options), ("yes", "no"), "antwoord", (*path, index, "options"))
        elif question.options and question.kind not in ("choice", "choices"):
            yield Finding((*path, index, "options"), "Deze soort vraag heeft geen keuzes. Haal options weg.")
        yield from twice((o.key for o in question.options), *path, index, "options", name="key")
        for name in question.when:
            if not name.startswith("answer.") and name not in _FACTS:
                yield unknown(name, _FACTS, "voorwaarde", (*path, index, "when", name))


def check_core(role: str, sets: Iterable[QuestionSet]) -> Iterator[Finding]:
    """The sets in this role ask, and require, what pages can't do without."""
    required = {q.key for one in sets for q in one.questions if q.required and not q.when}
    for key in CORE_KEYS[role]:
        if key not in required:
            yield Finding(("questions",), f'De vraag "{key}" moet in deze vragenlijst staan, met required: true.')
