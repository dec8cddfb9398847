"""Formats for professionals ask what the sources ask (domain.md 3, 7 and 8), in the words of the matrix."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from tests.builders import PLAIN_REGION, ContentFolder
from tests.guide.printing import book_of, online, page_tree
from tests.guide.sheets.paper_trail import read, text_of
from wmo_guide.domain.dutch import enumeration
from wmo_guide.guide.kinds.papers import paper_index, papers
from wmo_guide.guide.sheets.nodes import Choice, Scores, plain
from wmo_guide.guide.sheets.papers import Paper, papers_of
from wmo_guide.guide.sheets.papers.evaluation import evaluation

ASKED = {
    "ondersteuningsplan": (
        "bereiken",
        "aanbieder kiest",
        "houdt de regie",
        "Hoe vaak kijkt de gemeente",
        "voor iedereen open",
        "Leerdoel",
        "Preventiedoel",
        "Prestatiedoel",
        "blijft zoals het is",
        "Waaraan zien we",
        "tussendoor gesprekken",
        "korte plan",
        "bespreekt het zelf",
        "hele plan mag naar de aanbieder",
        "datum duurt de hulp",
        "handtekening van de inwoner",
    ),
    "overdracht": (
        "samenvatting van het gesprek",
        "Doelen en resultaten",
        "datum duurt de hulp",
        "iWmo",
        "geen kopie van de beschikking",
        "Consulent: naam, telefoon en mail",
        "Warm: samen het eerste gesprek",
        "Ziet de aanbieder het anders",
        "inwoner dat goed vindt",
        "binnen 10 werkdagen, en vóór het eerste bezoek",
        "Binnen twee weken krijgt de consulent het plan",
        "Datum van deze overdracht",
        "Op welke datum vond de inwoner dit goed",
    ),
    "evaluatie-": (
        "halverwege",
        "zes weken voordat de beschikking afloopt",
        "met zijn drieën",
        "doelen uit het plan zijn gehaald",
        "waarom niet",
        "wat is nog nodig",
        "Wat vindt de inwoner",
        "Minder hulp",
        "Meer hulp",
        "Sla over wat niet past",
    ),
}


@pytest.fixture(scope="module")
def formats(sample: ContentFolder) -> tuple[Paper, ...]:
    """The formats of the sample."""
    return tuple(papers_of(book_of(sample)))


@pytest.mark.parametrize("kind", ASKED)
def test_format_asks_what_the_sources_ask(kind: str, formats: tuple[Paper, ...]) -> None:
    """Each thing that a source wants in this format is asked or told."""
    some = [paper for paper in formats if paper.slug.startswith(kind)]

    assert some
    for paper in some:
        told = str([asdict(node) for node in paper.nodes]).lower()
        assert [wanted for wanted in ASKED[kind] if wanted.lower() not in told] == []


def test_formats_are_made_of_the_matrix(sample: ContentFolder, formats: tuple[Paper, ...]) -> None:
    """The plan and the handover name every block and level, and each block has a checklist of what can be observed."""
    edition = book_of(sample).edition
    assert edition is not None
    plan, handover, *checklists = ({"slug": paper.slug, "told": str(paper.nodes)} for paper in formats)
    blocks = [block for _, block in edition.blocks()]

    for block in blocks:
        assert block.plain_title in plan["told"]
        assert block.plain_title in handover["told"]
    for axis in edition.axes:
        assert all(level.title in plan["told"] and level.title in handover["told"] for level in axis.levels)
    assert [paper["slug"] for paper in checklists] == [f"evaluatie-{block.slug}" for block in blocks]
    for block, paper in zip(blocks, checklists, strict=True):
        assert all(repr(one)[1:-1] in paper["told"] for one in (*block.reached_when, *block.attention_points))
        axes = [edition.by_axis[key].title for key in block.axes]
        assert [f"label='{title}'" in paper["told"] for title in axes] == [True] * len(axes)


def test_only_statements_are_judged(sample: ContentFolder) -> None:
    """What asks something is told, and not to be answered with yes or no as if it were a statement."""
    book = book_of(sample)
    assert book.edition is not None
    area, block = next((area, block) for area, block in book.edition.blocks() if block.reached_when)
    asking = "Blijft het zoals het is? Dan is dat ook een goed resultaat."
    changed = block.model_copy(update={"reached_when": ("U kookt zelf.", asking)})
    edition = book.edition.model_copy(update={"areas": (area.model_copy(update={"blocks": (changed,)}),)})
    nodes = evaluation(edition, changed).nodes

    assert [one.statements for one in nodes if isinstance(one, Scores)] == [("U kookt zelf.",)]
    assert plain(asking) in nodes


def test_each_block_is_asked_for_its_own_levels(formats: tuple[Paper, ...], sample: ContentFolder) -> None:
    """The handover has a level per block on each axis that the block has; the plan says where to leave an axis open."""
    edition = book_of(sample).edition
    assert edition is not None
    plan, handover, *_ = formats
    scores = {one.label.partition(" van ")[0]: one.statements for one in handover.nodes if isinstance(one, Scores)}
    lacking = 0
    for axis in edition.axes:
        having, not_having = (
            tuple(block.plain_title for _, block in edition.blocks() if (axis.key in block.axes) is has)
            for has in (True, False)
        )
        assert scores.get(axis.title, ()) == having
        helps = {one.help for one in plan.nodes if isinstance(one, Choice) and one.label == axis.title}
        assert helps <= {f"Sla over bij: {enumeration(not_having)}." if not_having else ""}
        lacking += bool(helps and not_having)
    assert lacking


def test_page_has_a_field_for_each_line_on_paper(sample_site: Path, formats: tuple[Paper, ...]) -> None:
    """On the page each question is a labelled field outside any form, without a name to send it by but that of its group."""
    for paper in formats:
        tree = page_tree(sample_site, f"duinrand/professionals/formulieren/{paper.slug}")
        (main,) = tree.xpath("//*[contains(@class, 'wg-paper') and not(contains(@class, '__'))]")
        nodes = [asdict(node) for node in paper.nodes]
        fields = [node for node in nodes if node["kind"] == "field"]

        assert main.xpath("ancestor::form | .//form | .//button | .//*[@type='submit']") == []
        assert [label.text_content() for label in main.xpath(".//label[@for]")] == [one["label"] for one in fields]
        assert main.xpath(".//label/@for") == main.xpath(".//textarea/@id")
        assert main.xpath(".//textarea/@name") == []
        assert len(main.xpath(".//input")) == sum(map(_boxes, nodes))
        assert "bewaart niets en verstuurt niets" in tree.text_content()


def test_paper_has_the_same_questions(sample_site: Path, formats: tuple[Paper, ...]) -> None:
    """Every question of the page stands in the PDF."""
    for paper in formats:
        url = f"duinrand/professionals/formulieren/{paper.slug}/{paper.slug}.pdf"
        told = text_of(read((online(sample_site) / url).read_bytes()))
        labels = [asdict(node)["label"] for node in paper.nodes if "label" in asdict(node)]
        assert [label for label in labels if " ".join(label.split()) not in told] == []


def test_region_without_matrix_has_no_formats(sample: ContentFolder) -> None:
    """Without an edition there is no page of formats."""
    book = book_of(sample, PLAIN_REGION)

    assert [*papers_of(book), *papers(book), *paper_index(book)] == []


def _boxes(node: dict[str, Any]) -> int:
    if node["kind"] == "scores":
        return len(node["statements"]) * len(node["verdicts"])
    return len(node["options"]) if node["kind"] == "choice" else 0
