"""Every text that is kept has a row, a tab and a size of its own; before, one page had one text."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_COLUMNS = (("key", 16), ("tab", 8), ("waits", 8))
_MARK = "#"
"""Stood between a page's path and its tab, when the typing waited to be merged."""


def upgrade() -> None:
    """To this version."""
    for name, length in _COLUMNS:
        op.add_column("kept", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    op.add_column("kept", sa.Column("size", sa.Integer(), nullable=False, server_default="0"))
    kept = _kept()
    mark = sa.func.length(kept.c.name) - 8
    merges = sa.func.substr(kept.c.name, mark, 1) == _MARK
    op.execute(
        kept.update().values(
            key=sa.literal("oud-").concat(sa.cast(kept.c.id, sa.String())),
            size=sa.func.length(sa.cast(kept.c.answers, sa.Text())),
            waits="again",
        )
    )
    tab, path = sa.func.substr(kept.c.name, mark + 1), sa.func.substr(kept.c.name, 1, mark - 1)
    op.execute(kept.update().where(merges).values(tab=tab, waits="merge", name=path))
    op.create_index("ix_kept_key", "kept", ["key"], unique=True)


def downgrade() -> None:
    """Back to a row for each page and tab."""
    kept = _kept()
    op.execute(kept.update().where(kept.c.waits == "merge").values(name=kept.c.name.concat(_MARK).concat(kept.c.tab)))
    op.drop_index("ix_kept_key", table_name="kept")
    for name in ("size", *(name for name, _ in reversed(_COLUMNS))):
        op.drop_column("kept", name)


def _kept() -> sa.TableClause:
    texts = (sa.column(name, sa.String()) for name in ("name", "key", "tab", "waits", "answers"))
    return sa.table("kept", sa.column("id", sa.Integer()), sa.column("size", sa.Integer()), *texts)
