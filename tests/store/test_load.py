"""A content folder is read whole: all problems together, in a stable order, and nothing ever raises."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import HOME, PLAIN_REGION, REGION, SAMPLE, ContentFolder, sample_content
from wmo_guide.domain.findings import KeyPath
from wmo_guide.store.problem import Problem, key_text

MATRIX = f"{HOME}/matrix/2024.yaml"
YAML_FILES = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.yaml"))
ARTICLES = sorted(path.relative_to(SAMPLE).as_posix() for path in SAMPLE.rglob("*.md"))


def _places(tree: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    for part in tree if isinstance(tree, dict) else range(len(tree)) if isinstance(tree, list) else ():
        yield (*path, part)
        yield from _places(tree[part], (*path, part))


PLACES = [(file, path) for file in YAML_FILES for path in _places(ContentFolder(SAMPLE).tree(file))]


def test_problems_of_many_files_are_told_together(content: ContentFolder) -> None:
    """Faults in several files, and several in one file, are all told in one go, by file and line."""
    content.put(f"{HOME}/region.yaml", ("colour",), "blue")
    content.put(f"{HOME}/region.yaml", ("rates", 0, "amount"), "veel")
    content.raw(f"{HOME}/faq.yaml", "a: [\n")
    content.put(f"{HOME}/providers/gamma-zorg.yaml", ("confirmed", "on"), "gisteren")
    content.put("questions/location.yaml", ("title",), [])
    content.raw("shared/pages/over.md", "Geen kop.\n")
    content.put(f"regions/{PLAIN_REGION}/terms.yaml".replace("terms", "faq"), ("questions", 0, "audience"), ["bot"])

    files = [problem.file for problem in content.problems()]

    assert files == sorted(files)
    assert set(files) == {
        "questions/location.yaml",
        "regions/duinrand/faq.yaml",
        "regions/duinrand/providers/gamma-zorg.yaml",
        "regions/duinrand/region.yaml",
        "regions/veenpolder/faq.yaml",
        "shared/pages/over.md",
    }
    assert [problem.key for problem in content.problems() if problem.file == f"{HOME}/region.yaml"] == [
        "rates[0].amount",
        "colour",
    ]


def test_order_of_problems_is_stable(content: ContentFolder) -> None:
    """Reading the same broken folder again gives the same problems in the same order: by file, line, key."""
    for file in YAML_FILES:
        content.put(file, ("colour",), "blue")
        content.put(file, ("zwaarte",), "zwaar")

    first = content.problems()

    assert first == content.problems()
    assert list(first) == sorted(first)
    assert {(problem.file, problem.key) for problem in first} >= {
        (file, key) for file in YAML_FILES for key in ("colour", "zwaarte")
    }


@pytest.mark.parametrize("file", YAML_FILES)
def test_one_unreadable_file_is_one_problem(content: ContentFolder, file: str) -> None:
    """A YAML file that can't be read is told once; files that refer to it are not blamed."""
    content.raw(file, "a: [\n")

    assert [problem.file for problem in content.problems()] == [file]


@pytest.mark.parametrize("file", YAML_FILES)
def test_one_wrong_record_is_one_problem(content: ContentFolder, file: str) -> None:
    """A record with a wrong key is told once; files that refer to it are not blamed."""
    content.put(file, ("colour",), "blue")

    assert [(problem.file, problem.key) for problem in content.problems()] == [(file, "colour")]


@pytest.mark.parametrize("file", ARTICLES)
def test_one_wrong_article_is_one_problem(content: ContentFolder, file: str) -> None:
    """An article without front matter is told once; files that refer to it are not blamed."""
    content.raw(file, "Zomaar een tekst.\n")

    assert [problem.file for problem in content.problems()] == [file]


def test_broken_edition_leaves_providers_alone(content: ContentFolder) -> None:
    """With a broken matrix, answers can't be judged, so no provider is blamed but for the form of its own file."""
    content.raw(MATRIX, "areas: [\n")
    content.put(f"{HOME}/providers/beta-dag.yaml", ("updated",), "gisteren")

    told = [(problem.file, problem.key) for problem in content.problems() if "/providers/" in problem.file]

    assert told == [(f"{HOME}/providers/beta-dag.yaml", "updated")]


