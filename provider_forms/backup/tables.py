"""The desk's tables as lines of JSON: the same text whichever database they come from or go to.

The tables are those that the database has, so a new one comes along by itself, and an older version of the tables is
read and written as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import JSON, Column, Date, DateTime, Integer, MetaData, Table, insert, null, select, text
from sqlalchemy.engine import Connection

VERSION = "alembic_version"
"""The table that every database of ours has."""
_AT_ONCE = 500


def version_of(connection: Connection) -> str:
    """The version of the tables."""
    return str(connection.execute(text(f"SELECT version_num FROM {VERSION}")).scalar_one())  # noqa: S608  (a constant)


def tables_of(connection: Connection) -> tuple[Table, ...]:
    """The desk's tables as they are in the database; those that others point at come first."""
    found = MetaData()
    found.reflect(connection)
    return tuple(table for table in found.sorted_tables if table.name != VERSION)


def is_empty(connection: Connection) -> bool:
    """Whether nobody has done anything yet."""
    return not any(connection.execute(select(table).limit(1)).first() for table in tables_of(connection))


def write_tables(connection: Connection, folder: Path) -> None:
    """Writes each table into a file of the folder: first the names of its columns, then a line for each row."""
    folder.mkdir(parents=True, mode=0o700)
    for table in tables_of(connection):
        with (folder / f"{table.name}.jsonl").open("w", encoding="utf-8", newline="\n") as stream:
            stream.write(_line([column.name for column in table.columns]))
            asked = select(table).order_by(*table.primary_key)
            rows = connection.execute(asked, execution_options={"yield_per": _AT_ONCE})
            stream.writelines(_line([_plain(value) for value in row]) for row in rows)


def read_tables(connection: Connection, folder: Path) -> None:
    """Fills the empty tables of a database of the same version. Raises ValueError when the files don't fit them."""
    tables = tables_of(connection)
    if strange := {path.stem for path in folder.iterdir()} ^ {table.name for table in tables}:
        raise ValueError(f"tables: {sorted(strange)}")
    for table in tables:
        with (folder / f"{table.name}.jsonl").open(encoding="utf-8", newline="\n") as stream:
            columns = _columns(table, json.loads(next(stream)))
            for rows in _by_many(stream):
                connection.execute(insert(table), [_row(columns, json.loads(line)) for line in rows])
    if connection.dialect.name == "postgresql":
        for table in tables:
            _go_on_counting(connection, table)


def _line(values: list[Any]) -> str:
    return f"{json.dumps(values, separators=(',', ':'))}\n"


def _plain(value: Any) -> Any:
    """Moments are all in UTC; SQLite gives them without saying so."""
    if isinstance(value, datetime):
        return (value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def _columns(table: Table, names: list[str]) -> list[Column[Any]]:
    if set(names) != set(table.columns.keys()):
        raise ValueError(f"columns of {table.name}: {names}")
    return [table.columns[name] for name in names]


def _row(columns: list[Column[Any]], values: list[Any]) -> dict[str, Any]:
    return {column.name: _value(column, value) for column, value in zip(columns, values, strict=True)}


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:  # where a column of JSON can be empty, None would become the word null
        return null() if isinstance(column.type, JSON) and column.nullable else None
    if isinstance(column.type, DateTime):
        return datetime.fromisoformat(value).astimezone(UTC)
    return date.fromisoformat(value) if isinstance(column.type, Date) else value


def _by_many(lines: Iterable[str]) -> Iterator[list[str]]:
    some: list[str] = []
    for line in lines:
        some.append(line)
        if len(some) == _AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _go_on_counting(connection: Connection, table: Table) -> None:
    """The next row gets the number after the last one."""
    for column in table.primary_key:
        place = {"table": f'"{table.name}"', "column": column.name}
        counter = text("SELECT pg_get_serial_sequence(:table, :column)")
        if isinstance(column.type, Integer) and (name := connection.execute(counter, place).scalar()):
            last = connection.execute(select(column).order_by(column.desc()).limit(1)).scalar()
            if last is not None:
                connection.execute(text("SELECT setval(:name, :last)"), {"name": name, "last": last})
