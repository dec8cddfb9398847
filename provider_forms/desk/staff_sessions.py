"""Sessions of staff: which device, since when, whether the second factor was given; and how they are ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session, joinedload

from provider_forms.desk import events
from provider_forms.desk.models import Person, SignedIn
from provider_forms.desk.staff_models import StaffSession

_NOTED_EVERY = timedelta(minutes=1)
_LONGEST_DEVICE = 200
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "Chromebook"),
    ("Linux", "Linux"),
)
_BROWSERS = (("Edg", "Edge"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"), ("Safari/", "Safari"))


@dataclass(frozen=True)
class Shown:
    """A session as its list shows it."""

    id: int
    person: Person
    device: str
    since: datetime
    seen: datetime
    verified: bool


def seen(session: Session, signed_in: SignedIn, device: str, now: datetime) -> StaffSession:
    """What is known of this session of staff; that it was used is noted once a minute at most."""
    known = session.get(StaffSession, signed_in.id)
    if known is None:
        known = StaffSession(session_id=signed_in.id, verified_at=None, device=device[:_LONGEST_DEVICE], seen_at=now)
        session.add(known)
        session.flush()
    elif now - known.seen_at >= _NOTED_EVERY:
        known.seen_at, known.device = now, device[:_LONGEST_DEVICE]
    return known


def needs_noting(known: StaffSession | None, now: datetime) -> bool:
    """Whether `seen` would write anything."""
    return known is None or now - known.seen_at >= _NOTED_EVERY


def verify(session: Session, signed_in: SignedIn, device: str, now: datetime) -> None:
    """From now on this session counts as signed in with a second factor."""
    seen(session, signed_in, device, now).verified_at = now
    events.note(session, "second_factor_given", now=now, person=signed_in.person_id, role="staff")


def live(session: Session, now: datetime, person_id: int | None = None) -> tuple[Shown, ...]:
    """The sessions that count, of one member of staff or of all, the newest first."""
    query = (
        select(SignedIn, StaffSession)
        .join(SignedIn.person)
        .outerjoin(StaffSession, StaffSession.session_id == SignedIn.id)
        .where(SignedIn.revoked_at.is_(None), SignedIn.expires_at > now, Person.staff_role.is_not(None))
        .options(joinedload(SignedIn.person))
        .order_by(SignedIn.created_at.desc(), SignedIn.id.desc())
    )
    if person_id is not None:
        query = query.where(SignedIn.person_id == person_id)
    found: list[tuple[SignedIn, StaffSession | None]] = [(one, more) for one, more in session.execute(query)]
    return tuple(
        Shown(
            one.id,
            one.person,
            device_name(more.device if more else ""),
            one.created_at,
            more.seen_at if more else one.created_at,
            bool(more and more.verified_at),
        )
        for one, more in found
    )


def end(session: Session, session_id: int, by: Person, now: datetime, *, anyone: bool) -> bool:
    """Ends a session: one's own, or with `anyone` that of any member of staff. False when there is none to end."""
    found = next((one for one in live(session, now, None if anyone else by.id) if one.id == session_id), None)
    if found is None:
        return False
    session.execute(update(SignedIn).where(SignedIn.id == session_id).values(revoked_at=now))
    details = {"person": found.person.id}
    events.note(session, "session_ended", now=now, person=by.id, role="staff", details=details)
    return True


def end_all_staff(session: Session, by: Person, now: datetime) -> None:
    """Ends every session of every member of staff, also of who asks for it."""
    staff = select(Person.id).where(Person.staff_role.is_not(None))
    which = (SignedIn.person_id.in_(staff), SignedIn.revoked_at.is_(None))
    session.execute(update(SignedIn).where(*which).values(revoked_at=now).execution_options(synchronize_session=False))
    events.note(session, "all_staff_sessions_ended", now=now, person=by.id, role="staff")


def unverify(session: Session, person_id: int) -> None:
    """Makes every session of a person give the second factor anew."""
    session.execute(
        update(StaffSession)
        .where(StaffSession.session_id.in_(select(SignedIn.id).where(SignedIn.person_id == person_id)))
        .values(verified_at=None)
        .execution_options(synchronize_session=False)
    )


def device_name(agent: str) -> str:
    """A browser and its device in words that somebody knows their own by."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in agent), "")
    return " op ".join(word for word in (browser, system) if word) or "Onbekend apparaat"
