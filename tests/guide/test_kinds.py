"""Every kind of page comes out of the press as the theme itself would render it, and answers what it is for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from lxml import html

from tests.builders import HOME, PLAIN_REGION, REGION, TODAY, ContentFolder, sample_content
from tests.guide.printing import book_of, crowd, files_of, online, page_tree, printed, printer_of, printer_with_sheets
from wmo_guide.guide.book import Book
from wmo_guide.guide.frame import WholePage
from wmo_guide.guide.frames import frame_of
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.kinds.blocks import SHOWN_AT_MOST
from wmo_guide.guide.kinds.lists import FEW_PROVIDERS
from wmo_guide.guide.kinds.municipalities import former_municipalities, municipalities, municipality_index
from wmo_guide.guide.material import render_pages
from wmo_guide.guide.page import PageKind
from wmo_guide.guide.portal import portal_frame, portal_pages
from wmo_guide.publication import ROOT


class Pair(NamedTuple):
    """A page as the press put it on disk, and as the theme renders it in one go."""

    stamped: str
    whole: str


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory) -> ContentFolder:
    """The sample with so many providers that lists are split."""
    content = sample_content(tmp_path_factory.mktemp("crowded") / "content")
    crowd(content, FEW_PROVIDERS)
    return content


@pytest.fixture(scope="module")
def crowded_site(crowded: ContentFolder, tmp_path_factory: pytest.TempPathFactory, cache: Path) -> Path:
    """The crowded sample, printed."""
    site = tmp_path_factory.mktemp("crowded-site")
    printed(crowded, site, cache)
    return site


@pytest.fixture(scope="module")
def pairs(
    sample: ContentFolder, sample_site: Path, crowded: ContentFolder, crowded_site: Path, cache: Path
) -> dict[str, list[Pair]]:
    """Every page of the sample by its kind, with the letters of the crowded one."""
    kinds = {kind.name: kind for kind in PAGE_KINDS}
    found: dict[str, list[Pair]] = {name: [] for name in kinds}
    for region in (REGION, PLAIN_REGION):
        for name, some in _pairs(book_of(sample, region), kinds, sample_site, cache).items():
            found[name] += some
    letters = {"a_to_z_letter": kinds["a_to_z_letter"]}
    found["a_to_z_letter"] += _pairs(book_of(crowded), letters, crowded_site, cache)["a_to_z_letter"]
    return found


def _pairs(book: Book, kinds: Mapping[str, PageKind], site: Path, cache: Path) -> dict[str, list[Pair]]:
    printer = printer_with_sheets(book, cache)
    pages = [(name, page, frame_of(book, kind)) for name, kind in kinds.items() for page in kind.pages(book)]
    wholes = [
        WholePage(
            page.url,
            page.title,
            page.description,
            book.site.canonical(page.url),
            "",
            printer.body(name, page),
            frame,
        )
        for name, page, frame in pages
    ]
    rendered = render_pages(wholes, ROOT / "mkdocs.yml").pages
    found: dict[str, list[Pair]] = {name: [] for name in kinds}
    for name, page, _ in pages:
        stamped = (online(site) / page.url.strip("/") / "index.html").read_text(encoding="utf-8")
        found[name].append(Pair(stamped, rendered[page.url]))
    return found


@pytest.mark.parametrize("kind", PAGE_KINDS, ids=lambda kind: kind.name)
def test_stamped_page_is_the_whole_page(kind: PageKind, pairs: dict[str, list[Pair]]) -> None:
    """Each page of a kind has, byte for byte, what MkDocs renders when it is given the page as a whole."""
    assert pairs[kind.name], f"the sample has no page of the kind {kind.name}"
    for pair in pairs[kind.name]:
        assert pair.stamped == pair.whole


def test_portal_pages_are_whole_pages(sample: ContentFolder, sample_site: Path) -> None:
    """The pages above the regions, too, have the bytes that MkDocs renders as a whole."""
    books = [book_of(sample, region) for region in (REGION, PLAIN_REGION)]
    site = books[0].site
    frame = portal_frame(site, 0)
    pages = list(portal_pages(books, site, ROOT / "templates" / "guide"))
    wholes = [
        WholePage(
            f"/{page.path}",
            page.title,
            page.description,
            site.canonical(page.address) if page.address else "",
            "",
            page.body(),
            frame,
        )
        for page in pages
    ]

    rendered = render_pages(wholes, ROOT / "mkdocs.yml").pages

    assert [page.path for page in pages] == ["index.html", "404.html"]
    for page in pages:
        assert (online(sample_site) / page.path).read_text(encoding="utf-8") == rendered[f"/{page.path}"]


def test_front_page_has_what_pages_must_have(sample: ContentFolder, sample_site: Path) -> None:
    """The page above the regions tells who wrote the guide and when it last changed, and where in it the reader is."""
    tree: Any = html.document_fromstring((online(sample_site) / "index.html").read_bytes())
    regions = [book_of(sample, region).region for region in (REGION, PLAIN_REGION)]

    assert tree.xpath("//nav[@aria-label='Kruimelpad']//*[@aria-current='page']/text()") == ["Alle regio's"]
    assert tree.xpath("//div[@class='wg-sources']//li/text()") == [one.publisher.name for one in regions]
    assert tree.xpath("//time/@datetime") == [max(one.updated for one in regions).isoformat()]


def test_every_page_has_what_pages_must_have(sample_site: Path) -> None:
    """Each page of a region has one heading, a title, a description, an address, a date, and a way back."""
    for path, data in files_of(online(sample_site)).items():
        if not path.endswith("/index.html"):
            continue  # the portal's pages belong to no region
        tree: Any = html.document_fromstring(data)
        address = f"https://wmo-gids.example.nl/{path.removesuffix('index.html')}"

        assert tree.xpath("count(//h1)") == 1, path
        assert tree.xpath("string(//h1)") in tree.xpath("string(//title)"), path
        assert tree.xpath("string(//meta[@name='description']/@content)"), path
        assert tree.xpath("//link[@rel='canonical']/@href") == [address]
        assert tree.xpath("//time/@datetime"), path
        assert len(tree.xpath("//nav[@aria-label='Kruimelpad']")) == 1, path


def test_block_page_answers_in_order(sample_site: Path) -> None:
    """A block's page answers: for me, result, try first, who, cost, how to ask, changes, official name, source."""
    tree = page_tree(sample_site, f"{REGION}/hulp/post-en-papieren")

    assert tree.xpath("//main//section/@id") == [
        "voor-mij",
        "resultaat",
        "eerst",
        "aanbieders",
        "kosten",
        "aanvragen",
        "veranderen",
        "matrix",
    ]
    assert tree.xpath("string(//div[@class='wg-sources']/preceding-sibling::section[1]/@id)") == "matrix"


