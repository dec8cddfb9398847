"""People and their organisations."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from provider_forms.desk import people
from provider_forms.desk.people import Removal
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms


def test_an_address_is_one_person_in_any_case(forms: Forms) -> None:
    """An address in other capitals is the same person."""
    with forms.desk.database.write() as session:
        first = people.person(session, MANAGER, forms.clock())
        again = people.person(session, MANAGER.upper(), forms.clock())

        assert first.id == again.id
        assert people.known_person(session, COLLEAGUE) is None


def test_joining_twice_is_joining_once(forms: Forms) -> None:
    """Somebody who accepts two invitations to one organisation stands in its list once."""
    organisation = forms.organisation(MANAGER, MANAGER)

    with forms.desk.database.read() as session:
        assert [one.person.email for one in people.managers(session, organisation)] == [MANAGER]


def test_two_managers_who_remove_each_other_leave_one(forms: Forms) -> None:
    """Of two managers who remove each other at the same moment, one stays."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    with forms.desk.database.read() as session:
        members = people.managers(session, organisation)

    def remove(number: int) -> Removal:
        with forms.desk.database.write() as session:
            by = members[1 - number].person
            return people.remove(session, organisation, members[number].id, by, forms.clock())

    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(remove, (0, 1)))

    assert sorted(one.value for one in done) == ["done", "last"]


def test_a_membership_of_elsewhere_is_unknown(forms: Forms) -> None:
    """Removing by the id of another organisation's membership does nothing."""
    mine, other = forms.organisation(MANAGER), forms.organisation(COLLEAGUE, slug="beta-dag")
    with forms.desk.database.write() as session:
        theirs = people.managers(session, other)[0]
        by = people.managers(session, mine)[0].person

        assert people.remove(session, mine, theirs.id, by, forms.clock()) is Removal.UNKNOWN
        assert len(people.managers(session, other)) == 1
