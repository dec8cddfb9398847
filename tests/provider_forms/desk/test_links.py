"""Links at the desk itself."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from sqlalchemy import select

from provider_forms.desk import people, sign_in
from provider_forms.desk.models import Event, Token
from provider_forms.desk.secret import new_token
from tests.provider_forms.visiting import MANAGER, Forms


def test_of_two_who_use_a_link_at_once_one_gets_in(forms: Forms) -> None:
    """Eight at the same moment with one link: one way in."""
    with forms.desk.database.write() as session:
        person = people.person(session, MANAGER, forms.clock())
        token = sign_in.make_token(session, "sign_in", person.id, forms.clock(), sign_in.LINK_LASTS)

    def use(_number: int) -> bool:
        with forms.desk.database.write() as session:
            return sign_in.use(session, token, forms.clock()) is not None

    with ThreadPoolExecutor(8) as pool:
        ways = list(pool.map(use, range(8)))

    assert ways.count(True) == 1


def test_a_link_of_another_purpose_signs_nobody_in(forms: Forms) -> None:
    """A token that was mailed for something else is no way in."""
    with forms.desk.database.write() as session:
        person = people.person(session, MANAGER, forms.clock())
        token = sign_in.make_token(session, "sign_in", person.id, forms.clock(), timedelta(days=1))
        session.flush()
        for one in session.scalars(select(Token)):
            one.purpose = "confirmation"

    with forms.desk.database.write() as session:
        assert sign_in.look(session, token, forms.clock()) is None
        assert sign_in.use(session, token, forms.clock()) is None


def test_an_unknown_address_costs_the_same_writes(forms: Forms) -> None:
    """The work after the answer is a transaction with an event for known and unknown addresses alike."""
    forms.organisation(MANAGER)
    for email in (MANAGER, "niemand@example.nl"):
        sign_in.send_link(forms.desk, email, None, forms.clock())

    with forms.desk.database.read() as session:
        what = session.scalars(select(Event.what).where(Event.what.like("link%")).order_by(Event.id)).all()
    assert what == ["link_sent", "link_refused"]


def test_a_link_keeps_its_way_onward(forms: Forms) -> None:
    """A link holds the path to go to afterwards, and begins with the settings' address."""
    token = new_token()

    assert sign_in.link(forms.desk, token, "/aanbieder/1/x") == (
        f"http://gids.test/aanbieder/inloggen/{token}?verder=/aanbieder/1/x"
    )
