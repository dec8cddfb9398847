"""The tables of the staff desk: decisions, comments, work for the press, second factors and invitations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from provider_forms.desk.models import Organisation, Person, SignedIn, Submission, Table


class Decision(Table):
    """What staff decided about a submission. A submission has one at most: nothing is decided twice."""

    __tablename__ = "decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    what: Mapped[str] = mapped_column(String(20))
    """approved, edited (approved after editing), returned or rejected; undone when it has to be decided anew."""
    reason: Mapped[str] = mapped_column(Text)
    """What the provider is told; obligatory for a rejection."""
    sent_payload: Mapped[str] = mapped_column(Text)
    """The YAML as the provider sent it, when staff edited it before approving; else empty."""
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    submission: Mapped[Submission] = relationship()


class Comment(Table):
    """A remark of staff on one answer of a submission."""

    __tablename__ = "comment"
    __table_args__ = (UniqueConstraint("submission_id", "part", "question"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    part: Mapped[str] = mapped_column(String(200))
    """Which page of the form: organisation, location/<key>, offering/<edition>/<block>."""
    question: Mapped[str] = mapped_column(String(80))
    """Key of the question; empty for the page as a whole."""
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Opened(Table):
    """Who has a submission open for review, so that a second reviewer is told."""

    __tablename__ = "opened"

    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    at: Mapped[datetime]
    person: Mapped[Person] = relationship()


class PublishJob(Table):
    """A change of the content that has been approved. It stays until it is live, whatever happens to the press."""

    __tablename__ = "publish_job"

    id: Mapped[int] = mapped_column(primary_key=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    """waiting, building, live, failed, withdrawn or handed_back (what it is about has to be decided anew)."""
    what: Mapped[str] = mapped_column(String(20))
    """provider, content, undo or site (nothing changed but the day)."""
    region: Mapped[str] = mapped_column(String(80))
    title: Mapped[str] = mapped_column(String(200))
    """What staff see, e.g. the name of the provider."""
    changes: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    """Files: `path` below content/, `text` (None: the file goes), `base` and `was` (what the change builds on)."""
    message: Mapped[str] = mapped_column(Text)
    """Why; goes into the content's history, so nothing private stands in it."""
    author: Mapped[str] = mapped_column(String(300))
    """Whose words it are: "name <mail>"; the organisation for a provider."""
    committer: Mapped[str] = mapped_column(String(300))
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    publish_on: Mapped[date | None]
    """Not before this day; empty: at once."""
    made_at: Mapped[datetime]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    commit: Mapped[str] = mapped_column(String(64))
    """Its commit in the content's history; empty until it is written."""
    step: Mapped[str] = mapped_column(String(20))
    """Where the press is with it: waiting, held (until another one is put right), writing, building, checking or live."""
    problem: Mapped[str] = mapped_column(Text)
    """Why it failed, in words for staff."""
    live_at: Mapped[datetime | None]


class SecondFactor(Table):
    """A code generator of a member of staff."""

    __tablename__ = "second_factor"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True)
    secret: Mapped[str] = mapped_column(String(200))
    """The shared secret, sealed with the instance's own key."""
    confirmed_at: Mapped[datetime | None]
    """When the first right code was given; before that it doesn't count."""
    last_step: Mapped[int]
    """The last time step whose code was used: a code works once."""


class RecoveryCode(Table):
    """A code on paper, for who lost the telephone: kept as a hash, good for one time."""

    __tablename__ = "recovery_code"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    used_at: Mapped[datetime | None]


class WorkAccount(Table):
    """The account with which a person signs in where staff use those of their organisation."""

    __tablename__ = "work_account"
    __table_args__ = (UniqueConstraint("person_id", "issuer"),)

    issuer: Mapped[str] = mapped_column(String(500), primary_key=True)
    subject: Mapped[str] = mapped_column(String(255), primary_key=True)
    """The account's number with its issuer: never that of another account, as a mail address can be."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    bound_at: Mapped[datetime]
    person: Mapped[Person] = relationship()


class StaffSession(Table):
    """What is known of a session of staff beyond the session itself."""

    __tablename__ = "staff_session"

    session_id: Mapped[int] = mapped_column(ForeignKey("signed_in.id"), primary_key=True)
    verified_at: Mapped[datetime | None]
    """When the second factor was given in this session."""
    device: Mapped[str] = mapped_column(String(200))
    """The browser as it calls itself."""
    seen_at: Mapped[datetime]
    session: Mapped[SignedIn] = relationship()


class Invitation(Table):
    """An organisation that was invited to tell what it offers."""

    __tablename__ = "invitation"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    invited_at: Mapped[datetime]
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    mailed_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]
    organisation: Mapped[Organisation] = relationship()
    person: Mapped[Person] = relationship(foreign_keys=[person_id])


class Contract(Table):
    """What an organisation was contracted for, to hold against what it offers."""

    __tablename__ = "contract"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), primary_key=True)
    kvk: Mapped[str] = mapped_column(String(8))
    municipalities: Mapped[list[str]]
    blocks: Mapped[list[str]]
    changed_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship()


class Rework(Table):
    """Other answers that staff wrote for a page of a submission, before they decide."""

    __tablename__ = "rework"
    __table_args__ = (UniqueConstraint("submission_id", "part"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    part: Mapped[str] = mapped_column(String(200))
    """Which page of the form."""
    answers: Mapped[dict[str, Any]]
    """All public answers of the page, as they would stand in the file."""
    made_at: Mapped[datetime]
    made_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class CheckedLink(Table):
    """What came of looking whether an address of a website still works."""

    __tablename__ = "checked_link"

    url: Mapped[str] = mapped_column(String(500), primary_key=True)
    works: Mapped[bool | None]
    """None when nobody could tell, e.g. because it took too long."""
    problem: Mapped[str] = mapped_column(String(200))
    """What is wrong with it, in words for staff."""
    checked_at: Mapped[datetime]
