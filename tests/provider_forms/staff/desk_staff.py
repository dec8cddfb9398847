"""Staff for tests: signed in, with the second factor given."""

from __future__ import annotations

from typing import Literal

from provider_forms.desk import people, sessions, staff_sessions
from tests.provider_forms.visiting import Browser, Forms

REVIEWER = "rosa@regio.example.nl"
ADMINISTRATOR = "ada@regio.example.nl"


def make_staff(forms: Forms, email: str = REVIEWER, role: Literal["reviewer", "administrator"] = "reviewer") -> int:
    """The id of a member of staff, made with this role."""
    with forms.desk.database.write() as session:
        person = people.person(session, email, forms.clock())
        person.staff_role = role
        return person.id


def half_way(forms: Forms, email: str = REVIEWER, role: Literal["reviewer", "administrator"] = "reviewer") -> Browser:
    """A browser in which a member of staff signed in, who hasn't given the second factor yet."""
    make_staff(forms, email, role)
    return forms.signed_in(email)


def reviewer(forms: Forms, email: str = REVIEWER) -> Browser:
    """A browser in which a reviewer works."""
    return _verified(forms, half_way(forms, email, "reviewer"))


def administrator(forms: Forms, email: str = ADMINISTRATOR) -> Browser:
    """A browser in which an administrator works."""
    return _verified(forms, half_way(forms, email, "administrator"))


def _verified(forms: Forms, browser: Browser) -> Browser:
    with forms.desk.database.write() as session:
        found = sessions.find(session, browser.cookie() or "")
        assert found
        staff_sessions.verify(session, found, "Firefox/1 Linux", forms.clock())
    browser.get("/beheer/")
    return browser
