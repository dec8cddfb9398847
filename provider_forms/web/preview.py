"""The guide's pages as they would be with one provider's new data."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import abort, current_app, request
from markupsafe import Markup

from provider_forms.web.content import standards
from provider_forms.web.desk import desk
from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.page import Page
from wmo_guide.guide.preview import Preview, with_candidate
from wmo_guide.publication import ROOT
from wmo_guide.store.providers import load_providers
from wmo_guide.store.reader import Reader


@dataclass(frozen=True)
class ShownPage:
    """One of the pages, and the names and addresses of all of them."""

    title: str
    body: Markup
    asked: str
    pages: list[tuple[str, str]]


def providers_of(region: str) -> tuple[Provider, ...]:
    """The providers that the guide has now."""
    return load_providers(Reader(desk().content), region, standards(region), current_app.config["CACHE_DIR"])


def preview_of(region: str, candidate: Provider, today: date) -> Preview:
    """The guide's pages of today with this provider in it."""
    catalogue = with_candidate(Catalogue(standards(region), providers_of(region)), candidate)
    book = Book(catalogue, today, Site())
    return Preview(book, candidate, ROOT / "templates" / "guide", current_app.config["CACHE_DIR"])


def asked_page(shown: Preview) -> ShownPage | None:
    """The page that `?pagina=` asks for, else the provider's own; None when the provider is on no page."""
    if not shown.pages:
        return None
    own = shown.book.to.provider(shown.candidate.slug)
    asked = request.args.get("pagina", own if own in shown.pages else next(iter(shown.pages)))
    if asked not in shown.pages:
        abort(404)
    body = Markup(shown.body(asked))  # noqa: S704  (the guide's own template made it, with autoescape)
    pages = [(_named(page), url) for url, (_, page) in shown.pages.items()]
    return ShownPage(shown.pages[asked][1].title, body, asked, pages)


def _named(page: Page) -> str:
    """The title of a page, with that of the page above it: titles alone come back in every municipality."""
    return f"{page.title} ({page.crumbs[-1].label})" if page.crumbs else page.title
