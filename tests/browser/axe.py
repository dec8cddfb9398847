"""What axe-core finds on a page: with no rule off on a wide screen and on a phone, and again in dark what depends on colours."""

from __future__ import annotations

from pathlib import Path
from typing import Literal, TypeAlias

import axe_playwright_python
from playwright.sync_api import Page

Scheme: TypeAlias = Literal["light", "dark"]
Screen: TypeAlias = tuple[int, Scheme]
"""Its width, and the reader's choice of light or dark."""
WIDTHS = (1280, 390)
SCREENS: tuple[Screen, ...] = (*((width, "light") for width in WIDTHS), *((width, "dark") for width in WIDTHS))
_AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
_FIND = """async (onlyColours) => {
  const settled = axe.getRules().filter(rule => !rule.tags.includes('experimental'));
  const wanted = settled.filter(rule => !onlyColours || rule.tags.includes('cat.color'));
  const rules = Object.fromEntries(wanted.map(rule => [rule.ruleId, {enabled: true}]));
  const asked = onlyColours ? {runOnly: Object.keys(rules)} : {rules};
  const {violations, passes} = await axe.run(document, {...asked, resultTypes: ['violations']});
  const found = violations.flatMap(one => one.nodes.map(node => `${one.id}: ${node.html.slice(0, 150)} ${node.failureSummary}`));
  return {found, passed: passes.length};
}"""
"""Leaves all of axe's rules on, and adds those that axe leaves out by itself, but for the experimental ones: AAA, target size."""
_PASSED = {"light": 20, "dark": 0}
"""Rules of which more than so many have to pass, or axe looked at nothing."""


def violations(page: Page, screens: tuple[Screen, ...] = SCREENS) -> dict[Screen, list[str]]:
    """What axe finds on a page of a context that lets scripts in, on each screen where it finds something."""
    page.evaluate(_AXE)
    return {screen: found for screen in screens if (found := _on(page, *screen))}


def _on(page: Page, width: int, scheme: Scheme) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(color_scheme=scheme)
    result = page.evaluate(_FIND, scheme == "dark")
    assert result["passed"] > _PASSED[scheme], "axe looked at nothing"
    return list(result["found"])
