"""Brings the desk's tables up to date."""

from __future__ import annotations

import fcntl
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from provider_forms.desk.database import WRITERS

_SCRIPTS = Path(__file__).parent / "migrations"
_NEWER = (
    "De tabellen in de database (versie {revision}) zijn van een nieuwere versie van het programma. Er is niets veranderd. Zet "
    "die versie neer, of zet de kopie van voor die versie terug: zie “Terug naar de oude versie” in docs/operations.md."
)


class NewerTablesError(Exception):
    """The database has tables of a version of the program that this one doesn't know; the message tells in Dutch."""


def knows(revision: str) -> bool:
    """Whether this is a version of the tables that the program has."""
    try:
        found = ScriptDirectory.from_config(alembic_config()).get_revision(revision)
    except CommandError:
        return False
    return found is not None and found.revision == revision


def upgrade(engine: Engine, var: Path) -> None:
    """Runs the migrations that this database hasn't had. Processes that start together wait for each other.

    Raises NewerTablesError, with everything as it was.
    """
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (var / ".migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with engine.begin() as connection:
            if engine.name == "postgresql":  # the others may be on other machines
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
            _upgrade(connection)


def _upgrade(connection: Connection) -> None:
    try:
        command.upgrade(alembic_config(connection=connection), "head")
    except CommandError as error:
        revision = MigrationContext.configure(connection).get_current_revision()
        if revision is None or knows(revision):
            raise
        raise NewerTablesError(_NEWER.format(revision=revision)) from error


def alembic_config(**attributes: object) -> Config:
    """Alembic's configuration; its attributes reach migrations/env.py."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes.update(attributes)
    return config