def test_broken_region_leaves_its_neighbour_whole(content: ContentFolder) -> None:
    """A region that can't be read gives no catalogue; the other region does."""
    content.raw(f"{HOME}/region.yaml", "name: [\n")

    assert [one.slug for one in content.load().catalogues] == [PLAIN_REGION]


def test_wrong_answer_is_told_once(content: ContentFolder) -> None:
    """An answer that can't be read is told once; its date is not called superfluous as well."""
    answers = (f"{HOME}/providers/alfa-thuis.yaml", ("offerings", 0, "answers", "waiting_weeks"))
    content.put(*answers, "drie")

    assert [problem.key for problem in content.problems()] == ["offerings[0].answers.waiting_weeks"]


def test_wrong_answer_doesnt_condemn_those_that_hang_on_it(content: ContentFolder) -> None:
    """When an answer can't be read, answers that were asked because of it are not called superfluous."""
    content.put(f"{HOME}/providers/alfa-thuis.yaml", ("offerings", 1, "answers", "transport"), "soms")

    assert [problem.key for problem in content.problems()] == ["offerings[1].answers.transport"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(place=st.sampled_from(PLACES), value=st.sampled_from([None, "", "zzz", [], ["zzz"], {"zzz": "y"}, "\u202e"]))
def test_no_change_of_a_value_raises(content: ContentFolder, place: tuple[str, KeyPath], value: Any) -> None:
    """Whichever value is taken away or replaced by nonsense, loading ends with a list of problems, never an error."""
    file, path = place
    whole = content.text(file)
    try:
        if value is None:
            content.drop(file, path)
        else:
            content.put(file, path, value)

        problems = content.problems()

        assert all(problem.message and problem.file for problem in problems)
    finally:
        content.raw(file, whole)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("axes", 0, "key"), "weight"),
        (("axes",), []),
        (("areas", 1, "blocks", 0, "question_sets"), ["nights"]),
        (("areas", 1, "blocks", 1, "questions", 0, "kind"), "poem"),
        (("areas", 0, "blocks", 0, "axes"), ["complexity", "intensity", "weight"]),
    ],
)
def test_matrix_at_odds_with_itself_raises_nothing(content: ContentFolder, path: KeyPath, value: Any) -> None:
    """A matrix that names an axis, a set or a kind that isn't there is told, also when providers answer to it."""
    content.put(MATRIX, path, value)
    levels = {"complexity": ["light"], "intensity": ["1"], "weight": ["1"]}
    content.put(f"{HOME}/providers/alfa-thuis.yaml", ("offerings", 0, "answers", "levels"), levels)

    assert MATRIX in {problem.file for problem in content.problems()}


def test_named_regions_are_read_alone(content: ContentFolder) -> None:
    """Asked for one region, only that one is read, and faults of another are not told."""
    content.raw(f"{HOME}/region.yaml", "name: [\n")

    loaded = content.load([PLAIN_REGION])

    assert loaded.problems == ()
    assert [one.slug for one in loaded.catalogues] == [PLAIN_REGION]


@pytest.mark.parametrize("name", ["zeeland", "../duinrand", ""])
def test_unknown_region_is_told(content: ContentFolder, name: str) -> None:
    """A region that isn't there is a problem that names those that are."""
    loaded = content.load([name])

    assert [problem.file for problem in loaded.problems] == [f"regions/{name}"]
    assert "Kies uit: duinrand, veenpolder" in loaded.problems[0].message


def test_folder_without_regions_is_told(tmp_path: Path) -> None:
    """An empty folder, or one that isn't there, is one problem that says where a region goes."""
    for root in (tmp_path, tmp_path / "nowhere"):
        problems = ContentFolder(root).problems()

        assert [problem.file for problem in problems] == ["regions"]
        assert "regions/<naam>/region.yaml" in problems[0].message


