"""Sign-in by mailed link: a link works once and for a while, and what is kept of it is a hash."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session, joinedload

from provider_forms.desk import events, people
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.desk.models import Organisation, Person, Token
from provider_forms.desk.secret import digest, new_token

Purpose = Literal["sign_in", "invitation"]
LINK_LASTS = timedelta(minutes=30)
INVITATION_LASTS = timedelta(days=14)
_REMEMBERED = timedelta(days=30)
PATH = "/aanbieder/inloggen/"
"""Path of a link, before its token."""


@dataclass(frozen=True)
class Way:
    """A link that still works: for whom, and into which organisation when it is an invitation."""

    token: Token
    person: Person
    organisation: Organisation | None


def make_token(  # noqa: PLR0913  (what it is for, for whom, and how long)
    session: Session,
    purpose: Purpose,
    person_id: int,
    now: datetime,
    lasts: timedelta,
    *,
    organisation_id: int | None = None,
) -> str:
    """A token for a link; only its hash is kept."""
    token = new_token()
    session.execute(delete(Token).where(Token.expires_at < now - _REMEMBERED))
    session.add(
        Token(
            digest=digest(token),
            purpose=purpose,
            person_id=person_id,
            organisation_id=organisation_id,
            created_at=now,
            expires_at=now + lasts,
        )
    )
    return token


def link(desk: Desk, token: str, onward: str | None = None) -> str:
    """The full address of a link; `onward` is the path to go to afterwards."""
    return desk.link(f"{PATH}{token}") + (f"?verder={onward}" if onward else "")


def send_link(desk: Desk, email: str, onward: str | None, now: datetime) -> None:
    """Mails a link when somebody has this address. Does the same work when nobody has, up to handing over the mail."""
    with desk.database.write() as session:
        person = people.known_person(session, email)
        token = _token_for(session, person, now) if person else new_token()
        what = "link_sent" if person else "link_refused"
        events.note(session, what, now=now, person=person.id if person else None)
    mail = desk.texts.write("sign_in", email, link=link(desk, token, onward), minutes=_minutes(LINK_LASTS))
    if person is not None:
        desk.mailer.send(mail)


def invite(  # noqa: PLR0913  (who invites whom, to what, and when)
    session: Session,
    desk: Desk,
    email: str,
    organisation: Organisation,
    *,
    by: Person | None,
    now: datetime,
    role: events.Role = "manager",
) -> Mail:
    """An invitation to an organisation, ready to be sent once the transaction is kept. Earlier ones stop working."""
    person = people.person(session, email, now)
    _spend_all(session, person.id, organisation.id, now)
    token = make_token(session, "invitation", person.id, now, INVITATION_LASTS, organisation_id=organisation.id)
    events.note(
        session,
        "invited",
        now=now,
        person=by.id if by else None,
        role=role if by else "system",
        organisation=organisation.id,
        details={"person": person.id},
    )
    last_day = (now + INVITATION_LASTS).date()
    return desk.texts.write(
        "invitation", email, link=link(desk, token), organisation=organisation.name, last_day=last_day
    )


def invitations(session: Session, organisation_id: int, now: datetime) -> tuple[Token, ...]:
    """Invitations to an organisation that can still be accepted."""
    query = select(Token).where(Token.purpose == "invitation", Token.organisation_id == organisation_id, *_open(now))
    return tuple(session.scalars(query.order_by(Token.id).options(joinedload(Token.person))))


def withdraw(session: Session, organisation_id: int, token_id: int, now: datetime) -> bool:
    """Makes an invitation of this organisation stop working, whichever of its links is used; False when there is none.

    Whoever asks for a link before accepting gets the invitation once more, so one invitation can have several links.
    """
    mine = (Token.organisation_id == organisation_id, Token.purpose == "invitation")
    person = session.scalar(select(Token.person_id).where(Token.id == token_id, *mine))
    return person is not None and _spend(session, now, Token.person_id == person, *mine)


def look(session: Session, token: str, now: datetime) -> Way | None:
    """The way that a link opens; looking uses nothing up."""
    query = select(Token).where(Token.digest == digest(token), Token.purpose.in_(("sign_in", "invitation")))
    found = session.scalar(query.where(*_open(now)).options(joinedload(Token.person)))
    if found is None:
        return None
    wanted = found.organisation_id
    return Way(found, found.person, session.get(Organisation, wanted) if wanted else None)


def use(session: Session, token: str, now: datetime) -> Way | None:
    """Uses a link up. Of two that try at the same moment one gets the way, the other None."""
    way = look(session, token, now)
    if way is None or not _spend(session, now, Token.id == way.token.id):
        return None
    _spend_all(session, way.person.id, way.token.organisation_id, now)
    if way.organisation is not None:
        people.join(session, way.person.id, way.organisation.id, now)
    return way


def _token_for(session: Session, person: Person, now: datetime) -> str:
    """A sign-in link; for somebody who hasn't accepted their only invitation yet, that invitation again."""
    waiting = session.scalar(
        select(Token)
        .where(Token.person_id == person.id, Token.purpose == "invitation", *_open(now))
        .order_by(Token.id.desc())
    )
    if waiting is None or person.staff_role or people.organisations_of(session, person.id):
        return make_token(session, "sign_in", person.id, now, LINK_LASTS)
    left = min(LINK_LASTS, waiting.expires_at - now)
    return make_token(session, "invitation", person.id, now, left, organisation_id=waiting.organisation_id)


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Token.used_at.is_(None), Token.expires_at > now)


def _spend(session: Session, now: datetime, *which: ColumnElement[bool]) -> bool:
    done = session.execute(update(Token).where(*which, *_open(now)).values(used_at=now))
    return isinstance(done, CursorResult) and done.rowcount > 0


def _spend_all(session: Session, person_id: int, organisation_id: int | None, now: datetime) -> None:
    same = Token.organisation_id.is_(None) if organisation_id is None else Token.organisation_id == organisation_id
    session.execute(update(Token).where(Token.person_id == person_id, same, *_open(now)).values(used_at=now))


def _minutes(lasts: timedelta) -> int:
    return int(lasts.total_seconds()) // 60
