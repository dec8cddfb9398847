"""Help me choose: each answer is a page, and every way ends at what can help."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.builders import HOME, PLAIN_REGION, REGION, ContentFolder
from tests.guide.printing import book_of, files_of, online, page_tree, parsed, printed, printer_of, refused
from wmo_guide.guide.kinds import chooser

CHOOSER = f"{HOME}/chooser.yaml"
START = f"{REGION}/hulpwijzer"
END = f"{START}/post/elke-week"


def _links(tree: Any, xpath: str = "//main") -> list[str]:
    return [str(one) for one in tree.xpath(f"{xpath}//a/@href")]


def _headings(tree: Any) -> list[str]:
    return [str(one.text_content()) for one in tree.xpath("//main//h2")]


def test_first_page_asks_the_first_question(sample_site: Path) -> None:
    """The beginning has the question as its heading, its help, how many questions there can be, and a link for each answer."""
    tree = page_tree(sample_site, START)

    assert tree.xpath("//h1/text()") == ["Waar hebt u hulp bij nodig?"]
    assert "Vraag 1 van hoogstens 2" in tree.text_content()
    assert "Kies wat het meeste op u lijkt." in tree.text_content()
    options = tree.xpath("//ul[@aria-label='Antwoorden']/li/a")
    assert [one.get("href") for one in options] == [f"/{START}/{slug}/" for slug in ("post", "overdag", "ik-zorg")]
    assert [len(one.xpath("./svg[@aria-hidden='true']")) for one in options] == [1, 1, 1]


def test_next_question_tells_the_answers_given(sample_site: Path) -> None:
    """A later question shows each answer with a link to change it, the way to begin again, and the ways out."""
    tree = page_tree(sample_site, f"{START}/post")

    assert tree.xpath("//h1/text()") == ["Hoeveel hulp hebt u nodig?"]
    assert "Vraag 2 van hoogstens 2" in tree.text_content()
    given = tree.xpath("//dl[dt='Waar hebt u hulp bij nodig?']/dd")
    assert [one.text_content() for one in given] == [
        "Post en geld Verander uw antwoord op: Waar hebt u hulp bij nodig?"
    ]
    assert _links(given[0], ".") == [f"/{START}/"]
    assert tree.xpath("//main//a[.='Begin opnieuw']/@href") == [f"/{START}/"]
    assert {f"/{REGION}/a-z/", f"/{REGION}/gemeenten/"} <= set(_links(tree))


def test_outcome_has_situations_before_help(sample_site: Path) -> None:
    """The end of a way shows situations, then what to try first, then help of the municipality, and how to ask for it."""
    trees = [page_tree(sample_site, f"{START}/{way}") for way in ("post/elke-week", "post/een-keer", "ik-zorg")]

    assert [_headings(tree)[:-1] for tree in trees] == [
        ["Herkent u dit?", "Hulp van de gemeente", "Zo vraagt u hulp aan", "Uw antwoorden"],
        ["Probeer dit eerst", "Zo vraagt u hulp aan", "Uw antwoorden"],
        ["Herkent u dit?", "Hulp van de gemeente", "Zo vraagt u hulp aan", "Uw antwoorden"],
    ]
    assert {f"/{REGION}/situaties/stapel-post/", f"/{REGION}/hulp/post-en-papieren/"} <= set(_links(trees[0]))
    assert f"/{REGION}/voorzieningen/#papierhulp" in _links(trees[1])
    assert "Zorg ook voor uzelf." in trees[2].text_content()
    assert f"/{REGION}/gemeenten/zandhoek/#contact" in _links(trees[0])


def test_answers_on_the_way_count_too(content: ContentFolder) -> None:
    """What an earlier answer names comes after what the last one names, each once."""
    content.put(CHOOSER, ("questions", 0, "options", 0, "blocks"), ["post-en-papieren", "dag-buiten"])
    content.put(CHOOSER, ("questions", 0, "options", 0, "summary"), "Post komt elke dag.")
    book = book_of(content)
    page = next(page for page in chooser.outcomes(book) if page.url == f"/{END}/")
    tree = parsed(printer_of(book).body("chooser_outcome", page))

    blocks = [link for link in _links(tree, "") if "/hulp/" in link]
    assert blocks == [f"/{REGION}/hulp/post-en-papieren/", f"/{REGION}/hulp/dag-buiten/"]
    assert "Post komt elke dag." in tree.text_content()


def test_pages_of_one_question_have_titles_of_their_own(content: ContentFolder) -> None:
    """A question that several answers lead to has a page for each, whose titles tell them apart and whose headings don't."""
    content.put(CHOOSER, ("questions", 0, "options", 1, "next"), "hoeveel")
    pages = [page for page in chooser.questions(book_of(content)) if page.crumbs]
    ends = list(chooser.outcomes(book_of(content)))

    assert [page.heading for page in pages] == ["Hoeveel hulp hebt u nodig?"] * 2
    assert [page.title for page in pages] == [
        "Hoeveel hulp hebt u nodig? (uw antwoorden: Post en geld)",
        "Hoeveel hulp hebt u nodig? (uw antwoorden: Iets te doen overdag)",
    ]
    assert len({page.title for page in ends}) == len(ends) == 5


