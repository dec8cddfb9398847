"""The peer of the exam is Material's own search, with the pages of one region in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.builders import REGION, TODAY, ContentFolder
from tools.material_search import MaterialSite, build_material
from tools.serving import serving_files
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish


@pytest.fixture(scope="module")
def release(sample: ContentFolder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample guide."""
    folder = tmp_path_factory.mktemp("sample-site")
    publish(Publication(content=sample.root, site_dir=folder / "site", cache_dir=folder / "cache", day=TODAY))
    return (folder / "site" / "current").resolve()


@pytest.fixture(scope="module")
def peer(release: Path, tmp_path_factory: pytest.TempPathFactory) -> MaterialSite:
    """Material's search on it."""
    return build_material(release, REGION, tmp_path_factory.mktemp("material"))


def test_index_has_every_page_of_the_region(peer: MaterialSite, release: Path) -> None:
    """All pages of the region are in the index but for its search page, and none of elsewhere is."""
    pages = {f"/{path.parent.relative_to(release).as_posix()}/" for path in (release / REGION).rglob("index.html")}

    assert {location.partition("#")[0] for location in peer.locations} == pages - {f"/{REGION}/zoeken/"}


def test_index_has_titles_and_texts_as_material_makes_them(peer: MaterialSite) -> None:
    """A page stands under its heading, and what follows a lower heading stands under that, with Dutch settings."""
    told = json.loads(peer.index.read_text(encoding="utf-8"))
    by_location = {one["location"]: one for one in told["docs"]}

    assert told["config"]["lang"] == ["nl"]
    assert by_location[f"{REGION}/voorzieningen/"]["title"] == "Hulp die voor iedereen open is"
    assert any("#" in location and one["title"] and one["text"] for location, one in by_location.items())


def test_worker_answers(peer: MaterialSite, browser: Browser) -> None:
    """A title leads to its page first, and a word that stands nowhere to nothing."""
    page = browser.new_page()
    with serving_files(peer.folder) as base:
        found = peer.ask(page, base, ["Hulp die voor iedereen open is", "xyzzy"])
    page.context.close()

    assert f"/{REGION}/voorzieningen/" in found[0][0]
    assert found[1] == []
