"""Providers of a region held against each other."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from wmo_guide.domain.findings import Finding
from wmo_guide.domain.provider import Provider
from wmo_guide.domain.questions import Question

_MOST_NAMES = 8192
"""As they were looked at before: a desk checks all providers again for each that changes."""


def namesakes_of(some: Iterable[Provider], providers: Iterable[Provider]) -> list[Provider]:
    """Of all these providers the ones that are called as one of `some`, in their order."""
    names = {_plain(one.text("name")) for one in some}
    return [one for one in providers if _plain(one.text("name")) in names]


def check_same(providers: Iterable[Provider], questions: Sequence[Question]) -> Iterator[tuple[str, Finding]]:
    """No provider stands in two files: with the same name and, where both tell it, the same KvK number.

    `questions` are those about the organisation. Findings come with the slug of the later provider.
    """
    numbers = tuple(question.key for question in questions if question.kind == "kvk")
    named = [(_plain(one.text("name")), one) for one in providers]
    times = Counter(name for name, _ in named)
    seen: defaultdict[str, list[Provider]] = defaultdict(list)
    for plain, one in named:
        if not plain or times[plain] == 1:  # of doubtful standards a name may lack
            continue
        name, namesakes = one.text("name"), seen[plain]
        for other in namesakes:
            if all(not one.text(key) or not other.text(key) or one.text(key) == other.text(key) for key in numbers):
                message = f'"{name}" staat ook in {other.slug}.yaml. Voeg de twee samen, of geef elk een eigen naam.'
                yield one.slug, Finding(("organisation", "name"), message)
                break
        namesakes.append(one)


@lru_cache(maxsize=_MOST_NAMES)
def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
