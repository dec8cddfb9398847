"""Towns and villages of a region with so many of them that they stand in files of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.searching import Searching
from tests.builders import REGION, TODAY, ContentFolder
from tools.serving import served
from wmo_guide.guide.search.villages import MOST_VILLAGES
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish

PAGE = f"/{REGION}/gemeenten/zandhoek/"


@pytest.mark.parametrize("many", [False, True])
def test_village_leads_to_its_municipality(
    browser: Browser, content: ContentFolder, tmp_path: Path, *, many: bool
) -> None:
    """A village finds its municipality and chooses it, alone, beside other words and misspelt, whether there are few or many."""
    if many:
        region = content.tree(f"regions/{REGION}/region.yaml")
        region["municipalities"][1]["places"] = [f"Veld {number}" for number in range(MOST_VILLAGES + 1)]
        content.write(f"regions/{REGION}/region.yaml", region)
    publish(Publication(content=content.root, site_dir=tmp_path / "site", cache_dir=None, day=TODAY))
    with served(tmp_path / "site") as base:
        page = browser.new_page()
        search = Searching(page, f"{base}/{REGION}/zoeken/", [])
        for question in ("kreekdorp", "mijn Kreekdorp", "kreekdrop", "kreekdrp"):
            assert search.open(q=question).results[0] == PAGE, question
        search.open(q="een fijne dag in kreekdorp")
        assert page.url.endswith("&gemeente=zandhoek")
        page.context.close()
