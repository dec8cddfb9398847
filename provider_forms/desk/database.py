"""The desk's database: SQLite by default, PostgreSQL by its address."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, Connection, make_url
from sqlalchemy.orm import Session, sessionmaker

_WAIT_SECONDS = 20
_DRIVER = "postgresql+psycopg"
WRITERS = 7_769_111
"""Names our lock among those of other applications on the same database of PostgreSQL."""


class Database:
    """Transactions on the desk's database."""

    def __init__(self, url: str) -> None:
        """`url` as SQLAlchemy writes it, e.g. sqlite:////srv/wmo/desk.db or postgresql://name@host/wmo."""
        self.engine = _engine(url)
        reading = {"isolation_level": "REPEATABLE READ"} if self.engine.name == "postgresql" else {}
        self.after_write: Callable[[Mapping[Any, Any]], None] = lambda _info: None
        """Called with what was noted in `session.info`, once a transaction that wrote is on disk."""
        self._reading = sessionmaker(self.engine.execution_options(**reading), expire_on_commit=False)
        self._writing = sessionmaker(self.engine.execution_options(wmo_writes=True), expire_on_commit=False)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A transaction that only reads; all of it sees the same moment."""
        with self._reading() as session:
            yield session

    @contextmanager
    def write(self) -> Iterator[Session]:
        """A transaction that is committed, and on disk, when the block ends; undone as a whole when it raises.

        One at a time: what it reads stays so until it ends.
        """
        with self._writing.begin() as session:
            yield session
        self.after_write(session.info)


def address_of(url: str) -> URL:
    """The address as SQLAlchemy wants it: addresses of PostgreSQL are often written without the name of a driver."""
    address = make_url(url)
    return address.set(drivername=_DRIVER) if address.drivername in ("postgres", "postgresql") else address


def _engine(url: str) -> Engine:
    address = address_of(url)
    if address.get_backend_name() != "sqlite":
        engine = create_engine(address, pool_pre_ping=True)
        event.listen(engine, "begin", _begin_on_server)
        return engine
    if address.database:
        file = Path(address.database)
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)  # SQLite gives the files beside it the same mode
    engine = create_engine(address, connect_args={"timeout": _WAIT_SECONDS})
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare(connection: Any, _record: object) -> None:
    """SQLite as a server's database: readers don't wait for a writer, and what is committed survives a power cut."""
    connection.isolation_level = None  # so that we say BEGIN ourselves
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    """A writer takes its place in the queue at once: two that begin as readers would lock each other out."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if _writes(connection) else "BEGIN")


def _begin_on_server(connection: Connection) -> None:
    """PostgreSQL lets writers work side by side; ours look before they write, so they take turns as with SQLite."""
    if _writes(connection):
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({WRITERS})")


def _writes(connection: Connection) -> bool:
    return bool(connection.get_execution_options().get("wmo_writes"))
