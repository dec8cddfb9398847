"""The theme renders pages that need nothing from elsewhere, and makes staff prose harmless."""

from __future__ import annotations

import hashlib
import logging
import re
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from wmo_guide.guide.frame import Frame, MenuItem, WholePage
from wmo_guide.guide.material import Rendered, ThemeError, markdown_to_html, render_pages

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "mkdocs.yml"
FRAME = Frame(
    key="full",
    depth=2,
    section="help",
    site_name="Wmo-gids",
    home_url="/streek/",
    region_name="Streek",
    menu=(MenuItem("Hulp", "/streek/hulp/", "help"), MenuItem("Kosten", "/streek/kosten/", "costs")),
    footer=(MenuItem("Over deze gids", "/streek/over/", "about"),),
    footer_note="Van de gemeenten.",
    search_url="/streek/zoeken/",
    region_css="/streek/huisstijl.css",
    feed_url="/streek/nieuws.xml",
    root="/",
)
PAGE = WholePage(
    url="/streek/hulp/",
    title="Hulp",
    description="Alle hulp.",
    canonical="https://gids.example.nl/streek/hulp/",
    head='<meta name="robots" content="all">',
    body="<h1>Hulp</h1>",
    frame=FRAME,
)
PROSE_TAGS = frozenset(
    {"h2", "h3", "h4", "h5", "h6", "p", "a", "em", "strong", "ul", "ol", "li", "dl", "dt", "dd", "br", "hr", "img"}
    | {"table", "thead", "tbody", "tr", "th", "td", "div", "span", "blockquote", "pre", "code"}
)
SNIPPETS = (*"abs:/\\<>[]()!&#;\"'=*_`|-{}\n\t ", "javascript:", "&#58;", "onload=", "<a ", "](", "data:", "[x]: ")


@pytest.fixture(scope="module")
def rendered() -> Rendered:
    """One page with everything in its frame."""
    return render_pages([PAGE], CONFIG)


@pytest.fixture(scope="module")
def page(rendered: Rendered) -> Any:
    """The same page, parsed."""
    return html.document_fromstring(rendered.pages[PAGE.url])


def test_page_has_its_texts_in_place(page: Any) -> None:
    """Title, description, address, extra head and body stand where a browser looks for them."""
    assert page.findtext("head/title") == "Hulp | Wmo-gids Streek"
    assert page.xpath("string(//meta[@name='description']/@content)") == PAGE.description
    assert page.xpath("string(//link[@rel='canonical']/@href)") == PAGE.canonical
    assert page.xpath("count(/html/head/meta[@name='robots'])") == 1
    assert page.xpath("string(//main//h1)") == "Hulp"
    assert page.get("lang") == "nl"


def test_landmarks_have_names(page: Any) -> None:
    """The first link jumps to the one main element; menu, footer links and search have names."""
    assert page.xpath("(//a)[1]/@href") == ["#inhoud"]
    assert page.xpath("//main/@id") == ["inhoud"]
    assert page.xpath("//nav/@aria-label") == ["Hoofdmenu", "Over deze gids"]
    assert page.xpath("string(//label[@for=//input/@id])") == "Zoeken in de gids"


def test_menu_marks_the_section(page: Any) -> None:
    """Only the menu's link of the page's own section is marked as current, in both forms of the menu."""
    assert page.xpath("//nav[@aria-label='Hoofdmenu']//a[@aria-current='true']/@href") == ["/streek/hulp/"] * 2


def test_menu_and_search_need_no_script(page: Any) -> None:
    """The page has no script, no inline style, a menu of real links and a search form that a browser can send."""
    assert page.xpath("//script | //style | //@style | //@*[starts-with(name(), 'on')]") == []
    assert set(page.xpath("//nav[@aria-label='Hoofdmenu']//a/@href")) == {"/streek/hulp/", "/streek/kosten/"}
    (form,) = page.xpath("//form")
    assert (form.get("method"), form.get("action")) == ("get", "/streek/zoeken/")
    assert form.xpath(".//input[@type='search']/@name") == ["q"]
    assert form.xpath("string(.//button)").strip() == "Zoeken"


def test_page_loads_nothing_from_elsewhere(rendered: Rendered, page: Any) -> None:
    """All that a page and its styles load comes from the site itself, and what is ours is among the assets."""
    loaded = page.xpath("//link[@rel='stylesheet' or @rel='icon']/@href | //@src")

    assert {f"/{path}" for path in rendered.assets} == set(loaded) - {FRAME.region_css}
    for content in rendered.assets.values():
        assert not re.search(rb"url\(['\"]?(?!data:|['\"])|@import", content)


