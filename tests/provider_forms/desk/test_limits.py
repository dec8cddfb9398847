"""How often something may be tried."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import String, select

from provider_forms.desk import limits, second_factor
from provider_forms.desk.database import Database
from provider_forms.desk.limits import Limit, forgive, network, spend
from provider_forms.desk.models import Attempt
from tests.provider_forms.visiting import Forms

_THREE = Limit("test", 3, timedelta(minutes=10))
_SECRET = b"geheim"


def test_a_limit_counts_per_person_and_recovers(forms: Forms) -> None:
    """Three of one are allowed, the fourth isn't; another's count is its own, and time gives the first its turn back."""
    now = forms.clock()
    with forms.desk.database.write() as session:
        assert [spend(session, _THREE, "a", _SECRET, now) for _ in range(4)] == [True, True, True, False]
        assert spend(session, _THREE, "b", _SECRET, now)
        assert not spend(session, _THREE, "a", _SECRET, now + timedelta(minutes=9))
        assert spend(session, _THREE, "a", _SECRET, now + timedelta(minutes=10))


def test_forgiving_counts_from_the_start(forms: Forms) -> None:
    """What is forgiven to one is forgiven to no other, and not for another limit."""
    now = forms.clock()
    other = Limit("other", 1, timedelta(minutes=10))
    with forms.desk.database.write() as session:
        for whose in "aaabbb":
            assert spend(session, _THREE, whose, _SECRET, now)
        assert spend(session, other, "a", _SECRET, now)
        forgive(session, _THREE, "a", _SECRET)

        assert spend(session, _THREE, "a", _SECRET, now)
        assert not spend(session, _THREE, "b", _SECRET, now)
        assert not spend(session, other, "a", _SECRET, now)


def test_processes_count_together(forms: Forms) -> None:
    """Eight tries at once through two connections pools count as in one."""
    other = Database(str(forms.desk.database.engine.url))

    def attempt(number: int) -> bool:
        with (other if number % 2 else forms.desk.database).write() as session:
            return spend(session, _THREE, "a", _SECRET, forms.clock())

    with ThreadPoolExecutor(8) as pool:
        allowed = list(pool.map(attempt, range(8)))
    other.engine.dispose()

    assert allowed.count(True) == 3


def test_no_address_is_kept(forms: Forms) -> None:
    """What is counted can't be read back, and is gone after a day."""
    now = forms.clock()
    with forms.desk.database.write() as session:
        spend(session, _THREE, "iemand@example.nl", _SECRET, now)
        assert "iemand" not in session.scalars(select(Attempt.what)).one()
        spend(session, _THREE, "b", _SECRET, now + timedelta(days=2))

        assert len(session.scalars(select(Attempt)).all()) == 1


@pytest.mark.parametrize(
    ("address", "whose"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.9", "203.0.113.9"),
        (None, "unknown"),
        ("geen adres", "unknown"),
    ],
)
def test_an_ipv6_household_counts_as_one(address: str | None, whose: str) -> None:
    """An IPv6 network counts as one, for its owner has more addresses than can be counted."""
    assert network(address) == whose


@pytest.mark.parametrize(
    "limit",
    [one for module in (limits, second_factor) for one in vars(module).values() if isinstance(one, Limit)],
    ids=lambda one: one.name,
)
def test_what_is_counted_fits_its_column(forms: Forms, limit: Limit) -> None:
    """The name of every limit leaves room for the seal: PostgreSQL refuses a longer text, where SQLite keeps silent."""
    column = Attempt.__table__.c.what.type
    assert isinstance(column, String)
    with forms.desk.database.write() as session:
        assert spend(session, limit, "a", _SECRET, forms.clock())
        (stored,) = session.scalars(select(Attempt.what))

    assert len(stored) <= (column.length or 0)
