"""What tests of the press share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import ContentFolder
from tests.provider_forms.press.hall import Hall, make_hall


@pytest.fixture
def hall(content: ContentFolder, tmp_path: Path) -> Iterator[Hall]:
    """An instance without a press."""
    found = make_hall(tmp_path, content)
    yield found
    found.close()