def test_own_assets_carry_their_hash(rendered: Rendered) -> None:
    """The name of each of our own assets tells its content, so that browsers may keep it for ever."""
    own = {path: content for path, content in rendered.assets.items() if "/stylesheets/" not in path}

    assert len(own) == 2
    for path, content in own.items():
        assert f".{hashlib.sha256(content).hexdigest()[:8]}." in path


def test_style_sheet_knows_the_sites_address(rendered: Rendered) -> None:
    """The style sheet has the address of the site as one text of CSS, whatever stands in it, and its name goes by that."""
    odd = render_pages([replace(PAGE, frame=replace(FRAME, site_url='https://a.nl"};\\x'))], CONFIG)
    (plain, told) = ({path: data for path, data in one.assets.items() if "guide." in path} for one in (rendered, odd))

    assert b'--wg-site:"";' in next(iter(plain.values()))
    assert rb'--wg-site:"https://a.nl\000022};\00005cx";' in next(iter(told.values()))
    assert plain.keys().isdisjoint(told)


def test_root_precedes_assets() -> None:
    """A site that stands under a path finds its assets there."""
    under = WholePage("/", "t", "d", "", "", "", replace(FRAME, root="/proef/", region_css=None))

    text = render_pages([under], CONFIG).pages["/"]
    links = re.findall(r'rel="stylesheet" href="([^"]*)"', text)

    assert len(links) == 2
    assert all(link.startswith("/proef/assets/") for link in links)


def test_pages_come_back_by_url() -> None:
    """Several pages, also outside a folder of their own, come back each under its own url."""
    urls = ["/", "/404.html", "/a/", "/a/b/"]

    done = render_pages([WholePage(url, url, "d", "", "", "", FRAME) for url in urls], CONFIG)

    assert list(done.pages) == urls
    assert all(f"<title>{url} |" in text for url, text in done.pages.items())


def test_theme_is_quiet(capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    """Rendering prints nothing and leaves nothing in the log."""
    with caplog.at_level(logging.INFO):
        render_pages([PAGE], CONFIG)

    assert capfd.readouterr() == ("", "")
    assert caplog.records == []


@pytest.mark.parametrize(
    ("path", "addition", "message"),
    [
        ("mkdocs.yml", "\ntheme: {name: none-such}\n", "none-such"),
        ("mkdocs.yml", "\nnonsense: true\n", "nonsense"),
        ("templates/theme/main.html", "{{ nothing_of_the_kind }}", "nothing_of_the_kind"),
        ("templates/theme/base.html", "{% if %}", "Expected an expression"),
        ("templates/theme/base.html", "{{ asset('none.css') }}", "0 files that fit assets/none.css"),
    ],
)
def test_broken_theme_is_told(path: str, addition: str, message: str, tmp_path: Path) -> None:
    """A theme or configuration that is wrong raises a ThemeError which says what is wrong."""
    copytree(ROOT / "templates" / "theme", tmp_path / "templates" / "theme")
    (tmp_path / "mkdocs.yml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")
    file = tmp_path / path
    file.write_text(
        f"{file.read_text(encoding='utf-8')}{addition}".replace('{% extends "base.html" %}\n', ""), encoding="utf-8"
    )

    with pytest.raises(ThemeError, match=message):
        render_pages([PAGE], tmp_path / "mkdocs.yml")


def test_missing_configuration_is_told(tmp_path: Path) -> None:
    """A configuration file that isn't there raises a ThemeError that names it."""
    with pytest.raises(ThemeError, match=r"none-such\.yml"):
        render_pages([PAGE], tmp_path / "none-such.yml")


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("# A\n\n## B\n\n### C", ["h2", "h3", "h4"]),
        ("## A\n\n### B\n\n## C", ["h2", "h3", "h2"]),
        ("# A\n\n#### B", ["h2", "h3"]),
        ("### A\n\n# B\n\n###### C", ["h2", "h2", "h3"]),
        ("Kop\n===", ["h2"]),
    ],
)
def test_headings_start_at_h2_and_skip_none(text: str, tags: list[str]) -> None:
    """Headings keep their order of rank, start at h2 and never skip a level."""
    assert [heading.tag for heading in _prose(text)] == tags


def test_headings_have_ids_only_when_asked() -> None:
    """Headings have an id on request alone, as several pieces of prose may share a page."""
    assert "id=" not in markdown_to_html("# Kosten")
    assert markdown_to_html("# Kosten", heading_ids=True) == '<h2 id="kosten">Kosten</h2>'


