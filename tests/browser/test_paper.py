"""What stands on paper when a page is printed out of the browser."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from pypdf import PdfReader

from tests.browser.online import Online
from wmo_guide.guide.addresses import Site


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def printed(page: Page) -> list[str]:
    """The text of each sheet of A4, without blanks: a long address goes over several lines."""
    reader = PdfReader(io.BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
    return ["".join(sheet.extract_text().split()) for sheet in reader.pages]


@pytest.mark.parametrize("path", ["/alkmaar/hulp/dagbesteding/", "/alkmaar/gemeenten/alkmaar/", "/"])
def test_links_on_paper_have_a_whole_address(path: str, page: Page, guide: Online) -> None:
    """Who reads a page on paper can type every address that stands there: none is a path."""
    page.goto(guide.base + path)
    text = "".join(printed(page))

    assert f"({Site().url}/alkmaar/" in text
    assert "(/" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/alkmaar/factsheets/beschermd-thuis/",
        "/alkmaar/professionals/formulieren/ondersteuningsplan/",
        "/alkmaar/professionals/formulieren/overdracht/",
    ],
)
def test_last_sheet_holds_more_than_a_line(path: str, page: Page, guide: Online) -> None:
    """Whose guide it is doesn't take a sheet for itself: it stands below the sources."""
    page.goto(guide.base + path)
    last = printed(page)[-1]

    assert "Dezegidsisvan" in last
    assert "Bronendatum" in last


def test_result_stays_on_one_sheet(page: Page, guide: Online) -> None:
    """All that is asked of a result in the plan, down to the intensity, stands on the sheet on which it begins."""
    page.goto(f"{guide.base}/alkmaar/professionals/formulieren/ondersteuningsplan/")
    sheets = printed(page)
    results = [sheet for sheet in sheets if "Resultaat1" in sheet or "Resultaat2" in sheet or "Resultaat3" in sheet]

    assert [sheet.count("Intensiteit4,dagelijks") for sheet in results] == [
        sheet.count("Welksoortdoel") for sheet in results
    ]
    assert sum(sheet.count("Intensiteit4,dagelijks") for sheet in results) == 3
    assert len(sheets) <= 6
