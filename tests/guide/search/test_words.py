"""Words as search compares them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.guide.search.words import plain, stem, words_of


@pytest.mark.parametrize(
    "same",
    [
        "brief brieven",
        "huis huizen",
        "maak maken maakt",
        "woont wonen",
        "helpt helpen",
        "eenzaam eenzaamheid",
        "schuld schulden",
        "cliënt cliënten",
        "verhuizen verhuis",
        "val vallen",
        "mishandeling mishandeld mishandelt",
        "verzorgen verzorgd",
        "verslaafd verslaving",
        "verwaarloosd verwaarlozen",
    ],
)
def test_forms_of_one_word_have_one_stem(same: str) -> None:
    """Plurals, verbs and nouns made of one word are compared as one."""
    assert len({stem(plain(word)) for word in same.split()}) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [("post", "pos"), ("kracht", "krach"), ("kant", "kan"), ("geld", "gel"), ("hoofd", "hof"), ("angst", "ang")],
)
def test_other_words_stay_apart(one: str, other: str) -> None:
    """A last t or d that belongs to the word stays."""
    assert stem(one) != stem(other)


def test_accents_and_capitals_make_no_difference() -> None:
    """A text is compared in lower case and without accents, sign by sign."""
    assert words_of("Cliënten, één-op-één: Café 't Hoekje!") == ["clienten", "een", "op", "een", "cafe", "t", "hoekje"]


@given(st.text())
def test_words_are_letters_and_digits(text: str) -> None:
    """Whatever the text, its words are not empty, hold no blanks or marks, and stay what they are when read again."""
    for word in words_of(text):
        assert word
        assert words_of(word) == [word]


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=1, max_size=20))
def test_a_stem_is_never_empty_or_longer(word: str) -> None:
    """A word of letters keeps something to be found by."""
    assert 1 <= len(stem(word)) <= len(word)


@given(st.text() | st.text("aë\u0301 \u00a0\u2028\u3000ﬁΣ½¨-.\n"))
def test_words_of_a_text_are_those_of_its_parts(text: str) -> None:
    """A text may be taken apart at its blanks before its words are read."""
    assert [word for part in text.split() for word in words_of(part)] == words_of(text)
