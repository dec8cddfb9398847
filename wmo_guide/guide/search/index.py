"""The words of a region: what can be found, under which title, by which words."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from wmo_guide.guide.book import Book


def search_index(book: Book) -> bytes:
    """A JSON list of [title, address, kind, words, summary], most general first."""
    entries = [[title, url, kind, " ".join(words), summary] for title, url, kind, words, summary in _entries(book)]
    return json.dumps(entries, ensure_ascii=False, separators=(",", ":")).encode()


def _entries(book: Book) -> Iterator[tuple[str, str, str, Iterable[str], str]]:
    standards, to = book.standards, book.to
    for area, block in book.blocks():
        words = [block.title, area.plain_title, *block.everyday_words, *block.includes]
        yield block.plain_title, to.block(block.slug), "Hulp", words, block.summary
    for situation in standards.situations:
        yield situation.title, to.situation(situation.slug), "Situatie", situation.everyday_words, situation.summary
    for facility in standards.facilities.facilities:
        url = to.facility(facility.slug)
        yield facility.name, url, "Voor iedereen open", facility.everyday_words, facility.summary
    for sheet in standards.factsheets:
        yield sheet.head.title, to.factsheet(sheet.slug), "Factsheet", sheet.head.everyday_words, sheet.head.description
    for page in standards.pages:
        url = to.part(page.head.under, page.slug) if page.head.under else to.part(page.slug)
        yield page.head.title, url, "Uitleg", page.head.everyday_words, page.head.description
    for place in standards.region.municipalities:
        yield place.name, to.municipality(place.slug), "Gemeente", place.places, f"Hulp in de gemeente {place.name}"
    for provider in sorted(book.providers, key=lambda one: one.slug):
        blocks = [offer.block.plain_title for offer in book.by_provider[provider.slug]]
        yield provider.name, to.provider(provider.slug), "Aanbieder", blocks, provider.text("summary")
    for question in standards.faq.questions:
        yield question.question, to.answer(question.key), "Vraag", (), question.answer.split("\n")[0][:160]
    for term in standards.terms:
        yield term.term, to.term(term.slug), "Woord", term.forms, term.plain
