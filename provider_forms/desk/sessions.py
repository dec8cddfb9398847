"""Sessions: who is signed in. Kept as hashes, ended after twelve hours, revocable at any moment."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session, joinedload

from provider_forms.desk import events
from provider_forms.desk.models import Membership, Organisation, SignedIn
from provider_forms.desk.secret import digest, new_token
from provider_forms.desk.staff_models import StaffSession

LASTS = timedelta(hours=12)
_REMEMBERED = timedelta(days=30)
"""An ended session still tells whose typing it was."""


def begin(session: Session, person_id: int, replaces: str, now: datetime) -> str:
    """Begins a session with a new token, which it gives; the session that the browser had before ends."""
    end(session, replaces, now)
    old = SignedIn.expires_at < now - _REMEMBERED
    session.execute(delete(StaffSession).where(StaffSession.session_id.in_(select(SignedIn.id).where(old))))
    session.execute(delete(SignedIn).where(old))
    token = new_token()
    session.add(SignedIn(digest=digest(token), person_id=person_id, created_at=now, expires_at=now + LASTS))
    events.note(session, "signed_in", now=now, person=person_id)
    return token


def find(session: Session, token: str) -> SignedIn | None:
    """The session of a token with its person, also when it has ended."""
    query = select(SignedIn).where(SignedIn.digest == digest(token)).options(joinedload(SignedIn.person))
    return session.scalar(query)


def who(session: Session, token: str) -> tuple[SignedIn, tuple[Organisation, ...]] | None:
    """The session of a token, and all organisations that its person answers for, by name; asked once for every page."""
    query = (
        select(SignedIn, Organisation)
        .outerjoin(Membership, Membership.person_id == SignedIn.person_id)
        .outerjoin(Organisation, Organisation.id == Membership.organisation_id)
        .where(SignedIn.digest == digest(token))
        .options(joinedload(SignedIn.person))
        .order_by(Organisation.name, Organisation.id)
    )
    rows = session.execute(query).all()
    if not rows:
        return None
    organisations: list[Organisation | None] = [organisation for _, organisation in rows]
    return rows[0][0], tuple(one for one in organisations if one is not None)


def is_live(found: SignedIn, now: datetime) -> bool:
    """Whether a session counts."""
    return found.revoked_at is None and now < found.expires_at


def end(session: Session, token: str, now: datetime) -> None:
    """Ends the session of a token, if it has one."""
    found = find(session, token)
    if found is not None and found.revoked_at is None:
        found.revoked_at = now
        events.note(session, "signed_out", now=now, person=found.person_id)


def end_all(session: Session, person_id: int, now: datetime) -> None:
    """Ends every session of a person, on every device."""
    mine = (SignedIn.person_id == person_id, SignedIn.revoked_at.is_(None))
    session.execute(update(SignedIn).where(*mine).values(revoked_at=now))
    events.note(session, "signed_out_everywhere", now=now, person=person_id)
