"""A part of a page that would be empty is left out, with its heading and with the link to it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, TypeAlias

import pytest

from tests.builders import HOME, PLAIN_REGION, REGION, ContentFolder, sample_content
from tests.guide.headings import lonely_headings
from tests.guide.printing import PROVIDERS, book_of, parsed, printer_of
from wmo_guide.guide.contacts import contacts_for
from wmo_guide.guide.kinds import PAGE_KINDS

KINDS = sorted(kind.name for kind in PAGE_KINDS)
Pages: TypeAlias = dict[str, dict[str, Any]]
"""Bodies of pages by kind and address."""
MATRIX = f"{HOME}/matrix/2024.yaml"
BLOCK = ("areas", 0, "blocks", 0)
NEEDED = frozenset({"slug", "title", "plain_title", "icon", "summary", "everyday_words", "everything_else", "sources"})
"""What a block can't do without."""


def _strip(content: ContentFolder) -> None:
    """Takes away all that the sample's files don't need, and the providers."""
    for path in content.path(PROVIDERS).iterdir():
        path.unlink()
    for name in ("conversion/2020-to-2024.yaml", "matrix/2020.yaml"):
        content.remove(f"{HOME}/{name}")
    tree = content.tree(MATRIX)
    tree |= {"axes": []}
    tree.pop("changes", None)
    for area in tree["areas"]:
        area["blocks"] = [_only(block, NEEDED) for block in area["blocks"]]
    content.write(MATRIX, tree)
    situations = content.tree(f"{HOME}/situations.yaml")
    for one in situations["situations"]:
        one |= {"blocks": [], "facilities": [], "factsheets": []}
    content.write(f"{HOME}/situations.yaml", situations)
    content.drop(f"{HOME}/region.yaml", ("rates",))
    for kind in ("news", "factsheets"):
        for path in content.path(f"{HOME}/{kind}").iterdir():
            path.unlink()


@pytest.fixture(scope="module")
def full_pages(sample: ContentFolder) -> Pages:
    """All pages of the sample."""
    return _pages(sample)


@pytest.fixture(scope="module")
def bare_pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """All pages of regions that have little to tell."""
    content = sample_content(tmp_path_factory.mktemp("bare") / "content")
    _strip(content)
    return _pages(content)


def _only(record: dict[str, Any], keys: Collection[str]) -> dict[str, Any]:
    return {key: value for key, value in record.items() if key in keys}


def _pages(content: ContentFolder) -> Pages:
    found: Pages = {kind.name: {} for kind in PAGE_KINDS}
    for region in (REGION, PLAIN_REGION):
        book = book_of(content, region)
        printer = printer_of(book)
        for kind in PAGE_KINDS:
            found[kind.name] |= {page.url: parsed(printer.body(kind.name, page)) for page in kind.pages(book)}
    return found


def _block(pages: Pages) -> Any:
    return pages["block"][f"/{REGION}/hulp/post-en-papieren/"]


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_stands_alone(kind: str, bare_pages: Pages) -> None:
    """However little a region has to tell, no page has a heading with nothing below it."""
    lonely = {url: lonely_headings(body) for url, body in bare_pages[kind].items()}

    assert {url: found for url, found in lonely.items() if found} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_heading_stands_alone_on_a_full_page(kind: str, full_pages: Pages) -> None:
    """Where a region has everything to tell, no page has a heading with nothing below it either."""
    lonely = {url: lonely_headings(body) for url, body in full_pages[kind].items()}

    assert {url: found for url, found in lonely.items() if found} == {}


@pytest.mark.parametrize("place", ["voor-mij", "veranderen"])
def test_part_of_a_block_without_content_is_left_out(place: str, bare_pages: Pages) -> None:
    """A block of which nothing is told under a heading has neither the heading nor a link to it."""
    body = _block(bare_pages)

    assert body.xpath(f"//*[@id='{place}']") == []
    assert body.xpath(f"//nav//a[@href='#{place}']") == []


@pytest.mark.parametrize("place", ["voor-mij", "veranderen"])
def test_part_of_a_block_with_content_is_there(place: str, full_pages: Pages) -> None:
    """A block of which something is told under a heading has the heading and a link to it."""
    body = _block(full_pages)

    assert len(body.xpath(f"//section[@id='{place}']/h2")) == 1
    assert len(body.xpath(f"//nav//a[@href='#{place}']")) == 1


@pytest.mark.parametrize("key", ["for_you", "includes", "excludes"])
def test_one_list_of_a_block_is_enough(key: str, content: ContentFolder) -> None:
    """One of the three lists that tell for whom a block is, is enough for the part to be there, without empty lists."""
    _strip(content)
    content.put(MATRIX, (*BLOCK, key), ["Iets."])
    body = _block(_pages(content))

    assert len(body.xpath("//section[@id='voor-mij']//ul")) == 1
    assert len(body.xpath("//nav//a[@href='#voor-mij']")) == 1


def test_a_lonely_heading_is_seen() -> None:
    """The look at headings sees one at the end, one before its equal and one before a higher one, and no other."""
    page = "<h2>A</h2><h3>B</h3><p>x</p><h3>C</h3><h2>D</h2><h2>E</h2><input><h2>F</h2><p> </p>"

    assert lonely_headings(parsed(page)) == ["C", "D", "F"]


def test_search_page_is_of_use_without_a_script(sample: ContentFolder, full_pages: Pages) -> None:
    """What the search page shows to who has no JavaScript leads to situations and to the contacts of each municipality."""
    for region, body in zip((REGION, PLAIN_REGION), full_pages["search"].values(), strict=True):
        book = book_of(sample, region)
        links = set(body.xpath("//*[@id='zoekniets']//a/@href"))

        assert {f"{book.to.municipality(one.slug)}#contact" for one in book.municipalities} <= links
        assert {book.to.situation(one.slug) for one in book.standards.situations[:8]} <= links


def test_search_page_tells_the_number_of_a_desk(sample: ContentFolder, full_pages: Pages) -> None:
    """Where a desk of a municipality has a number, who finds nothing can call it from the search page; elsewhere there is none."""
    numbers = 0
    for region, body in zip((REGION, PLAIN_REGION), full_pages["search"].values(), strict=True):
        book = book_of(sample, region)
        for place in book.municipalities:
            desks = contacts_for(book.region, place)
            phones = [one.phone for desk in desks for one in desk.contacts if one.phone][:1]
            links = body.xpath(f"//*[@id='zoekniets']//li[@data-place='{place.slug}']/a[starts-with(@href, 'tel:')]")
            assert [link.text_content() for link in links] == [f"{place.name}: Bel {phone}" for phone in phones]
            numbers += len(links)
    assert numbers


@pytest.mark.parametrize("kind", ["search", "situation", "situation_index"])
def test_who_is_in_danger_can_call_at_once(kind: str, full_pages: Pages) -> None:
    """Pages for who doesn't know where to turn have the numbers for danger and for thoughts of suicide, as links."""
    for body in full_pages[kind].values():
        assert {"tel:112", "tel:113", "tel:08000113"} <= set(body.xpath("//a/@href"))


def test_place_and_block_lead_to_the_three_answers(full_pages: Pages) -> None:
    """A block in a municipality says on top where it tells who offers it, what it costs and how to ask for it."""
    for body in full_pages["municipality_block"].values():
        assert body.xpath("//nav[@class='wg-toc']//a/@href") == ["#aanbieders", "#kosten", "#aanvragen"]
