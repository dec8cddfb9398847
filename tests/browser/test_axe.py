"""axe-core finds nothing on any kind of page, on a wide screen and on a phone, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import WIDTHS, violations
from tests.browser.online import KINDS, Online


@pytest.fixture(scope="module")
def lab(browser: Browser) -> Iterator[Page]:
    """A page into which axe may be put: the only place where the policy for scripts is set aside."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_page_is_accessible(kind: str, lab: Page, examples: dict[str, str]) -> None:
    """With no rule off, axe finds no violation on a page of this kind at 1280 and 390 px, light and dark."""
    lab.goto(examples[kind])

    assert violations(lab) == {}


def test_search_results_are_accessible(lab: Page, guide: Online) -> None:
    """The list of results is as accessible as the page before the search."""
    lab.goto(f"{guide.base}/alkmaar/zoeken/?q=dementie")
    lab.locator("#zoekresultaten li").first.wait_for()

    assert violations(lab) == {}


def test_unfolded_answers_are_accessible(lab: Page, examples: dict[str, str]) -> None:
    """The answers are as accessible as the questions that hide them."""
    lab.goto(examples["faq"])
    lab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")

    assert violations(lab) == {}


def test_colours_are_looked_at_in_the_dark_too(lab: Page, examples: dict[str, str]) -> None:
    """Grey on grey for those who like it dark is found on both screens, and nothing is found by day."""
    lab.goto(examples["not_found"])
    lab.add_style_tag(content="@media (prefers-color-scheme: dark) { main * { color: #777; background: #666; } }")
    found = violations(lab)

    assert set(found) == {(width, "dark") for width in WIDTHS}
    assert all(told.startswith("color-contrast") for screen in found.values() for told in screen)
