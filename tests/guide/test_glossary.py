"""A word of the field is explained where a page first uses it, and only there."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOME, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, parsed, printer_of
from wmo_guide.domain.editorial import Term
from wmo_guide.guide.glossary import Explained, Glossary
from wmo_guide.guide.kinds import PAGE_KINDS

TERMS = (
    Term(slug="bijdrage", term="bijdrage", plain="Wat u betaalt."),
    Term(slug="eigen-bijdrage", term="eigen bijdrage", forms=("eigen bijdragen",), plain="Wat u zelf betaalt."),
    Term(slug="wmo", term="Wmo", plain="Een wet."),
    Term(slug="ggz", term="GGZ", forms=("geestelijke gezondheidszorg",), plain="Zorg."),
    Term(slug="mantelzorger", term="mantelzorger", forms=("mantelzorgers",), plain="Wie zorgt."),
    Term(slug="cito", term="c.i.t.o.", plain="Snel."),
    Term(slug="gemeente", term="gemeente", plain="Uw gemeente.", marked=False),
)
GLOSSARY = Glossary(TERMS)
FORMS = [form for term in TERMS for form in (term.term, *term.forms)]
LOOKALIKES = ["mantelzorger\u017f", "\u212a", "\u0131", "\u0130"]
"""Letters that are other letters when case doesn't count."""
PIECES = st.sampled_from([*FORMS, *LOOKALIKES, "WMO", "eigen", "<b>", "&", '"', "'", " ", "-", "x", "\n", "_", "."])


def _linked(text: str, *leave_out: str) -> list[str]:
    tree = parsed(Explained(GLOSSARY, leave_out).mark(text))
    return [str(link.text_content()) for link in tree.iter("a")]


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("De Wmo helpt.", ["Wmo"]),
        ("De wmo, en de WMO.", ["wmo"]),
        ("Mail naar wmo@dorp.nl of ggz.wmo@dorp.nl.", []),
        ("Mail naar info@wmo.nl. Vraag naar de Wmo.", ["Wmo"]),
        ("Kijk op www.wmo.nl, wmo.nl/ggz of https://dorp.nl/wmo/.", []),
        ("Er is c.i.t.o. hulp (Wmo).", ["c.i.t.o.", "Wmo"]),
        ("Dit is de Wmo.", ["Wmo"]),
        ("De GGZ/Wmo.", ["GGZ", "Wmo"]),
        ("De Wmo-hulp en de oude-Wmo.", []),
        ("Wmoconsulent, nieuweWmo, Wmo_x", []),
        ("Een eigen bijdrage.", ["eigen bijdrage"]),
        ("Eigen bijdragen en een bijdrage.", ["Eigen bijdragen", "bijdrage"]),
        ("Een bijdrage en een eigen bijdrage.", ["bijdrage", "eigen bijdrage"]),
        ("Mantelzorgers en een mantelzorger.", ["Mantelzorgers"]),
        ("(mantelzorger)", ["mantelzorger"]),
        ("Bel c.i.t.o. en snel.", ["c.i.t.o."]),
        ("De gemeente belt.", []),
        ("Niets.", []),
        ("", []),
    ],
)
def test_terms_are_found(text: str, linked: list[str]) -> None:
    """A term is found as a whole word, in any case and form, the longest first, once, and only if it is to be marked."""
    assert _linked(text) == linked


def test_link_leads_to_the_explanation() -> None:
    """The link leads to the place of the term's explanation on the same page and keeps the word as it was written."""
    marked = Explained(GLOSSARY).mark("Hulp uit de WMO & meer")

    assert marked == 'Hulp uit de <a class="wg-term" href="#woord-wmo">WMO</a> &amp; meer'


def test_term_is_linked_once_on_a_page() -> None:
    """A term that one text of a page explained is plain in the page's next texts."""
    explained = Explained(GLOSSARY)
    first, second = explained.mark("De Wmo."), explained.mark("De Wmo en de GGZ.")

    assert "<a " in first
    assert second == 'De Wmo en de <a class="wg-term" href="#woord-ggz">GGZ</a>.'
    assert [term.slug for term in explained.terms] == ["wmo", "ggz"]


def test_term_can_be_left_out() -> None:
    """A page can leave a term out: it is neither linked nor listed."""
    explained = Explained(GLOSSARY, ("wmo",))

    assert explained.mark("De Wmo.") == "De Wmo."
    assert explained.terms == ()


def test_empty_glossary_finds_nothing() -> None:
    """Without terms, every text stays as it is."""
    assert Explained(Glossary(())).mark("De Wmo & <b>") == "De Wmo &amp; &lt;b&gt;"


@given(st.lists(PIECES, max_size=8).map("".join))
def test_marked_text_is_the_text(text: str) -> None:
    """Whatever the text, the reader reads that text; the only elements are links to terms, each term once."""
    explained = Explained(GLOSSARY)
    tree = parsed(explained.mark(text))
    links = [element.get("href") for element in tree.iterdescendants()]

    assert tree.text_content() == text
    assert {element.tag for element in tree.iterdescendants()} <= {"a"}
    assert links == [f"#woord-{term.slug}" for term in explained.terms]
    assert len(links) == len(set(links))


@pytest.mark.parametrize("letters", ["mantelzorger\u017f", "\u0131", "b\u0130jdrage", "b\u0131jdrage"])
def test_letters_that_look_alike_are_no_term(letters: str) -> None:
    """A word with a letter that is another letter in small is left as it is, also beside a term."""
    assert _linked(f"De Wmo en de bijdrage van {letters}.") == ["Wmo", "bijdrage"]


def test_pages_explain_the_terms_they_link(content: ContentFolder) -> None:
    """On every page, each link to a term leads to its explanation on that page, and each explanation is linked once."""
    text = "Een inwoner vraagt een beschikking. De mantelzorger, een inwoner, helpt."
    content.put(f"{HOME}/region.yaml", ("intro",), text)
    content.put(f"{HOME}/situations.yaml", ("situations", 0, "text"), text)
    content.put(f"{HOME}/matrix/2024.yaml", ("areas", 0, "blocks", 0, "summary"), text)
    content.put(f"{HOME}/faq.yaml", ("questions", 0, "answer"), text)
    content.put(f"{PROVIDERS}/alfa-thuis.yaml", ("organisation", "description"), text)
    book = book_of(content)
    printer = printer_of(book)
    using = set()
    for kind in PAGE_KINDS:
        for page in kind.pages(book):
            tree = parsed(printer.body(kind.name, page))
            links = tree.xpath("//a[@class='wg-term']/@href")
            assert sorted(links) == sorted(f"#{name}" for name in tree.xpath("//dt[starts-with(@id, 'woord-')]/@id"))
            if links:
                assert len(links) == 3 or kind.name == "article", page.url
                using.add(kind.name)

    assert {"region_home", "situation", "block", "faq", "provider", "article"} <= using


def test_words_are_explained_in_what_staff_wrote_in_markdown() -> None:
    """In an article, a word is linked at its first use in running text: not in a heading, not in a link, never twice."""
    explained = Explained(Glossary([Term(slug="plan", term="plan", plain="Wat u wilt.")]))
    html = explained.mark_html('<h2 id="plan">Plan</h2><p>Een <a href="/x/">plan</a> &amp; een plan. Dat plan.</p>')

    assert html == (
        '<h2 id="plan">Plan</h2><p>Een <a href="/x/">plan</a> &amp; een '
        '<a class="wg-term" href="#woord-plan">plan</a>. Dat plan.</p>'
    )
