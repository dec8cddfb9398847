"""Upkeep: the log as a chain, reports of residents, the freshness ladder, searches that found nothing, grouped misfits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import context, op
from sqlalchemy.orm import Session

from provider_forms.desk import log_chain
from provider_forms.desk.models import Moment

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

_MOMENT = sa.DateTime(timezone=True)
_TABLES = ("misfit_label", "search_miss", "ladder_mail", "ladder_step", "report", "log_head")


def upgrade() -> None:
    """To this version."""
    _log()
    _report()
    _ladder()
    op.create_table(
        "search_miss",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(80), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(60), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_search_miss"),
        sa.UniqueConstraint("region", "day", "words", name="uq_search_miss_region"),
    )
    op.create_index("ix_search_miss_day", "search_miss", ["day"])
    op.create_table(
        "misfit_label",
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("label", sa.String(80), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_misfit_label_submission_id"),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_misfit_label_made_by"),
        sa.PrimaryKeyConstraint("submission_id", name="pk_misfit_label"),
    )
    op.create_index("ix_misfit_label_label", "misfit_label", ["label"])


def downgrade() -> None:
    """Back to a desk without upkeep."""
    for table in _TABLES:
        op.drop_table(table)
    op.drop_column("event", "digest")


def _log() -> None:
    op.add_column("event", sa.Column("digest", sa.String(64), nullable=False, server_default=""))
    op.create_table(
        "log_head",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("events", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_log_head"),
    )
    if not context.is_offline_mode():
        _chain()
    if op.get_context().dialect.name == "postgresql":  # SQLite can't, and its default does no harm
        op.alter_column("event", "digest", server_default=None)


def _chain() -> None:
    """Makes a chain of the events that are there."""
    event = sa.table(
        "event",
        *(sa.column(name, sa.Integer()) for name in ("id", "person_id", "organisation_id")),
        *(sa.column(name, sa.String()) for name in ("role", "what", "digest")),
        sa.column("at", Moment()),
        sa.column("details", sa.JSON()),
    )
    session, digest = Session(op.get_bind()), ""
    rows = session.execute(sa.select(event).order_by(event.c.id)).all()
    for row in rows:
        facts = log_chain.Facts(row.at, row.person_id, row.role, row.what, row.organisation_id, row.details)
        digest = log_chain.digest_of(digest, facts)
        session.execute(sa.update(event).where(event.c.id == row.id).values(digest=digest))
    if rows:
        head = sa.table("log_head", *(sa.column(name) for name in ("id", "events", "digest")))
        session.execute(sa.insert(head).values(id=1, events=len(rows), digest=digest))
    session.flush()


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(20), nullable=False),
        sa.Column("token", sa.String(64), nullable=False),
        sa.Column("region", sa.String(80), nullable=False),
        sa.Column("page", sa.String(500), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=True),
        sa.Column("topic", sa.String(40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("email", sa.String(254), nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("provider_said", sa.Text(), nullable=False),
        sa.Column("closed_at", _MOMENT, nullable=True),
        sa.Column("closed_by", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("erased_at", _MOMENT, nullable=True),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_report_organisation_id"),
        sa.ForeignKeyConstraint(["closed_by"], ["person.id"], name="fk_report_closed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.UniqueConstraint("number", name="uq_report_number"),
        sa.UniqueConstraint("token", name="uq_report_token"),
    )
    for column in ("organisation_id", "made_at", "closed_at"):
        op.create_index(f"ix_report_{column}", "report", [column])


def _ladder() -> None:
    op.create_table(
        "ladder_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(80), nullable=False),
        sa.Column("slug", sa.String(80), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ladder_step"),
        sa.UniqueConstraint("region", "slug", "confirmed_on", "step", name="uq_ladder_step_region"),
    )
    op.create_table(
        "ladder_mail",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=False),
        sa.Column("confirmed_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(20), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_ladder_mail_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_ladder_mail_person_id"),
        sa.PrimaryKeyConstraint("person_id", "organisation_id", name="pk_ladder_mail"),
    )
