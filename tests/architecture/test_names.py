"""What a region, municipality or block is called stands in content/, and nowhere in code, scripts or templates."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import pytest

from tests.architecture.house import ROOT
from wmo_guide.store.load import load

ENDINGS = (".py", ".js", ".html", ".css", ".svg", ".xml", ".txt", ".toml", ".yml")
PLACES = ("build.py", "mkdocs.yml", "wmo_guide", "provider_forms", "templates", "tools")


@lru_cache
def names() -> frozenset[str]:
    """Slugs, names and official titles of all regions, municipalities, areas and blocks in content/, in lower case.

    Plain titles are left out: they are made of the words that everybody uses.
    """
    found: set[str] = set()
    for catalogue in load(ROOT / "content").catalogues:
        standards = catalogue.standards
        found |= {standards.slug, standards.region.name}
        for municipality in standards.region.municipalities:
            found |= {municipality.slug, municipality.name}
        for edition in standards.editions.values():
            for area, block in edition.blocks():
                found |= {area.slug, area.title, block.slug, block.title}
    return frozenset(name.lower() for name in found)


@lru_cache
def _pattern() -> re.Pattern[str]:
    longest_first = sorted(names(), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w-])")


def _files() -> list[str]:
    paths = [
        path for place in PLACES for path in ((ROOT / place).rglob("*") if (ROOT / place).is_dir() else [ROOT / place])
    ]
    return sorted(path.relative_to(ROOT).as_posix() for path in paths if path.suffix in ENDINGS and path.is_file())


def test_names_were_found() -> None:
    """The names of three regions, their municipalities and blocks are looked for, in all rooms of the house."""
    assert {"alkmaar", "holland rijnland", "kaag-en-braassem", "ondersteund-netwerk"} <= names()
    assert len(names()) > 80
    assert {Path(file).parts[0] for file in _files()} >= {"build.py", "wmo_guide", "templates"}


@pytest.mark.parametrize("file", _files())
def test_file_names_no_region_municipality_or_block(file: str) -> None:
    """A file of the house names none of them: a new region is added as content alone."""
    text = (ROOT / file).read_text(encoding="utf-8").lower()

    assert sorted(set(_pattern().findall(text))) == []
