"""The tables that keep the guide true: reports of residents, the freshness ladder, searches, gaps, the head of the log."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from provider_forms.desk.models import Organisation, Person, Submission, Table


class LogHead(Table):
    """Where the log ends: one row, so that a log whose last lines are gone doesn't look whole."""

    __tablename__ = "log_head"

    id: Mapped[int] = mapped_column(primary_key=True)
    """Always 1."""
    events: Mapped[int]
    """How many there are."""
    digest: Mapped[str] = mapped_column(String(64))
    """That of the last one; empty when there is none."""


class Report(Table):
    """What somebody who read a page told us about it. Text and address go 90 days after it was closed."""

    __tablename__ = "report"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    """What its reporter and staff call it, e.g. M2026-0001."""
    token: Mapped[str] = mapped_column(String(64), unique=True)
    """Digest of the secret in the address where its reporter can follow it."""
    region: Mapped[str] = mapped_column(String(80))
    """Empty for a page of no region."""
    page: Mapped[str] = mapped_column(String(500))
    """Path of the page."""
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """The provider whose page it is, if it is one that the desk knows."""
    topic: Mapped[str] = mapped_column(String(40))
    text: Mapped[str] = mapped_column(Text)
    """Empty once it has been erased."""
    email: Mapped[str] = mapped_column(String(254))
    """Empty when none was given, or it has been erased."""
    made_at: Mapped[datetime] = mapped_column(index=True)
    provider_said: Mapped[str] = mapped_column(Text)
    """What the provider told staff about it."""
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    closed_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    answer: Mapped[str] = mapped_column(Text)
    """What the reporter is told."""
    erased_at: Mapped[datetime | None]
    organisation: Mapped[Organisation | None] = relationship()
    closer: Mapped[Person | None] = relationship()


class LadderStep(Table):
    """A step of the freshness ladder that a provider's offer came to, for one confirmation of it."""

    __tablename__ = "ladder_step"
    __table_args__ = (UniqueConstraint("region", "slug", "confirmed_on", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(80))
    confirmed_on: Mapped[date]
    """The confirmation that has grown old."""
    step: Mapped[str] = mapped_column(String(20))
    """remind, escalate, warn or hide."""
    at: Mapped[datetime]


class LadderMail(Table):
    """The last mail of the ladder to a person about an organisation: nobody gets more than one of them a week."""

    __tablename__ = "ladder_mail"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    confirmed_on: Mapped[date]
    """The confirmation that had grown old."""
    step: Mapped[str] = mapped_column(String(20))
    day: Mapped[date]


class SearchMiss(Table):
    """Words that somebody searched for and found nothing by, on one day. Nothing else is known of who searched."""

    __tablename__ = "search_miss"
    __table_args__ = (UniqueConstraint("region", "day", "words"), Index("ix_search_miss_day", "day"))

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    day: Mapped[date]
    words: Mapped[str] = mapped_column(String(60))
    times: Mapped[int]


class MisfitLabel(Table):
    """The label under which staff put an answer “ons aanbod past niet in de matrix”."""

    __tablename__ = "misfit_label"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    label: Mapped[str] = mapped_column(String(80), index=True)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submission: Mapped[Submission] = relationship()
