"""axe-core finds nothing in the states of the search page; test_axe.py looks at the empty page and at plain results."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.axe import violations
from tests.browser.online import Online
from tests.browser.searching import Searching

UNFOLD = "document.querySelectorAll('#zoekformulier details').forEach((one) => { one.open = true; })"


def _open_filters(page: Page) -> None:
    page.evaluate(UNFOLD)
    page.wait_for_function("() => document.querySelector('[data-count]').textContent")


STATES: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "none": ("q=xqzwk&gemeente=heiloo", None),
    "did you mean, in danger": ("q=zelfmoort", None),
    "filters open": ("q=dagbesteding&gemeente=heiloo&how=group", _open_filters),
}


@pytest.fixture
def lab(browser: Browser) -> Iterator[Page]:
    """A page into which axe may be put."""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("state", STATES)
def test_state_is_accessible(state: str, lab: Page, guide: Online) -> None:
    """With no rule off, axe finds no violation in this state at 1280 and 390 px, light and dark."""
    question, do = STATES[state]
    lab.goto(f"{guide.base}/alkmaar/zoeken/?{question}")
    Searching(lab, "", []).answered()
    if do:
        do(lab)

    assert violations(lab) == {}


def test_page_without_javascript_is_accessible(lab: Page, old_phone: Page, guide: Online) -> None:
    """What stands there without JavaScript is accessible: axe looks at the same page with its script taken out."""
    old_phone.goto(f"{guide.base}/alkmaar/zoeken/?q=dementie")
    words = old_phone.locator("main").inner_text()
    lab.route("**/assets/zoeken.*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    lab.goto(f"{guide.base}/alkmaar/zoeken/?q=dementie")
    lab.evaluate("document.getAnimations().forEach((one) => one.finish())")
    lab.set_viewport_size({"width": 390, "height": 844})

    assert lab.locator("main").inner_text() == words
    assert violations(lab) == {}
