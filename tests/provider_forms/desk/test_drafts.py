"""Drafts keep what was typed, a version at a time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from provider_forms.desk import drafts
from provider_forms.desk.drafts import LOCATION, By, Conflict, Edit, Outcome, Refused, Saved
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, NOON, Forms

NAME = "organisation"


@pytest.fixture
def by(forms: Forms) -> By:
    """A manager of an organisation without a draft."""
    return By(forms.organisation(MANAGER), 1, NOON)


def _save(forms: Forms, by: By, answers: Mapping[str, Any], base: int = 0, name: str = NAME) -> Outcome:
    with forms.desk.database.write() as session:
        return drafts.save(session, by, Edit(name, answers, base))


def _stored(forms: Forms, by: By) -> dict[str, Any]:
    with forms.desk.database.read() as session:
        return {name: part.answers for name, part in drafts.parts(session, by.organisation_id).items()}


@pytest.mark.parametrize(
    "answers",
    [
        {},
        {"name": "  Zorg & <b>Co</b>\r\n{{ 7 * 7 }} \u202e\u0000 \U0001f600 שלום  "},
        {"how": ["group", "nonsense"], "levels": {"complexity": ["light"], "none": ["x"]}},
        {"what": "lang " * 20_000},
    ],
)
def test_answers_are_stored_as_typed(forms: Forms, by: By, answers: dict[str, Any]) -> None:
    """Whatever was typed, also what is wrong, comes back exactly so."""
    assert isinstance(_save(forms, by, answers), Saved)

    assert _stored(forms, by) == {NAME: answers}


def test_each_save_is_a_next_version(forms: Forms, by: By) -> None:
    """A save on the newest version makes the next one."""
    first = _save(forms, by, {"name": "A"})
    second = _save(forms, by, {"name": "B"}, base=1)

    assert isinstance(first, Saved)
    assert isinstance(second, Saved)
    assert (first.version, second.version) == (1, 2)


@pytest.mark.parametrize("base", [0, 1, 3, 999_999_999])
def test_save_on_another_version_changes_nothing(forms: Forms, by: By, base: int) -> None:
    """A save on any version but the newest leaves the draft as it is and tells what stands there."""
    _save(forms, by, {"name": "A"})
    _save(forms, by, {"name": "B"}, base=1)

    outcome = _save(forms, by, {"name": "C"}, base=base)

    assert isinstance(outcome, Conflict)
    assert (outcome.current.version, outcome.current.answers) == (2, {"name": "B"})
    assert _stored(forms, by) == {NAME: {"name": "B"}}


def test_same_answers_are_no_conflict(forms: Forms, by: By) -> None:
    """Sending the same answers twice, as by a double press of the button, is one save."""
    _save(forms, by, {"name": "A"})

    again = _save(forms, by, {"name": "A"})

    assert isinstance(again, Saved)
    assert again.version == 1


def test_drafts_of_organisations_are_apart(forms: Forms, by: By) -> None:
    """A part of one organisation is not seen or changed by another one's of the same name."""
    other = By(forms.organisation(COLLEAGUE, slug="beta-dag"), 2, NOON)
    _save(forms, by, {"name": "Van ons"})
    _save(forms, other, {"name": "Van hen"})

    assert _stored(forms, by) == {NAME: {"name": "Van ons"}}
    assert _stored(forms, other) == {NAME: {"name": "Van hen"}}


def test_draft_begins_once(forms: Forms, by: By) -> None:
    """The first time a draft takes what the guide has; later times leave what was typed alone."""
    with forms.desk.database.write() as session:
        assert drafts.begin(session, by, {NAME: {"name": "Uit de gids"}, f"{LOCATION}kantoor": {"name": "Kantoor"}})
        assert not drafts.begin(session, by, {NAME: {"name": "Iets anders"}})

    assert _stored(forms, by) == {NAME: {"name": "Uit de gids"}, "location/kantoor": {"name": "Kantoor"}}


def test_emptied_draft_does_not_begin_again(forms: Forms, by: By) -> None:
    """A draft whose every part was removed is not filled from the guide again."""
    _save(forms, by, {"name": "Weg"}, name=f"{LOCATION}kantoor")
    with forms.desk.database.write() as session:
        drafts.remove(session, by, f"{LOCATION}kantoor")

        assert not drafts.begin(session, by, {NAME: {"name": "Uit de gids"}})


