"""Brings the desk's tables up to date."""

from __future__ import annotations

import fcntl
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Engine

from provider_forms.desk.database import WRITERS

_SCRIPTS = Path(__file__).parent / "migrations"


def upgrade(engine: Engine, var: Path) -> None:
    """Runs the migrations that this database hasn't had. Processes that start together wait for each other."""
    var.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (var / ".migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with engine.begin() as connection:
            if engine.name == "postgresql":  # the others may be on other machines
                connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")
            command.upgrade(alembic_config(connection=connection), "head")


def alembic_config(**attributes: object) -> Config:
    """Alembic's configuration; its attributes reach migrations/env.py."""
    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    config.attributes.update(attributes)
    return config
