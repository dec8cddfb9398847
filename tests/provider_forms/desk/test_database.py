"""The desk's database file."""

from __future__ import annotations

from pathlib import Path

import pytest

from provider_forms.desk.database import Database, address_of
from provider_forms.desk.models import Table


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """The file with private answers, and those that SQLite puts beside it, are closed to other users."""
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    Table.metadata.create_all(database.engine)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert modes["desk.db"] == 0o600
    assert set(modes.values()) == {0o600}


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_address_of_a_server_is_taken_as_it_is_often_written(scheme: str) -> None:
    """An address of PostgreSQL without the name of a driver leads to the same server, by the driver that we bring."""
    address = address_of(f"{scheme}://wmo:geheim@db.test:5433/gids?sslmode=require")

    assert address.drivername == "postgresql+psycopg"
    assert (address.username, address.password, address.host, address.port) == ("wmo", "geheim", "db.test", 5433)
    assert (address.database, address.query) == ("gids", {"sslmode": "require"})
