"""Sheets are tagged PDFs of the shipped content, of the pages that they promise, with every text as it was written."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf.generic import Destination

from tests.builders import HOME, PLAIN_REGION, TODAY, ContentFolder
from tests.guide.printing import book_of, online, page_tree
from tests.guide.sheets.paper_trail import all_sheets, one_set, read, set_all, tags_of, text_of
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.nodes import (
    Choice,
    Field,
    Node,
    Option,
    Paragraph,
    Scores,
    Span,
    Table,
    bullets,
    heading,
    plain,
)
from wmo_guide.guide.sheets.sheet import Sheet, pages_in
from wmo_guide.guide.sheets.typesetter import SetSheets
from wmo_guide.publication import ROOT
from wmo_guide.store.load import load

SHIPPED_DAY = date(2026, 11, 28)
HOSTILE = (
    "#panic() $x^2$ *vet* _schuin_ `code` @ref <label> // niets /* ook niets */ = kop",
    '</script><b onclick="x()">&amp; {{ region }} {% if %} \\u{41} \\" \' \\n',
    '{"kind": "heading"} ], "x": [1, null] #import "@preview/x:1.0.0"',
    "- geen lijst + geen lijst / term: uitleg",
    "Shalom שלום en marhaba مرحبا",
)


@pytest.fixture(scope="module")
def shipped(cache: Path) -> tuple[tuple[Sheet, ...], SetSheets]:
    """All sheets of the shipped content."""
    books = [Book(one, SHIPPED_DAY, Site()) for one in load(ROOT / "content").catalogues]
    sheets = tuple(sheet for book in books for sheet in all_sheets(book, cache))
    return sheets, set_all(sheets, cache)


@pytest.fixture
def sheet(sample: ContentFolder) -> Sheet:
    """A sheet to be filled."""
    return next(iter(all_sheets(book_of(sample))))


def test_shipped_sheets_have_their_number_of_pages(shipped: tuple[tuple[Sheet, ...], SetSheets]) -> None:
    """A block has one page, a factsheet at most two, a handover or checklist at most two and a plan at most four."""
    sheets, done = shipped

    assert done.faults == ()
    assert len(done.files) == len(sheets) > 40
    most = {sheet.address: 1 if "/hulp/" in sheet.url else 4 if "plan" in sheet.url else 2 for sheet in sheets}
    assert {address: pages_in(pdf) for address, pdf in done.files.items() if pages_in(pdf) > most[address]} == {}
    for address, pdf in done.files.items():
        assert len(read(pdf).pages) == pages_in(pdf), address
        assert len(pdf) < 100_000, address


def test_shipped_sheets_are_accessible(shipped: tuple[tuple[Sheet, ...], SetSheets]) -> None:
    """Each PDF says that it keeps to PDF/UA-1, is tagged, and has its language, a title that is shown, and bookmarks."""
    sheets, done = shipped
    for sheet in sheets:
        reader = read(done.files[sheet.address])
        root: Any = reader.trailer["/Root"]
        assert root["/MarkInfo"]["/Marked"]
        assert root["/Lang"] == "nl-NL"
        assert root["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
        assert reader.metadata is not None
        assert reader.metadata.title == sheet.title
        (first, *_) = reader.outline
        assert isinstance(first, Destination)
        assert first.title == sheet.title
        tags = tags_of(reader)
        assert tags.count("/H1") == 1, sheet.address
        assert "/H2" in tags
        assert {str(page["/Tabs"]) for page in reader.pages if "/Tabs" in page} <= {"/S"}


def test_lists_tables_and_links_are_tagged(shipped: tuple[tuple[Sheet, ...], SetSheets]) -> None:
    """What is a list, a table with its headings, or a link on the page is one for a screen reader of the PDF too."""
    sheets, done = shipped
    factsheets = [tags_of(read(done.files[sheet.address])) for sheet in sheets if "/factsheets/" in sheet.url]

    assert any({"/L", "/LI", "/Table", "/TH", "/TD", "/Link"} <= set(tags) for tags in factsheets)


def test_address_of_each_page_can_be_copied(shipped: tuple[tuple[Sheet, ...], SetSheets]) -> None:
    """Below each page stands the address of its sheet, on one line, and no sign that isn't seen stands anywhere in it."""
    sheets, done = shipped
    for sheet in sheets:
        for page in read(done.files[sheet.address]).pages:
            lines = page.extract_text().splitlines()
            assert sheet.book.site.canonical(sheet.url) in [line.strip() for line in lines], sheet.address
            assert "\u200b" not in "".join(lines)


