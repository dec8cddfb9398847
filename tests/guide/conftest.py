"""What tests of the guide share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.builders import ContentFolder
from tests.guide.printing import printed


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that builds share, as they do in real life."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for a site."""
    return tmp_path / "site"


@pytest.fixture(scope="session")
def sample_site(sample: ContentFolder, tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """The sample, printed; for tests that only read it."""
    site = tmp_path_factory.mktemp("sample-site")
    printed(sample, site, cache)
    return site
