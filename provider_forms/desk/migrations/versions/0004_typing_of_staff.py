"""Typing of staff is kept too: it belongs to no organisation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    _allow_none(allow=True)


def downgrade() -> None:
    """Back to typing of organisations alone."""
    kept = sa.table("kept", sa.column("organisation_id", sa.Integer()))
    op.execute(kept.delete().where(kept.c.organisation_id.is_(None)))
    _allow_none(allow=False)


def _allow_none(*, allow: bool) -> None:
    with op.batch_alter_table("kept", copy_from=_kept(nullable=not allow)) as table:
        table.alter_column("organisation_id", existing_type=sa.Integer(), nullable=allow)


def _kept(*, nullable: bool) -> sa.Table:
    """The table as it was: SQLite can't change a column, so the table is copied into a new one."""
    return sa.Table(
        "kept",
        sa.MetaData(),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("organisation_id", sa.Integer(), nullable=nullable),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        *(
            sa.Column(name, sa.String(length=length), nullable=False, server_default="")
            for name, length in (("key", 16), ("tab", 8), ("waits", 8))
        ),
        sa.Column("size", sa.Integer(), nullable=False, server_default="0"),
        sa.ForeignKeyConstraint(["organisation_id"], ["organisation.id"], name="fk_kept_organisation_id"),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_kept_person_id"),
        sa.PrimaryKeyConstraint("id", name="pk_kept"),
        sa.Index("ix_kept_organisation_id", "organisation_id"),
        sa.Index("ix_kept_person_id", "person_id"),
        sa.Index("ix_kept_key", "key", unique=True),
    )