def test_same_text_gives_same_html() -> None:
    """One piece of prose leaves no trace in the next."""
    text = "# Kop\n\n[a][b]\n\n[b]: /c/"

    first = markdown_to_html(text, heading_ids=True)

    assert markdown_to_html(text, heading_ids=True) == first
    assert "<a" not in markdown_to_html("[a][b]", heading_ids=True)


def test_tables_scroll_in_a_box_of_their_own() -> None:
    """A table stands in a box that the keyboard can reach, with headings that have a scope and no style attribute."""
    tree = _prose("| a | b |\n|---|--:|\n| 1 | 2 |")
    (box,) = tree

    assert (box.get("class"), box.get("tabindex"), box.get("aria-label")) == ("wg-table", "0", "Tabel")
    assert [element.tag for element in box] == ["table"]
    assert tree.xpath("//th/@scope") == ["col", "col"]
    assert tree.xpath("//td/text()") == ["1", "2"]
    assert tree.xpath("//@style") == []


def test_definition_lists_work() -> None:
    """A term and its explanation become a definition list."""
    assert markdown_to_html("Term\n: Uitleg").replace("\n", "") == "<dl><dt>Term</dt><dd>Uitleg</dd></dl>"


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "<div onclick='x()'>\nregel\n</div>",
        "tekst <b>vet</b> tekst",
        "<!-- stil -->",
        "<img src=x onerror=alert(1)>",
        "<?php x ?>",
    ],
)
def test_raw_html_comes_out_as_text(text: str) -> None:
    """HTML in prose is shown letter by letter."""
    assert _prose(text).text_content().split() == text.split()


@pytest.mark.parametrize("text", ["tekst {: onclick=x() }", "[a](/b/){ onmouseover=x() }", "# kop { #eigen }"])
def test_attributes_can_not_be_set(text: str) -> None:
    """Braces are text: they set no attribute."""
    assert "{" in _prose(text).text_content()


@pytest.mark.parametrize(
    "address",
    [
        "https://a.example.nl/",
        "http://a.example.nl/",
        "mailto:a@example.nl",
        "tel:14072",
        "/hulp/",
        "hulp/",
        "#kop",
        "?q=a",
    ],
)
def test_good_links_stay(address: str) -> None:
    """Links to the web, mail, telephone and the site itself stay as they are written."""
    assert _prose(f"[tekst]({address})").xpath("//a/@href") == [address]


def test_mail_address_in_angle_brackets_becomes_a_link() -> None:
    """A bare address in angle brackets becomes a mail link."""
    assert _prose("<a@example.nl>").xpath("//a/@href") == ["mailto:a@example.nl"]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&#58;alert(1)",
        "javascript&colon;alert(1)",
        "java&#09;script:alert(1)",
        "<java\tscript:alert(1)>",
        "&#1;javascript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "ftp://example.nl/",
        "//example.nl/",
        "/\\example.nl/",
        r"\\\\example.nl/",
    ],
)
@pytest.mark.parametrize("form", ["[tekst]({})", "[tekst][x]\n\n[x]: {}", "![tekst]({})"])
def test_bad_links_lose_their_address(address: str, form: str) -> None:
    """A link or picture that leads anywhere else leaves only its text."""
    tree = _prose(form.format(address))

    assert tree.xpath("//@href | //@src") == []
    assert "tekst" in tree.text_content()


def test_pictures_come_from_the_site() -> None:
    """A picture of the site stays, one from elsewhere leaves its description."""
    tree = _prose("![kaart](/kaart.png) ![elders](https://example.nl/x.png)")

    assert tree.xpath("//img/@src") == ["/kaart.png"]
    assert "elders" in tree.text_content()


@given(st.lists(st.sampled_from(SNIPPETS), max_size=60).map("".join))
def test_no_prose_can_do_harm(text: str) -> None:
    """Whatever is written, only known elements come out, without handlers, styles or addresses of another scheme."""
    tree = _prose(text)

    assert {element.tag for element in tree.iterdescendants()} <= PROSE_TAGS
    for element in tree.iterdescendants():
        assert {name for name in element.attrib if name.startswith("on") or name == "style"} == set()
    for address in tree.xpath("//@href | //@src"):
        assert urlsplit(address).scheme in {"", "http", "https", "mailto", "tel"}


@pytest.mark.parametrize("word", ["attr_list", "md_in_html", "search"])
def test_configuration_leaves_out_what_could_harm(word: str) -> None:
    """mkdocs.yml switches on nothing that lets prose set attributes or that brings Material's search."""
    settings = re.sub(r"#.*", "", CONFIG.read_text(encoding="utf-8"))

    assert word not in settings


def _prose(text: str) -> Any:  # lxml-stubs give every xpath as a union of all that xpath can be
    return html.fromstring(f"<main>{markdown_to_html(text)}</main>")