def test_optional_files_may_be_left_out(content: ContentFolder) -> None:
    """A region needs no more than region.yaml."""
    for name in ("facilities", "situations", "faq"):
        content.remove(f"regions/{PLAIN_REGION}/{name}.yaml")

    catalogue = content.catalogue(PLAIN_REGION)

    assert catalogue.standards.situations == ()
    assert catalogue.standards.facilities.facilities == ()
    assert catalogue.standards.editions == {}


def test_what_is_read_is_what_was_written(sample: ContentFolder) -> None:
    """Values arrive as they stand in the files, leading zeros and all."""
    alfa = sample.provider("alfa-thuis")
    standards = sample.standards()

    assert alfa.organisation["kvk"] == "01234567"
    assert alfa.organisation["description"] == "Wij zijn een kleine organisatie.\n\nWij komen overal."
    assert alfa.offerings[0].levels == {"complexity": ("light", "heavy"), "intensity": ("1",)}
    assert alfa.offerings[0].answers["intake_stop"] is False
    assert alfa.offerings[0].answers["municipalities"] == ("helmdorp", "zandhoek")
    assert [one.slug for one in sample.catalogue().providers] == [
        "alfa-thuis",
        "beta-dag",
        "delta-logeren",
        "gamma-zorg",
    ]
    assert [one.slug for one in standards.terms] == ["inwoner", "mantelzorger", "beschikking", "duinpas"]
    assert {one.slug for one in standards.pages} >= {"over", "doelen", "privacy"}
    assert standards.changes[0].conversion.steps[0].target_blocks == ("post-en-papieren", "uit-logeren")


def test_own_page_and_term_stand_in_for_the_shared_ones(content: ContentFolder) -> None:
    """A region's page or term with the slug of a shared one takes its place."""
    term = {"slug": "inwoner", "term": "inwoner", "plain": "Iemand uit Duinrand."}
    content.put(f"{HOME}/terms.yaml", ("terms", 1), term)

    terms = [one for one in content.standards().terms if one.slug == "inwoner"]
    titles = [one.head.title for one in content.standards(PLAIN_REGION).pages if one.slug == "zo-werkt-het"]

    assert [one.plain for one in terms] == ["Iemand uit Duinrand."]
    assert titles == ["Zo werkt het in Veenpolder"]


def test_pictogram_that_isnt_there_is_told(content: ContentFolder) -> None:
    """A pictogram that the set lacks is a problem at its own line, at any depth."""
    loaded = content.load(is_icon=lambda name: name not in ("material/bed", "material/key"))

    assert [(problem.file, problem.key) for problem in loaded.problems] == [
        (f"{HOME}/factsheets/huis-zoeken.md", "icon"),
        (MATRIX, "areas[1].blocks[1].icon"),
    ]
    lines = [content.text(problem.file).splitlines()[problem.line - 1] for problem in loaded.problems]
    assert ["icon" in line for line in lines] == [True, True]


def test_article_of_a_windows_editor_is_told_by_line(content: ContentFolder) -> None:
    """An article with CRLF line ends is read, and its faults have their line."""
    file = f"{HOME}/pages/doelen.md"
    content.raw(file, content.text(file).replace("[redactie]", "[krant]").replace("\n", "\r\n"))

    assert [(problem.file, problem.line, problem.key) for problem in content.problems()] == [(file, 6, "sources[0]")]


def test_article_with_a_byte_order_mark_is_read(content: ContentFolder) -> None:
    """A BOM before the front matter is no fault."""
    file = f"{HOME}/pages/doelen.md"
    content.raw(file, b"\xef\xbb\xbf" + content.text(file).encode())

    assert content.problems() == ()


def test_blank_lines_before_front_matter_keep_the_lines_right(content: ContentFolder) -> None:
    """In an article that begins with blank lines, faults still have their line in the file."""
    file = f"{HOME}/pages/doelen.md"
    content.raw(file, "\n\n" + content.text(file).replace("order: 30", "order: laat"))

    assert [(problem.file, problem.line, problem.key) for problem in content.problems()] == [(file, 7, "order")]


