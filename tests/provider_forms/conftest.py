"""What tests of the forms share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ContentFolder
from tests.provider_forms.databases import drop_databases
from tests.provider_forms.visiting import MADE, Forms, make_forms


def pytest_sessionfinish() -> None:
    """Leaves nothing on the server of PostgreSQL."""
    drop_databases()


@pytest.fixture(autouse=True)
def close_desks() -> Iterator[None]:
    """Closes what a test made and left open: a server has connections for so many, and psycopg warns of each."""
    before = len(MADE)
    yield
    while len(MADE) > before:
        MADE.pop().desk.close()


@pytest.fixture
def forms(tmp_path: Path, sample: ContentFolder) -> Iterator[Forms]:
    """The application over an empty desk and the shared sample content."""
    made = make_forms(tmp_path / "var", sample.root)
    yield made
    made.desk.close()
