"""Question sets: known kinds, options where they belong, and what pages can't do without."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wmo_guide.domain.checks.common import alike, known, twice, unknown
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.kinds import KINDS
from wmo_guide.domain.questions import Question, QuestionSet, holds

_NAMES = ("block.slug", "block.area", "block.axes")
"""What conditions may ask, and is a name out of the matrix."""
_FLAGS = ("block.has_axes", "block.arrangements", "block.bands", "block.everything_else", "level.exceptional")
"""What conditions may ask, and is true or false."""
_FACTS = (*_NAMES, *_FLAGS)
"""What conditions may ask, besides other answers (domain/standards.py and answers.py tell them)."""
_BOUNDED_ABOVE = ("number", "line", "lines", "text", "url", "email", "phone", "postcode", "kvk")
"""Kinds whose answers may have a largest number, of themselves or of characters."""
_ABOUT_BLOCKS = ("levels", "arrangements", "bands", "locations")
"""Kinds of questions that can only be answered about a building block."""
TAKEN_BY_SEARCH = ("q", "meer", "soort", "gebied", "bouwsteen", "gemeente")
"""What the search page's address has of its own; a filter of that name would be taken for it."""
CORE_KEYS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "summary"),
    "location": ("name", "municipality"),
    "offering": ("summary", "municipalities"),
}
"""Answers that pages can't do without, so the question sets must ask for them."""


class Asked(NamedTuple):
    """Questions of one file, as one part of a form."""

    file: str
    path: KeyPath
    """The way to them in that file."""
    questions: Sequence[Question]


def check_questions(questions: Iterable[Question], *path: str | int) -> Iterator[Finding]:
    """Each question has a known kind, options when that kind chooses from them, and keys that don't contradict it."""
    questions = list(questions)
    yield from twice((q.key for q in questions), *path, name="key")
    for index, question in enumerate(questions):
        yield from _check_kind(question, (*path, index))
        yield from _check_sense(question, (*path, index))
        yield from check_conditions(question.when, (*path, index))


def check_conditions(when: Mapping[str, str], path: KeyPath) -> Iterator[Finding]:
    """Conditions ask what can be told, and want true or false of what is true or false."""
    for name, wanted in when.items():
        if not name.startswith("answer.") and name not in _FACTS:
            yield unknown(name, _FACTS, "voorwaarde", (*path, "when", name))
        elif name in _FLAGS and not is_flag(wanted):
            yield unknown(wanted, ("true", "false"), "antwoord op deze voorwaarde", (*path, "when", name))


def check_matrix_names(
    when: Mapping[str, str], names: Mapping[str, Collection[str]], path: KeyPath
) -> Iterator[Finding]:
    """Conditions on the matrix are about a block, area or axis that exists; `names` tells which there are, by fact."""
    for name, wanted in when.items():
        if name in names and wanted not in names[name]:
            yield unknown(wanted, names[name], _WHAT[name], (*path, "when", name))


_WHAT = {"block.slug": "bouwsteen", "block.area": "resultaatgebied", "block.axes": "as"}
"""What a name out of the matrix names, by fact."""


def _check_kind(question: Question, path: KeyPath) -> Iterator[Finding]:
    if question.kind not in KINDS:
        yield unknown(question.kind, KINDS, "soort vraag", (*path, "kind"))
    if question.kind in ("choice", "choices") and not question.options:
        yield Finding((*path, "options"), "Bij deze soort vraag horen keuzes. Zet ze onder options.")
    if question.kind == "yes_no":
        yield from known((o.key for o in question.options), ("yes", "no"), "antwoord", (*path, "options"))
    elif question.options and question.kind in KINDS and question.kind not in ("choice", "choices"):
        yield Finding((*path, "options"), "Deze soort vraag heeft geen keuzes. Haal options weg.")
    else:
        yield from twice((o.key for o in question.options), *path, "options", name="key")
    yield from alike((o.label for o in question.options), *path, "options", name="label")
    if any(o.page_label for o in question.options):
        yield from alike((o.shown for o in question.options), *path, "options", name="page_label")


