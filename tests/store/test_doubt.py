"""Faults in what answers are held against hide no faults of providers, and are not blamed on them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.builders import HOME, REGION, TODAY, ContentFolder
from wmo_guide.store.problem import Problem, why
from wmo_guide.store.warm import WarmContent

HOME_FILE = f"{HOME}/region.yaml"
MATRIX = f"{HOME}/matrix/2024.yaml"
FORMER = f"{HOME}/matrix/2020.yaml"
OFFERING = "questions/offering.yaml"
ALFA = f"{HOME}/providers/alfa-thuis.yaml"
BETA = f"{HOME}/providers/beta-dag.yaml"
BLOCK = "offerings[0].block"
FIRST = ("offerings", 0)
Change = Callable[[ContentFolder], None]


def put(file: str, *way: object) -> Change:
    """Gives the key at the end of a way another value, which comes last."""
    path = tuple(part for part in way[:-1] if isinstance(part, str | int))
    return lambda content: content.put(file, path, way[-1])


def raw(file: str) -> Change:
    """Makes a file unreadable."""
    return lambda content: content.raw(file, "a: [\n")


def told(content: ContentFolder) -> list[tuple[str, str]]:
    """File and key of each problem."""
    return [(one.file, one.key) for one in content.problems()]


STANDARDS: dict[str, tuple[str, Change]] = {
    "unknown token": (HOME_FILE, put(HOME_FILE, "theme", {"wg-accent": "#0a5c6b"})),
    "unknown key of the region": (HOME_FILE, put(HOME_FILE, "colour", "blue")),
    "blank name of the region": (HOME_FILE, put(HOME_FILE, "name", "")),
    "phone of a contact": (HOME_FILE, put(HOME_FILE, "contacts", 0, "phone", "1")),
    "source without date": (HOME_FILE, lambda content: content.drop(HOME_FILE, ("sources", 0, "date"))),
    "municipality without name": (HOME_FILE, lambda content: content.drop(HOME_FILE, ("municipalities", 0, "name"))),
    "slug of a municipality": (HOME_FILE, put(HOME_FILE, "municipalities", 0, "slug", "Zand Hoek")),
    "set that isn't there": (HOME_FILE, put(HOME_FILE, "question_sets", {"organisation": "club"})),
    "unreadable region": (HOME_FILE, raw(HOME_FILE)),
    "status of an edition": (MATRIX, put(MATRIX, "status", "new")),
    "end of an edition": (MATRIX, put(MATRIX, "end", "2023-01-01")),
    "unknown key of an edition": (MATRIX, put(MATRIX, "colour", "blue")),
    "icon of a block": (MATRIX, put(MATRIX, "areas", 0, "blocks", 0, "icon", "../x")),
    "summary of an area": (MATRIX, lambda content: content.drop(MATRIX, ("areas", 0, "summary"))),
    "slug of an area": (MATRIX, put(MATRIX, "areas", 0, "slug", "Wo nen")),
    "level of an axis": (MATRIX, put(MATRIX, "axes", 0, "levels", 0, "key", "Li cht")),
    "former edition": (FORMER, raw(FORMER)),
    "kind of a question": (OFFERING, put(OFFERING, "questions", 13, "kind", "poem")),
    "label of a question": (OFFERING, put(OFFERING, "questions", 13, "label", "")),
    "option of a question": (OFFERING, put(OFFERING, "questions", 2, "options", 0, "colour", "blue")),
    "unreadable set": (OFFERING, raw(OFFERING)),
    "set of some blocks": ("questions/day-extra.yaml", put("questions/day-extra.yaml", "questions", 0, "kind", "poem")),
}
"""Faults in standards, each with its file."""


@pytest.mark.parametrize("name", STANDARDS)
def test_fault_in_the_standards_hides_no_fault_of_a_provider(content: ContentFolder, name: str) -> None:
    """Beside any fault in a region, a matrix or a question set, an unknown block of a provider is told; and nothing else."""
    file, change = STANDARDS[name]
    change(content)
    content.put(BETA, (*FIRST, "block"), "tuin")
    if name in ("unreadable set", "slug of an area", "level of an axis"):  # there are blocks that nobody can tell
        content.put(BETA, (*FIRST, "block"), "dag-buiten")
        content.put(BETA, (*FIRST, "edition"), "2030")

    problems = told(content)

    wanted = "offerings[0].edition" if "edition: '2030'" in content.text(BETA) else BLOCK
    assert sorted(problems) == sorted([*[one for one in problems if one[0] == file][:1], (BETA, wanted)])


@pytest.mark.parametrize(
    ("change", "key", "value"),
    [
        (STANDARDS["unknown token"][1], (*FIRST, "answers", "transport"), "taxi"),
        (STANDARDS["slug of a municipality"][1], (*FIRST, "answers", "transport"), "taxi"),
        (STANDARDS["level of an axis"][1], (*FIRST, "answers", "transport"), "taxi"),
        (STANDARDS["kind of a question"][1], (*FIRST, "answers", "transport"), "taxi"),
        (STANDARDS["unreadable set"][1], ("organisation", "website"), "javascript:x"),
        (STANDARDS["set that isn't there"][1], ("locations", 0, "answers", "postcode"), "0123 AB"),
        (raw(MATRIX), ("organisation", "website"), "javascript:x"),
        (raw("questions/organisation.yaml"), (*FIRST, "answers", "levels"), {"complexity": ["middle"]}),
    ],
)
def test_answers_are_judged_as_far_as_can_be_told(
    content: ContentFolder, change: Change, key: tuple[str | int, ...], value: object
) -> None:
    """A wrong answer is told whenever its own question, and what it chooses from, is right."""
    change(content)
    content.put(ALFA, key, value)

    assert [one.file for one in content.problems() if "/providers/" in one.file] == [ALFA]


@pytest.mark.parametrize(
    "change",
    [
        put(HOME_FILE, "municipalities", 1, "slug", "helm"),
        put(HOME_FILE, "municipalities", 1, "slug", "zandhoek"),
        put(MATRIX, "areas", 1, "blocks", 0, "slug", "post-en-papieren"),
        put(MATRIX, "axes", 1, "key", "complexity"),
        put(OFFERING, "questions", 11, "key", "intake_stop"),
        put(OFFERING, "qestions", []),
        put(MATRIX, "areas", 0, "blocks", 0, "arangements", []),
    ],
)
def test_cause_is_told_without_its_consequences(content: ContentFolder, change: Change) -> None:
    """A name that was given twice, or a key with a slip, is told in its own file; providers that use the old one are not."""
    change(content)
    content.drop(HOME_FILE, ("municipalities", 2, "successor"))  # told too: so that the region is never right

    problems = content.problems()

    assert not [str(one) for one in problems if "/providers/" in one.file]


def test_doubtful_standards_are_not_published_nor_kept(content: ContentFolder, tmp_path: Path) -> None:
    """A region with doubtful standards gives no catalogue, and its providers don't go into the cache."""
    content.put(HOME_FILE, ("theme",), {"wg-accent": "#0a5c6b"})

    loaded = content.load(cache_dir=tmp_path / "cache")

    assert REGION not in [one.slug for one in loaded.catalogues]
    assert not list((tmp_path / "cache").glob(f"*{REGION}*"))


