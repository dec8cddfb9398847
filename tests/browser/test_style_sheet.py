"""What is left of Material's style sheet does on our pages what all of it would do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import material
import pytest
from playwright.sync_api import Browser, Page

from tests.browser.online import KINDS

WHOLE = next(Path(material.__file__).parent.glob("templates/assets/stylesheets/main.*.css"))
LOOKS: tuple[tuple[int, dict[str, Any]], ...] = (
    (390, {"media": "screen", "color_scheme": "light"}),
    (1280, {"media": "screen", "color_scheme": "dark"}),
    (1280, {"media": "print", "color_scheme": "light"}),
)
_STYLES = """() => {
  const short = (text) => {
    let sum = 0;
    for (let place = 0; place < text.length; place += 1) { sum = (Math.imul(sum, 31) + text.charCodeAt(place)) | 0; }
    return sum;
  };
  document.getAnimations().forEach((one) => one.finish());
  return [...document.querySelectorAll("*")].map((one) => {
    const styles = ["", "::before", "::after", "::marker"].map((part) => getComputedStyle(one, part).cssText);
    return `${one.outerHTML.slice(0, 80)} ${styles.map(short)}`;
  });
}"""
"""Each element with a short number for all that the browser made of its style, and of what stands before and behind it."""


@pytest.fixture(scope="module")
def pages(browser: Browser) -> Iterator[tuple[Page, Page]]:
    """A page of the guide as it is, and one that gets all of Material's style sheet."""
    contexts = [browser.new_context(reduced_motion="reduce") for _ in range(2)]
    contexts[1].route("**/stylesheets/main.*.css", lambda route: route.fulfill(path=WHOLE))
    yield contexts[0].new_page(), contexts[1].new_page()
    for context in contexts:
        context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_page_looks_as_with_all_of_material(kind: str, pages: tuple[Page, Page], examples: dict[str, str]) -> None:
    """Everything on a page of this kind has the same style: on a phone, in the dark on a wide screen, and on paper."""
    for page in pages:
        page.goto(examples[kind])

    for width, look in LOOKS:
        fitting, whole = (_styles(page, width, look) for page in pages)
        assert [one for one, other in zip(fitting, whole, strict=True) if one != other] == [], look


def test_a_rule_that_lacks_is_seen(pages: tuple[Page, Page], examples: dict[str, str]) -> None:
    """Without Material's style sheet things on a page have another style."""
    for page in pages:
        page.goto(examples["faq"])
    pages[0].evaluate("document.querySelector('link[href*=\"/stylesheets/main\"]').remove()")

    assert _styles(pages[0], *LOOKS[0]) != _styles(pages[1], *LOOKS[0])


def _styles(page: Page, width: int, look: dict[str, Any]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 900})
    page.emulate_media(**look)
    found: list[str] = page.evaluate(_STYLES)
    return found
