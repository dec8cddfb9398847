"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, sync_playwright

from tests.browser.online import Online, build_shipped, online
from tests.builders import ContentFolder, sample_content
from tools.browser import launch

settings.register_profile("guide", deadline=None, derandomize=True)  # tests tell of the code, not of the machine's load
settings.load_profile("guide")


@pytest.fixture
def content(tmp_path: Path) -> ContentFolder:
    """A small, valid, complete content folder that the test may change."""
    return sample_content(tmp_path / "content")


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> ContentFolder:
    """The same folder, shared by tests that only read it."""
    return sample_content(tmp_path_factory.mktemp("sample") / "content")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless Chromium for all tests."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Online]:
    """The guide as it is shipped, online."""
    with online(build_shipped(tmp_path_factory.mktemp("shipped"))) as site:
        yield site