def test_files_of_a_broken_region_are_held_against_each_other(content: ContentFolder) -> None:
    """Beside a slip in region.yaml, references to sources and blocks that aren't there are told."""
    content.put(HOME_FILE, ("colour",), "blue")
    content.put(f"{HOME}/faq.yaml", ("questions", 0, "sources"), ["krant"])
    content.put(f"{HOME}/situations.yaml", ("situations", 0, "blocks"), ["tuin"])

    assert told(content) == [
        (f"{HOME}/faq.yaml", "questions[0].sources[0]"),
        (HOME_FILE, "colour"),
        (f"{HOME}/situations.yaml", "situations[0].blocks[0]"),
    ]


def test_broken_sources_are_nobodys_fault_but_their_own(content: ContentFolder) -> None:
    """When a source can't be read, those who refer to it are not blamed."""
    content.drop(HOME_FILE, ("sources", 0, "date"))

    assert told(content) == [(HOME_FILE, "sources[0].date")]


def test_rules_are_checked_beside_a_broken_set(content: ContentFolder) -> None:
    """A rule at odds with itself is told, also when a question set can't be read."""
    rule = {"key": "a", "part": "offering", "check": "length", "questions": ["what"], "good": "x", "advice": "x"}
    content.write("quality.yaml", {"rules": [rule]})
    content.raw("questions/day-extra.yaml", "a: [\n")

    assert [one.file for one in content.problems()] == ["quality.yaml", "questions/day-extra.yaml"]


