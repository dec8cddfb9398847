"""Backups of older versions of the tables."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import text

from provider_forms.backup.instance import Instance
from provider_forms.backup.making import make
from provider_forms.backup.restoring import restore
from provider_forms.desk import people
from provider_forms.desk.database import Database
from provider_forms.desk.migrate import alembic_config
from provider_forms.desk.models import Organisation
from provider_forms.desk.secret import load_secret
from tests.builders import sample_content
from tests.provider_forms.databases import database_url
from wmo_guide.store.history import History

VERSIONS = [script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()]
NOW = datetime(2026, 1, 15, 12, tzinfo=UTC)


def _instance(folder: Path) -> Instance:
    return Instance(folder / "var", folder / "content", database_url(folder / "var"), "", (), shipped=False)


@pytest.mark.parametrize("version", VERSIONS)
def test_older_tables_come_back_up_to_date(tmp_path: Path, version: str) -> None:
    """A backup that was made with any version of the tables is restored as that, and then brought up to date."""
    old, new = _instance(tmp_path / "old"), _instance(tmp_path / "new")
    sample_content(old.content)
    History(old.content)
    database = Database(old.database_url)
    with database.engine.begin() as connection:
        command.upgrade(alembic_config(connection=connection), version)
        connection.execute(
            text("INSERT INTO organisation VALUES (7, 'regio', 'zorg', 'Zorg', :now, true)"), {"now": str(NOW)}
        )
        connection.execute(
            text("INSERT INTO person (id, email, created_at) VALUES (3, 'a@x.nl', :now)"), {"now": str(NOW)}
        )
        connection.execute(text("INSERT INTO membership VALUES (1, 7, 3, :now)"), {"now": str(NOW)})
    make(old, database, load_secret(old.var / "secret.key"), tmp_path / "old.tar.gz", NOW)
    database.engine.dispose()
    restore(new, tmp_path / "old.tar.gz")

    restored = Database(new.database_url)
    with restored.read() as session:
        found = session.get_one(Organisation, 7)
        assert (found.name, found.example, found.created_at) == ("Zorg", True, NOW)
        assert [one.person_id for one in found.managers] == [3]
        assert session.connection().execute(text("SELECT version_num FROM alembic_version")).scalar() == VERSIONS[0]
    with restored.write() as session:
        assert people.person(session, "b@x.nl", NOW).id == 4
    restored.engine.dispose()
