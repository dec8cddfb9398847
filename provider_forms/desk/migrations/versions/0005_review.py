"""Review: what staff rewrote in a submission, and addresses of websites that were looked at."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "rework",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("part", sa.String(200), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["made_by"], ["person.id"], name="fk_rework_made_by"),
        sa.ForeignKeyConstraint(["submission_id"], ["submission.id"], name="fk_rework_submission_id"),
        sa.PrimaryKeyConstraint("id", name="pk_rework"),
        sa.UniqueConstraint("submission_id", "part", name="uq_rework_submission_id"),
    )
    op.create_index("ix_rework_submission_id", "rework", ["submission_id"])
    op.create_table(
        "checked_link",
        sa.Column("url", sa.String(500), nullable=False),
        sa.Column("works", sa.Boolean(), nullable=True),
        sa.Column("problem", sa.String(200), nullable=False),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("url", name="pk_checked_link"),
    )


def downgrade() -> None:
    """Back to a desk that rewrites nothing."""
    op.drop_table("checked_link")
    op.drop_table("rework")
