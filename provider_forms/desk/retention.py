"""Erases what was kept long enough: the days stand in content/shared/upkeep.yaml, and on the page that tells of them."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Delete, Update, delete, func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from provider_forms.desk import events, reports
from provider_forms.desk.erasing import GONE, LastAdministratorError, erase_person
from provider_forms.desk.models import (
    Attempt,
    Event,
    Kept,
    Membership,
    Part,
    Person,
    RealEstate,
    SignedIn,
    Submission,
    Token,
)
from provider_forms.desk.staff_models import Comment, Decision, Rework, StaffSession
from provider_forms.desk.submissions import OPEN
from provider_forms.desk.upkeep_models import SearchMiss
from wmo_guide.domain.upkeep import KEPT_KINDS, KeptKind, Upkeep, days_kept


def erase_old(session: Session, upkeep: Upkeep | None, now: datetime) -> dict[KeptKind, int]:
    """Erases what is older than it may be; gives how much of what. Done again at once it erases nothing."""
    found: dict[KeptKind, int] = {}
    for kind in KEPT_KINDS:
        days = days_kept(kind, upkeep)
        if days is not None and kind in _ERASERS:
            number = _ERASERS[kind](session, now - timedelta(days=days), now)
            found |= {kind: number} if number else {}
    for kind, number in found.items():
        events.note(session, "data_erased", now=now, role="system", details={"what": kind, "rows": number})
    return found


def erase_old_mails(outbox: Path, days: int) -> int:
    """Takes away copies of mails that are so old; gives how many. By the computer's own clock, as files are dated."""
    found = 0
    for path in outbox.glob("*.eml"):
        with suppress(FileNotFoundError):
            if path.stat().st_mtime < time.time() - timedelta(days=days).total_seconds():
                path.unlink()
                found += 1
    return found


def _done(session: Session, *statements: Delete | Update) -> int:
    results = [session.execute(one) for one in statements]
    return sum(one.rowcount for one in results if isinstance(one, CursorResult))


def _reports(session: Session, before: datetime, now: datetime) -> int:
    return reports.erase_old(session, (now - before).days, now)


def _searches(session: Session, before: datetime, _now: datetime) -> int:
    return _done(session, delete(SearchMiss).where(SearchMiss.day < before.date()))


def _drafts(session: Session, before: datetime, _now: datetime) -> int:
    last = select(Part.organisation_id).group_by(Part.organisation_id).having(func.max(Part.saved_at) < before)
    old = delete(Part).where(Part.organisation_id.in_(last))
    return _done(session, old, delete(Kept).where(Kept.kept_at < before))


def _submissions(session: Session, before: datetime, _now: datetime) -> int:
    """What staff alone could see of a submission, and what was said about it. The public part stays: it is in the guide."""
    mine = select(Submission.id).where(Submission.state.not_in(OPEN), Submission.changed_at < before)
    number = 0
    for one in session.scalars(select(Submission).where(Submission.id.in_(mine))):
        number += bool(one.private)
        one.private = {}
    said = update(Decision).where(Decision.submission_id.in_(mine), Decision.reason != "").values(reason="")
    return number + _done(
        session,
        delete(Comment).where(Comment.submission_id.in_(mine)),
        delete(Rework).where(Rework.submission_id.in_(mine)),
        said,
    )


def _homes(session: Session, before: datetime, _now: datetime) -> int:
    return _done(session, delete(RealEstate).where(RealEstate.sent_at < before))


def _accounts(session: Session, before: datetime, now: datetime) -> int:
    """People who belong to nothing any more, and of whom nothing was heard since."""
    busy = (
        select(Membership.person_id),
        select(Token.person_id).where(Token.expires_at >= before),
        select(SignedIn.person_id).where(SignedIn.expires_at >= before),
        select(Event.person_id).where(Event.at >= before, Event.person_id.is_not(None)),
    )
    query = select(Person).where(
        Person.staff_role.is_(None),
        Person.created_at < before,
        Person.email.not_like(f"{GONE}-%"),
        *(Person.id.not_in(one) for one in busy),
    )
    found = session.scalars(query).all()
    for one in found:
        with suppress(LastAdministratorError):
            erase_person(session, one, None, now)
    return len(found)


def _sign_ins(session: Session, before: datetime, _now: datetime) -> int:
    old = select(SignedIn.id).where(SignedIn.expires_at < before)
    session.execute(delete(StaffSession).where(StaffSession.session_id.in_(old)))
    return _done(
        session,
        delete(SignedIn).where(SignedIn.expires_at < before),
        delete(Token).where(Token.expires_at < before),
        delete(Attempt).where(Attempt.at < before),
    )


_ERASERS: Mapping[KeptKind, Callable[[Session, datetime, datetime], int]] = {
    "reports": _reports,
    "searches": _searches,
    "drafts": _drafts,
    "submissions": _submissions,
    "homes": _homes,
    "accounts": _accounts,
    "sign_ins": _sign_ins,
}
"""What erases each kind of data, given the moment before which it is old, and now. Mails are files; the log stays."""
