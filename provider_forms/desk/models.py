"""The desk's tables. Nothing in here ever goes into content/ or the public site by itself."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import JSON, DateTime, ForeignKey, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides; SQLite itself forgets the time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (SQLAlchemy passes it)
        """To the database."""
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002  (as above)
        """From the database."""
        return None if value is None else value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Table(DeclarativeBase):
    """What all tables share."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {datetime: Moment, dict[str, Any]: JSON, list[str]: JSON}  # noqa: RUF012  (SQLAlchemy reads it)


class Organisation(Table):
    """A provider as the desk knows it: who may answer for it, and which file in content/ is its own."""

    __tablename__ = "organisation"
    __table_args__ = (UniqueConstraint("region", "slug"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    region: Mapped[str] = mapped_column(String(80))
    slug: Mapped[str] = mapped_column(String(80))
    """Name of its file in content/regions/<region>/providers/."""
    name: Mapped[str] = mapped_column(String(200))
    created_at: Mapped[datetime]
    example: Mapped[bool] = mapped_column(default=False)
    managers: Mapped[list[Membership]] = relationship(back_populates="organisation")


class Person(Table):
    """Somebody who can sign in."""

    __tablename__ = "person"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True)
    """In lower case."""
    staff_role: Mapped[str | None] = mapped_column(String(20))
    """reviewer or administrator for staff; empty for people of providers."""
    created_at: Mapped[datetime]
    memberships: Mapped[list[Membership]] = relationship(back_populates="person")


class Membership(Table):
    """A person who answers for an organisation."""

    __tablename__ = "membership"
    __table_args__ = (UniqueConstraint("organisation_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship(back_populates="managers")
    person: Mapped[Person] = relationship(back_populates="memberships")


class Token(Table):
    """A link that was mailed: kept as a hash, good for one time and for a while."""

    __tablename__ = "token"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    purpose: Mapped[str] = mapped_column(String(20))
    """sign_in, invitation or confirmation."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class SignedIn(Table):
    """A session: kept as a hash, revocable."""

    __tablename__ = "signed_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    person: Mapped[Person] = relationship()


class Attempt(Table):
    """An attempt that is counted, e.g. a request for a sign-in link."""

    __tablename__ = "attempt"

    id: Mapped[int] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(String(40), index=True)
    """What is counted, with a hash of whose it is; never an address itself."""
    at: Mapped[datetime] = mapped_column(index=True)


class Part(Table):
    """One page of a draft as it was last saved, right or wrong."""

    __tablename__ = "part"
    __table_args__ = (UniqueConstraint("organisation_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    """Which page: organisation, location/<key>, blocks, offering/<edition>/<block>."""
    answers: Mapped[dict[str, Any]]
    """Raw answers as typed, by question key."""
    version: Mapped[int]
    """Goes up by one with each save; a save on an older version is a conflict."""
    saved_at: Mapped[datetime]
    saved_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    removed_at: Mapped[datetime | None]


class Kept(Table):
    """What somebody typed that could not be saved at once: a conflict, or a session that had ended."""

    __tablename__ = "kept"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(16), unique=True, index=True)
    """Drawn at random: a page that is open for a month can't mean another text by it."""
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    """Empty for what staff typed."""
    name: Mapped[str] = mapped_column(String(200))
    """The page's path."""
    tab: Mapped[str] = mapped_column(String(8))
    """The opening of the page in which it was typed."""
    waits: Mapped[str] = mapped_column(String(8))
    """again or merge."""
    answers: Mapped[dict[str, Any]]
    size: Mapped[int]
    """Characters of the answers."""
    base_version: Mapped[int]
    kept_at: Mapped[datetime]


class Submission(Table):
    """A form that was sent: exactly the YAML that would stand in content/, and what only staff may see."""

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(20), unique=True)
    kind: Mapped[str] = mapped_column(String(20), index=True)
    """form for all of it, fast for what goes live without review, confirmation for "alles klopt nog"."""
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    payload: Mapped[str] = mapped_column(Text)
    private: Mapped[dict[str, Any]]
    """Answers for staff alone, by part and question."""
    base: Mapped[str] = mapped_column(String(64))
    """Fingerprint of the provider's file when the draft began; empty when there was none."""
    state: Mapped[str] = mapped_column(String(20), index=True)
    """received, in_review, returned, approved, published, rejected, withdrawn, retracted or undone."""
    sent_at: Mapped[datetime]
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"))
    changed_at: Mapped[datetime]
    organisation: Mapped[Organisation] = relationship()


class RealEstate(Table):
    """Homes that a provider can offer through the Transferpunt. Never public, never in git."""

    __tablename__ = "real_estate"

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id"), index=True)
    answers: Mapped[dict[str, Any]]
    sent_at: Mapped[datetime]
    sent_by: Mapped[int] = mapped_column(ForeignKey("person.id"))


class Event(Table):
    """Something that happened: who, what, when, in which role. Only ever added to."""

    __tablename__ = "event"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"))
    role: Mapped[str] = mapped_column(String(20))
    what: Mapped[str] = mapped_column(String(60), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id"), index=True)
    details: Mapped[dict[str, Any]]
    digest: Mapped[str] = mapped_column(String(64))
    """Ties it to the event before it: see log_chain.py."""
