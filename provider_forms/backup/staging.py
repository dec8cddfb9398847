"""A database that is filled beside the one in use: another file of SQLite, or another schema of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from sqlalchemy import inspect, text
from sqlalchemy.engine import URL, Connection

from provider_forms.backup.tables import read_tables, version_of
from provider_forms.desk.database import Database, address_of
from provider_forms.desk.migrate import alembic_config
from provider_forms.desk.models import Table

_AFTER = "_restore"


def fill(address: URL, revision: str, folder: Path) -> None:
    """Makes the tables as they were in a version, fills them from the files of a folder, and brings them up to date.

    Raises ValueError when the files don't fit that version.
    """
    database = Database(address.render_as_string(hide_password=False))
    try:
        with database.write() as session:
            command.upgrade(alembic_config(connection=session.connection()), revision)
            if version_of(session.connection()) != revision:
                raise ValueError(f"version {revision}")
        with database.write() as session:
            read_tables(session.connection(), folder)
        with database.write() as session:
            command.upgrade(alembic_config(connection=session.connection()), "head")
    finally:
        database.engine.dispose()


def schema_beside(database_url: str) -> URL:
    """An empty schema of PostgreSQL, beside the one that the address leads to; what was in it goes."""
    address = address_of(database_url)
    with _server(database_url) as connection:
        schema = _schema(connection)
        connection.execute(text(f"DROP SCHEMA IF EXISTS {_quoted(schema)} CASCADE"))
        connection.execute(text(f"CREATE SCHEMA {_quoted(schema)}"))
    options = address.query.get("options", "")
    given = options if isinstance(options, str) else " ".join(options)
    return address.update_query_dict({"options": f"{given} -csearch_path={_quoted(schema)}".strip()})


def take_over(database_url: str) -> None:
    """The tables of the schema beside it take the place of those in use, all at once; once more does nothing."""
    with _server(database_url) as connection:
        place, beside = _current(connection), _schema(connection)
        if beside not in inspect(connection).get_schema_names():
            return
        fresh = inspect(connection).get_table_names(schema=beside)
        for name in {*fresh, *Table.metadata.tables}:
            connection.execute(text(f"DROP TABLE IF EXISTS {_quoted(place)}.{_quoted(name)} CASCADE"))
        for name in fresh:
            connection.execute(text(f"ALTER TABLE {_quoted(beside)}.{_quoted(name)} SET SCHEMA {_quoted(place)}"))
        connection.execute(text(f"DROP SCHEMA {_quoted(beside)} CASCADE"))


@contextmanager
def _server(database_url: str) -> Iterator[Connection]:
    """A transaction that waits for its turn: the server may still be at one of a restore that was killed."""
    database = Database(database_url)
    try:
        with database.write() as session:
            yield session.connection()
    finally:
        database.engine.dispose()


def _current(connection: Connection) -> str:
    return str(connection.execute(text("SELECT current_schema()")).scalar_one())


def _schema(connection: Connection) -> str:
    return f"{_current(connection)}{_AFTER}"


def _quoted(name: str) -> str:
    doubled = name.replace('"', '""')
    return f'"{doubled}"'
