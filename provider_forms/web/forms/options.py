"""What there is to choose from, per kind of question."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from wmo_guide.domain.kinds import Scope
from wmo_guide.domain.questions import Question

EVERYWHERE = "*"
"""Posted instead of all municipalities of the region."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice, in the words of who fills in the form."""

    value: str
    label: str
    help: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Choices under one heading; most questions have one group, without a heading of its own."""

    options: tuple[Option, ...]
    axis: str = ""
    legend: str = ""
    help: str = ""


Groups: TypeAlias = Callable[[Question, Scope], tuple[Group, ...]]


def no_groups(_question: Question, _scope: Scope) -> tuple[Group, ...]:
    """Nothing to choose: the answer is typed."""
    return ()


def given(question: Question, _scope: Scope) -> tuple[Group, ...]:
    """The question's own options."""
    return _one_group(Option(one.key, one.label, one.help or "") for one in question.options)


def one_of_given(question: Question, scope: Scope) -> tuple[Group, ...]:
    """The question's own options, and a way back to no answer when there need not be one."""
    return _with_way_back(question, given(question, scope))


def yes_or_no(question: Question, _scope: Scope) -> tuple[Group, ...]:
    """Yes and no, in the question's own words where it has them."""
    words = {"yes": "Ja", "no": "Nee", **{one.key: one.label for one in question.options}}
    return _with_way_back(question, _one_group(Option(key, label) for key, label in words.items()))


def one_municipality(question: Question, scope: Scope) -> tuple[Group, ...]:
    """The region's municipalities, and a way back."""
    return _with_way_back(question, municipalities(question, scope))


def municipalities(_question: Question, scope: Scope) -> tuple[Group, ...]:
    """The region's municipalities of today."""
    return _one_group(Option(one.slug, one.name) for one in scope.region.current_municipalities)


def locations(_question: Question, scope: Scope) -> tuple[Group, ...]:
    """The provider's own locations."""
    return _one_group(Option(key, name) for key, name in scope.locations)


def levels(_question: Question, scope: Scope) -> tuple[Group, ...]:
    """The levels of each axis that the block has."""
    if scope.edition is None or scope.block is None:
        return ()
    axes = [scope.edition.by_axis[key] for key in scope.block.axes]
    return tuple(
        Group(
            tuple(
                Option(one.key, f"{one.title} (bijzonder niveau)" if one.exceptional else one.title, one.plain)
                for one in axis.levels
            ),
            axis.key,
            axis.title,
            axis.plain,
        )
        for axis in axes
    )


def arrangements(_question: Question, scope: Scope) -> tuple[Group, ...]:
    """The block's arrangements."""
    known = scope.block.arrangements if scope.block else ()
    return _one_group(Option(one.key, one.title, one.plain) for one in known)


def bands(_question: Question, scope: Scope) -> tuple[Group, ...]:
    """The ranges that the block is sold in."""
    known = scope.block.bands if scope.block else ()
    return _one_group(Option(one.key, one.title) for one in known)


def _one_group(options: Iterable[Option]) -> tuple[Group, ...]:
    found = tuple(options)
    return (Group(found),) if found else ()


def _with_way_back(question: Question, groups: tuple[Group, ...]) -> tuple[Group, ...]:
    # A browser can't clear a radio button once it is chosen.
    if question.required:
        return groups
    return tuple(Group((*group.options, Option("", "Ik geef geen antwoord"))) for group in groups)