def test_outcome_tells_where_it_comes_from(content: ContentFolder) -> None:
    """An outcome names the sources of what it shows; a question, which states no fact, names the publisher only."""
    book = book_of(content)

    assert all(page.sources for page in chooser.outcomes(book))
    assert not any(page.sources for page in chooser.questions(book))


def test_ways_in_are_there_where_there_is_a_chooser(sample_site: Path) -> None:
    """The front page, the region's home, its situations and its search lead to the first question, in that region only."""
    pages = {"": sample_site, **{f"{REGION}{part}": sample_site for part in ("", "/situaties", "/zoeken")}}

    assert [page for page in pages if f"/{START}/" not in _links(page_tree(sample_site, page))] == []
    found = [path for path in files_of(online(sample_site)) if path.startswith(f"{PLAIN_REGION}/")]
    assert [path for path in found if "hulpwijzer" in path] == []
    htmls = [online(sample_site) / path for path in found if path.endswith(".html")]
    assert len(htmls) > 10
    assert [path for path in htmls if "hulpwijzer" in path.read_text(encoding="utf-8")] == []


def test_region_without_a_chooser_has_no_page_and_no_link(content: ContentFolder, site: Path, cache: Path) -> None:
    """When the file is taken away, the pages go, and so do all links to them."""
    content.remove(CHOOSER)
    printed(content, site, cache)

    assert not (online(site) / START).exists()
    home = files_of(online(site))
    assert [path for path, data in home.items() if path.endswith(".html") and b"hulpwijzer" in data] == []


@pytest.mark.parametrize("wrong", [{"next": "waarbij"}, {"blocks": ["weg"]}])
def test_wrong_chooser_is_refused(wrong: dict[str, Any], content: ContentFolder, site: Path, cache: Path) -> None:
    """A circle or a dead reference publishes nothing, is told once, and doesn't hold the press."""
    content.put(
        CHOOSER, ("questions", 1, "options", 1), {"slug": "a", "label": "A", "icon": "material/coffee", **wrong}
    )

    (problem,) = refused(content, site, cache)

    assert CHOOSER in problem


def test_page_at_the_same_address_is_refused(content: ContentFolder, site: Path, cache: Path) -> None:
    """A page that staff call "hulpwijzer" would take the address of the first question, which the press tells."""
    content.raw(f"{HOME}/pages/hulpwijzer.md", "---\ntitle: A\ndescription: B.\nupdated: 2025-12-01\n---\n\nTekst.\n")

    (problem,) = refused(content, site, cache)

    assert "pages/hulpwijzer.md" in problem
    assert "een pagina die de gids zelf maakt" in problem
