"""A problem is printed on one line that does nothing to the screen, whatever stands in file names and keys."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOME, ContentFolder
from wmo_guide.store.check import main
from wmo_guide.store.problem import Problem, read_problem, visible

CLEAR = "\x1b[2J"
"""What makes a terminal forget all that it shows."""
ALFA = f"{HOME}/providers/alfa-thuis.yaml"


def _lines(content: ContentFolder, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What an editor sees who has the folder checked, but for the last line with the count."""
    main([str(content.root)])
    return capsys.readouterr().out.split("\n")[:-2]


@pytest.mark.parametrize("folder", ["providers", "matrix", "news", "providers/onder", "."])
def test_file_name_that_commands_the_screen_is_harmless(
    folder: str, content: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file name with control characters is told on one line, with a code in the place of each."""
    ending = ".md" if folder == "news" else ".yaml"
    content.raw(f"{HOME}/{folder}/a{CLEAR}\nb{ending}", "x: y")

    [line] = _lines(content, capsys)

    assert line.isprintable()
    assert f"a\\x1b[2J\\nb{ending}: " in line


def test_folder_name_that_commands_the_screen_is_harmless(
    content: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same holds for the name of a region's folder."""
    content.raw(f"regions/a{CLEAR}\nb/region.yaml", "x: y")

    [line] = _lines(content, capsys)

    assert line.isprintable()
    assert "regions/a\\x1b[2J\\nb: " in line


@pytest.mark.parametrize("after", ["updated", "organisation", "offerings[0].answers", "offerings[0].dates"])
def test_key_that_commands_the_screen_is_harmless(
    after: str, content: ContentFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    """A YAML key with control characters is told on one line, with a code in the place of each."""
    places = {
        "updated": (f"a{CLEAR}\nb",),
        "organisation": ("organisation", f"a{CLEAR}\nb"),
        "offerings[0].answers": ("offerings", 0, "answers", f"a{CLEAR}\nb"),
        "offerings[0].dates": ("offerings", 0, "dates", f"a{CLEAR}\nb"),
    }
    content.put(ALFA, places[after], "2025-01-01")

    [line] = _lines(content, capsys)

    assert line.isprintable()
    assert "a\\x1b[2J\\nb" in line


def test_value_that_commands_the_screen_is_harmless(content: ContentFolder, capsys: pytest.CaptureFixture[str]) -> None:
    """A value with control characters that a message quotes is harmless too."""
    content.put(ALFA, ("offerings", 0, "block"), f"a{CLEAR}\nb")

    [line] = _lines(content, capsys)

    assert line.isprintable()


def test_texts_of_people_stay_as_they_are() -> None:
    """Letters with accents, euro signs and quotes are printed as they stand, and so is a problem's place."""
    problem = Problem("regions/x/faq.yaml", 3, "questions[0].answer", 'Oekraïne kost "€ 5" voor één keer.')

    assert str(problem) == 'regions/x/faq.yaml:3: questions[0].answer: Oekraïne kost "€ 5" voor één keer.'


@given(st.text())
def test_whatever_is_made_visible_can_be_printed(text: str) -> None:
    """Made visible, any text is one line of printable characters."""
    assert visible(text).isprintable()


@pytest.mark.parametrize(
    "problem",
    [
        Problem(ALFA, 0, "", "Maak dit bestand."),
        Problem(ALFA, 12, "", "Kijk hier: er staat iets."),
        Problem(ALFA, 3, "offerings[0].answers.levels[2]", "Kies een niveau."),
        Problem(f"{HOME}/news/bericht.md", 8, "", "De link leidt nergens heen: /x/."),
    ],
)
def test_a_line_is_read_as_the_problem_that_it_tells(problem: Problem) -> None:
    """What is printed of a problem can be read back, key and all."""
    assert read_problem(str(problem)) == problem


@pytest.mark.parametrize("line", ["", "Dit is niet gepubliceerd.", "/site/x/index.html: te zwaar", f"{ALFA}: "])
def test_another_line_is_no_problem(line: str) -> None:
    """A line that names no file of the content, or says nothing of it, is none."""
    assert read_problem(line) is None