@pytest.mark.parametrize("named", [(), (REGION,)])
def test_condition_on_nothing_is_told_once(content: ContentFolder, named: tuple[str, ...]) -> None:
    """A condition that can't hold is told at its own line, and not at every provider that answers the question."""
    content.put(OFFERING, ("questions", 12, "when"), {"block.area": "tuin"})

    assert [(one.file, one.key) for one in content.load(named).problems] == [
        (OFFERING, "questions[12].when.block.area")
    ]


def test_condition_may_be_about_the_blocks_of_another_region(content: ContentFolder) -> None:
    """A set that regions share may ask about an area that only one of them has, whichever region is read."""
    content.put(OFFERING, ("questions", 14, "when"), {"block.area": "overdag"})
    content.drop(ALFA, (*FIRST, "answers", "start"))

    assert content.load(["veenpolder"]).problems == ()


def test_condition_on_having_axes(content: ContentFolder) -> None:
    """A question can be asked of every block that has levels, whatever its axes are called."""
    content.put(OFFERING, ("questions", 3, "required"), "true")
    content.put(OFFERING, ("questions", 3, "when"), {"block.has_axes": "true"})
    content.drop(ALFA, (*FIRST, "answers", "levels"))

    problems = content.problems()

    assert (ALFA, "offerings[0].answers.levels") in [(one.file, one.key) for one in problems]
    assert not [one for one in problems if "gamma" in one.file and one.key.startswith("offerings[1]")]


@pytest.mark.parametrize("number", [51, 5000])
def test_very_many_faults_of_one_file_are_counted(content: ContentFolder, number: int) -> None:
    """Of a file with very many faults fifty are told, and how many there are besides."""
    content.raw(f"{HOME}/faq.yaml", content.text(f"{HOME}/faq.yaml") + "".join(f"k{i}: x\n" for i in range(number)))

    problems = content.problems()

    assert len(problems) == 51
    assert f"En nog {number - 50} in dit bestand" in problems[-1].message


def test_very_many_references_to_nothing_are_counted(content: ContentFolder) -> None:
    """The same holds for faults that only show when files are held against each other."""
    content.put(f"{HOME}/faq.yaml", ("questions", 0, "sources"), [f"bron-{index}" for index in range(90)])

    problems = content.problems()

    assert len(problems) == 51
    assert "En nog 40 in dit bestand" in problems[-1].message


def test_missing_region_says_what_to_do(content: ContentFolder) -> None:
    """A region's folder without region.yaml is told in Dutch, with what to do."""
    content.path("regions/leeg").mkdir()

    assert content.problems() == (
        Problem(
            "regions/leeg/region.yaml",
            0,
            "",
            "Dit bestand kan niet gelezen worden: het is er niet. Maak het, of haal de map of de verwijzing weg.",
        ),
    )


@pytest.mark.parametrize(
    ("number", "says"), [(28, "de schijf is vol"), (30, "niemand schrijven"), (13, "rechten"), (9999, "fout 9999")]
)
def test_reason_of_the_system_is_told_in_dutch(number: int, says: str) -> None:
    """What the system says in English about a full disk or a barred file is told in Dutch, with what to do."""
    assert says in why(OSError(number, "No such luck"))


@pytest.mark.parametrize(
    ("file", "path", "value", "says"),
    [
        (HOME_FILE, ("contacts", 0, "subject"), "klagen", "geen onderwerp dat er is"),
        (f"{HOME}/terms.yaml", ("terms", 0, "see"), ["strandpas"], "geen woord dat er is"),
        (HOME_FILE, ("rates", 0, "sources"), ["krant"], "geen bron die er is"),
    ],
)
def test_gender_of_words(
    content: ContentFolder, file: str, path: tuple[str | int, ...], value: object, says: str
) -> None:
    """References to nothing are told in good Dutch."""
    content.put(file, path, value)

    assert [says in one.message for one in content.problems()] == [True]


def test_copied_provider_is_told_as_soon_as_it_comes(content: ContentFolder) -> None:
    """A copy of a provider's file that comes while the content is kept in memory is told as when all is read again."""
    warm = WarmContent(content.root, None, lambda _: True).read(TODAY)
    copy = f"{HOME}/providers/beta-alfa.yaml"
    content.raw(copy, content.text(ALFA))

    found = warm.after([copy], TODAY).loaded

    assert found is not None
    assert found.problems == content.problems()
    assert [(one.file, one.key) for one in found.problems] == [(copy, "organisation.name")]