def _check_sense(question: Question, path: KeyPath) -> Iterator[Finding]:
    if question.min is not None and question.max is not None and question.min > question.max:
        yield Finding(
            (*path, "max"), "max is kleiner dan min, dus geen antwoord is goed. Wissel ze om of verbeter er één."
        )
    elif question.max is not None and question.max < 1:
        yield Finding((*path, "max"), "max is kleiner dan 1, dus er past geen antwoord. Verbeter het of haal het weg.")
    if question.min is not None and question.kind in KINDS and question.kind != "number":
        yield Finding((*path, "min"), "Alleen een getal heeft een kleinste waarde. Haal min weg.")
    if question.max is not None and question.kind in KINDS and question.kind not in _BOUNDED_ABOVE:
        yield Finding((*path, "max"), "Deze soort vraag heeft geen grootste waarde. Haal max weg.")
    for name in ("card", "facet"):
        if question.audience == "staff" and getattr(question, name):
            message = f"Een vraag voor medewerkers komt nooit in de gids. Haal {name} weg, of audience."
            yield Finding((*path, name), message)
    yield from _check_facet(question, path)


def _check_facet(question: Question, path: KeyPath) -> Iterator[Finding]:
    kind = KINDS.get(question.kind)
    if kind is None or question.audience == "staff":
        return
    if question.facet and question.key in TAKEN_BY_SEARCH:
        message = f'Het zoeken gebruikt "{question.key}" zelf al in zijn adres. Geef deze vraag een andere key.'
        yield Finding((*path, "key"), message)
    if question.facet and kind.filter is None:
        yield Finding((*path, "facet"), "Op antwoorden van dit soort kan niemand filteren. Haal facet weg.")
    elif question.facet and kind.filter and kind.filter.most and not question.at_most:
        message = "Waaruit kunnen inwoners kiezen? Zet onder at_most een paar getallen, zoals [0, 4, 8]."
        yield Finding((*path, "at_most"), message)
    elif question.at_most and not (question.facet and kind.filter and kind.filter.most):
        yield Finding((*path, "at_most"), "at_most hoort bij een getal met facet: true. Haal at_most weg.")
    elif list(question.at_most) != sorted(set(question.at_most)):
        yield Finding((*path, "at_most"), "Zet deze getallen van klein naar groot, en elk getal één keer.")


def check_asked(parts: Iterable[Asked]) -> Iterator[tuple[str, Finding]]:
    """Conditions of a form's questions are about questions that it asked before, and can come true.

    Findings come with the file that they are about.
    """
    before: dict[str, Question] = {}
    for part in parts:
        for index, question in enumerate(part.questions):
            for name, wanted in question.when.items():
                kind, _, key = name.partition(".")
                path = (*part.path, index, "when", name)
                if kind == "answer" and key not in before:
                    yield part.file, unknown(key, before, "vraag die eerder gesteld wordt", path)
                elif kind == "answer" and not _may_be(before[key], wanted):
                    yield part.file, unknown(wanted, _choices(before[key]), "antwoord op die vraag", path)
            before[question.key] = question


def check_about(questions: Iterable[Question]) -> Iterator[Finding]:
    """Questions about an organisation or a location ask nothing that only a building block has."""
    for index, question in enumerate(questions):
        path = ("questions", index)
        if question.kind in _ABOUT_BLOCKS:
            yield Finding(
                (*path, "kind"), "Deze soort vraag hoort bij een bouwsteen. Zet haar in een andere vragenlijst."
            )
        if question.dated:
            yield Finding((*path, "dated"), "Alleen antwoorden over een bouwsteen hebben een datum. Haal dated weg.")
        for name in question.when:
            if name in _FACTS:
                message = "Hier is nog geen bouwsteen, dus deze vraag wordt nooit gesteld. Haal de voorwaarde weg."
                yield Finding((*path, "when", name), message)


def _may_be(question: Question, wanted: str) -> bool:
    """Whether an answer to the question can be what a condition wants, as far as its choices tell."""
    if question.kind == "yes_no":
        return is_flag(wanted)
    return question.kind not in ("choice", "choices") or wanted in _choices(question)


def _choices(question: Question) -> tuple[str, ...]:
    return ("yes", "no") if question.kind == "yes_no" else tuple(option.key for option in question.options)


def is_flag(wanted: str) -> bool:
    """Whether a condition's value is a yes or a no."""
    return holds(True, wanted) or holds(False, wanted)


def check_core(role: str, sets: Iterable[QuestionSet]) -> Iterator[Finding]:
    """The sets in this role ask, and require, what pages can't do without."""
    required = {q.key for one in sets for q in one.questions if q.required and not q.when}
    for key in CORE_KEYS[role]:
        if key not in required:
            yield Finding(("questions",), f'De vraag "{key}" moet in deze vragenlijst staan, met required: true.')
