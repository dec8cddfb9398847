"""The log of what happened."""

from __future__ import annotations

from sqlalchemy import select

from provider_forms.desk.models import Event
from tests.provider_forms.visiting import COLLEAGUE, MANAGER, Forms


def test_what_people_do_is_logged(forms: Forms) -> None:
    """Signing in, inviting and joining leave events with who, what and where; none of them holds an address or a token."""
    organisation = forms.organisation(MANAGER)
    page = f"/aanbieder/{organisation}/collegas"
    browser = forms.signed_in()
    browser.get(page)
    browser.post(page, {"email": COLLEAGUE})
    forms.browser().follow(forms.last_link())

    with forms.desk.database.read() as session:
        events = session.scalars(select(Event).order_by(Event.id)).all()

    assert [event.what for event in events] == ["joined", "link_sent", "signed_in", "invited", "joined", "signed_in"]
    assert {event.organisation_id for event in events if event.what in ("invited", "joined")} == {organisation}
    assert all(event.at == forms.clock() for event in events)
    assert not any("@" in str(event.details) for event in events)
