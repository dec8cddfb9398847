"""“Alles klopt nog”: a mailed link to a page with one button, by which a provider confirms its offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from provider_forms.desk.desk import Desk
from provider_forms.desk.models import Organisation, Token
from provider_forms.desk.secret import digest, new_token

PURPOSE = "confirmation"
LASTS = timedelta(days=30)
PATH = "/aanbieder/klopt-nog/"
"""Path of a link, before its token."""


@dataclass(frozen=True)
class Asked:
    """A link that still works: which organisation is asked, and who got the mail."""

    token_id: int
    person_id: int
    organisation: Organisation


def link_for(session: Session, desk: Desk, organisation_id: int, person_id: int, now: datetime) -> str:
    """A new link for one manager, to be mailed once the transaction is kept."""
    token = new_token()
    session.add(
        Token(
            digest=digest(token),
            purpose=PURPOSE,
            person_id=person_id,
            organisation_id=organisation_id,
            created_at=now,
            expires_at=now + LASTS,
        )
    )
    return desk.link(f"{PATH}{token}")


def look(session: Session, token: str, now: datetime) -> Asked | None:
    """What a link asks; looking uses nothing up."""
    found = session.scalar(select(Token).where(Token.digest == digest(token), *_open(now)))
    organisation = session.get(Organisation, found.organisation_id) if found and found.organisation_id else None
    return Asked(found.id, found.person_id, organisation) if found and organisation else None


def use(session: Session, asked: Asked, now: datetime) -> bool:
    """Uses a link up, and with it the links of the colleagues: one answer is enough. False when another was first."""
    done = session.execute(update(Token).where(Token.id == asked.token_id, *_open(now)).values(used_at=now))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        return False
    same = (Token.organisation_id == asked.organisation.id, *_open(now))
    session.execute(update(Token).where(*same).values(used_at=now))
    return True


def _open(now: datetime) -> tuple[ColumnElement[bool], ...]:
    return (Token.purpose == PURPOSE, Token.used_at.is_(None), Token.expires_at > now)
