"""How hard a Dutch text is to read."""

from __future__ import annotations

import pytest

from wmo_guide.domain.readability import readability, syllables

EASY = "Wij komen bij u thuis. U zet de post klaar. Wij lezen hem samen."
HARD = (
    "Cliëntondersteuning betreft de onafhankelijke ondersteuning met informatie, advies en algemene ondersteuning die "
    "bijdraagt aan het versterken van de zelfredzaamheid en participatie en het verkrijgen van integrale dienstverlening."
)


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("huis", 1),
        ("ik", 1),
        ("tv", 1),
        ("adres", 2),
        ("idee", 2),
        ("io", 2),
        ("over", 2),
        ("email", 2),
        ("team", 1),
        ("zee", 1),
        ("bureau", 2),
        ("cliënt", 2),
        ("radio", 3),
        ("area", 3),
        ("begeleider", 4),
        ("administratie", 5),
        ("geëmancipeerd", 5),
        ("e-mail", 2),
        ("'s", 1),
    ],
)
def test_syllables_are_counted(word: str, number: int) -> None:
    """The syllables of a word are counted, also where one is a single letter at its edge."""
    assert syllables(word) == number


def test_formula_is_that_of_flesch_douma() -> None:
    """The score is 206.84 less 0.93 for each word in a sentence and 77 for each syllable in a word."""
    found = readability("Wij komen. U wacht.")

    assert found is not None
    assert found.score == round(206.84 - 0.93 * 2 - 77 * 5 / 4)


def test_easy_text_scores_higher() -> None:
    """Short sentences of short words are called easy, official language very hard."""
    easy, hard = readability(EASY), readability(HARD)

    assert easy is not None
    assert hard is not None
    assert easy.score > 90
    assert easy.band == "gemakkelijk"
    assert hard.score < 0
    assert hard.band == "zeer moeilijk"


def test_longest_sentence_and_hardest_words_are_named() -> None:
    """The longest sentence and the words with most syllables are shown, each word once."""
    found = readability("Kom gerust. Wij regelen de administratie en de administratie van uw verzekering voor u.")

    assert found is not None
    assert found.longest_sentence.startswith("Wij regelen")
    assert found.sentence_words == 12
    assert found.hard_words == ("administratie", "verzekering")


def test_lines_and_items_end_sentences() -> None:
    """A line break ends a sentence, so that a list doesn't count as one long sentence."""
    found = readability("Wij doen\n- post\n- geld")

    assert found is not None
    assert found.sentence_words == 2


def test_a_point_in_a_time_ends_nothing() -> None:
    """The point in a time of day ends no sentence."""
    found = readability("Bel ons tussen 9.00 en 12.00 uur.")

    assert found is not None
    assert found.longest_sentence == "Bel ons tussen 9.00 en 12.00 uur."


@pytest.mark.parametrize("text", ["", " \n ", "123 - 456", "…"])
def test_text_without_words_has_no_score(text: str) -> None:
    """A text without words isn't measured."""
    assert readability(text) is None
