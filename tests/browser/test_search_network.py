"""The search page on bad lines: files that don't come, or come late, and answers that would come in too late."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.online import DAY
from tests.browser.searching import Searching, watch
from tests.builders import REGION, TODAY, ContentFolder
from tools.serving import served, serving_files
from wmo_guide.guide.addresses import Site
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish

LOST = "Failed to load resource"
TOPICS, DIRECTORY, SUMMARIES = "**/zoeken/onderwerpen.json", "**/zoeken/aanbod.json", "**/zoeken/teksten-*.json"
QUESTIONS = ("kustzorg", "geld", "dagbesteding kustzorg", "eenzaam")


def _lose(page: Page, pattern: str) -> None:
    page.route(pattern, lambda route: route.abort())


def _forgive_lost_files(search: Searching) -> None:
    """What the browser tells of files that the test kept from it is no complaint of ours."""
    assert all(one.startswith(LOST) for one in search.complaints)
    search.complaints.clear()


@pytest.mark.parametrize(
    "pattern", [TOPICS, DIRECTORY, "**/zoeken/*/b/*.json", "**/zoeken/*/w/*.json", "**/zoeken/g/*.json"]
)
def test_lost_file_is_told_and_asked_again(pattern: str, search: Searching) -> None:
    """When a file doesn't come, the page says what to do; pressing the button once more fetches it, and all is well."""
    question = "poetsen de vuurtoren"
    whole = search.open(q=question)
    _lose(search.page, pattern)
    seen = search.open(q=question)
    assert "druk nog eens op Zoeken" in seen.status
    assert f"“{question}”" in seen.status
    assert set(seen.results) <= set(whole.results)

    search.page.unroute(pattern)
    search.forget_status()
    search.page.locator("#zoekformulier").get_by_role("button", name="Zoeken").click()
    assert search.answered() == whole
    _forgive_lost_files(search)


def test_nothing_that_comes_is_no_dead_end(search: Searching) -> None:
    """Without the first file the page shows whom to call and the other ways, and keeps no older results."""
    search.page.goto("about:blank")
    _lose(search.page, "**/zoeken/**/*.json")
    _lose(search.page, TOPICS)
    seen = search.open(q="dementie", gemeente="heiloo")

    assert "lukt nu niet" in seen.status
    assert seen.results == ()
    expect(search.page.locator("#zoekniets .wg-map-list a").first).to_have_text("Heiloo")
    _forgive_lost_files(search)


def test_lost_lines_leave_titles(search: Searching) -> None:
    """Without the lines below titles the results are there all the same."""
    _lose(search.page, SUMMARIES)
    seen = search.open(q="dementie")

    assert seen.results
    assert "druk nog eens" not in seen.status
    _forgive_lost_files(search)


def test_lost_script_leaves_the_other_ways(search: Searching) -> None:
    """When the script doesn't come, the page says so after a few seconds, and offers the other ways."""
    _lose(search.page, "**/assets/zoeken.*.js")
    search.page.goto(f"{search.address}?q=dementie")
    notice = search.page.locator("[data-no-script]")
    expect(notice).to_have_css("animation", re.compile("6s .*wg-late"))
    search.page.evaluate("document.getAnimations().forEach((one) => one.finish())")

    expect(notice).to_be_visible()
    expect(search.page.locator("#zoekniets").get_by_role("link", name="Heiloo")).to_be_visible()
    _forgive_lost_files(search)


def test_first_results_don_t_wait_for_providers(search: Searching) -> None:
    """What the guide itself says stands there, and can be opened, while the files of providers are still on their way."""
    waiting = _hold(search.page, DIRECTORY)
    search.page.goto(f"{search.address}?q=dagbesteding")
    expect(search.page.locator("#zoekresultaten a").first).to_be_visible()
    expect(search.page.locator("#zoekstatus")).to_have_text("Bezig met zoeken…")
    first = search.page.locator("#zoekresultaten a").first
    first.focus()
    kept = first.evaluate_handle("(link) => link")
    _release(waiting)

    assert "aanbieders" in search.answered().status
    expect(first).to_be_focused()
    assert search.page.evaluate("(link) => link.isConnected", kept)


def test_late_answer_never_stands_under_the_next_question(search: Searching) -> None:
    """The answer to an earlier question that comes in late changes nothing: not the results, the message or the address."""
    search.page.goto(search.address)
    search.page.wait_for_load_state("networkidle")
    waiting = _hold(search.page, "**/zoeken/g/po.json")
    for question in ("poetsen in heiloo", "dementie"):
        search.page.locator("#zoekveld").fill(question)
        search.page.locator("#zoekveld").press("Enter")
    seen = search.answered()
    assert waiting
    _release(waiting)
    search.page.wait_for_timeout(300)

    assert search.answered() == seen
    assert "“dementie”" in seen.status
    assert search.page.url.endswith("?q=dementie")


