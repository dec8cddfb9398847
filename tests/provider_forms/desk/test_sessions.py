"""Sessions at the desk itself."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select

from provider_forms.desk import people, sessions
from provider_forms.desk.models import SignedIn
from provider_forms.desk.secret import new_token
from tests.provider_forms.visiting import MANAGER, Forms


def test_a_session_that_ended_still_tells_whose_it_was(forms: Forms) -> None:
    """An ended session is found with its person, and doesn't count."""
    with forms.desk.database.write() as session:
        person = people.person(session, MANAGER, forms.clock())
        token = sessions.begin(session, person.id, new_token(), forms.clock())
        found = sessions.find(session, token)
        assert found is not None

        assert sessions.is_live(found, forms.clock())
        assert not sessions.is_live(found, forms.clock() + sessions.LASTS)
        sessions.end(session, token, forms.clock())
        assert not sessions.is_live(found, forms.clock())
        assert found.person.email == MANAGER


def test_old_sessions_are_cleared(forms: Forms) -> None:
    """A month after they ended, sessions are deleted."""
    with forms.desk.database.write() as session:
        person = people.person(session, MANAGER, forms.clock())
        for days in (0, 40):
            sessions.begin(session, person.id, new_token(), forms.clock() + timedelta(days=days))

        assert session.scalar(select(func.count()).select_from(SignedIn)) == 1


def test_a_token_that_was_never_given_opens_nothing(forms: Forms) -> None:
    """A made-up token has no session, and ending it is harmless."""
    with forms.desk.database.write() as session:
        sessions.end(session, "x" * 43, forms.clock())

        assert sessions.find(session, "x" * 43) is None
