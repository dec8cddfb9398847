"""A municipality: its help, whom to ask, and each block with the providers that offer it there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

from wmo_guide.domain.editorial import Facility
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea
from wmo_guide.domain.region import Municipality
from wmo_guide.guide import evidence
from wmo_guide.guide.book import Book, Offer, Touched
from wmo_guide.guide.contacts import contacts_for
from wmo_guide.guide.page import Context, Link, Page

LISTED_AT_MOST = 60
"""With more municipalities, pages lead to the block's page for the others: a list of all of them on the page of each
block in each municipality would make the guide grow with the square of their number."""


def municipality_index(book: Book) -> Iterator[Page]:
    """All municipalities, with the places in them and the names of the past."""
    region = book.region
    yield Page(
        url=book.to.part("gemeenten"),
        title="Kies uw gemeente",
        description=f"De gemeenten van {region.name}. Kies uw gemeente en zie welke hulp er is en wie u belt.",
        updated=region.updated,
        context=lambda: {"ended": [one for one in region.municipalities if one.ended]},
        sources=book.sources(
            [*evidence.of_desks(contacts_for(region, None)), *evidence.of_past(region.municipalities)]
        ),
    )


def municipalities(book: Book, touched: Touched | None = None) -> Iterator[Page]:
    """Each municipality of today."""
    for one in book.municipalities:
        if touched and one.slug not in touched.places:
            continue
        yield Page(
            url=book.to.municipality(one.slug),
            title=f"Hulp in {one.name}",
            description=f"Welke hulp er is in de gemeente {one.name}, wie die biedt, en hoe u hulp aanvraagt.",
            updated=book.told,
            context=partial(_municipality, book, one),
            crumbs=(Link("Gemeenten", book.to.part("gemeenten")),),
            sources=book.sources(_sources(book, one)),
            counts=tuple(book.count(one.slug, block.slug) for _, block in book.blocks()),
        )


def former_municipalities(book: Book) -> Iterator[Page]:
    """A municipality of the past, leading to the one it became part of."""
    for one in book.region.municipalities:
        if one.until is not None and one.successor is not None:
            successor = book.region.municipality(one.successor)
            yield Page(
                url=book.to.municipality(one.slug),
                title=f"{one.name} hoort nu bij {successor.name}",
                description=f"{one.name} is opgegaan in de gemeente {successor.name}. Daar vindt u de hulp.",
                updated=book.region.updated,
                context=partial(dict, municipality=one, successor=successor),
                crumbs=(Link("Gemeenten", book.to.part("gemeenten")),),
                sources=book.sources(evidence.of_past([one])),
            )


def municipality_blocks(book: Book, touched: Touched | None = None) -> Iterator[Page]:
    """Each block in each municipality: the filter that works without JavaScript."""
    edition = book.edition
    listed = len(book.municipalities) <= LISTED_AT_MOST
    above = Link("Gemeenten", book.to.part("gemeenten"))
    crumbs = {one.slug: (above, Link(one.name, book.to.municipality(one.slug))) for one in book.municipalities}
    # Block by block, so that those who offer one are at hand while its pages are made: see Printer.
    for area, block in book.blocks():
        if touched and block.slug not in touched.blocks:
            continue
        for place in book.municipalities:
            if touched and not listed and place.slug not in touched.places:
                continue
            offers = book.by_place.get(f"{place.slug}/{block.slug}", ())
            if edition is not None:
                yield Page(
                    url=book.to.municipality_block(place.slug, block.slug),
                    title=f"{block.plain_title} in {place.name}",
                    description=f"Wie in {place.name} helpt met {block.plain_title.lower()}, wat het kost en hoe u het aanvraagt.",
                    updated=max([book.told, *(offer.provider.updated for offer in offers)]),
                    context=partial(_place_block, book, edition, place, area, block),
                    crumbs=crumbs[place.slug],
                    sources=book.sources(_block_sources(book, place, block)),
                    providers=tuple(offer.provider for offer in offers),
                    counts=tuple(book.count(one.slug, block.slug) for one in _others(book, place)),
                )


def _others(book: Book, place: Municipality) -> tuple[Municipality, ...]:
    """The other municipalities; none when there are too many to list on every page."""
    if len(book.municipalities) > LISTED_AT_MOST:
        return ()
    return tuple(one for one in book.municipalities if one is not place)


def _sources(book: Book, municipality: Municipality) -> Iterator[str]:
    yield from evidence.of_desks(contacts_for(book.region, municipality))
    yield from evidence.of_facilities(book, _open_to(book.standards.facilities.facilities, municipality))
    yield from evidence.of_rate(book)
    yield from evidence.of_past(_became(book, municipality))


def _block_sources(book: Book, municipality: Municipality, block: BuildingBlock) -> Iterator[str]:
    yield from block.sources
    yield from evidence.of_desks(contacts_for(book.region, municipality)[:1])
    yield from evidence.of_facilities(book, _first(book, municipality, block))
    yield from evidence.of_rate(book)


def _open_to(facilities: Iterable[Facility], municipality: Municipality) -> list[Facility]:
    """Those that the residents of a municipality can go to."""
    return [one for one in facilities if not one.municipalities or municipality.slug in one.municipalities]


def _first(book: Book, municipality: Municipality, block: BuildingBlock) -> list[Facility]:
    """What to try there before asking for a block."""
    return _open_to((book.standards.facility_by_slug[slug] for slug in block.try_first), municipality)


def _municipality(book: Book, municipality: Municipality) -> Context:
    return {
        "municipality": municipality,
        "blocks": [
            (area, [(block, book.count(municipality.slug, block.slug)) for block in area.blocks])
            for area in (book.edition.areas if book.edition else ())
        ],
        "facilities": _open_to(book.standards.facilities.facilities, municipality),
        "contacts": contacts_for(book.region, municipality),
        "rate": book.region.rate_on(book.day),
        "former": _became(book, municipality),
    }


def _became(book: Book, municipality: Municipality) -> list[Municipality]:
    """The municipalities of the past that became part of it."""
    return [one for one in book.region.municipalities if one.successor == municipality.slug]


def _place_block(book: Book, edition: Edition, place: Municipality, area: ResultArea, block: BuildingBlock) -> Context:
    offers: tuple[Offer, ...] = book.by_place.get(f"{place.slug}/{block.slug}", ())
    return {
        "edition": edition,
        "municipality": place,
        "area": area,
        "block": block,
        "offers": offers,
        "many_municipalities": len(book.municipalities) > LISTED_AT_MOST,
        "others": [(one, book.count(one.slug, block.slug)) for one in _others(book, place)],
        "facilities": _first(book, place, block),
        "contacts": contacts_for(book.region, place),
        "rate": book.region.rate_on(book.day),
    }
