"""The site's own pages, above the regions: choose your region or municipality, and what to do when a page isn't there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import jinja2
from markupsafe import Markup

from wmo_guide.compiled import Compiled
from wmo_guide.domain.dutch import long_date
from wmo_guide.guide.addresses import Site, report_of
from wmo_guide.guide.book import Book
from wmo_guide.guide.frame import Frame, MenuItem
from wmo_guide.guide.frames import SITE_NAME
from wmo_guide.guide.icons import icon

_COMPILED = Compiled()


@dataclass(frozen=True)
class PortalPage:
    """A page that belongs to no region."""

    path: str
    title: str
    description: str
    address: str
    body: Callable[[], str]


def portal_frame(site: Site, depth: int) -> Frame:
    """The frame of pages that belong to no region."""
    return Frame(
        key=f"portal/{depth}",
        depth=depth,
        section="",
        site_name=SITE_NAME,
        home_url=site.root,
        region_name=None,
        menu=(MenuItem("Kies uw regio", site.root, "portal"),),
        footer=(),
        footer_note="Wmo-gids: hulp en ondersteuning vinden in uw gemeente.",
        search_url=None,
        region_css=None,
        feed_url=None,
        root=site.root,
        site_url=site.url,
    )


def portal_pages(books: Sequence[Book], site: Site, templates: Path) -> Iterator[PortalPage]:
    """The front page and the page for addresses that don't exist."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(templates),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_COMPILED,
    )
    environment.filters["day"] = long_date
    environment.globals.update(
        books=books,
        site=site,
        report_of=report_of,
        icon=lambda name: Markup(icon(name)),  # noqa: S704  (the icon comes out of an installed package)
    )
    yield PortalPage(
        path="index.html",
        title="Hulp en ondersteuning in uw gemeente",
        description="Kies uw gemeente of regio en zie welke hulp er is, wie die biedt, wat het kost en wie u belt.",
        address=site.root,
        body=partial(_body, environment, "portal.html"),
    )
    yield PortalPage(
        path="404.html",
        title="Deze pagina is er niet",
        description="De pagina die u zoekt is er niet (meer). Kies uw gemeente of regio.",
        address="",
        body=partial(_body, environment, "not_found.html"),
    )


def _body(environment: jinja2.Environment, template: str) -> str:
    return environment.get_template(template).render()
