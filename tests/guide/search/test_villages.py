"""Towns and villages of a large region, in the files that are fetched by the first letters of a word."""

from __future__ import annotations

import json
from typing import Any

from tests.builders import REGION, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.guide.search.alike import names_of
from wmo_guide.guide.search.topics import Topics
from wmo_guide.guide.search.villages import MOST_VILLAGES, PLACES, with_villages

FILES = {"zo": b'{"zorgen":"hulp"}', "noa": b'{"noaber":"buur"}', "noo": b'{"nood":"spoed"}'}


def _told(villages: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    return {name: json.loads(data) for name, data in with_villages(FILES, villages).items()}


def test_village_stands_with_its_rarest_word() -> None:
    """A place stands once, in the file of the word that the fewest places have, beside the words that stood there."""
    told = _told({"dijk": ("noord scharwoude", "noord zoutkamp"), "zand": ("zee+dorp", "zee")})

    assert told["sc"] == {PLACES: {"dijk": "noord scharwoude"}}
    assert told["zo"] == {"zorgen": "hulp", PLACES: {"dijk": "noord zoutkamp"}}
    assert told["ze"] == {PLACES: {"zand": "zee+dorp|zee"}}


def test_village_follows_the_length_of_names() -> None:
    """Where words with the same two letters have files by three, a place stands in one of three as well."""
    told = _told({"dijk": ("noordeinde", "noaberveen", "nobel")})

    assert told["noo"][PLACES] == {"dijk": "noordeinde"}
    assert told["noa"] == {"noaber": "buur", PLACES: {"dijk": "noaberveen"}}
    assert told["nob"] == {PLACES: {"dijk": "nobel"}}
    assert list(told) == sorted(told)


def test_village_stands_with_longer_words_where_a_short_one_has_its_own_file() -> None:
    """A word of two letters has a file of its own beside the split ones; a place is where longer words are looked for."""
    told = with_villages({**FILES, "no": b'{"no":"nee"}'}, {"dijk": ("noordeinde", "no")})

    assert json.loads(told["noo"])[PLACES] == {"dijk": "noordeinde"}
    assert json.loads(told["no"])[PLACES] == {"dijk": "no"}


def test_without_villages_files_stay_as_they_are() -> None:
    """Where no places stand apart, nothing is added."""
    assert with_villages(FILES, {}) == FILES


def test_many_villages_leave_the_first_file(content: ContentFolder) -> None:
    """Up to a number the first file has all places of a region; with more it has none, and each stands in another file."""
    few = Topics.of(book_of(content))
    assert b"kreekdorp" in few.dumped()
    assert not any(b"kreekdorp" in data for data in few.word_files.values())

    region = content.tree(f"regions/{REGION}/region.yaml")
    region["municipalities"][1]["places"] = [f"Veld {number}" for number in range(MOST_VILLAGES + 1)]
    content.write(f"regions/{REGION}/region.yaml", region)
    many = Topics.of(book_of(content))
    assert b"kreekdorp" not in many.dumped()
    assert b"kreekdorp" in many.word_files["kr"]
    assert json.loads(many.dumped())["alike"] == names_of(many.word_files)
