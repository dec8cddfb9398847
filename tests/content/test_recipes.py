"""The recipes of CONTRIBUTING.md, followed to the letter beside the shipped content."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from textwrap import dedent, indent

import pytest

from wmo_guide.guide.icons import is_icon
from wmo_guide.store.load import load

ROOT = Path(__file__).resolve().parents[2]
RECIPES = {
    part.partition("\n")[0].strip(): [
        dedent(text) for text in re.findall(r"^( *```yaml\n.*?)^ *```$", part, re.DOTALL | re.MULTILINE)
    ]
    for part in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("\n## ")
}
NEW = "regions/zuidwal"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The shipped content, to be changed."""
    return Path(shutil.copytree(ROOT / "content", tmp_path / "content"))


def _recipe(name: str) -> list[str]:
    return [text.partition("\n")[2] for text in RECIPES[name]]


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def _problems(content: Path) -> list[str]:
    return [str(problem) for problem in load(content, is_icon=is_icon).problems]


def _add_region(content: Path) -> str:
    """Adds the region of the recipe; returns its matrix."""
    region, matrix = _recipe("Add a region")
    _write(content / NEW / "region.yaml", region)
    _write(content / NEW / "matrix/2026.yaml", matrix)
    return matrix


def test_region(copy: Path) -> None:
    """The region of the recipe, with axes of its own, stands beside the others without a problem."""
    _add_region(copy)
    assert _problems(copy) == []
    new = next(one for one in load(copy).catalogues if one.slug == "zuidwal")
    assert [axis.key for axis in new.standards.editions["2026"].axes] == ["phase"]


def test_edition(copy: Path) -> None:
    """A new edition with the conversion of the recipe follows the old one without a problem."""
    old = _add_region(copy)
    _write(copy / NEW / "matrix/2026.yaml", old.replace("start: 2026-01-01", "start: 2026-01-01\nend: 2026-12-31"))
    newer = old.replace("2026-01-01", "2027-01-01").replace("Matrix 2026", "Matrix 2027")
    _write(copy / NEW / "matrix/2027.yaml", newer.replace("samen-op-weg", "op-weg"))
    (steps,) = _recipe("Add a matrix edition")
    _write(copy / NEW / "conversion/2026-to-2027.yaml", steps)
    assert _problems(copy) == []


def test_block(copy: Path) -> None:
    """The block of the recipe goes into a matrix that is there."""
    file = copy / "regions/alkmaar/matrix/2017.yaml"
    (block,) = _recipe("Add a block")
    before, blocks, after = file.read_text(encoding="utf-8").partition("    blocks:\n")
    _write(file, before + blocks + indent(dedent(block), "      ") + after)
    assert _problems(copy) == []


def test_question(copy: Path) -> None:
    """The question of the recipe goes to the end of the set for every block."""
    file = copy / "questions/offering.yaml"
    (question,) = _recipe("Add a question")
    _write(file, file.read_text(encoding="utf-8") + indent(dedent(question), "  "))
    assert _problems(copy) == []
