"""The checklist by which a block's result is looked at together: a guideline, no straitjacket (domain.md 3 and 7)."""

from __future__ import annotations

from collections.abc import Iterator

from wmo_guide.domain.matrix import BuildingBlock, Edition
from wmo_guide.guide.sheets.nodes import Choice, Field, Node, Option, Scores, bullets, heading, plain
from wmo_guide.guide.sheets.papers.paper import Paper, level_choices, name_of

_MOST = 2
_VERDICTS = ("Ja", "Deels", "Nee", "Past niet")


def evaluation(edition: Edition, block: BuildingBlock) -> Paper:
    """The checklist of one block."""
    return Paper(
        slug=f"evaluatie-{block.slug}",
        title=f"Evaluatie: {block.plain_title}",
        description=f"Lijst om samen te kijken hoe het gaat met {block.plain_title[:1].lower()}{block.plain_title[1:]}.",
        updated=edition.updated,
        nodes=(*_talk(block), *_result(block), *_looking_back(), *_onward(edition, block)),
        most=_MOST,
        block=block.slug,
    )


def _talk(block: BuildingBlock) -> Iterator[Node]:
    yield plain(
        "Deze lijst helpt u om samen te kijken hoe het gaat. Sla over wat niet past. Praat het liefst met zijn drieën: "
        "de inwoner, de begeleider en de consulent."
    )
    yield plain(f"Bouwsteen: {name_of(block)}.")
    yield Field("Naam van de inwoner", help="Geen burgerservicenummer (BSN).")
    yield Field("Datum, en wie erbij waren")
    yield Choice(
        "Welk gesprek is dit?",
        (Option("Tussendoor, ongeveer halverwege"), Option("Aan het einde, zes weken voordat de beschikking afloopt")),
    )


def _result(block: BuildingBlock) -> Iterator[Node]:
    yield heading("1. Wat ziet u?")
    if block.sub_result:
        yield plain(f"Subresultaat: {block.sub_result}")
    if block.reached_when:
        # What asks something itself can't be answered with yes or no beside it.
        yield Scores("Is dit zo?", tuple(one for one in block.reached_when if "?" not in one), _VERDICTS)
        yield from (plain(one) for one in block.reached_when if "?" in one)
    else:
        yield Field("Wat is het resultaat volgens het plan, en waaraan ziet u dat het gelukt is?", 3)
    if block.stabilise:
        yield plain("Niet alles hoeft beter te worden. Ook als het blijft zoals het is, is dat een goed resultaat.")
    if block.attention_points:
        yield plain("Aandachtspunten uit de matrix:")
        yield bullets(*block.attention_points)


def _looking_back() -> Iterator[Node]:
    yield heading("2. Wat is er bereikt?")
    yield Field("Welke doelen uit het plan zijn gehaald?", 2)
    yield Field("Welke nog niet, en waarom niet?", 2)
    yield Field("Wat vindt de inwoner van de hulp?", 2)


def _onward(edition: Edition, block: BuildingBlock) -> Iterator[Node]:
    yield heading("3. Hoe gaat het verder?")
    ways = ("Zo doorgaan", "Minder hulp", "Meer hulp", "Andere hulp", "Stoppen")
    yield Choice("Wat past nu?", tuple(map(Option, ways)), many=True)
    yield from level_choices(edition.by_axis[key] for key in block.axes)
    yield Field("Wat is nog nodig: welke doelen, welke aanpak en hoeveel tijd?", 3)
    yield Field("Volgende gesprek, en wie doet wat?")
