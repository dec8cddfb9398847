"""A history asks git what was made before only when somebody else may have added to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import NoReturn

import pytest

from tests.builders import HOME, ContentFolder
from wmo_guide.store.history import Change, History, Signature

ALFA = f"{HOME}/providers/alfa-thuis.yaml"
WHO = Signature("Medewerker 3", "medewerker-3@gids.invalid")
AT = datetime(2026, 1, 15, 12, 30, 5, tzinfo=UTC)


def _commit(history: History, number: int, at: datetime = AT) -> str:
    return history.commit([Change(ALFA, f"een: {number}\n")], f"Versie {number}", WHO, WHO, at)


@pytest.fixture
def history(content: ContentFolder) -> History:
    """The history of the sample, just begun."""
    return History(content.root)


def test_other_process_knows_what_was_made(content: ContentFolder, history: History) -> None:
    """After a restart a commit that is made again is known, also under ones that the new process made itself."""
    first, second = _commit(history, 1), _commit(history, 2)
    restarted = History(content.root)
    third = _commit(restarted, 3)

    assert (_commit(restarted, 1), _commit(restarted, 2), _commit(restarted, 3)) == (first, second, third)
    assert restarted.head() == third


def test_what_others_added_is_seen(content: ContentFolder, history: History) -> None:
    """A commit that another process made in between is known when it is made again here."""
    _commit(history, 1)
    theirs = _commit(History(content.root), 2)

    assert _commit(history, 2) == theirs
    assert history.head() == theirs


def test_own_commits_are_not_asked_for(history: History, monkeypatch: pytest.MonkeyPatch) -> None:
    """One commit after the other, with nobody in between, asks git for no list of versions."""

    def unwanted(**_: object) -> NoReturn:
        pytest.fail("git was asked.")

    _commit(history, 1)
    monkeypatch.setattr(history, "versions", unwanted)

    assert _commit(history, 2) != _commit(history, 3)


def test_other_moment_is_another_commit(history: History) -> None:
    """The same words a second later are another version; within the second they are the same."""
    first = _commit(history, 1)
    history.commit([Change(ALFA, "een: 2\n")], "Anders", WHO, WHO, AT)

    assert _commit(history, 1, AT.replace(microsecond=5)) == first
    assert _commit(history, 1, AT + timedelta(seconds=1)) != first
