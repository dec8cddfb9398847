"""What staff wrote, from the HTML of its page to what stands on a sheet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html.parser import HTMLParser

from wmo_guide.guide.sheets.nodes import Heading, Items, Node, Paragraph, Span, Spans, Table

_HEADING = re.compile(r"h([1-6])")
_LISTS = ("ul", "ol")
_LINKS = ("https://", "http://", "mailto:", "tel:")


def nodes_of(html: str, site: str, unlinked: str) -> tuple[Node, ...]:
    """The nodes of a piece of HTML out of the guide's own Markdown.

    Links from the site's root lead to `site`. Links that begin with `unlinked` become plain text.
    """
    reader = _Reader(site, unlinked)
    reader.feed(html)
    reader.close()
    return tuple(reader.finished())


@dataclass
class _Table:
    head: list[Spans] = field(default_factory=list)
    rows: list[list[Spans]] = field(default_factory=list)

    def node(self) -> Table:
        return Table(tuple(self.head), tuple(map(tuple, self.rows)))


@dataclass
class _List:
    """A list that is still open, and the nodes of the item that is."""

    ordered: bool
    items: list[tuple[Node, ...]] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self, site: str, unlinked: str) -> None:
        super().__init__(convert_charrefs=True)
        self._site, self._unlinked = site, unlinked
        self._spans: list[Span] = []
        self._around: list[list[Node]] = [[]]
        """Nodes so far: of the whole, and of each item that is open."""
        self._lists: list[_List] = []
        self._table: _Table | None = None
        self._looks: list[str] = []
        self._href = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._href = self._address(dict(attrs).get("href") or "")
        elif tag in ("strong", "em"):
            self._looks.append(tag)
        elif tag == "br":
            self._spans.append(Span(" "))
        elif tag in _LISTS:
            self._end_paragraph()
            self._lists.append(_List(tag == "ol"))
        elif tag == "li":
            self._around.append([])
        elif tag == "table":
            self._table = _Table()
        elif tag == "tr" and self._table:
            self._table.rows.append([])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._href = ""
        elif tag in ("strong", "em") and tag in self._looks:
            self._looks.remove(tag)
        elif tag in ("th", "td") and self._table:
            row = self._table.head if tag == "th" else self._table.rows[-1]
            row.append(self._taken())
        elif found := _HEADING.fullmatch(tag):
            self._add(Heading(int(found[1]), self._taken()))
        else:
            self._end_block(tag)

    def handle_data(self, data: str) -> None:
        text = re.sub(r"\s+", " ", data)
        strong, emph = "strong" in self._looks, "em" in self._looks
        self._spans.append(Span(text, strong, emph, self._href))

    def finished(self) -> Iterable[Node]:
        """All that was read."""
        self._end_paragraph()
        return self._around[0]

    def _end_block(self, tag: str) -> None:
        if tag == "p":
            self._end_paragraph()
        elif tag == "li" and self._lists:
            self._end_paragraph()
            self._lists[-1].items.append(tuple(self._around.pop()))
        elif tag in _LISTS and self._lists:
            self._taken()
            done = self._lists.pop()
            self._add(Items(tuple(done.items), done.ordered))
        elif tag == "table" and self._table:
            self._taken()
            self._table.rows = [row for row in self._table.rows if row]
            self._add(self._table.node())
            self._table = None
        elif tag in ("pre", "blockquote", "div"):
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        if spans := self._taken():
            self._add(Paragraph(spans))

    def _taken(self) -> Spans:
        """The text that is open, which ends here; nothing when it is blank."""
        spans, self._spans = self._spans, []
        while spans and not spans[0].text.strip():
            spans.pop(0)
        while spans and not spans[-1].text.strip():
            spans.pop()
        return tuple(spans)

    def _add(self, node: Node) -> None:
        self._around[-1].append(node)

    def _address(self, href: str) -> str:
        if href.startswith("/"):
            return "" if href.startswith(self._unlinked) else self._site + href
        return href if href.lower().startswith(_LINKS) else ""