def test_block_page_counts_providers_per_municipality(sample_site: Path) -> None:
    """A block's page leads to each municipality of today, with the number of providers that offer it there."""
    tree = page_tree(sample_site, f"{REGION}/hulp/uit-logeren")
    links = tree.xpath("//section[@id='aanbieders']/ul[@class='wg-map-list']/li/a")

    assert [(one.get("href"), one.text_content()) for one in links] == [
        (f"/{REGION}/gemeenten/helmdorp/uit-logeren/", "Helmdorp (1)"),
        (f"/{REGION}/gemeenten/zandhoek/uit-logeren/", "Zandhoek (2)"),
    ]


def test_municipality_page_lists_only_who_works_there(sample_site: Path) -> None:
    """A block in a municipality lists the providers that offer it there, and no other."""
    place = page_tree(sample_site, f"{REGION}/gemeenten/helmdorp/uit-logeren")

    assert place.xpath("//ol[@class='wg-cards']//h3/a/text()") == ["Gamma Zorg"]


@pytest.mark.parametrize(("number", "cards"), [(SHOWN_AT_MOST, SHOWN_AT_MOST), (SHOWN_AT_MOST + 1, 0)])
def test_long_lists_are_reached_through_the_municipalities(
    number: int, cards: int, content: ContentFolder, site: Path, cache: Path
) -> None:
    """A block's page has cards up to a number of providers; with more it has their number and the municipalities."""
    crowd(content, number - 2)
    printed(content, site, cache)
    section = page_tree(site, f"{REGION}/hulp/uit-logeren").xpath("//section[@id='aanbieders']")[0]

    assert len(section.xpath(".//ol[@class='wg-cards']/li")) == cards
    assert f"{number} aanbieders" in section.text_content()
    assert len(section.xpath("./ul[@class='wg-map-list']/li")) == 2


def test_split_alphabet_holds_every_provider(crowded_site: Path) -> None:
    """With many providers, the A-Z leads to pages by letter on which each provider stands once; no list has them all."""
    letters = page_tree(crowded_site, f"{REGION}/a-z").xpath("//nav[@aria-label='Aanbieders op letter']//a/@href")
    found = [
        address
        for letter in letters
        for address in page_tree(crowded_site, letter.strip("/")).xpath("//ul[@class='wg-columns']//a/@href")
    ]
    everybody = {
        f"/{path.removesuffix('index.html')}"
        for path in files_of(online(crowded_site))
        if path.startswith(f"{REGION}/aanbieders/") and path.count("/") == 3
    }

    assert len(everybody) == FEW_PROVIDERS + 4
    assert len(found) == len(set(found))
    assert set(found) == everybody
    for page in ("a-z", "aanbieders"):
        hrefs = set(page_tree(crowded_site, f"{REGION}/{page}").xpath("//main//a/@href"))
        assert not hrefs & everybody


