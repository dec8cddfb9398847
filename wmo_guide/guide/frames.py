"""The frame of each page kind of a region: its menu, its footer, its search field."""

from __future__ import annotations

from wmo_guide.guide.book import Book
from wmo_guide.guide.frame import Frame, MenuItem
from wmo_guide.guide.page import PageKind

SITE_NAME = "Wmo-gids"
_STANDING = {"over": "Over deze gids", "toegankelijkheid": "Toegankelijkheid", "privacy": "Privacy"}
"""Pages of every region that no page's own text leads to. One that is missing is linked all the same: a dead link is told
by its file, and nothing goes online without."""


def frame_of(book: Book, kind: PageKind) -> Frame:
    """What stands around every page of this kind in this region."""
    to = book.to
    return Frame(
        key=f"{book.catalogue.slug}/{kind.name}",
        depth=kind.depth,
        section=kind.section,
        site_name=SITE_NAME,
        home_url=to.home,
        region_name=book.region.name,
        menu=_menu(book),
        footer=_footer(book),
        footer_note=f"Deze gids is van {book.region.publisher.name}.",
        search_url=to.part("zoeken"),
        region_css=f"{book.site.root}{region_css_path(book)}" if book.region.theme else None,
        feed_url=f"{to.home}feed.xml",
        root=book.site.root,
        site_url=book.site.url,
    )


def region_css_path(book: Book) -> str:
    """Where the region's house style stands, below the site's root."""
    return f"assets/regio-{book.catalogue.slug}.css"


def region_css(book: Book) -> str:
    """The region's design tokens as a style sheet."""
    tokens = "".join(f"  --{name}: {value};\n" for name, value in sorted(book.region.theme.items()))
    return f":root {{\n{tokens}}}\n"


def _menu(book: Book) -> tuple[MenuItem, ...]:
    to = book.to
    items = [
        MenuItem("Hulp", to.part("hulp"), "hulp") if book.edition else None,
        MenuItem("Situaties", to.part("situaties"), "situaties") if book.standards.situations else None,
        MenuItem("Voor iedereen open", to.part("voorzieningen"), "voorzieningen"),
        MenuItem("Gemeenten", to.part("gemeenten"), "gemeenten"),
        MenuItem("Kosten", to.part("kosten"), "kosten"),
        MenuItem("A tot Z", to.part("a-z"), "a-z"),
    ]
    return tuple(item for item in items if item is not None)


def _footer(book: Book) -> tuple[MenuItem, ...]:
    to, standards = book.to, book.standards
    items = [
        MenuItem("Hulpwijzer", to.chooser(), "hulpwijzer") if standards.chooser else None,
        MenuItem("Dichtbij", to.part("dichtbij"), "dichtbij") if book.edition else None,
        MenuItem("Mijn lijstje", to.part("lijstje"), "lijstje") if book.edition else None,
        MenuItem("Vragen en antwoorden", to.part("vragen"), "vragen"),
        MenuItem("Woordenlijst", to.part("woordenlijst"), "woordenlijst"),
        MenuItem("Aanbieders", to.part("aanbieders"), "aanbieders") if book.edition else None,
        MenuItem("Factsheets", to.part("factsheets"), "factsheets") if standards.factsheets else None,
        MenuItem("Nieuws", to.part("nieuws"), "nieuws"),
        MenuItem("Resultatenmatrix", to.part("matrix"), "matrix") if standards.editions else None,
        *(
            MenuItem(one.head.title, to.part(one.slug), one.slug)
            for one in sorted(standards.pages, key=lambda page: (page.head.order, page.slug))
            if one.head.under is None and one.slug != "kosten"
        ),
        *(
            MenuItem(title, to.part(slug), slug)
            for slug, title in _STANDING.items()
            if all(one.slug != slug for one in standards.pages)
        ),
        MenuItem("Welke gegevens bewaren wij", to.part("gegevens"), "gegevens") if _keeps(book) else None,
    ]
    return tuple(item for item in items if item is not None)


def _keeps(book: Book) -> bool:
    upkeep = book.standards.upkeep
    return bool(upkeep and upkeep.kept)
