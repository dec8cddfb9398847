"""Words of providers, in files by their first letters."""

from __future__ import annotations

import json
from itertools import accumulate
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wmo_guide.guide.search import shards as room
from wmo_guide.guide.search.shards import Shards, too_common

MOST = 64
WORDS = st.dictionaries(st.text(alphabet="abc", min_size=1, max_size=8), st.sampled_from((1, 2)), max_size=12)
PROVIDERS = st.dictionaries(st.integers(0, 200), WORDS, max_size=30)


@pytest.fixture(autouse=True)
def small_files(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a few entries, so that few providers make them split."""
    monkeypatch.setattr(room, "MOST_ENTRIES", 6)


def _files(shards: Shards) -> dict[str, bytes]:
    return {name: shards.file(name) for name in shards.members}


def _read(files: dict[str, bytes]) -> dict[int, dict[str, int]]:
    """Providers with their words, as the browser reads them."""
    found: dict[int, dict[str, int]] = {}
    for data in files.values():
        for word, steps in json.loads(data).items():
            for signed in accumulate(steps):
                found.setdefault(signed // 4, {})[word] = signed % 4
    return found


@given(PROVIDERS)
def test_every_word_is_found_again(providers: dict[int, dict[str, int]]) -> None:
    """What is written comes out the same: each provider with its words, each word with where it stands."""
    shards = Shards.of(sorted(providers.items()), MOST)

    assert _read(_files(shards)) == {key: words for key, words in providers.items() if words}


@settings(max_examples=200)
@given(PROVIDERS, PROVIDERS, st.sets(st.integers(0, 200)))
def test_changed_providers_give_what_a_fresh_start_gives(
    before: dict[int, dict[str, int]], fresh: dict[int, dict[str, int]], gone: set[int]
) -> None:
    """After any change the files equal those made from nothing, and only those that were named are other ones."""
    changed = gone | fresh.keys()
    after = {key: words for key, words in before.items() if key not in changed} | fresh
    old = Shards.of(sorted(before.items()), MOST)
    new, dirty = old.changed({key: before[key] for key in changed if key in before}, fresh)
    wanted = _files(Shards.of(sorted(after.items()), MOST))

    assert _files(new) == wanted
    assert {name for name, data in wanted.items() if _files(old).get(name) != data} <= dirty
    assert _files(old).keys() - wanted.keys() <= dirty


def test_a_file_that_grows_too_large_is_split() -> None:
    """Many words with one beginning stand in files with longer beginnings; a word that is the beginning keeps its own."""
    words = {f"ab{letter}": 1 for letter in ascii_lowercase} | {"ab": 1, "b": 1}
    shards = Shards.of([(1, words)], MOST)

    assert "a" not in shards.members
    assert shards.members["ab-"] == {"ab"}
    assert shards.members["abc"] == {"abc"}
    assert shards.members["b"] == {"b"}


def test_a_common_word_is_left_out() -> None:
    """A word that most providers have tells nothing and takes no room, until it is rare again."""
    everyone = [(key, {"zorg": 1, f"naam{key}": 2}) for key in range(MOST + 1)]
    shards = Shards.of(everyone, MOST)

    assert all("zorg" not in words for words in _read(_files(shards)).values())
    rarer, _ = shards.changed({0: dict(everyone[0][1])}, {})
    assert sum("zorg" in words for words in _read(_files(rarer)).values()) == MOST


def test_what_is_common_changes_by_doubling() -> None:
    """So that one provider more or less hardly ever changes which words are common."""
    assert [too_common(number) for number in (1, 640, 641, 1280, 1281, 10_000)] == [64, 64, 128, 128, 256, 1024]
