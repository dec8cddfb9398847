"""What providers sent in: numbers, states, dates, and the mails that go with them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, TypeAlias, cast

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from provider_forms.desk import events, people
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Event, Organisation, Submission

Kind: TypeAlias = Literal["form", "fast", "confirmation"]
State: TypeAlias = Literal[
    "received", "in_review", "returned", "approved", "published", "rejected", "withdrawn", "retracted", "undone"
]
OPEN: tuple[State, ...] = ("received", "in_review")
"""States in which staff still have to do something."""
TAKEN_BACK: tuple[State, ...] = ("retracted", "undone")
"""States of what was approved and is not in the guide after all: not published any more, or put back to what was before."""
_TRIES = 5


class InReviewError(Exception):
    """Staff are looking at the organisation's last submission; a new one has to wait for their answer."""

    def __init__(self, number: str) -> None:
        super().__init__(number)
        self.number = number


@dataclass(frozen=True)
class Sending:
    """What is sent: the file, what only staff see, and the fingerprint of the file that it builds on."""

    kind: Kind
    payload: str
    private: Mapping[str, Any]
    base: str


@dataclass(frozen=True)
class Step:
    """A state that a submission came into."""

    state: State
    at: datetime
    person_id: int | None
    reason: str
    """Why, when staff took back what they had approved; else empty."""


def kind_of(submission: Submission) -> Kind:
    """Whether it is a whole form, a change of the fast lane, or a confirmation."""
    return cast("Kind", submission.kind)


def fingerprint(payload: str, private: Mapping[str, Any]) -> str:
    """Tells what is sent from everything else that could be sent."""
    return hashlib.sha256(json.dumps([payload, private], sort_keys=True).encode()).hexdigest()


def already_sent(session: Session, organisation: Organisation, mark: str) -> Submission | None:
    """The open form with this fingerprint: the button was pressed twice, by one manager or by two at the same moment."""
    _queue(session, organisation)
    open_forms = (one for one in of_organisation(session, organisation.id) if one.state in OPEN and one.kind == "form")
    return next((one for one in open_forms if fingerprint(one.payload, one.private) == mark), None)


def send(session: Session, organisation: Organisation, sending: Sending, person_id: int, now: datetime) -> Submission:
    """Keeps a submission under a new number.

    A form takes the place of one that nobody has looked at yet. Raises InReviewError when staff are looking at one.
    """
    _queue(session, organisation)
    mine = of_organisation(session, organisation.id) if sending.kind == "form" else ()
    for earlier in (one for one in mine if one.kind == "form"):
        if earlier.state == "in_review":
            raise InReviewError(earlier.number)
        if earlier.state == "received":
            move(session, earlier, "withdrawn", person_id, now)
    submission = _insert(session, organisation.id, sending, person_id, now)
    _note(session, submission, person_id, now)
    return submission


def move(  # noqa: PLR0913  (who did it, as what, and when)
    session: Session,
    submission: Submission,
    state: State,
    person_id: int | None,
    now: datetime,
    *,
    role: events.Role = "manager",
    reason: str = "",
) -> None:
    """Brings a submission into another state."""
    submission.state = state
    submission.changed_at = now
    _note(session, submission, person_id, now, role, reason)


def of_organisation(session: Session, organisation_id: int) -> tuple[Submission, ...]:
    """An organisation's submissions, the newest first."""
    mine = select(Submission).where(Submission.organisation_id == organisation_id)
    return tuple(session.scalars(mine.order_by(Submission.id.desc())))


def find(session: Session, number: str) -> Submission | None:
    """The submission with this number."""
    return session.scalar(select(Submission).where(Submission.number == number))


def open_one(session: Session, organisation_id: int, kind: Kind) -> Submission | None:
    """The organisation's submission of this kind that staff still have to deal with."""
    mine = of_organisation(session, organisation_id)
    return next((one for one in mine if one.state in OPEN and kind_of(one) == kind), None)


def history(session: Session, submission: Submission) -> tuple[Step, ...]:
    """The states that a submission came into, the first one first."""
    query = select(Event).where(Event.organisation_id == submission.organisation_id, Event.what == "submission")
    mine = (one for one in session.scalars(query.order_by(Event.id)) if one.details["number"] == submission.number)
    return tuple(Step(one.details["state"], one.at, one.person_id, one.details.get("reason", "")) for one in mine)


def taken_back(session: Session, submission: Submission) -> Step | None:
    """Who took it back after it had been approved, when and why; None when nobody did."""
    steps = history(session, submission) if submission.state in TAKEN_BACK else ()
    return steps[-1] if steps else None


def mails(  # noqa: PLR0913  (who gets what about which submission)
    session: Session,
    desk: Desk,
    submission: Submission,
    organisation: Organisation,
    *,
    status_path: str,
    staff: str | None,
) -> tuple[Mail, ...]:
    """The mails about a new submission: to each manager, and to the mailbox of the region's staff if it has one."""
    about = {"number": submission.number, "organisation": organisation.name, "link": desk.link(status_path)}
    managers = [one.person.email for one in people.managers(session, organisation.id)]
    found = [desk.texts.write("received", address, **about) for address in managers]
    if staff:
        about["link"] = desk.link(f"/beheer/wachtrij/{submission.number}/")
        found.append(desk.texts.write("received_staff", staff, region=organisation.region, **about))
    return tuple(found)


def _queue(session: Session, organisation: Organisation) -> None:
    # Two managers may press at the same moment: the second waits here and finds the submission of the first.
    session.execute(select(Organisation.id).where(Organisation.id == organisation.id).with_for_update())


def _insert(session: Session, organisation_id: int, sending: Sending, person_id: int, now: datetime) -> Submission:
    for attempt in range(_TRIES):
        submission = Submission(
            number=_next_number(session, now.year),
            organisation_id=organisation_id,
            payload=sending.payload,
            kind=sending.kind,
            private=dict(sending.private),
            base=sending.base,
            state="received",
            sent_at=now,
            sent_by=person_id,
            changed_at=now,
        )
        try:
            with session.begin_nested():
                session.add(submission)
        except IntegrityError:  # another process took the number in the meantime
            if attempt == _TRIES - 1:
                raise
        else:
            break
    return submission


def _next_number(session: Session, year: int) -> str:
    last = session.scalar(
        select(Submission.number)
        .where(Submission.number.like(f"{year}-%"))
        .order_by(func.length(Submission.number).desc(), Submission.number.desc())
        .limit(1)
    )
    return f"{year}-{int(last.partition('-')[2]) + 1 if last else 1:04}"


def _note(  # noqa: PLR0913, PLR0917  (who did it, as what, when and why)
    session: Session,
    submission: Submission,
    person_id: int | None,
    now: datetime,
    role: events.Role = "manager",
    reason: str = "",
) -> None:
    details = {"number": submission.number, "state": submission.state, "kind": kind_of(submission)}
    details |= {"reason": reason} if reason else {}
    events.note(
        session,
        "submission",
        now=now,
        person=person_id,
        role=role,
        organisation=submission.organisation_id,
        details=details,
    )
