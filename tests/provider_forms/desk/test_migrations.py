"""The migrations make exactly the tables that the code expects."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect, text

from provider_forms.desk import typing_kept
from provider_forms.desk.database import Database
from provider_forms.desk.migrate import alembic_config, upgrade
from provider_forms.desk.models import Table
from provider_forms.desk.typing_kept import Place
from tests.provider_forms.databases import database_url


def test_migrations_equal_the_models(tmp_path: Path) -> None:
    """Alembic finds no difference between a migrated database and the models."""
    database = Database(database_url(tmp_path))
    upgrade(database.engine, tmp_path)

    with database.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Table.metadata)
    database.engine.dispose()

    assert differences == []


def test_migrating_twice_changes_nothing(tmp_path: Path) -> None:
    """A start over an existing database leaves its tables as they are."""
    database = Database(database_url(tmp_path))
    upgrade(database.engine, tmp_path)
    before = inspect(database.engine).get_table_names()
    upgrade(database.engine, tmp_path)

    assert inspect(database.engine).get_table_names() == before
    database.engine.dispose()


def test_processes_that_start_together_wait_for_each_other(tmp_path: Path) -> None:
    """Four starts at the same moment make the tables once, and none of them fails."""
    failures: list[BaseException] = []
    address = database_url(tmp_path)

    def start() -> None:
        database = Database(address)
        try:
            upgrade(database.engine, tmp_path)
        except Exception as error:  # noqa: BLE001  (a thread's failure has to reach the test)
            failures.append(error)
        finally:
            database.engine.dispose()

    threads = [threading.Thread(target=start) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failures == []


@pytest.mark.parametrize("dialect", ["postgresql", "sqlite"])
def test_migrations_are_sql_of_both_databases(dialect: str) -> None:
    """Each database gets a CREATE TABLE in its own dialect for every table."""
    out = io.StringIO()
    config = alembic_config(dialect=dialect)
    config.output_buffer = out

    command.upgrade(config, "head", sql=True)

    sql = out.getvalue()
    assert all(f"CREATE TABLE {table}" in sql for table in Table.metadata.tables)
    assert ("TIMESTAMP WITH TIME ZONE" in sql) is (dialect == "postgresql")


def test_a_migration_can_be_undone(tmp_path: Path) -> None:
    """Going back to the beginning leaves no table but Alembic's own."""
    database = Database(database_url(tmp_path))
    upgrade(database.engine, tmp_path)

    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection=connection), "base")

    assert inspect(database.engine).get_table_names() == ["alembic_version"]
    database.engine.dispose()


def test_texts_that_were_kept_before_are_found_again(tmp_path: Path) -> None:
    """Typing that waited when the second version came is found on its page, each text for what it waited for."""
    database = Database(database_url(tmp_path))
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection=connection), "0001")
        connection.execute(text("INSERT INTO organisation VALUES (1, 'regio', 'zorg', 'Zorg', '2026-01-01', false)"))
        connection.execute(text("INSERT INTO person VALUES (1, 'a@example.nl', NULL, '2026-01-01')"))
        for number, name in enumerate(("/aanbieder/1/collegas", "/aanbieder/1/organisatie#0123abcd"), start=1):
            answers = f'{{"fields": {{"a.name": ["Tekst {number}"]}}}}'
            kept = text("INSERT INTO kept VALUES (:number, 1, 1, :name, :answers, 0, '2026-01-01')")
            connection.execute(kept, {"number": number, "name": name, "answers": answers})
    upgrade(database.engine, tmp_path)

    with database.read() as session:
        again = typing_kept.waiting(session, Place(1, 1, "/aanbieder/1/collegas"))
        merge = typing_kept.waiting(session, Place(1, 1, "/aanbieder/1/organisatie"))
    with database.engine.begin() as connection:
        command.downgrade(alembic_config(connection=connection), "0001")
        names = connection.exec_driver_sql("SELECT name FROM kept ORDER BY id").scalars().all()
    database.engine.dispose()
    assert [(one.waits, one.fields) for one in again] == [("again", {"a.name": ["Tekst 1"]})]
    assert [(one.waits, one.fields) for one in merge] == [("merge", {"a.name": ["Tekst 2"]})]
    assert names == ["/aanbieder/1/collegas", "/aanbieder/1/organisatie#0123abcd"]
