"""When an answer is right, and how many of them are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from tools.exam.questions import CLASSES, Query

_HELP_IN_A_MUNICIPALITY = re.compile(r"(.*/)gemeenten/[^/]+/([^/]+)/")
_PROVIDER = re.compile(r".*/aanbieders/[^/]+/")
_TOP = 3
Result = tuple[str, ...]
"""One result: the addresses that it leads to, each a path with or without a fragment. Ours have one."""


@dataclass(frozen=True)
class Answer:
    """What a search gave for one question."""

    query: Query
    results: tuple[Result, ...]

    @property
    def place(self) -> int:
        """The place of the first right result, 1 for the first; 0 when there is none.

        What the guide can't answer is answered rightly by nothing.
        """
        if not self.query.right:
            return 0 if self.results else 1
        places = (place for place, result in enumerate(self.results, 1) if _is_right(result, self.query.right))
        return next(places, 0)

    @property
    def in_top(self) -> bool:
        """Whether a right result is among the first three."""
        return 0 < self.place <= _TOP

    @property
    def first(self) -> tuple[Result, ...]:
        """The first three results."""
        return self.results[:_TOP]


@dataclass(frozen=True)
class Tally:
    """How one search did with some questions."""

    number: int
    first: int
    """Right in the first place."""
    top: int
    """Right in the first three."""
    empty: int
    """Nothing found."""

    @property
    def share(self) -> float:
        """Right in the first three, as a part of all."""
        return self.top / self.number if self.number else 1.0


def tally(answers: Iterable[Answer]) -> Tally:
    """Counts."""
    some = list(answers)
    return Tally(
        len(some),
        sum(one.place == 1 for one in some),
        sum(one.in_top for one in some),
        sum(not one.results for one in some),
    )


def by_class(answers: Sequence[Answer]) -> dict[str, Tally]:
    """The same per class; classes that this project's exam doesn't have come last."""
    kinds = dict.fromkeys((*CLASSES, *(one.query.kind for one in answers)))
    found = {kind: tally(one for one in answers if one.query.kind == kind) for kind in kinds}
    return {kind: one for kind, one in found.items() if one.number}


def without_unknown_items(queries: Iterable[Query], knows: Callable[[str], bool]) -> tuple[Query, ...]:
    """The questions for a search that can't lead to each item of a page: there the page counts as right."""

    def known(address: str) -> str:
        return address if knows(address) else address.partition("#")[0]

    return tuple(replace(query, right=tuple(dict.fromkeys(map(known, query.right)))) for query in queries)


def _is_right(result: Result, right: Iterable[str]) -> bool:
    return any(_leads_to(link, wanted) for link in result for wanted in right)


def _leads_to(link: str, wanted: str) -> bool:
    page, _, item = wanted.partition("#")
    there, _, at = link.partition("#")
    # With a municipality chosen, help leads to its page about that help.
    if page not in (there, _HELP_IN_A_MUNICIPALITY.sub(r"\1hulp/\2/", there)):
        return False
    return not item or item == at or _PROVIDER.fullmatch(page) is not None