def test_links_are_written_out(sheet: Sheet) -> None:
    """Behind a link stands where it leads, once, unless that is its text already; mail and telephone say so themselves."""
    url = "https://wmo-gids.example.nl/duinrand/kosten/"
    spans = (
        *(Span("de "), Span("hele ", href=url), Span("prijs", strong=True, href=url), Span(", of ")),
        *(
            Span("https://www.ciz.nl/", href="https://www.ciz.nl/"),
            Span(" en "),
            Span("mail", href="mailto:a@example.nl"),
        ),
    )
    told = text_of(one_set(replace(sheet, nodes=(Paragraph(spans), Table((), ((spans[:3],),))))))

    assert told.count(f"de hele prijs ({url})") == 2
    assert told.count(url) == 2
    assert told.count("https://www.ciz.nl/") == 1
    assert "mailto" not in told


def test_row_of_a_table_stays_on_one_page(sheet: Sheet) -> None:
    """No row begins on one page and ends on the next; one that is longer than a page does, and nothing of it is lost."""
    rows = tuple(((Span(f"begin{number}"),), (Span("woord " * 30 + f"eind{number}"),)) for number in range(40))
    pages = [page.extract_text().split() for page in one_set(replace(sheet, nodes=(Table((), rows),), most=9)).pages]
    assert len(pages) > 2
    starts, ends = (
        [[f"{word}{number}" in page for page in pages] for number in range(40)] for word in ("begin", "eind")
    )
    assert starts == ends
    assert [sum(one) for one in starts] == [1] * 40

    long = ((Span("kort"),), (Span("woord " * 1500 + "slot"),))
    assert "slot" in text_of(one_set(replace(sheet, nodes=(Table((), (long,)),), most=9)))


def test_statement_has_its_verdicts_beside_it(sheet: Sheet) -> None:
    """A statement is an item of a list, and each of its boxes has its own words: no table without headings of its rows."""
    nodes = (Scores("Is dit zo?", ("Dit lukt.", "Dat lukt."), ("Ja", "Nee")),)
    reader = one_set(replace(sheet, nodes=nodes, note_lines=False))
    tags = tags_of(reader)

    assert "Dit lukt. ☐ Ja ☐ Nee Dat lukt. ☐ Ja ☐ Nee" in text_of(reader)
    assert tags.count("/LI") == 2
    assert "/Table" not in tags


def test_sheet_tells_what_its_page_tells(sample: ContentFolder, sample_site: Path) -> None:
    """Everything that the block's page lists about the help and its result stands on its sheet."""
    book = book_of(sample)
    block = next(block for _, block in book.blocks() if block.reached_when)
    reader = read((online(sample_site) / book.to.block(block.slug)[1:] / f"{block.slug}.pdf").read_bytes())
    told = text_of(reader)

    for text in (block.plain_title, *block.for_you, *block.includes, *block.excludes, *block.reached_when):
        assert " ".join(text.split()) in told


def test_links_on_pages_tell_length_and_weight(sample: ContentFolder, sample_site: Path) -> None:
    """Beside each block, factsheet and format a link leads to its PDF and says how many pages and kB that has."""
    for sheet in all_sheets(book_of(sample)):
        pdf = (online(sample_site) / sheet.address[1:]).read_bytes()
        (link,) = page_tree(sample_site, sheet.url.strip("/")).xpath(f"//a[@href='{sheet.address}']")
        pages = "1 bladzijde" if pages_in(pdf) == 1 else f"{pages_in(pdf)} bladzijden"
        assert link.text_content().endswith(f"({pages}, {round(len(pdf) / 1000)} kB)")


