"""What staff wrote goes onto a sheet with its headings, lists, tables and links."""

from __future__ import annotations

from wmo_guide.guide.material import markdown_to_html
from wmo_guide.guide.sheets.nodes import Heading, Items, Paragraph, Span, Table, bullets, plain
from wmo_guide.guide.sheets.rich import nodes_of

MARKDOWN = """Begin met **vet** en *schuin* en `code`.

## Kop met [link](/streek/kosten/)

- een
- twee
    1. binnen

| A | B |
|---|---|
| 1 | **2** |

> Aangehaald <b>hier</b>.

[mail](mailto:a@example.nl) [vreemd](javascript:alert(1)) [aanbieder](/streek/aanbieders/x/)
"""


def test_markdown_keeps_its_structure() -> None:
    """Each part of a text comes out as what it is, and what is no address of the web leads nowhere."""
    nodes = nodes_of(markdown_to_html(MARKDOWN), "https://gids.example.nl", "/streek/aanbieders/")

    assert nodes[0] == Paragraph(
        (
            Span("Begin met "),
            Span("vet", strong=True),
            Span(" en "),
            Span("schuin", emph=True),
            Span(" en "),
            Span("code"),
            Span("."),
        )
    )
    assert nodes[1] == Heading(2, (Span("Kop met "), Span("link", href="https://gids.example.nl/streek/kosten/")))
    assert nodes[2] == Items(((plain("een"),), (plain("twee"), Items(((plain("binnen"),),), ordered=True))))
    assert nodes[3] == Table(((Span("A"),), (Span("B"),)), (((Span("1"),), (Span("2", strong=True),)),))
    assert nodes[4] == plain("Aangehaald <b>hier</b>.")
    assert isinstance(nodes[5], Paragraph)
    hrefs = {span.text: span.href for span in nodes[5].spans if span.text.strip()}
    assert hrefs == {"mail": "mailto:a@example.nl", "vreemd": "", "aanbieder": ""}
    assert nodes[6:] == ()


def test_nothing_gives_nothing() -> None:
    """An empty text has no nodes, and a list alone is a list."""
    assert nodes_of("", "", "/") == ()
    assert nodes_of("<ul>\n<li>een</li>\n</ul>", "", "/") == (bullets("een"),)
