"""axe-core finds nothing on any kind of page, on a wide screen and on a phone, in light and in dark."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.online import KINDS, Online

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
SCREENS = tuple((width, scheme) for width in (1280, 390) for scheme in ("light", "dark"))
ALL_RULES = """async () => {
  const settled = axe.getRules().filter(rule => !rule.tags.includes('experimental'));
  const rules = Object.fromEntries(settled.map(rule => [rule.ruleId, {enabled: true}]));
  const {violations, passes} = await axe.run(document, {rules, resultTypes: ['violations']});
  const found = violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 150)} ${node.failureSummary}`));
  return {found, passed: passes.length};
}"""
"""Leaves all of axe's rules on, and adds those that axe leaves out by itself, but for the experimental ones: AAA, target size."""


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
    lab.evaluate(AXE)

    assert {screen: found for screen in SCREENS if (found := violations(lab, *screen))} == {}


def test_search_results_are_accessible(lab: Page, guide: Online) -> None:
    """The list of results is as accessible as the page before the search."""
    lab.goto(f"{guide.base}/alkmaar/zoeken/?q=dementie")
    lab.locator("#zoekresultaten li").first.wait_for()
    lab.evaluate(AXE)

    assert {screen: found for screen in SCREENS if (found := violations(lab, *screen))} == {}


def test_unfolded_answers_are_accessible(lab: Page, examples: dict[str, str]) -> None:
    """The answers are as accessible as the questions that hide them."""
    lab.goto(examples["faq"])
    lab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
    lab.evaluate(AXE)

    assert {screen: found for screen in SCREENS if (found := violations(lab, *screen))} == {}


def violations(page: Page, width: int, scheme: Any) -> list[str]:
    """What axe finds on a page on such a screen."""
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    result = page.evaluate(ALL_RULES)
    assert result["passed"] > 20, "axe looked at nothing"
    return list(result["found"])
