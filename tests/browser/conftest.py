"""What browser tests share: phones, and an example of each page kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.crowd import CROWD_DAY, CROWD_REGION, crowd
from tests.browser.online import DAY, SHIPPED, Online, build_crowded, find_examples, online
from tests.browser.searching import Oracle, Searching, watch
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


@pytest.fixture(scope="session")
def crowd_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the region with many providers, some of them hostile, stands."""
    return tmp_path_factory.mktemp("crowd")


@pytest.fixture(scope="session")
def many(crowd_folder: Path) -> Iterator[Online]:
    """That region, online."""
    with crowd(crowd_folder) as site:
        yield site


@pytest.fixture(scope="session")
def oracle(many: Online, crowd_folder: Path) -> Oracle:
    """What can be found in it."""
    assert many.release.exists()
    return Oracle.of(crowd_folder / "content", CROWD_REGION, CROWD_DAY)


@pytest.fixture
def search(browser: Browser, guide: Online) -> Iterator[Searching]:
    """The search page of the guide as it is shipped, on a phone that remembers nothing yet."""
    yield from _searching(browser, f"{guide.base}/alkmaar/zoeken/")


@pytest.fixture
def crowded_search(browser: Browser, many: Online) -> Iterator[Searching]:
    """The search page of the region with many providers."""
    yield from _searching(browser, f"{many.base}/{CROWD_REGION}/zoeken/")


def _searching(browser: Browser, address: str) -> Iterator[Searching]:
    """A search page that ends the test when the browser has anything to complain of or asks anything of another site."""
    context = browser.new_context(**PHONE)
    page = context.new_page()
    complaints: list[str] = []
    watch(page, address, complaints)
    yield Searching(page, address, complaints)
    context.close()
    assert complaints == []
