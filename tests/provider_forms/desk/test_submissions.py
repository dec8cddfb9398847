"""What providers sent in."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from provider_forms.desk import people, submissions
from provider_forms.desk.models import Organisation
from provider_forms.desk.submissions import InReviewError, Kind, Sending, State
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms


def _send(forms: Forms, organisation: int, payload: str = "a: b\n", kind: Kind = "form") -> str:
    with forms.desk.database.write() as db:
        found = db.get_one(Organisation, organisation)
        person = people.person(db, MANAGER, forms.clock())
        sending = Sending(kind, payload, {"misfit": {"misfit": "x"}}, "digest")
        return submissions.send(db, found, sending, person.id, forms.clock()).number


def _move(forms: Forms, number: str, state: State) -> None:
    with forms.desk.database.write() as db:
        found = submissions.find(db, number)
        assert found is not None
        submissions.move(db, found, state, None, forms.clock())


def _states(forms: Forms, organisation: int) -> dict[str, str]:
    with forms.desk.database.read() as db:
        return {one.number: one.state for one in submissions.of_organisation(db, organisation)}


def test_numbers_count_through_the_year(forms: Forms) -> None:
    """Submissions are numbered through a year, over all organisations, and begin again in the next."""
    first, second = forms.organisation(MANAGER), forms.organisation(MANAGER, slug="beta-dag")
    numbers = [_send(forms, first), _send(forms, second)]
    forms.clock.forward(timedelta(days=365))
    numbers.append(_send(forms, second))

    assert numbers == ["2026-0001", "2026-0002", "2027-0001"]


def test_numbers_go_on_after_the_last_of_four_digits(forms: Forms) -> None:
    """After number 9999 comes 10000, and after that 10001."""
    organisation = forms.organisation(MANAGER)
    number = _send(forms, organisation)
    with forms.desk.database.write() as db:
        found = submissions.find(db, number)
        assert found is not None
        found.number = "2026-9999"

    assert [_send(forms, organisation), _send(forms, organisation)] == ["2026-10000", "2026-10001"]


def test_what_was_sent_is_kept(forms: Forms) -> None:
    """A submission holds the file as it was sent, what is for staff, and what it builds on."""
    organisation = forms.organisation(MANAGER)
    number = _send(forms, organisation, "# é\na: b\n")
    with forms.desk.database.read() as db:
        found = submissions.find(db, number)

    assert found is not None
    assert (found.payload, found.base, found.state) == ("# é\na: b\n", "digest", "received")
    assert found.private["misfit"] == {"misfit": "x"}
    assert found.sent_at == found.changed_at == forms.clock()


def test_a_new_one_takes_the_place_of_one_nobody_looked_at(forms: Forms) -> None:
    """An organisation has one open submission: sending again withdraws the one that is still only received."""
    organisation = forms.organisation(MANAGER)
    first, second = _send(forms, organisation), _send(forms, organisation)

    assert _states(forms, organisation) == {second: "received", first: "withdrawn"}


def test_nothing_is_sent_while_staff_are_looking(forms: Forms) -> None:
    """While staff look at a submission a new one is refused, and nothing changes."""
    organisation = forms.organisation(MANAGER)
    first = _send(forms, organisation)
    _move(forms, first, "in_review")
    with pytest.raises(InReviewError) as caught:
        _send(forms, organisation)

    assert caught.value.number == first
    assert _states(forms, organisation) == {first: "in_review"}


@pytest.mark.parametrize("state", ["returned", "published", "rejected"])
def test_a_finished_one_stays_as_it_is(forms: Forms, state: State) -> None:
    """A submission that staff are done with keeps its state when a new one is sent."""
    organisation = forms.organisation(MANAGER)
    first = _send(forms, organisation)
    _move(forms, first, state)
    second = _send(forms, organisation)

    assert _states(forms, organisation) == {second: "received", first: state}


def test_kinds_dont_replace_each_other(forms: Forms) -> None:
    """A change of the fast lane and a confirmation leave a form that waits alone."""
    organisation = forms.organisation(MANAGER)
    kinds: tuple[Kind, ...] = ("form", "fast", "confirmation")
    numbers = [_send(forms, organisation, kind=kind) for kind in kinds]

    assert _states(forms, organisation) == dict.fromkeys(numbers, "received")
    with forms.desk.database.read() as db:
        found = submissions.open_one(db, organisation, "fast")
    assert found is not None
    assert found.number == numbers[1]


def test_other_organisations_are_left_alone(forms: Forms) -> None:
    """Sending replaces nothing of another organisation."""
    first, second = forms.organisation(MANAGER), forms.organisation(MANAGER, slug="beta-dag")
    number = _send(forms, first)
    _send(forms, second)

    assert _states(forms, first) == {number: "received"}


def test_history_tells_each_state_with_its_moment(forms: Forms) -> None:
    """The states that a submission came into are told in their order, each with its moment, and no other's."""
    organisation = forms.organisation(MANAGER)
    number = _send(forms, organisation)
    other = _send(forms, organisation, kind="fast")
    start = forms.clock()
    forms.clock.forward(timedelta(days=2))
    _move(forms, number, "in_review")
    with forms.desk.database.read() as db:
        found, fast = submissions.find(db, number), submissions.find(db, other)
        assert found is not None
        assert fast is not None
        steps = submissions.history(db, found)
        assert [step.state for step in submissions.history(db, fast)] == ["received"]

    assert [(step.state, step.at) for step in steps] == [
        ("received", start),
        ("in_review", start + timedelta(days=2)),
    ]


def test_many_at_once_get_a_number_each(forms: Forms) -> None:
    """Organisations that send at the same moment each get a number of their own."""
    ids = [forms.organisation(MANAGER, slug=slug) for slug in ("alfa-thuis", "beta-dag", "gamma-zorg", "delta-logeren")]
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda one: _send(forms, one), ids * 3))

    assert sorted(numbers) == [f"2026-{number:04}" for number in range(1, 13)]


def test_mails_go_to_every_manager_and_to_staff(forms: Forms) -> None:
    """Each manager and the staff's mailbox get a mail with the number; only the managers' tells what happens next."""
    organisation = forms.organisation(MANAGER, COLLEAGUE)
    number = _send(forms, organisation)
    with forms.desk.database.read() as db:
        found = submissions.find(db, number)
        assert found is not None
        mails = submissions.mails(
            db, forms.desk, found, found.organisation, status_path="/aanbieder/1/status", staff="gids@example.nl"
        )

    assert [mail.to for mail in mails] == [MANAGER, COLLEAGUE, "gids@example.nl"]
    assert all(number in mail.subject for mail in mails)
    assert "Wat gebeurt er nu?" in mails[0].text
    assert "http://gids.test/aanbieder/1/status" in mails[0].text
    assert "http://gids.test/aanbieder/1/status" not in mails[2].text


def test_a_region_without_a_mailbox_gets_no_mail(forms: Forms) -> None:
    """Where staff have no mailbox only the managers get a mail."""
    organisation = forms.organisation(MANAGER)
    number = _send(forms, organisation)
    with forms.desk.database.read() as db:
        found = submissions.find(db, number)
        assert found is not None
        mails = submissions.mails(db, forms.desk, found, found.organisation, status_path="/", staff=None)

    assert [mail.to for mail in mails] == [MANAGER]