def test_region_without_matrix_has_factsheets_alone(content: ContentFolder) -> None:
    """Without an edition there is no sheet of a block and no format; a factsheet has its PDF all the same."""
    (name,) = (path.name for path in (content.root / HOME / "factsheets").iterdir())
    head = "title: Proef\ndescription: Een proef.\nupdated: 2026-01-01\nsources: [{}]\n"
    key = content.standards(PLAIN_REGION).region.sources[0].key
    content.raw(f"regions/{PLAIN_REGION}/factsheets/{name}", f"---\n{head.format(key)}---\nTekst.\n")

    assert [sheet.title for sheet in all_sheets(book_of(content, PLAIN_REGION))] == ["Proef"]


def test_hostile_text_is_shown_as_it_is(sheet: Sheet) -> None:
    """Whatever looks like code of the typesetter, of HTML or of JSON stands on paper as it was typed."""
    nodes: tuple[Node, ...] = (
        heading(HOSTILE[0]),
        *(plain(text) for text in HOSTILE),
        bullets(*HOSTILE),
        Table(((Span(HOSTILE[0]),),), (((Span(HOSTILE[1]),), (Span("meer cellen"),)), ())),
        Field(HOSTILE[0], 1, HOSTILE[1]),
        Choice(HOSTILE[2], (Option(HOSTILE[0], HOSTILE[1]),)),
        Scores(HOSTILE[3], HOSTILE[:2], ("Ja", "#Nee")),
    )
    reader = one_set(replace(sheet, title=HOSTILE[0], nodes=nodes, most=3, note_lines=False))
    told = text_of(reader).replace(" ", "")

    assert reader.metadata is not None
    assert reader.metadata.title == HOSTILE[0]
    for text in HOSTILE[:4]:
        assert told.count(text.replace(" ", "")) >= 2
    assert "Shalom" in told


def test_very_long_word_stays_on_the_paper(sheet: Sheet) -> None:
    """A word longer than a line goes on on the next one, and nothing of it is lost."""
    word = "a" * 400 + "einde"
    reader = one_set(replace(sheet, nodes=(plain(word),)))
    lines = reader.pages[0].extract_text().splitlines()

    assert word in text_of(reader).replace(" ", "")
    assert 3 <= sum("aaa" in line for line in lines) < 10
    assert max(map(len, lines)) < 150


def test_sign_that_no_font_has_is_a_box(sheet: Sheet) -> None:
    """An emoji or a sign of a script without a font does not stop the press: a box stands in its place."""
    told = text_of(one_set(replace(sheet, title="Blij 😀", nodes=(plain("Zo 👩‍👧 en 漢字 en \x07 klaar"),))))

    assert "Blij □" in told
    assert "□" in told.partition("Zo")[2].partition("klaar")[0]
    assert "klaar" in told


def test_link_to_a_provider_is_plain_text(content: ContentFolder) -> None:
    """Whether a provider is shown changes by the day, so on paper its name is no link; other links lead to the site."""
    name = next(path.name for path in (content.root / HOME / "factsheets").iterdir())
    text = content.text(f"{HOME}/factsheets/{name}")
    content.raw(
        f"{HOME}/factsheets/{name}", f"{text}\n[Alfa](/duinrand/aanbieders/alfa-thuis/) en [geld](/duinrand/kosten/)\n"
    )
    book = book_of(content, day=TODAY, site=Site("/proef/", "https://gids.example.nl"))
    sheet = next(one for one in all_sheets(book) if "/factsheets/" in one.url)
    spans = {span["text"]: span["href"] for span in _spans(sheet.told())}

    assert spans["Alfa"] == ""
    assert spans["geld"] == "https://gids.example.nl/proef/duinrand/kosten/"


def _spans(told: str) -> list[Any]:
    nodes = json.loads(told)["data"]["nodes"]
    return [span for node in nodes for span in node.get("spans", ())]
