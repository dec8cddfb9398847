"""Plain text becomes paragraphs and lists, and nothing else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.guide.printing import parsed
from wmo_guide.guide.prose import prose

LINES = st.sampled_from(["Een zin.", "- een punt", "-geen punt", "", "  ", "<b>", "&amp;", '"', "- ", "-"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Een zin.", "<p>Een zin.</p>"),
        ("Een zin\nover twee regels.", "<p>Een zin over twee regels.</p>"),
        ("Een.\n\nTwee.", "<p>Een.</p>\n<p>Twee.</p>"),
        ("Een.\r\n\r\nTwee.", "<p>Een.</p>\n<p>Twee.</p>"),
        ("Een.\n\n\n\nTwee.", "<p>Een.</p>\n<p>Twee.</p>"),
        ("Een.\n  \nTwee.", "<p>Een.</p>\n<p>Twee.</p>"),
        ("- een\n- twee", "<ul><li>een</li><li>twee</li></ul>"),
        ("Neem mee:\n- een\n- twee", "<p>Neem mee:</p>\n<ul><li>een</li><li>twee</li></ul>"),
        ("Neem mee:\n\n- een", "<p>Neem mee:</p>\n<ul><li>een</li></ul>"),
        ("- een\nEn dan.", "<ul><li>een</li></ul>\n<p>En dan.</p>"),
        ("-geen punt", "<p>-geen punt</p>"),
        ("2 - 1 = 1", "<p>2 - 1 = 1</p>"),
        ("<b>vet</b>", "<p>&lt;b&gt;vet&lt;/b&gt;</p>"),
        ("# kop", "<p># kop</p>"),
        ("", ""),
        ("\n \n", ""),
    ],
)
def test_text_becomes_paragraphs_and_lists(text: str, expected: str) -> None:
    """A blank line ends a paragraph, lines with a dash are a list, and every other sign is a sign."""
    assert prose(text) == expected


@given(st.lists(LINES, max_size=10).map("\n".join))
def test_words_keep_their_order(text: str) -> None:
    """The reader reads all words in the order in which they were written."""
    written = [line.strip().removeprefix("- ") for line in text.splitlines()]
    shown = parsed(prose(text))
    chunks = [chunk.text_content() for chunk in shown.xpath("./p | ./ul/li")]

    assert " ".join(" ".join(chunks).split()) == " ".join(" ".join(written).split())


@given(st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=60))
def test_no_text_makes_other_elements(text: str) -> None:
    """Whatever the text, there are paragraphs, lists and their items, without attributes."""
    tree = parsed(prose(text))

    assert {element.tag for element in tree.iterdescendants()} <= {"p", "ul", "li"}
    assert all(not element.attrib for element in tree.iterdescendants())
