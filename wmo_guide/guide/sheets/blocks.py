"""A sheet of one page per building block, to take along to the kitchen-table talk."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.dutch import enumeration, euros, long_date
from wmo_guide.domain.matrix import BuildingBlock, Edition, ResultArea
from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.nodes import Node, bullets, heading, paragraphs, plain
from wmo_guide.guide.sheets.sheet import Sheet

_MOST = 1


def block_sheets(book: Book) -> Iterator[Sheet]:
    """Each building block of the edition that the guide is about."""
    edition = book.edition
    if edition is not None:
        for area, block in edition.blocks():
            yield Sheet(
                book=book,
                url=book.to.block(block.slug),
                title=block.plain_title,
                description=block.summary.replace("\n", " ").strip(),
                updated=edition.updated,
                nodes=(*_for_you(block), *_reached(block), *_first(book, block), *_asking(book, edition, area, block)),
                most=_MOST,
                about=block.slug,
                note_lines=True,
            )


def official(block: BuildingBlock) -> str:
    """Its name in the matrix, with its code if it has one."""
    return f"{block.code} {block.title}" if block.code else block.title


def _for_you(block: BuildingBlock) -> Iterator[Node]:
    yield from paragraphs(block.summary)
    for title, lines in (
        ("Is dit iets voor mij?", block.for_you),
        ("Dit hoort erbij", block.includes),
        ("Dit hoort er niet bij", block.excludes),
    ):
        if lines:
            yield heading(title)
            yield bullets(*lines)


def _reached(block: BuildingBlock) -> Iterator[Node]:
    yield heading("Wanneer is het gelukt?")
    if block.reached_when:
        yield bullets(*block.reached_when)
    else:
        yield plain("Wat u wilt bereiken, spreekt u af met uw gemeente en uw aanbieder. Dat staat in uw plan.")
    if block.stabilise:
        yield plain("Niet alles hoeft beter te worden. Ook als het blijft zoals het is, is dat een goed resultaat.")


def _first(book: Book, block: BuildingBlock) -> Iterator[Node]:
    if block.try_first:
        names = tuple(book.standards.facility_by_slug[slug].name for slug in block.try_first)
        yield heading("Wat kunt u eerst proberen?")
        yield plain(f"Hier kunt u zo naartoe, zonder de gemeente: {enumeration(names)}.")


def _asking(book: Book, edition: Edition, area: ResultArea, block: BuildingBlock) -> Iterator[Node]:
    yield heading("Wat kost het en hoe vraagt u het aan?")
    yield plain(f"{_cost(book)} U praat eerst met iemand van uw gemeente. Samen kijkt u wat u nodig hebt.")
    levels = enumeration(tuple(edition.by_axis[key].title.lower() for key in block.axes))
    agreed = f" De gemeente spreekt met u af: {levels}." if levels else ""
    yield plain(f"Naam in de matrix: {official(block)} ({area.title}).{agreed}")


def _cost(book: Book) -> str:
    rate = book.region.rate_on(book.day)
    if rate is None:
        return "Het CAK of uw gemeente weet wat u betaalt."
    period = "per maand" if rate.per == "month" else "per 4 weken"
    told = f"U betaalt een eigen bijdrage van {euros(rate.amount)} {period}, sinds {long_date(rate.start)}."
    return f"{told} Het CAK of uw gemeente weet het bedrag van nu." if rate.old_on(book.day) else told
