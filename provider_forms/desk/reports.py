"""What readers of the guide report about its pages, until it is closed and, 90 days later, erased."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import func, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from provider_forms.desk import events, people
from provider_forms.desk.models import Organisation
from provider_forms.desk.secret import digest, new_token
from provider_forms.desk.upkeep_models import Report

LONGEST = 2000
"""Characters of a report, of what a provider says about it, and of the answer."""
_LONGEST_PATH = 500
_PROVIDER_PAGE = ("aanbieders",)
_DEEP = 3


class ClosedError(Exception):
    """A colleague closed the report meanwhile; nothing was done."""


@dataclass(frozen=True)
class Sent:
    """A report as a reader sent it."""

    page: str
    """Path of the page, as `page_of` gives it."""
    topic: str
    text: str
    email: str
    """Empty: nobody is told when it is closed."""


@dataclass(frozen=True)
class Made:
    """A report that was kept, with the secret by which its reporter can follow it."""

    report: Report
    token: str


def page_of(asked: str) -> str:
    """The path of a page of the guide, out of what an address says; the front page when it is none."""
    try:
        parts = urlsplit(asked)
    except ValueError:
        return "/"
    path = parts.path
    fits = path.startswith("/") and len(path) <= _LONGEST_PATH and path.isprintable() and "\\" not in path
    return path if fits and not parts.scheme and not parts.netloc and not path.startswith("//") else "/"


def make(session: Session, sent: Sent, regions: Sequence[str], now: datetime) -> Made:
    """Keeps a report, under a number of its own."""
    token = new_token()
    region, slug = _place(sent.page, regions)
    organisation = people.organisation(session, region, slug) if slug else None
    report = Report(
        number=_next_number(session, now.year),
        token=digest(token),
        region=region,
        page=sent.page,
        organisation_id=organisation.id if organisation else None,
        topic=sent.topic,
        text=sent.text,
        email=sent.email,
        made_at=now,
        provider_said="",
        closed_at=None,
        closed_by=None,
        answer="",
        erased_at=None,
    )
    session.add(report)
    session.flush()
    details = {"number": report.number, "topic": report.topic}
    events.note(session, "report_made", now=now, organisation=report.organisation_id, details=details)
    return Made(report, token)


def followed(session: Session, token: str) -> Report | None:
    """The report that a reporter follows by this secret."""
    return session.scalar(select(Report).where(Report.token == digest(token)))


def find(session: Session, number: str) -> Report | None:
    """The report with this number."""
    return session.scalar(select(Report).where(Report.number == number))


def open_ones(session: Session) -> tuple[Report, ...]:
    """Reports that staff still have to close, the oldest first."""
    return tuple(session.scalars(select(Report).where(Report.closed_at.is_(None)).order_by(Report.id)))


def closed_ones(session: Session, limit: int = 50) -> tuple[Report, ...]:
    """Reports that were closed, the newest first."""
    query = select(Report).where(Report.closed_at.is_not(None)).order_by(Report.closed_at.desc(), Report.id.desc())
    return tuple(session.scalars(query.limit(limit)))


def of_organisation(session: Session, organisation: Organisation) -> tuple[Report, ...]:
    """Reports about a provider's page that aren't erased, the open ones first, then the newest."""
    mine = (Report.organisation_id == organisation.id, Report.erased_at.is_(None))
    return tuple(session.scalars(select(Report).where(*mine).order_by(Report.closed_at.is_not(None), Report.id.desc())))


def adopt(session: Session, organisation: Organisation) -> None:
    """Hands a new organisation the open reports about its page from before there was anybody to tell."""
    for report in open_ones(session):
        if report.organisation_id is None and _place(report.page, (organisation.region,))[1] == organisation.slug:
            report.organisation_id = organisation.id


def say(session: Session, report: Report, text: str, person_id: int, now: datetime) -> None:
    """Keeps what the provider tells staff about a report. Raises ClosedError."""
    session.refresh(report, with_for_update=True)
    if report.closed_at is not None:
        raise ClosedError
    report.provider_said = text
    events.note(session, "report_answered", now=now, person=person_id, role="manager", **_where(report))


def close(session: Session, report: Report, answer: str, person_id: int, now: datetime) -> None:
    """Closes a report with what its reporter is told. Raises ClosedError."""
    session.refresh(report, with_for_update=True)
    if report.closed_at is not None:
        raise ClosedError
    report.closed_at, report.closed_by, report.answer = now, person_id, answer
    events.note(session, "report_closed", now=now, person=person_id, role="staff", **_where(report))


def erase_old(session: Session, days: int, now: datetime) -> int:
    """Erases text and addresses of reports that were closed so many days ago; gives how many."""
    old = (Report.closed_at < now - timedelta(days=days), Report.erased_at.is_(None))
    gone = {"text": "", "email": "", "provider_said": "", "answer": "", "erased_at": now}
    done = session.execute(update(Report).where(*old).values(gone))
    return done.rowcount if isinstance(done, CursorResult) else 0


def _place(page: str, regions: Sequence[str]) -> tuple[str, str]:
    """The region that a page is of, and the provider whose page it is; empty where there is none."""
    region, *rest = [part for part in page.split("/") if part and part != "index.html"] or [""]
    if region not in regions:
        return "", ""
    return region, rest[1] if len(rest) + 1 == _DEEP and (rest[0],) == _PROVIDER_PAGE else ""


def _next_number(session: Session, year: int) -> str:
    start = f"M{year}-"
    mine = select(Report.number).where(Report.number.like(f"{start}%"))
    last = session.scalar(mine.order_by(func.length(Report.number).desc(), Report.number.desc()).limit(1))
    return f"{start}{int(last.removeprefix(start)) + 1 if last else 1:04}"


def _where(report: Report) -> dict[str, Any]:
    return {"organisation": report.organisation_id, "details": {"number": report.number}}
