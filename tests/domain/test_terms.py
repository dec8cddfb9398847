"""Two things of which only one can be in force are noticed when their days meet."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.domain.checks.days import Term, overlaps

_FIRST = date(2020, 1, 1)
_DAYS = st.integers(min_value=0, max_value=60).map(lambda days: _FIRST + timedelta(days=days))
TERMS = st.lists(st.builds(Term, _DAYS, st.none() | _DAYS), max_size=6)


@given(TERMS)
def test_terms_that_meet_are_noticed(terms: list[Term]) -> None:
    """Some pair is told exactly when a day lies in two terms, and each pair that is told has such a day."""
    whole = [term for term in terms if not term.reversed]
    days = [_FIRST + timedelta(days=number) for number in range(70)]

    def meet(one: Term, other: Term) -> bool:
        return any(all(term.start <= day <= (term.end or date.max) for term in (one, other)) for day in days)

    told = list(overlaps(terms))

    assert bool(told) == any(meet(one, other) for one, other in combinations(whole, 2))
    assert all(meet(terms[earlier], terms[later]) for earlier, later in told)
    assert all(terms[earlier].start <= terms[later].start for earlier, later in told)


def test_each_term_is_told_of_once() -> None:
    """However many terms go on for ever, each but the first is told of once."""
    terms = [Term(_FIRST + timedelta(days=days), None) for days in range(1000)]

    assert list(overlaps(terms)) == [(0, later) for later in range(1, 1000)]
