"""The format of the handover: the provider gets no copy of the decision, but this (domain.md 3)."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.matrix import Edition
from wmo_guide.guide.sheets.nodes import Choice, Field, Node, Option, heading, plain
from wmo_guide.guide.sheets.papers.paper import Paper, amounts, block_choices, levels_of_blocks

_MOST = 2


def handover(edition: Edition) -> Paper:
    """The format of the handover."""
    return Paper(
        slug="overdracht",
        title="Overdracht",
        description="Wat de aanbieder moet weten om te beginnen: een korte samenvatting, de doelen en hoelang de hulp duurt.",
        updated=edition.updated,
        nodes=(*_people(), *_content(edition), *_after()),
        most=_MOST,
    )


def _people() -> Iterator[Node]:
    yield plain(
        "De aanbieder krijgt geen kopie van de beschikking, omdat dat niet past bij de privacy van de inwoner. "
        "Dit formulier is er wel voor. Het komt naast de opdracht (iWmo), en niet in de plaats daarvan."
    )
    yield heading("1. Wie dragen over?")
    yield Field("Datum van deze overdracht")
    yield Field("Naam van de inwoner", help="Geen burgerservicenummer (BSN).")
    yield Field("Consulent: naam, telefoon en mail")
    yield Field("Aanbieder en begeleider: naam, telefoon en mail")
    yield Choice(
        "Vindt de inwoner deze overdracht goed?",
        (Option("Ja"), Option("Ja, maar alleen de doelen"), Option("Nee, de inwoner bespreekt het zelf")),
    )
    yield Field("Op welke datum vond de inwoner dit goed?")
    yield Choice(
        "Hoe draagt u over?",
        (Option("Per beveiligde mail, en daarna bellen"), Option("Warm: samen het eerste gesprek met de inwoner")),
    )


def _content(edition: Edition) -> Iterator[Node]:
    yield heading("2. Waar gaat het om?")
    yield Field("Korte samenvatting van het gesprek", 3)
    yield heading("3. Welke hulp is besloten?")
    yield from block_choices(edition, results=False)
    yield from levels_of_blocks(edition)
    yield from amounts(edition)
    yield Field("Doelen en resultaten uit het plan", 4, "Stabiel blijven kan ook een resultaat zijn.")
    yield Field("Van welke datum tot welke datum duurt de hulp?")
    yield Field("Hoe vaak en wanneer kijkt de gemeente hoe het gaat?")


def _after() -> Iterator[Node]:
    yield heading("4. Na het eerste gesprek van de aanbieder")
    yield plain(
        "De aanbieder belt of mailt de consulent binnen 10 werkdagen, en vóór het eerste bezoek aan de inwoner. "
        "Binnen twee weken krijgt de consulent het plan van de aanbieder. Daarna bespreekt u het samen."
    )
    yield Field("Datum waarop aanbieder en consulent elkaar spraken")
    yield Field(
        "Ziet de aanbieder het anders, of is iets anders eerst nodig?",
        2,
        "Bespreek dit met de consulent als de inwoner dat goed vindt.",
    )
    yield Field("Wanneer krijgt de consulent het plan van de aanbieder?")