@pytest.mark.parametrize("kind", ["folder", "dangling link", "loop"])
def test_path_that_is_no_file_is_told(content: ContentFolder, kind: str) -> None:
    """A folder or a broken link where a file should be is one problem of that path."""
    file = f"{HOME}/providers/epsilon.yaml"
    if kind == "folder":
        content.path(file).mkdir()
    else:
        content.path(file).symlink_to("nowhere.yaml" if kind == "dangling link" else "epsilon.yaml")

    assert [(problem.file, problem.line) for problem in content.problems()] == [(file, 0)]


def test_hidden_files_of_editors_are_no_content(content: ContentFolder) -> None:
    """Files that begin with a dot, such as an editor's swap file, are passed over."""
    content.raw(f"{HOME}/.DS_Store", b"\0")
    content.raw(f"{HOME}/providers/.alfa-thuis.yaml.swp", b"\0")
    content.raw(f"{HOME}/providers/._alfa-thuis.yaml", b"\0")

    assert content.problems() == ()


def test_check_tells_all_problems_and_fails(tmp_path: Path) -> None:
    """`python -m wmo_guide.store.check` prints every problem with its place, and ends with 1; with 0 when all is well."""
    content = sample_content(tmp_path / "content")
    command = [sys.executable, "-m", "wmo_guide.store.check", str(content.root)]
    good = subprocess.run(command, capture_output=True, text=True, check=False)
    content.put(f"{HOME}/region.yaml", ("colour",), "blue")
    content.raw(f"{HOME}/providers/caf\udce9.yaml".encode("utf-8", "surrogateescape").decode("latin-1"), "x: y")

    bad = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (good.returncode, bad.returncode) == (0, 1)
    assert "0 problemen" in good.stdout
    assert f"{content.root}/{HOME}/region.yaml:" in bad.stdout
    assert "2 problemen" in bad.stdout


def test_file_name_that_is_no_text_is_told(content: ContentFolder) -> None:
    """A file name that is no UTF-8 is a problem like any bad name, and can be printed."""
    content.raw(f"{HOME}/providers/caf\udce9.yaml", "x: y")
    command = [sys.executable, "-m", "wmo_guide.store.check", str(content.root)]

    done = subprocess.run(command, capture_output=True, check=False, env={"PYTHONIOENCODING": "utf-8"})

    assert b"1 problemen" in done.stdout
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("problem", "text"),
    [
        (Problem("a.yaml", 3, "b[0].c", "Doe iets."), "a.yaml:3: b[0].c: Doe iets."),
        (Problem("a.yaml", 3, "", "Doe iets."), "a.yaml:3: Doe iets."),
        (Problem("a.yaml", 0, "", "Doe iets."), "a.yaml: Doe iets."),
    ],
)
def test_problem_reads_as_place_and_message(problem: Problem, text: str) -> None:
    """A problem prints as file, line, key and message, without the parts that it lacks."""
    assert str(problem) == text


def test_key_path_reads_as_in_a_program() -> None:
    """A key path joins keys with dots and indexes with brackets."""
    assert key_text(("offerings", 0, "answers", "levels", 2)) == "offerings[0].answers.levels[2]"
    assert key_text((0, "a")) == "[0].a"
    assert key_text(()) == ""


def test_problems_point_at_the_region(content: ContentFolder) -> None:
    """Two regions with the same fault give a problem each."""
    for region in (REGION, PLAIN_REGION):
        content.put(f"regions/{region}/region.yaml", ("colour",), "blue")

    assert [problem.file for problem in content.problems()] == [
        f"regions/{region}/region.yaml" for region in (REGION, PLAIN_REGION)
    ]


@pytest.mark.parametrize("line", ["a" * 2000, " " * 40 + "- diep"])
def test_line_that_just_fits_is_taken(line: str, content: ContentFolder) -> None:
    """A line of Markdown of two thousand characters, or forty spaces in, is no problem."""
    content.raw(f"{HOME}/pages/doelen.md", f"{content.text(f'{HOME}/pages/doelen.md')}\n{line}\n")

    assert content.problems() == ()
