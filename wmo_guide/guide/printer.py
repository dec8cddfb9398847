"""Renders the bodies of one book's pages with Jinja: autoescape on, and an unknown name is an error."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from wmo_guide.compiled import Compiled
from wmo_guide.domain.dutch import enumeration, euros, long_date
from wmo_guide.domain.values import dial
from wmo_guide.guide.addresses import report_of
from wmo_guide.guide.book import Book, Offer
from wmo_guide.guide.code import running_code
from wmo_guide.guide.fact_list import brief_list, fact_list
from wmo_guide.guide.glossary import Explained, Glossary
from wmo_guide.guide.icons import icon
from wmo_guide.guide.page import Page
from wmo_guide.guide.passing_links import without_hidden
from wmo_guide.guide.prose import prose
from wmo_guide.guide.scripts import SCRIPTS
from wmo_guide.guide.sheets.sheet import SheetFile, pdf_address
from wmo_guide.guide.shown import Fact, card_facts

_MOST_CARDS = 5_000
"""Cards kept to be used again, some four megabytes; of more, the oldest is made anew when it is wanted. Pages that show the same
cards are made one after the other, so in a large guide, too, hardly a card is made twice."""


class Printer:
    """Turns the pages of one book into HTML bodies. Not for use by two threads at once."""

    def __init__(
        self,
        book: Book,
        templates: Path,
        articles: dict[str, str],
        sheet: Callable[[str], SheetFile | None] = lambda _: None,
        cache_dir: Path | None = None,
    ) -> None:
        """`articles` gives the HTML of each Markdown text; `sheet` what there is to tell of the PDF at an address.

        With a cache folder, templates that were compiled before need not be compiled again.
        """
        self._book = book
        self._articles = articles
        self._sheet = sheet
        self._glossary = Glossary(book.standards.terms)
        self._explained = Explained(self._glossary)
        self._cards: dict[tuple[str, str], Markup] = {}
        self._environment = self._make_environment(templates, _compiled(cache_dir))

    @cached_property
    def _provider_card(self) -> Callable[[Offer, list[Fact]], Markup]:
        macros: Any = self._environment.get_template("_card.html").module
        card: Callable[[Offer, list[Fact]], Markup] = macros.provider_card
        return card

    def turn_to(self, book: Book, changed: Iterable[str]) -> None:
        """From now on prints another book of the same region, standards and day, in which these providers changed."""
        self._book = book
        self._environment.globals["book"] = book
        slugs = set(changed)
        for key in [key for key in self._cards if key[0] in slugs]:
            del self._cards[key]

    def body(self, kind: str, page: Page) -> str:
        """The HTML of a page's main content."""
        self._explained = Explained(self._glossary if page.terms else Glossary(()))
        template = self._environment.get_template(f"{kind}.html")
        return template.render(page=page, explained=self._explained, **page.context())

    def _make_environment(self, templates: Path, compiled: Compiled) -> jinja2.Environment:
        environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(templates),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=-1,
            auto_reload=False,
            bytecode_cache=compiled,
        )
        environment.filters.update(
            prose=self._prose,
            mark=self._mark,
            day=long_date,
            euros=euros,
            dial=dial,
            together=lambda parts: enumeration(tuple(parts)),
        )
        environment.globals.update(
            book=self._book,
            region=self._book.region,
            standards=self._book.standards,
            to=self._book.to,
            site=self._book.site,
            today=self._book.day,
            report_of=report_of,
            sheet_of=lambda url: self._sheet(pdf_address(url)),
            icon=lambda name: Markup(icon(name)),  # noqa: S704  (the icon comes out of an installed package)
            script=lambda name: f"{self._book.site.root}{SCRIPTS[name].path}",
            cards=self._all_cards,
            facts=lambda facts: fact_list(facts, self._prose),
            brief_facts=brief_list,
            article_html=self._article_html,
        )
        return environment

    def _prose(self, text: str) -> Markup:
        return prose(text, self._explained.mark)

    def _mark(self, text: str) -> Markup:
        return self._explained.mark(text)

    def _article_html(self, markdown: str) -> Markup:
        html = without_hidden(self._articles[markdown], self._book)
        if self._book.site.root != "/":
            # Staff write links from the site's root; the site may stand in a folder of its address.
            html = re.sub(r'(href|src)="/', rf'\1="{self._book.site.root}', html)
        return self._explained.mark_html(html)

    def _all_cards(self, offers: Iterable[Offer]) -> Markup:
        return Markup("\n".join(map(self._card, offers)))  # noqa: S704  (cards come out of an autoescaped template)

    def _card(self, offer: Offer) -> Markup:
        """A provider in a list: rendered once, used in every list that it stands in."""
        key = (offer.provider.slug, offer.block.slug)
        if key not in self._cards:
            if len(self._cards) >= _MOST_CARDS:
                del self._cards[next(iter(self._cards))]
            self._cards[key] = self._provider_card(offer, card_facts(offer, self._book.standards))
        return self._cards[key]


@lru_cache(maxsize=8)
def _compiled(cache_dir: Path | None) -> Compiled:
    return Compiled(cache_dir, running_code())
