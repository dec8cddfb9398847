"""The desk's database file."""

from __future__ import annotations

from pathlib import Path

from provider_forms.desk.database import Database
from provider_forms.desk.models import Table


def test_only_the_owner_can_read_it(tmp_path: Path) -> None:
    """The file with private answers, and those that SQLite puts beside it, are closed to other users."""
    database = Database(f"sqlite:///{tmp_path / 'desk.db'}")
    Table.metadata.create_all(database.engine)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert modes["desk.db"] == 0o600
    assert set(modes.values()) == {0o600}
