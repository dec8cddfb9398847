"""Every kind of page fits small screens, big letters and clumsy fingers, and prints whole."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.online import KINDS, Online, online
from tests.builders import HOME, REGION, TODAY, ContentFolder, sample_content
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish

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
TWICE = "html { font-size: 250% !important; }"
LONG_WORD = "Arbeidsongeschiktheidsverzekeringsmaatschappijen"
LONG_ADDRESS = f"https://www.example.nl/{'hulpvraagverduidelijking/' * 5}"
WORDY = (
    "aanbieders/alfa-thuis/",
    "aanbieders/",
    "a-z/",
    "gemeenten/zandhoek/post-en-papieren/",
    "hulp/post-en-papieren/",
    "vragen/",
    "professionals/doelen/",
)
"""Pages that show the long words."""
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


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    """The smallest of phones, on which a reader may enlarge the letters."""
    context = browser.new_context(viewport={"width": 320, "height": 568}, bypass_csp=True)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def wordy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Online]:
    """A guide in which a provider and staff use words and addresses longer than a screen."""
    folder = tmp_path_factory.mktemp("wordy")
    content = sample_content(folder / "content")
    _write_long_words(content)
    publish(Publication(content=content.root, site_dir=folder / "site", cache_dir=None, day=TODAY))
    with online(folder / "site") as site:
        yield site


def _write_long_words(content: ContentFolder) -> None:
    alfa, faq, page = f"{HOME}/providers/alfa-thuis.yaml", f"{HOME}/faq.yaml", f"{HOME}/pages/doelen.md"
    tree, both = content.tree(alfa), f"{LONG_WORD} {LONG_ADDRESS}"
    tree["organisation"] |= {"name": LONG_WORD, "summary": both, "description": f"{both}\n\n- {both}"}
    tree["organisation"] |= {"website": LONG_ADDRESS, "email": f"info@{'hulpvraagverduidelijking.' * 3}example.nl"}
    tree["locations"][0]["answers"] |= {"name": LONG_WORD, "address": LONG_WORD}
    tree["offerings"][0]["answers"] |= {"summary": both, "what": both, "start": f"- {LONG_ADDRESS}"}
    content.write(alfa, tree)
    content.put(faq, ("questions", 0, "question"), f"Wat is {LONG_WORD * 2}?")
    content.put(faq, ("questions", 0, "answer"), LONG_ADDRESS)
    table = f"| {' | '.join([LONG_WORD] * 3)} |\n|{'---|' * 3}\n| {' | '.join('abc')} |\n"
    content.raw(page, f"{content.text(page)}\n## {LONG_WORD}\n\n{both}\n\n{table}")


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
def test_large_letters_fit_a_small_phone(kind: str, narrow: Page, examples: dict[str, str]) -> None:
    """With letters of twice the size this kind of page doesn't scroll sideways at 320 px either."""
    narrow.goto(examples[kind])
    narrow.add_style_tag(content=TWICE)

    assert narrow.evaluate("parseFloat(getComputedStyle(document.documentElement).fontSize)") == 40
    assert narrow.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("style", ["", TWICE], ids=["letters as they are", "letters of twice the size"])
@pytest.mark.parametrize("address", WORDY)
def test_long_words_wrap(address: str, style: str, narrow: Page, wordy: Online) -> None:
    """A compound word or an address longer than the screen, in whatever a provider or staff wrote, wraps at 320 px."""
    narrow.goto(f"{wordy.base}/{REGION}/{address}")
    if style:
        narrow.add_style_tag(content=style)

    assert narrow.locator("main", has_text=LONG_WORD).count() == 1
    assert narrow.evaluate(TOO_WIDE) == []


@pytest.mark.parametrize("kind", ["matrix", "costs", "article"])
def test_wide_table_scrolls_in_its_own_box(kind: str, narrow: Page, examples: dict[str, str], wordy: Online) -> None:
    """A table that is wider than the screen scrolls in a box that the keyboard reaches and that has a name."""
    narrow.goto(examples[kind] if kind != "article" else f"{wordy.base}/{REGION}/professionals/doelen/")
    boxes = narrow.locator(".wg-table")

    assert boxes.count() > 0
    assert any(box.evaluate("one => one.scrollWidth > one.clientWidth") for box in boxes.all())
    for box in boxes.all():
        box.focus()
        assert box.evaluate("one => document.activeElement === one && one.getBoundingClientRect().right <= innerWidth")
        assert box.get_attribute("aria-label") or box.get_attribute("aria-labelledby")


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
