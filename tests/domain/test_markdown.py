"""Slips in Markdown: good texts have none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.domain.checks.markdown import check_markdown

PARTS = (
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "<",
    ">",
    "`",
    "``",
    "\n",
    "\n\n",
    "# ",
    "[a]: ",
    "a",
    " ",
    "\\",
    "javascript:",
    "&",
)


@pytest.mark.parametrize(
    "text",
    [
        "Bel [ons](tel:0721234567) of mail [ons](mailto:gids@example.nl).",
        'Lees [de kosten](/streek/kosten/ "Wat het kost") en [hierboven](#kosten).',
        "Zie [de wet](https://wetten.example.nl/wet_(2015)/artikel).",
        "Zie <https://example.nl/a:b> en <gids@example.nl>.",
        "Zie [de wet][wmo].\n\n[wmo]: https://example.nl/wet 'De wet'",
        "[![Een kaart](/kaart.png)](/streek/)",
        "Schrijf `[x](javascript:alert(1))` nooit.",
        r"Zo ziet een link eruit: \[x](y).",
        "Titel\n=======\n\n## Kop ##\n\n#### Kleine kop",
        "[] Een vakje. Nummer # 3. Een ](rare reeks.",
        "| a | b |\n| --- | --- |\n| [x](kosten/) | ? |",
        "[x](/y) " * 200,
        "- [x](/y)\n" * 200,
        "a) een, b) twee, c) drie; " * 20,
        "Een [haak.\n\n" * 40,
        "> - 1. Een citaat met een lijst",
    ],
)
def test_good_text_has_no_slips(text: str) -> None:
    """Links to the guide itself and to other sites, code, titles and loose signs are left alone."""
    assert list(check_markdown(text)) == []


@given(st.lists(st.sampled_from(PARTS), max_size=40).map("".join))
def test_slips_lie_in_the_text(text: str) -> None:
    """Whatever the text, each slip has advice and a line that the text has."""
    for slip in check_markdown(text):
        assert slip.message
        assert -1 <= slip.line <= text.count("\n")


def test_links_in_a_bracket_that_stays_open_are_read_once() -> None:
    """A text of many links in one open bracket is looked through in one go: there is one way to read it."""
    assert list(check_markdown("[" + "[x](/y)" * 200)) == []
