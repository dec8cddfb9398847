"""What browser tests share: phones, and an example of each page kind."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.online import DAY, SHIPPED, Online, build_crowded, find_examples, online
from tests.builders import TODAY

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "locale": "nl-NL", "reduced_motion": "reduce"}


@pytest.fixture(scope="session")
def examples(guide: Online, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """An address of each page kind; kinds that only a crowded region has come from such a region."""
    folder = tmp_path_factory.mktemp("crowded")
    with online(build_crowded(folder)) as crowded:
        yield find_examples(crowded, folder / "content", TODAY) | find_examples(guide, SHIPPED, DAY)


@pytest.fixture(scope="session")
def phones(browser: Browser) -> Iterator[BrowserContext]:
    """A phone of 390 pixels wide. The guide keeps nothing in a browser, so tests may share it."""
    context = browser.new_context(**PHONE)
    yield context
    context.close()


@pytest.fixture(scope="session")
def old_phones(browser: Browser) -> Iterator[BrowserContext]:
    """The same phone without JavaScript."""
    context = browser.new_context(java_script_enabled=False, **PHONE)
    yield context
    context.close()


@pytest.fixture
def phone(phones: BrowserContext) -> Iterator[Page]:
    """A fresh page on a phone."""
    page = phones.new_page()
    yield page
    page.close()


@pytest.fixture
def old_phone(old_phones: BrowserContext) -> Iterator[Page]:
    """A fresh page on a phone without JavaScript."""
    page = old_phones.new_page()
    yield page
    page.close()
