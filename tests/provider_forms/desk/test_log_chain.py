"""The log as a chain: whatever is done to it behind the desk's back is found."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import Session

from provider_forms.desk import events, log_anchors, log_book, log_chain
from provider_forms.desk.models import Event
from provider_forms.desk.upkeep_models import LogHead
from tests.provider_forms.visiting import Forms


@pytest.fixture
def logged(forms: Forms) -> Forms:
    """A desk whose log has ten events."""
    with forms.desk.database.write() as session:
        for number in range(10):
            moment = forms.clock() + timedelta(microseconds=number)
            events.note(
                session, "link_refused", now=moment, details={"number": number, "why": "één, \u0130 \U0001f600"}
            )
    return forms


def _ids(session: Session) -> list[int]:
    return list(session.scalars(select(Event.id).order_by(Event.id)))


def _change(session: Session) -> None:
    session.execute(update(Event).where(Event.id == _ids(session)[4]).values(details={"number": 99}))


def _backdate(session: Session) -> None:
    event = session.get_one(Event, _ids(session)[4])
    event.at -= timedelta(microseconds=1)


def _take_from_the_middle(session: Session) -> None:
    session.execute(delete(Event).where(Event.id == _ids(session)[4]))


def _take_the_first(session: Session) -> None:
    session.execute(delete(Event).where(Event.id == _ids(session)[0]))


def _take_the_last(session: Session) -> None:
    session.execute(delete(Event).where(Event.id == _ids(session)[-1]))


def _add(session: Session) -> None:
    copy: dict[str, Any] = {"role": "staff", "what": "signed_in", "details": {}, "digest": "0" * 64, "person_id": None}
    session.execute(insert(Event).values(at=session.get_one(Event, _ids(session)[0]).at, organisation_id=None, **copy))


def _swap(session: Session) -> None:
    first, second = (session.get_one(Event, one) for one in _ids(session)[3:5])
    first.details, second.details = second.details, first.details
    first.digest, second.digest = second.digest, first.digest


def _empty(session: Session) -> None:
    session.execute(delete(Event))


@pytest.mark.parametrize(
    "tampering", [_change, _backdate, _take_from_the_middle, _take_the_first, _take_the_last, _add, _swap, _empty]
)
def test_tampering_is_found(logged: Forms, tampering: Callable[[Session], None]) -> None:
    """A changed, backdated, removed, added or swapped event breaks the chain, wherever it stands."""
    with logged.desk.database.read() as session:
        assert log_chain.check(session) == ()
    with logged.desk.database.write() as session:
        tampering(session)
    with logged.desk.database.read() as session:
        assert log_chain.check(session) != ()


@pytest.mark.parametrize("kept", [0, 7, 9])
def test_a_log_made_anew_is_found_by_its_anchors(logged: Forms, kept: int) -> None:
    """Who cuts the log off, right after, and makes the rest of the chain anew is found by the heads beside the database."""
    with logged.desk.database.write() as session:
        gone = _ids(session)[kept:]
        session.execute(delete(Event).where(Event.id.in_(gone)))
        last = session.scalar(select(Event.digest).order_by(Event.id.desc()).limit(1))
        session.merge(LogHead(id=1, events=kept, digest=last or ""))
    with logged.desk.database.write() as session:
        events.note(session, "link_refused", now=logged.clock())

    with logged.desk.database.read() as session:
        assert log_chain.check(session) == ()
        assert log_chain.check(session, log_anchors.noted(logged.desk.var)) != ()


def test_a_log_that_grew_contains_its_anchors(logged: Forms) -> None:
    """Heads that were noted before are found in a log that has been added to since; the same head is noted once."""
    with logged.desk.database.write() as session:
        events.note(session, "link_refused", now=logged.clock())
    with logged.desk.database.read() as session:
        noted_again = log_anchors.note(logged.desk.var, log_chain.head(session), logged.clock())
    with log_anchors.place(logged.desk.var).open("a") as stream:
        stream.write("half a li")

    with logged.desk.database.read() as session:
        anchors = log_anchors.noted(logged.desk.var)
        assert log_chain.check(session, anchors) == ()
    assert not noted_again
    assert len(anchors) == 2


def test_what_is_undone_is_not_logged(logged: Forms) -> None:
    """A transaction that fails leaves neither its events nor a gap in the chain."""

    class OopsError(Exception):
        pass

    def fail() -> None:
        with logged.desk.database.write() as session:
            events.note(session, "signed_in", now=logged.clock())
            raise OopsError

    with pytest.raises(OopsError):
        fail()
    with logged.desk.database.write() as session:
        events.note(session, "signed_out", now=logged.clock())

    with logged.desk.database.read() as session:
        assert log_chain.check(session) == ()
        assert log_chain.head(session).events == 11


def test_the_export_can_be_checked_by_anyone(logged: Forms) -> None:
    """The exported lines hold all that the chain is made of."""
    with logged.desk.database.read() as session:
        end = log_chain.head(session)
        *lines, last = map(json.loads, log_book.as_json_lines(session, end))

    digest = ""
    for line in lines:
        stored = line.pop("digest")
        line["at"] = datetime.fromisoformat(line["at"])
        digest = log_chain.digest_of(digest, log_chain.Facts(**line))
        assert digest == stored
    assert last == {"events": 10, "digest": digest}