def test_old_results_go_when_the_next_question_is_asked(search: Searching) -> None:
    """While the next question waits for its files, the results of the one before are gone, and so is their number."""
    search.open(q="dementie")
    waiting = _hold(search.page, "**/zoeken/g/po.json")
    search.page.locator("#zoekveld").fill("poetsen")
    search.page.locator("#zoekveld").press("Enter")

    expect(search.page.locator("#zoekresultaten > li")).to_have_count(0)
    expect(search.page.locator("#zoekstatus")).to_have_text(re.compile("^$|Bezig"))
    search.page.wait_for_timeout(100)
    assert waiting
    _release(waiting)
    assert "“poetsen”" in search.answered().status


def test_page_of_yesterday_finds_what_is_there_today(browser: Browser, tmp_path: Path) -> None:
    """A page that stood open while the guide of the next day came online answers as one that is opened now."""
    site = tmp_path / "site"
    order = Publication(site_dir=site, cache_dir=tmp_path / "cache", day=DAY)
    publish(order)
    with served(site) as base:
        page = browser.new_page()
        search = Searching(page, f"{base}/alkmaar/zoeken/", [])
        search.open(q="polderhof")
        publish(replace(order, day=DAY + timedelta(days=1)))
        there = [search.ask({"q": question}) for question in QUESTIONS]
        fresh = [search.open(q=question) for question in QUESTIONS]
        page.context.close()

    assert there == fresh
    assert all(seen.results for seen in fresh)


@pytest.mark.parametrize(
    ("pattern", "status", "damage"),
    [
        ("**/zoeken/aanbod.json", 200, '{"numbering":"other"}'),
        ("**/zoeken/*/w/*.json", 404, "{}"),
        ("**/zoeken/*/k/*.json", 200, "[]"),
        ("**/zoeken/*/b/*.json", 200, '{"n":20,"cards":[],"keys":[],"facets":[]}'),
    ],
)
def test_files_that_don_t_go_together_are_fetched_again(
    pattern: str, status: int, damage: str, crowded_search: Searching
) -> None:
    """When a file is gone, lacks a provider that another names, or is split meanwhile, all are fetched again, once."""
    asked = {"q": "zorgwaard huishouden", "vervoer": "", "meer": "1"}
    whole = crowded_search.open(**asked)
    tampered: list[str] = []

    def answer(route: Route) -> None:
        tampered.append(route.request.url)
        route.fulfill(status=status, body=damage, content_type="application/json")

    crowded_search.page.goto("about:blank")
    crowded_search.page.route(pattern, answer, times=1)

    assert crowded_search.open(**asked) == whole
    assert tampered
    crowded_search.complaints[:] = [one for one in crowded_search.complaints if LOST not in one]


def test_any_server_of_files_in_any_folder_will_do(browser: Browser, sample: ContentFolder, tmp_path: Path) -> None:
    """Below a folder of a server of nothing but files the page searches as well; no file that it asks for is missing."""
    site = tmp_path / "site"
    publish(Publication(content=sample.root, site_dir=site, cache_dir=None, day=TODAY, site=Site(root="/gids/")))
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "gids").symlink_to((site / "current").resolve())
    with serving_files(tmp_path / "web") as base:
        page = browser.new_page()
        search = Searching(page, f"{base}/gids/{REGION}/zoeken/", [])
        watch(page, search.address, search.complaints)
        seen = search.open(q="een fijne dag")
        page.locator("#zoekresultaten a").first.click()
        page.wait_for_url("**/gids/duinrand/**")
        page.context.close()

    assert seen.results
    assert all(link.startswith(f"/gids/{REGION}/") for link in seen.results)
    assert search.complaints == []


def _hold(page: Page, pattern: str) -> list[Route]:
    """Keeps files waiting until they are released."""
    held: list[Route] = []
    page.route(pattern, lambda route: held.append(route))  # noqa: PLW0108  (playwright takes no method of a list)
    return held


def _release(held: list[Route]) -> None:
    for route in held:
        route.continue_()


def test_words_that_find_nothing_are_told_without_a_trace(search: Searching) -> None:
    """One question that finds nothing is told once, to the site itself, with page and words and no cookie."""
    told: list[str] = []
    search.page.on(
        "request",
        lambda one: told.append(f"{one.post_data} {one.headers.get('cookie', '-')}") if one.method == "POST" else None,
    )
    search.open(q="xyzzyplugh")
    search.ask({"q": "huishouden"})
    search.page.wait_for_load_state("networkidle")

    assert told == [f"p={quote(urlsplit(search.address).path, safe='')}&q=xyzzyplugh -"]
