"""Work accounts: which account of which issuer is whose."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """To this version."""
    op.create_table(
        "work_account",
        sa.Column("issuer", sa.String(500), nullable=False),
        sa.Column("subject", sa.String(255), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("bound_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name="fk_work_account_person_id"),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_work_account"),
        sa.UniqueConstraint("person_id", "issuer", name="uq_work_account_person_id"),
    )


def downgrade() -> None:
    """Back to a desk that knows accounts by their mail address."""
    op.drop_table("work_account")
