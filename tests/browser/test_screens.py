"""Every kind of page fits small screens, big letters and clumsy fingers, and prints whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.online import KINDS

TOO_WIDE = """() => [...document.querySelectorAll('body *')]
  .filter(one => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.wg-table, .wg-visually-hidden'))
  .map(one => one.outerHTML.slice(0, 120)).concat(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls'] : [])"""
"""What sticks out on the right; a table scrolls in a box of its own."""
TOO_SMALL = """() => [...document.querySelectorAll('a, button, input, select, summary')]
  .filter(one => one.checkVisibility() && !one.closest('.wg-skip'))
  .filter(one => {
    const box = one.getBoundingClientRect();
    return Math.max(box.height, one.getClientRects()[0].height) < 24 || box.width < 24;
  })
  .filter(one => getComputedStyle(one).display !== 'inline' || one.parentElement.textContent.trim() === one.textContent.trim())
  .map(one => `${one.outerHTML.slice(0, 120)} ${one.getBoundingClientRect().height}`)"""
"""Links, buttons and fields under 24 px; a link in the midst of a sentence may be as small as its words."""
LARGE = """html { font-size: 250% !important; }
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"""
"""Material's own size is 125 %."""
HIDDEN_ON_PAPER = """() => [...document.querySelectorAll('main details > *')]
  .filter(one => one.textContent.trim() && !one.checkVisibility())
  .map(one => one.textContent.slice(0, 60))"""


@pytest.fixture(scope="module")
def screen(browser: Browser) -> Iterator[Page]:
    """A page that is put on screens of several sizes."""
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def lens(browser: Browser) -> Iterator[Page]:
    """A page of 640 px wide whose letters a reader may enlarge."""
    context = browser.new_context(viewport={"width": 640, "height": 800}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_sticks_out(kind: str, screen: Page, examples: dict[str, str]) -> None:
    """At 320 px, which is also 1280 px enlarged to 400 %, this kind of page doesn't scroll sideways."""
    screen.set_viewport_size({"width": 320, "height": 256})
    screen.goto(examples[kind])

    assert screen.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_large_letters_fit(kind: str, lens: Page, examples: dict[str, str]) -> None:
    """With letters of twice the size, and more room between letters, words and lines, nothing sticks out at 640 px."""
    lens.goto(examples[kind])
    lens.add_style_tag(content=LARGE)

    assert lens.evaluate("parseFloat(getComputedStyle(document.querySelector('main h1')).letterSpacing)") > 3
    assert lens.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("kind", KINDS)
def test_targets_can_be_hit(kind: str, screen: Page, examples: dict[str, str]) -> None:
    """Links, buttons and fields on this kind of page are at least 24 px, but for links in the midst of a sentence."""
    screen.goto(examples[kind])
    small = {}
    for width in (390, 1280):
        screen.set_viewport_size({"width": width, "height": 900})
        small[width] = screen.evaluate(TOO_SMALL)

    assert small == {390: [], 1280: []}


@pytest.mark.parametrize("kind", ["faq", "block", "municipality"])
def test_paper_shows_what_the_screen_folds_away(kind: str, phone: Page, examples: dict[str, str]) -> None:
    """On paper every folded part stands unfolded."""
    phone.goto(examples[kind])
    folded: Any = phone.evaluate(HIDDEN_ON_PAPER)
    phone.emulate_media(media="print")

    assert folded != []
    assert phone.evaluate(HIDDEN_ON_PAPER) == []
