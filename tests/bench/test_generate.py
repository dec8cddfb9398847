"""The guides that the bench measures are valid, varied, and the same each time."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from bench.generate import DAY, generate, municipality_count, write_provider
from bench.region import REGION, municipality_slugs
from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.icons import is_icon
from wmo_guide.store.load import load

ROOT = Path(__file__).resolve().parents[2]
PROVIDERS = 300


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated content folder."""
    return _generated(tmp_path_factory.mktemp("generated"), PROVIDERS)


@pytest.fixture(scope="module")
def catalogue(content: Path) -> Catalogue:
    """What stands in it."""
    loaded = load(content, is_icon=is_icon)
    assert loaded.problems == ()
    return loaded.catalogues[0]


def _generated(folder: Path, providers: int) -> Path:
    generate(folder, providers, ROOT)
    return folder


def _files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_content_has_all_that_was_asked_for(catalogue: Catalogue) -> None:
    """The generated content is valid, and every provider has an offer that the guide shows on the day of the bench."""
    book = Book(catalogue, date.fromisoformat(DAY), Site())

    assert len(book.providers) == PROVIDERS
    assert len(book.municipalities) == municipality_count(PROVIDERS)
    assert len(list(book.blocks())) == 20


def test_same_content_each_time(content: Path, tmp_path: Path) -> None:
    """Generating again gives the same files, byte for byte."""
    assert _files(_generated(tmp_path, PROVIDERS)) == _files(content)


def test_providers_offer_as_much_as_real_ones(catalogue: Catalogue) -> None:
    """A provider offers 3.9 blocks in 3.8 municipalities on average, and the texts of no two are the same."""
    providers = catalogue.providers

    assert mean(len(one.offerings) for one in providers) == pytest.approx(3.9, abs=0.3)
    assert mean(len(one.offerings[0].many("municipalities")) for one in providers) == pytest.approx(3.8, abs=0.4)
    assert len({one.text("description") for one in providers}) == PROVIDERS
    assert len({len(one.offerings) for one in providers}) > 5


def test_another_version_keeps_the_name(content: Path, tmp_path: Path) -> None:
    """Another version of a provider offers the same blocks in the same file, with other texts."""
    home = tmp_path / "regions" / REGION
    (home / "providers").mkdir(parents=True)
    places = municipality_slugs(municipality_count(PROVIDERS))
    path = write_provider(home, 1, places, version=2)
    before = (content / path.relative_to(tmp_path)).read_text(encoding="utf-8")
    after = path.read_text(encoding="utf-8")

    assert before != after
    assert _lines_with(before, "  block:") == _lines_with(after, "  block:")
    assert _lines_with(before, "  name:")[0] == _lines_with(after, "  name:")[0]


def _lines_with(text: str, beginning: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith(beginning)]


@pytest.mark.parametrize(("providers", "municipalities"), [(200, 12), (1_000, 30), (5_000, 100), (20_000, 342)])
def test_municipalities_fit_the_providers(providers: int, municipalities: int) -> None:
    """A guide of more providers covers more municipalities."""
    assert municipality_count(providers) == municipalities
