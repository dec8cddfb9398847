"""The format of the municipality's plan: what is to be reached (domain.md 3 and 8)."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.dutch import enumeration
from wmo_guide.domain.matrix import Edition
from wmo_guide.guide.book import Book
from wmo_guide.guide.sheets.nodes import Choice, Field, Node, Option, heading, plain
from wmo_guide.guide.sheets.papers.paper import (
    Paper,
    amounts,
    block_choices,
    blocks_without,
    level_choices,
    signatures,
    used_axes,
)

_MOST = 4
_RESULTS = 3
"""Results that there is room for: more are too many to work on at a time."""
_GOALS = (
    Option("Leerdoel:", "wat leert de inwoner, en wanneer kan hij of zij dat?"),
    Option("Preventiedoel:", "wat voorkomen we?"),
    Option("Prestatiedoel:", "wat is af, en wanneer? Alleen bij een eenvoudige vraag."),
)


def plan(book: Book, edition: Edition) -> Paper:
    """The format of the plan."""
    return Paper(
        slug="ondersteuningsplan",
        title="Ondersteuningsplan",
        description="Het plan van de gemeente en de inwoner: wat wilt u samen bereiken?",
        updated=edition.updated,
        nodes=(*_people(), *_talk(book), *_help(edition), *_results(edition), *_agreements(), *_consent()),
        most=_MOST,
    )


def _people() -> Iterator[Node]:
    yield plain(
        "In dit plan staat wát de inwoner wil bereiken. De aanbieder schrijft daarna met de inwoner op hoe dat gaat. "
        "Gebruik gewone woorden, die de inwoner ook gebruikt."
    )
    yield heading("1. Wie maken dit plan?")
    yield Field("Naam van de inwoner", help="Geen burgerservicenummer (BSN).")
    yield Field("Datum van het gesprek, en wie erbij waren")
    yield Field("Consulent: naam, telefoon en mail")
    yield Field("Wie houdt de regie?", help="Bij wie kan iedereen terecht met vragen over dit plan?")


def _talk(book: Book) -> Iterator[Node]:
    names = tuple(one.name for one in book.standards.facilities.facilities)
    open_to_all = f"Bijvoorbeeld: {enumeration(names)}." if names else ""
    yield heading("2. Wat vertelt de inwoner?")
    yield Field("Wat gaat goed, en wat lukt niet?", 4)
    yield Field("Wat kan de inwoner zelf, en wie helpt al?", 3, "Denk aan familie, buren en mantelzorgers.")
    yield Field("Welke hulp die voor iedereen open is, past hierbij?", 2, open_to_all)


def _help(edition: Edition) -> Iterator[Node]:
    yield heading("3. Welke hulp op maat is nodig?")
    yield from block_choices(edition, results=True)
    yield Field("Deze hulp staat er niet bij, namelijk")
    yield Field("Welke aanbieder kiest de inwoner?", help="De inwoner mag later van aanbieder wisselen.")


def _results(edition: Edition) -> Iterator[Node]:
    yield heading("4. Wat wil de inwoner bereiken?")
    yield plain("Kies liever leerdoelen dan preventiedoelen, en maar een paar prestatiedoelen.")
    for number in range(1, _RESULTS + 1):
        yield heading(f"Resultaat {number}", 3)
        yield Field("Wat wil de inwoner bereiken, en bij welke hulp hoort dat?", 2)
        yield Choice("Welk soort doel is dit?", _GOALS)
        yield Field("Waaraan zien we dat het gelukt is?", 2, "Schrijf op wat u kunt zien of horen.")
        yield Choice("Wat is een goed resultaat?", (Option("Het gaat beter"), Option("Het blijft zoals het is")))
        yield from level_choices(used_axes(edition), blocks_without(edition))
        yield from amounts(edition)


def _agreements() -> Iterator[Node]:
    yield heading("5. Wat spreken we af?")
    yield Field("Van welke datum tot welke datum duurt de hulp?")
    yield Field("Hoe vaak kijkt de gemeente hoe het gaat?")
    told = Option("De consulent heeft verteld dat er tussendoor gesprekken zijn over hoe het gaat.")
    yield Choice("Uitleg", (told,), many=True)
    yield Field("Wat doen we als er iets verandert, of als het opeens misgaat?", 2)


def _consent() -> Iterator[Node]:
    yield heading("6. Mag de aanbieder dit plan lezen?")
    yield Choice(
        "De inwoner kiest",
        (
            Option("Ja, het hele plan mag naar de aanbieder."),
            Option("Ja, maar alleen het korte plan: deel 3, 4 en 5."),
            Option("Nee. De inwoner bespreekt het zelf met de aanbieder."),
        ),
    )
    yield from signatures()
