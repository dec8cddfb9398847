"""What all tests share."""

from __future__ import annotations

import os
import shutil
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

_MEMORY = Path("/dev/shm")  # noqa: S108  (pytest makes a folder of its own in it, for this user alone)
_ROOM = 6 * 1024**3
"""Bytes that a whole run may leave behind, three times over."""


def pytest_configure() -> None:
    """Puts what tests write on the memory disk where there is one: desks and histories wait for the disk at each save.

    On a slow disk the tests took ten times as long. `PYTEST_DEBUG_TEMPROOT` or `--basetemp` choose another place.
    """
    if _MEMORY.is_dir() and os.access(_MEMORY, os.W_OK) and shutil.disk_usage(_MEMORY).free > _ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(_MEMORY))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need a browser come first: they take longest, and a long file begun last keeps one core idle."""
    with_browser = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in with_browser)


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
