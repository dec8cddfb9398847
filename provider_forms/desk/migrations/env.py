"""Alembic asks this file how to reach the database. It is run by desk/migrate.py alone."""

from __future__ import annotations

from alembic import context
from sqlalchemy import text

from provider_forms.desk import staff_models, upkeep_models  # noqa: F401  (their tables belong to Table.metadata)
from provider_forms.desk.models import Table

_LOCK = 7_046_018
"""Any number, the same for all app servers on one PostgreSQL database."""


def _run() -> None:
    connection = context.config.attributes.get("connection")
    if connection is None:
        dialect = context.config.attributes["dialect"]
        context.configure(dialect_name=dialect, target_metadata=Table.metadata, literal_binds=True)
        with context.begin_transaction():
            context.run_migrations()
        return
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    context.configure(connection=connection, target_metadata=Table.metadata, render_as_batch=True)
    context.run_migrations()


_run()
