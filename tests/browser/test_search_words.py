"""The browser compares words by the same rules as the build, which made the files that it reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from tests.browser.online import SHIPPED
from wmo_guide.guide.search import script
from wmo_guide.guide.search.alike import AlikeWords, names_of
from wmo_guide.guide.search.shards import Shards
from wmo_guide.guide.search.words import stem, words_of

SOURCE = Path(script.__file__).parent / "browser"
AT_ONCE = (Phase.generate,)
"""A failure is told as it is found: making it smaller would ask the browser thousands of times."""
_ENDINGS = (
    "",
    "e",
    "en",
    "s",
    "heid",
    "heden",
    "lijk",
    "lijke",
    "baar",
    "ing",
    "ingen",
    "ig",
    "ige",
    "end",
    "t",
    "d",
    "bar",
    "je",
    "je's",
    "tje",
)
_LETTERS = "aaeeiioouyjbdfgklmnprstvwzckcqx"
dutch_words = st.builds(
    lambda beginning, ending: beginning + ending, st.text(_LETTERS, min_size=1, max_size=10), st.sampled_from(_ENDINGS)
)

alike_words = st.builds(
    lambda beginning, rest: beginning + rest,
    st.sampled_from(("", "aaaa", "aaëab")),
    st.text("aë", min_size=1, max_size=6),
)
"""Words of which many begin alike, so that files are split up to the longest beginning, and beyond."""


@pytest.fixture(scope="module")
def machine(browser: Browser) -> Iterator[Page]:
    """A page that has the script's words and files."""
    page = browser.new_page()
    parts = ("words", "understand", "alike", "offers")
    page.evaluate(
        "\n".join((SOURCE / f"{part}.js").read_text(encoding="utf-8") for part in parts).replace("const ", "var ")
    )
    yield page
    page.context.close()


def _stems(machine: Page, words: list[str]) -> list[str]:
    found: list[str] = machine.evaluate("(words) => words.map(stem)", words)
    return found


def _different(words: list[str], stems: list[str]) -> dict[str, tuple[str, str]]:
    return {word: (ours, stem(word)) for word, ours in zip(words, stems, strict=True) if ours != stem(word)}


def test_words_of_the_content_have_the_same_stems(machine: Page) -> None:
    """All words of the shipped content have the same words and stems in the browser as in the build."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(SHIPPED.rglob("*.*"))]
    words = sorted({word for text in texts for word in words_of(text)})
    assert len(words) > 5_000

    assert machine.evaluate("(texts) => Array.from(new Set(texts.flatMap(wordsOf))).sort()", texts) == sorted(words)
    assert _different(words, _stems(machine, words)) == {}


@settings(max_examples=40, phases=AT_ONCE)
@given(words=st.lists(dutch_words, min_size=30, max_size=60))
def test_made_up_words_have_the_same_stems(machine: Page, words: list[str]) -> None:
    """So do words that nobody wrote, with the endings of Dutch ones."""
    assert _different(words, _stems(machine, words)) == {}


@settings(max_examples=40, phases=AT_ONCE)
@given(texts=st.lists(st.text(max_size=40), min_size=10, max_size=30))
def test_any_text_has_the_same_words(machine: Page, texts: list[str]) -> None:
    """Any text at all falls apart into the same words, with the same stems."""
    told = machine.evaluate("(texts) => texts.map((text) => wordsOf(text).map((word) => [word, stem(word)]))", texts)

    assert told == [[[word, stem(word)] for word in words_of(text)] for text in texts]


@settings(max_examples=25, phases=AT_ONCE)
@given(words=st.lists(alike_words, min_size=20, max_size=60, unique=True), most=st.integers(1, 8))
def test_each_word_is_looked_up_where_it_stands(machine: Page, words: list[str], most: int) -> None:
    """However the words are spread over files, the browser looks for each in the file in which the build put it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("wmo_guide.guide.search.shards.MOST_ENTRIES", most)
        shards = Shards.of([(1, dict.fromkeys(words, 1))], most=1)
        placed = {word: name for name, members in shards.members.items() for word in members}
    asked: dict[str, Any] = {"names": sorted(shards.members), "words": words}
    found = machine.evaluate("({names, words}) => words.map((word) => shardOf(new Set(names), word))", asked)

    assert dict(zip(words, found, strict=True)) == placed


_LEARN = """async ({names, files, words}) => Promise.all(words.map(async (word) => {
  const index = {
    guide: { alike: names }, skipped: new Set(), learned: new Set(), alike: new Map(), elsewhere: new Set(), written: new Map(),
  };
  await learnAlike(index, async (path) => files[path], [word]);
  return index.alike.has(word);
}))"""


@settings(max_examples=15, phases=AT_ONCE)
@given(endings=st.lists(st.text("abc", min_size=1, max_size=6), min_size=65, max_size=120, unique=True))
def test_each_word_that_says_the_same_is_fetched(machine: Page, endings: list[str]) -> None:
    """Many words with the same two letters stand in several files, and a word of those two letters hides none of them."""
    words = ["pa", "po", *(f"pa{ending}" for ending in endings)]
    alike = AlikeWords(dict.fromkeys(words, ("x",)))
    files = {f"g/{name}.json": json.loads(data) for name, data in alike.files.items()}
    found = machine.evaluate(_LEARN, {"names": names_of(alike.files), "files": files, "words": words})

    assert found == [True] * len(words)