def test_former_municipality_leads_to_its_successor(sample_site: Path) -> None:
    """The old name of a municipality has a page that leads to the municipality of today."""
    tree = page_tree(sample_site, f"{REGION}/gemeenten/oud-zand")

    assert tree.xpath("//a[@class='wg-button']/@href") == [f"/{REGION}/gemeenten/zandhoek/"]
    assert "1 januari 2022" in tree.xpath("string(//p[@class='wg-lead'])")


def test_merger_has_its_own_source(content: ContentFolder) -> None:
    """The page of a municipality of the past tells the source of the merger, and so do those that mention it."""
    place = f"{HOME}/region.yaml"
    content.swap(place, "publisher:", "  - {key: indeling, title: Indeling, date: '2022-01-01'}\npublisher:")
    content.swap(place, "successor: zandhoek}", "successor: zandhoek, sources: [indeling]}")
    book = book_of(content)
    pages = [*former_municipalities(book), *municipality_index(book), *municipalities(book)]
    told = {page.url.split("/")[-2]: [source.key for source in page.sources] for page in pages}

    assert told["oud-zand"] == ["indeling"]
    assert {name for name, keys in told.items() if "indeling" in keys} == {"oud-zand", "gemeenten", "zandhoek"}


def test_former_edition_is_shown_as_history(sample_site: Path) -> None:
    """A former edition says that it no longer holds, has no numbers of providers, and no links to pages of blocks."""
    former = page_tree(sample_site, f"{REGION}/matrix/2020")
    current = page_tree(sample_site, f"{REGION}/matrix/2024")

    assert "geldt niet meer" in former.text_content()
    assert former.xpath("//table//a") == []
    assert "Aanbieders" not in former.xpath("//thead//th/text()")
    assert len(current.xpath("//tbody//th/a")) == 3
    assert not (online(sample_site) / REGION / "hulp" / "thuishulp").exists()


@pytest.mark.parametrize(("day", "told"), [(date(2022, 1, 1), False), (TODAY, True)])
def test_note_of_a_former_edition_waits_until_it_is_former(day: date, told: object, content: ContentFolder) -> None:
    """In a guide of a day on which an edition was in force, nothing says that it no longer is, as was written later."""
    content.put(f"{HOME}/matrix/2020.yaml", ("note",), "Dit overzicht geldt niet meer.")
    book = book_of(content, day=day)
    printer = printer_of(book)
    bodies = {
        page.url: printer.body(kind.name, page)
        for kind in PAGE_KINDS
        if kind.name in ("help_index", "matrix")
        for page in kind.pages(book)
    }

    assert ("geldt niet meer" in bodies[f"/{REGION}/matrix/2020/"]) is told
    assert "geldt niet meer" not in bodies[f"/{REGION}/hulp/"]


def test_matrix_counts_providers_per_cell(sample_site: Path) -> None:
    """The matrix gives the number of providers of each block, and per level; a level that a block lacks is no number."""
    rows = page_tree(sample_site, f"{REGION}/matrix/2024").xpath("//tbody/tr[th[@scope='row']]")
    cells = [[cell.text_content().strip() for cell in row.xpath("./th | ./td")] for row in rows]

    assert cells[0] == ["W1 Administratie op orde", "2", "2 (Basispakket)", "1", "1", "0"]
    assert cells[1][:4] == ["D1 Daginvulling", "2", "1", "0"]
    assert cells[2][:2] == ["D2 Kortdurend verblijf", "2"]
    assert not re.search(r"\d", "".join([*cells[1][4:], *cells[2][2:]]))


def test_region_without_matrix_leads_to_no_matrix(sample_site: Path) -> None:
    """A region without a matrix has a guide in which no page of help, providers or matrix is missed."""
    folders = {path.name for path in (online(sample_site) / PLAIN_REGION).iterdir() if path.is_dir()}

    assert {"situaties", "gemeenten", "kosten", "vragen", "a-z", "zoeken"} <= folders
    assert folders & {"hulp", "aanbieders", "matrix", "factsheets"} == set()
    assert page_tree(sample_site, PLAIN_REGION).xpath(f"//a[contains(@href, '/{PLAIN_REGION}/hulp/')]") == []


def test_anchors_of_the_word_list_hold_no_sign_that_addresses_lack(
    content: ContentFolder, site: Path, cache: Path
) -> None:
    """The word list's links to its letters are valid addresses, also for a word that begins with a digit."""
    term = {"slug": "vierentwintig", "term": "24-uurszorg", "plain": "Zorg bij dag en nacht."}
    content.put("shared/terms.yaml", ("terms", 3), term)
    printed(content, site, cache)
    links = page_tree(site, f"{REGION}/woordenlijst").xpath("//nav[@aria-label='Letters']//a/@href")

    assert len(links) == 5
    assert all(link.count("#") == 1 for link in links)
