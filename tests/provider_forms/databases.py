"""The database of each instance that a test makes: a file of SQLite, or a schema of PostgreSQL where one is given.

`TEST_DATABASE_URL=postgresql://name@127.0.0.1/empty_database pytest tests/provider_forms` runs the same tests on
PostgreSQL. Each instance has a schema of its own, which goes when the tests are over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import Connection

from provider_forms.desk.database import Database, address_of
from provider_forms.desk.migrate import upgrade
from provider_forms.desk.models import Table

SERVER = os.environ.get("TEST_DATABASE_URL", "")
_RUN = os.environ.setdefault("TEST_DATABASE_RUN", secrets.token_hex(4))
"""Begins the names of this run's schemas, in the processes that tests start too."""
_MADE: set[str] = set()


def database_url(var: Path) -> str:
    """The address of the database of the instance in this folder: empty at first, later the same one again."""
    if not SERVER:
        return f"sqlite:///{var / 'desk.db'}"
    schema = _schema_of(var)
    if schema not in _MADE:
        with _server() as connection:
            connection.exec_driver_sql(f"CREATE SCHEMA IF NOT EXISTS {schema}")
        _MADE.add(schema)
    address = address_of(SERVER).update_query_dict({"options": f"-csearch_path={schema}"})
    return address.render_as_string(hide_password=False)


def with_tables(var: Path) -> None:
    """Gives an instance that has no file of SQLite yet one with empty tables: migrations take longer than most tests."""
    path = var / "desk.db"
    if SERVER or path.exists():
        return
    var.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(_migrated())


@cache
def _migrated() -> bytes:
    """What all migrations make of an empty database."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/desk.db")
        upgrade(database.engine, Path(folder))
        database.engine.dispose()
        return (Path(folder) / "desk.db").read_bytes()


def drop_databases() -> None:
    """Takes away the schemas of this run."""
    while _MADE:
        with _server() as connection:  # each by itself: one transaction can't hold the locks of thousands of tables
            connection.exec_driver_sql(f"DROP SCHEMA {_MADE.pop()} CASCADE")


def destroy_database(var: Path) -> None:
    """Takes away all that stands in the database of the instance in this folder."""
    for path in var.glob("desk.db*"):
        path.unlink()
    if SERVER:
        schema = _schema_of(var)
        with _server() as connection:
            connection.exec_driver_sql(f"DROP SCHEMA {schema} CASCADE")
            connection.exec_driver_sql(f"CREATE SCHEMA {schema}")


def all_that_is_stored(var: Path) -> bytes:
    """Everything in the database of the instance in this folder."""
    if not SERVER:
        return b"".join(path.read_bytes() for path in var.glob("desk.db*"))
    database = Database(database_url(var))
    with database.read() as session:
        rows = [row for table in Table.metadata.sorted_tables for row in session.execute(table.select()).all()]
    database.engine.dispose()
    return repr(rows).encode()


def is_sound(var: Path) -> bool:
    """Whether SQLite finds nothing wrong with its file; PostgreSQL keeps watch over its own."""
    if SERVER:
        return True
    with closing(sqlite3.connect(var / "desk.db")) as database:
        return bool(database.execute("PRAGMA integrity_check").fetchone() == ("ok",))


def _schema_of(var: Path) -> str:
    return f"test_{_RUN}_{hashlib.blake2b(str(var.resolve()).encode(), digest_size=8).hexdigest()}"


@contextmanager
def _server() -> Iterator[Connection]:
    engine = create_engine(address_of(SERVER))
    with engine.begin() as connection:
        yield connection
    engine.dispose()