def test_removed_part_comes_back_as_it_was(forms: Forms, by: By) -> None:
    """Removing hides a part; putting it back gives the same answers."""
    name = f"{LOCATION}kantoor"
    _save(forms, by, {"name": "Kantoor"}, name=name)
    with forms.desk.database.write() as session:
        assert drafts.remove(session, by, name)
        assert not drafts.remove(session, by, name)
    assert _stored(forms, by) == {}

    with forms.desk.database.write() as session:
        assert drafts.restore(session, by, name)
        assert not drafts.restore(session, by, name)

    assert _stored(forms, by) == {name: {"name": "Kantoor"}}


def test_typing_on_a_removed_part_is_a_conflict(forms: Forms, by: By) -> None:
    """Who types on a page that a colleague removes meanwhile is told so, and can bring it back."""
    name = f"{LOCATION}kantoor"
    _save(forms, by, {"name": "Kantoor"}, name=name)
    with forms.desk.database.write() as session:
        drafts.remove(session, by, name)

    outcome = _save(forms, by, {"name": "Groot kantoor"}, base=1, name=name)

    assert isinstance(outcome, Conflict)
    assert outcome.current.removed
    assert isinstance(_save(forms, by, {"name": "Groot kantoor"}, base=outcome.current.version, name=name), Saved)
    assert _stored(forms, by) == {name: {"name": "Groot kantoor"}}


def test_one_location_too_many_is_refused(forms: Forms, by: By) -> None:
    """Beyond the largest number a new location is refused, while those that exist can still be changed."""
    for number in range(drafts.MOST_LOCATIONS):
        assert isinstance(_save(forms, by, {"name": "Plek"}, name=f"{LOCATION}l-{number}"), Saved)

    assert _save(forms, by, {"name": "Plek"}, name=f"{LOCATION}extra") == Refused("many")
    assert isinstance(_save(forms, by, {"name": "Anders"}, base=1, name=f"{LOCATION}l-0"), Saved)
    assert len(_stored(forms, by)) == drafts.MOST_LOCATIONS


def test_location_is_not_put_back_when_there_is_no_room(forms: Forms, by: By) -> None:
    """A removed location stays removed when others took its place."""
    _save(forms, by, {}, name=f"{LOCATION}oud")
    with forms.desk.database.write() as session:
        drafts.remove(session, by, f"{LOCATION}oud")
    for number in range(drafts.MOST_LOCATIONS):
        _save(forms, by, {}, name=f"{LOCATION}l-{number}")

    with forms.desk.database.write() as session:
        assert not drafts.restore(session, by, f"{LOCATION}oud")


def test_page_that_is_too_large_is_refused(forms: Forms, by: By) -> None:
    """More text than a page may hold leaves what was stored before."""
    _save(forms, by, {"name": "A"})

    assert _save(forms, by, {"name": "x" * drafts.LARGEST_PART}, base=1) == Refused("large")
    assert _stored(forms, by) == {NAME: {"name": "A"}}


def test_draft_that_is_too_large_is_refused(forms: Forms, by: By) -> None:
    """Large pages are refused once the whole draft is full, whichever page they are on."""
    page = "x" * (drafts.LARGEST_PART - 100)
    fitting = drafts.LARGEST_DRAFT // drafts.LARGEST_PART
    outcomes = [_save(forms, by, {"what": page}, name=f"offering/2024/{number}") for number in range(fitting + 2)]

    assert all(isinstance(one, Saved) for one in outcomes[:fitting])
    assert outcomes[-1] == Refused("large")


def test_draft_has_a_largest_number_of_parts(forms: Forms, by: By) -> None:
    """Parts can't be made without end, removed ones included."""
    with forms.desk.database.write() as session:
        drafts.begin(session, by, {f"offering/2024/{number}": {} for number in range(drafts.MOST_PARTS)})
        drafts.remove(session, by, "offering/2024/0")

    assert _save(forms, by, {}, name="offering/2024/nieuw") == Refused("many")
