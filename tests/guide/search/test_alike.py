"""Words that say the same."""

from __future__ import annotations

import json

from wmo_guide.domain.search_words import Alike
from wmo_guide.guide.search.alike import AlikeWords, names_of
from wmo_guide.guide.search.words import stem

GROUPS = (
    Alike(words=("poetsen", "schoonmaken"), told_by=("cleaning",)),
    Alike(words=("schoonmaken", "Opruimen"), told_by=()),
)
KNOWN = {stem("schoonmaken"), stem("opruimen")}


def test_a_word_leads_to_what_says_the_same() -> None:
    """A word leads to the other words of its groups that the guide has, one that is told by others only leads away."""
    words = AlikeWords.of(GROUPS, KNOWN).words

    assert words["poetsen"] == (stem("schoonmaken"),)
    assert words["cleaning"] == (stem("schoonmaken"),)
    assert words["opruimen"] == (stem("schoonmaken"),)
    assert words["schoonmaken"] == (stem("opruimen"),)


def test_a_word_that_leads_nowhere_is_left_out() -> None:
    """Words without anything in the guide take no room."""
    assert AlikeWords.of(GROUPS, {stem("tuin")}).words == {}


def test_a_word_that_belongs_elsewhere_is_told_as_such() -> None:
    """What people look for on another site leads to nothing, unless the guide has it after all."""
    words = AlikeWords.of(GROUPS, KNOWN, ("Paspoort", "opruimen", "poetsen")).words

    assert words["paspoort"] == ()
    assert words["opruimen"] == (stem("schoonmaken"),)
    assert words["poetsen"] == (stem("schoonmaken"),)


def test_words_stand_by_their_first_letters() -> None:
    """Each file holds the words that begin with its name, and together they hold all."""
    alike = AlikeWords.of(GROUPS, KNOWN)
    files = {name: json.loads(data) for name, data in alike.files.items()}

    assert {word: tuple(told.split()) for words in files.values() for word, told in words.items()} == alike.words
    assert all(word.startswith(name) for name, words in files.items() for word in words)


def test_names_of_files_are_told_in_few_bytes() -> None:
    """Files with a third letter are told by the first two with all third ones; words as short as two have a file beside them."""
    words = {f"pa{third}{number}": ("x",) for third in "lp" for number in range(40)}
    alike = AlikeWords(words | {"pa": ("x",), "po": ("x",)})

    assert set(alike.files) == {"pa", "pal", "pap", "po"}
    assert names_of(alike.files) == "pa palp po"
