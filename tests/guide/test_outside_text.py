"""Text from outside is text on every page that shows it: it never becomes a tag, an attribute, a link or code."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from tests.builders import ContentFolder
from tests.guide.printing import book_of, parsed, printer_of
from wmo_guide.domain.provider import Confirmation, Provider
from wmo_guide.domain.values import parse_url
from wmo_guide.guide.book import Book
from wmo_guide.guide.frames import frame_of
from wmo_guide.guide.gates import Links, check_page
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.search.finder import Finder
from wmo_guide.guide.shells import ShellSet, make_shells
from wmo_guide.publication import ROOT

SHOWING = ("provider", "block", "municipality_block", "provider_index")
"""Kinds of pages that show what providers wrote."""
KINDS = {kind.name: kind for kind in PAGE_KINDS if kind.name in SHOWING}
SNIPPETS = (
    "<script>alert(1)</script>",
    "</title></head><body onload=x()>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='x()",
    "javascript:alert(1)",
    "[x](javascript:alert(1))",
    "<!-- ",
    "-->",
    "]]>",
    "{{ 7 * 7 }}",
    "{% raw %}",
    "{# weg #}",
    "&lt;b&gt;",
    "&#60;b&#62;",
    "&amp",
    "# Kop",
    "**vet** _schuin_ `code`",
    "https://elders.example.nl/",
    "<https://elders.example.nl/>",
    "wg-slot-body-7c1e4a",
    "\\1 \\g<0> $1 %s %(x)s {0} {x}",
    "<svg/onload=x>",
    "</dd></dl></section>",
    "<style>*{display:none}</style>",
    "<meta http-equiv=refresh content=0>",
    " id=inhoud ",
    "é ñ ǆ 中 \U0001f600",
)
LETTERS = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
LINE = st.lists(st.sampled_from(SNIPPETS) | st.text(LETTERS, max_size=12), min_size=1, max_size=4).map(" ".join)
TEXT = st.lists(LINE | LINE.map(lambda line: f"- {line}") | st.just(""), min_size=1, max_size=6).map("\n".join)
WORDS = st.fixed_dictionaries(dict.fromkeys(("name", "summary", "offer", "note", "place", "hours", "by"), LINE))


@pytest.fixture(scope="module")
def book(sample: ContentFolder) -> Book:
    """The guide in which a provider writes what it likes."""
    return book_of(sample)


@pytest.fixture(scope="module")
def shells(book: Book, cache: Path) -> ShellSet:
    """The shells of the pages that show it."""
    return make_shells([frame_of(book, kind) for kind in KINDS.values()], ROOT / "mkdocs.yml", cache)


@settings(max_examples=12)
@given(words=WORDS, text=TEXT)
def test_text_from_a_provider_never_becomes_markup(
    words: Mapping[str, str], text: str, book: Book, shells: ShellSet
) -> None:
    """Pages with any text have the very elements and attributes of pages with harmless text, and show the text as it is."""
    hostile = _pages(book, shells, words, text)
    harmless = _pages(book, shells, {name: _harmless(word) for name, word in words.items()}, _harmless(text))

    assert hostile.keys() == harmless.keys()
    for url, page in hostile.items():
        assert _skeleton(page) == _skeleton(harmless[url]), url
        assert list(check_page(url, page, Links())) == []
    shown = _squeezed(parsed(hostile["/duinrand/aanbieders/alfa-thuis/"]).text_content())
    for word in (*words.values(), *(line.strip().removeprefix("- ") for line in text.splitlines())):
        assert _squeezed(word) in shown


@settings(max_examples=25)
@given(words=WORDS, text=TEXT)
def test_search_files_hold_the_text_as_it_is(words: Mapping[str, str], text: str, book: Book) -> None:
    """The files that the search page reads are JSON with names and summaries as they were written, whatever they are."""
    files = dict(Finder.of(_written(book, words, text)).files())
    told = {path: json.loads(data) for path, data in files.items()}
    cards = [card for path, cards in told.items() if "/k/" in path for card in cards]

    assert ["alfa-thuis", words["name"], words["summary"]] in [card[1:] for card in cards]


@given(
    st.lists(st.sampled_from((*SNIPPETS, "https://", "http:", "a.nl", "/", "?", "#", "@", "tel:", "mailto:"))).map(
        "".join
    )
)
def test_address_that_the_content_accepts_is_a_harmless_link(address: str) -> None:
    """What passes as a web address has an allowed scheme and no sign that could end an attribute."""
    try:
        accepted = parse_url(address)
    except ValueError:
        return
    assert re.match(r"(?i)(https?|mailto|tel):", accepted)
    assert not re.search(r"[\s\"'<>`\\]", accepted)


def _pages(book: Book, shells: ShellSet, words: Mapping[str, str], text: str) -> dict[str, str]:
    """Whole pages by their address, as the press makes them."""
    changed = _written(book, words, text)
    printer: Printer = printer_of(changed)
    found = {}
    for name, kind in KINDS.items():
        shell = shells.shells[f"{book.catalogue.slug}/{name}"]
        for page in kind.pages(changed):
            body = printer.body(name, page)
            found[page.url] = shell.stamp(page.title, page.description, book.site.canonical(page.url), "", body)
    return found


def _written(book: Book, words: Mapping[str, str], text: str) -> Book:
    """The book in which the first provider wrote these words."""
    first, *others = book.catalogue.providers
    return replace(book, catalogue=replace(book.catalogue, providers=(_provider(first, words, text), *others)))


def _provider(one: Provider, words: Mapping[str, str], text: str) -> Provider:
    (place,) = one.locations
    offerings = [
        offering._replace(
            answers={
                **offering.answers,
                "summary": words["offer"],
                "what": text,
                "start": text,
                "transport_note": words["note"],
            },
        )
        for offering in one.offerings
    ]
    answers = {**place.answers, "name": words["place"], "opening_hours": (words["hours"], words["place"])}
    return one._replace(
        confirmed=Confirmation.model_construct(on=one.confirmed.on, by=words["by"]),
        organisation={**one.organisation, "name": words["name"], "summary": words["summary"], "description": text},
        locations=(place._replace(answers=answers),),
        offerings=tuple(offerings),
    )


def _harmless(text: str) -> str:
    """The same lines, paragraphs and list items, all of the letter x."""
    return "\n".join(_harmless_line(line) for line in text.split("\n"))


def _harmless_line(line: str) -> str:
    item = line.strip().startswith("- ")
    return "- " * item + re.sub(r"\S", "x", line.strip()[2:] if item else line)


def _skeleton(page: str) -> list[tuple[object, tuple[tuple[Any, Any], ...]]]:
    """Every element, comment and attribute, in order, but for the description in the head, which is text."""
    tree = html.document_fromstring(page)
    return [
        (
            element.tag,
            tuple(
                (name, "" if name == "content" and element.get("name") == "description" else value)
                for name, value in element.attrib.items()
            ),
        )
        for element in tree.iter()
    ]


def _squeezed(text: str) -> str:
    return " ".join(text.split())
