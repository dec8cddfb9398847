"""The shipped content holds what the sources tell and what a guide needs, in the numbers that were agreed."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import lru_cache
from itertools import chain
from pathlib import Path

import pytest

from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.domain.matrix import Edition
from wmo_guide.domain.provider import Provider
from wmo_guide.store.load import load

CONTENT = Path(__file__).resolve().parents[2] / "content"
LIGHT_MIDDLE_HEAVY = ("light", "middle", "heavy")

MATRIX_2015: dict[str, dict[str, tuple[str, ...]]] = {
    "Zelfstandig en veilig wonen": {
        "Begeleiding": LIGHT_MIDDLE_HEAVY,
        "Begeleiding speciaal": LIGHT_MIDDLE_HEAVY,
        "Startarrangement": (),
    },
    "Zelfverzorging": {"PV": LIGHT_MIDDLE_HEAVY, "PV speciaal": LIGHT_MIDDLE_HEAVY},
    "Zinvolle daginvulling": {
        "Laag intensief": ("light",),
        "Matig intensief": ("middle",),
        "Hoog intensief": ("heavy",),
        "Startarrangement": (),
        "Vervoer": (),
        "Vervoer rolstoel": (),
    },
    "Mantelzorg, ondersteund netwerk": {
        "Uren voor mantelzorgers": ("light",),
        "Dagdelen": ("middle",),
        "Dagen (respijtzorg)": ("heavy",),
    },
}
MATRIX_2017 = {
    "Zelfstandig en veilig wonen": [
        "Administratie en financiën",
        "Sociale redzaamheid in contact met anderen",
        "Sociaal netwerk en maatschappelijke participatie",
        "Zelfoplossend vermogen en dagstructuur",
        "Huiselijke relaties",
        "Geestelijke en lichamelijke gezondheid, verslaving, justitie",
        "Huisvesting (veilig en toereikend)",
    ],
    "Zinvolle daginvulling": [
        "Zinvolle dagbesteding",
        "Zinvolle arbeidsmatige dagbesteding",
        "Zinvolle educatieve dagbesteding",
    ],
    "Ondersteund netwerk": ["Ondersteund netwerk"],
}
FAQ_SUBJECTS = {
    "two plans": r"dubbel",
    "the message that starts an order": r"\b301\b",
    "no support within eight weeks": r"acht weken|8 weken",
    "disagreeing with a decision": r"niet eens",
    "following the goals": r"doelen",
    "renewal": r"verleng",
    "the own contribution in the region": r"eigen bijdrage",
    "the decision and the support worker": r"overdrachtsformulier",
    "ups and downs": r"de ene week goed",
    "bridging to the Wlz": r"\bWlz\b",
    "the longest term": r"drie jaar|3 jaar",
    "no support for four weeks": r"vier weken|4 weken",
    "starting again": r"opnieuw|weer",
    "asking for a review talk": r"regiegesprek",
    "daily living": r"\badl\b",
    "faster decisions": r"sneller",
    "late review talks": r"al lang",
    "the outcome of a review talk": r"besproken",
    "dementia": r"dementie",
    "complexity and intensity": r"complexiteit.*intensiteit",
    "contacts per subject": r"onderwerp",
}


@lru_cache
def _catalogues() -> dict[str, Catalogue]:
    return {one.slug: one for one in load(CONTENT).catalogues}


@pytest.fixture
def alkmaar() -> Catalogue:
    """The region with two matrices."""
    return _catalogues()["alkmaar"]


@pytest.fixture
def drenthe() -> Catalogue:
    """The region whose matrix is known in part."""
    return _catalogues()["noord-midden-drenthe"]


@pytest.fixture
def rijnland() -> Catalogue:
    """The region without a matrix."""
    return _catalogues()["holland-rijnland"]


def _levels(edition: Edition) -> dict[str, list[str]]:
    return {axis.key: [level.key for level in axis.levels] for axis in edition.axes}


def test_matrix_of_2015(alkmaar: Catalogue) -> None:
    """The edition of 2015 ended with 2016 and has each arrangement in its cell of the source's table, additional ones beside it."""
    edition = alkmaar.standards.editions["2015"]
    found = {area.title: {one.title: one.levels for one in block.arrangements} for area, block in edition.blocks()}

    assert found == MATRIX_2015
    assert [area.title for area in edition.areas] == list(MATRIX_2015)
    assert _levels(edition) == {"self_direction": list(LIGHT_MIDDLE_HEAVY)}
    assert (edition.status, edition.end) == ("former", date(2016, 12, 31))


def test_matrix_of_2017(alkmaar: Catalogue) -> None:
    """The edition of 2017 has three areas with eleven blocks, in the source's order, in force from 1 January 2017."""
    edition = alkmaar.standards.editions["2017"]

    assert {area.title: [block.title for block in area.blocks] for area in edition.areas} == MATRIX_2017
    assert [area.title for area in edition.areas] == list(MATRIX_2017)
    assert (edition.status, edition.start, edition.end) == ("current", date(2017, 1, 1), None)


def test_levels_of_2017(alkmaar: Catalogue) -> None:
    """Complexity counts for every block, intensity for the first two areas, and its fourth step is exceptional."""
    edition = alkmaar.standards.editions["2017"]
    axes = {area.title: {block.axes for block in area.blocks} for area in edition.areas}

    assert _levels(edition) == {"complexity": list(LIGHT_MIDDLE_HEAVY), "intensity": ["1", "2", "3", "4"]}
    assert [one.key for one in edition.by_axis["intensity"].levels if one.exceptional] == ["4"]
    assert list(axes.values()) == [{("complexity", "intensity")}, {("complexity", "intensity")}, {("complexity",)}]
    assert [block.everything_else for area, block in edition.blocks() if area.slug == "ondersteund-netwerk"] == [True]


def test_blocks_of_2017_are_whole(alkmaar: Catalogue) -> None:
    """Each block of 2017 has a plain title, sub-result, attention points, observable results, 8 everyday words and what to try first."""
    for _, block in alkmaar.standards.editions["2017"].blocks():
        assert block.plain_title != block.title
        assert block.sub_result
        assert block.attention_points
        assert len(block.reached_when) >= 3
        assert len({word.lower() for word in block.everyday_words}) >= 8
        assert block.try_first
        assert block.for_you


def test_each_block_of_2015_went_somewhere(alkmaar: Catalogue) -> None:
    """The conversion tells of every block of 2015, and leads to every block of 2017."""
    [change] = alkmaar.standards.changes
    editions = alkmaar.standards.editions
    steps = change.conversion.steps

    assert (change.older, change.newer) == ("2015", "2017")
    assert set(chain.from_iterable(step.source_blocks for step in steps)) == set(editions["2015"].by_slug)
    assert set(chain.from_iterable(step.target_blocks for step in steps)) == set(editions["2017"].by_slug)


def test_municipalities_of_alkmaar(alkmaar: Catalogue) -> None:
    """Today's six municipalities stand with their CBS codes; the two that merged lead to their successor."""
    region = alkmaar.standards.region
    ended = {one.slug: (one.until, one.successor) for one in region.municipalities if one.ended}

    assert {one.slug: one.code for one in region.current_municipalities} == {
        "alkmaar": "GM0361",
        "bergen": "GM0373",
        "castricum": "GM0383",
        "dijk-en-waard": "GM1980",
        "heiloo": "GM0399",
        "uitgeest": "GM0450",
    }
    merged = (date(2022, 1, 1), "dijk-en-waard")
    assert ended == {"langedijk": merged, "heerhugowaard": merged}
    assert all("cbs-2026" in one.sources for one in region.municipalities if one.ended)
    assert [one.slug for one in region.municipalities if one.centre] == ["alkmaar"]


@pytest.mark.parametrize("slug", ["alkmaar", "noord-midden-drenthe", "holland-rijnland"])
def test_contribution(slug: str) -> None:
    """From 2020 the contribution is 19 euro a month, with its source."""
    region = _catalogues()[slug].standards.region
    rate = region.rate_on(date(2026, 11, 22))

    assert rate is not None
    assert (rate.amount, rate.per, rate.start) == (Decimal("19.00"), "month", date(2020, 1, 1))
    assert rate.sources == ("abonnementstarief-2019",)


def test_contribution_before_2020(alkmaar: Catalogue) -> None:
    """Up to 2020 it was 17.50 per four weeks."""
    rate = alkmaar.standards.region.rate_on(date(2019, 12, 31))

    assert rate is not None
    assert (rate.amount, rate.per) == (Decimal("17.50"), "four_weeks")


@pytest.mark.parametrize("slug", ["alkmaar", "noord-midden-drenthe", "holland-rijnland"])
def test_everybody_finds_whom_to_ask(slug: str) -> None:
    """For each municipality of today there is a contact for residents."""
    region = _catalogues()[slug].standards.region
    for_residents = {subject.key for subject in region.subjects if subject.audience == "resident"}
    served = {one.municipality for one in region.contacts if one.subject in for_residents}

    assert {one.slug for one in region.current_municipalities} <= served


def test_numbers_of_alkmaar(alkmaar: Catalogue) -> None:
    """There are at least 15 situations, 40 terms, 12 facilities, 21 frequent questions, and the two factsheets."""
    standards = alkmaar.standards

    assert len(standards.situations) >= 15
    assert len(standards.terms) >= 40
    assert len(standards.facilities.facilities) >= 12
    assert len(standards.faq.questions) >= len(FAQ_SUBJECTS)
    assert {one.slug for one in standards.factsheets} >= {"transferpunt", "beschermd-thuis"}
    assert standards.news


@pytest.mark.parametrize("subject", FAQ_SUBJECTS)
def test_frequent_question_is_answered(alkmaar: Catalogue, subject: str) -> None:
    """Each question of the sources has an answer in the guide."""
    texts = [f"{one.question}\n{one.answer}" for one in alkmaar.standards.faq.questions]

    assert any(re.search(FAQ_SUBJECTS[subject], text, re.IGNORECASE | re.DOTALL) for text in texts)


def test_questions_of_providers_are_marked(alkmaar: Catalogue) -> None:
    """Frequent questions have both residents and providers among their readers."""
    readers = Counter(chain.from_iterable(one.audience for one in alkmaar.standards.faq.questions))

    assert readers["resident"] >= 10
    assert readers["provider"] >= 5


def test_beschermd_thuis_is_decided_together(alkmaar: Catalogue) -> None:
    """The factsheet says that RIT and provider decide together, and names the limit of 20 hours."""
    [sheet] = [one for one in alkmaar.standards.factsheets if one.slug == "beschermd-thuis"]

    assert re.search(r"RIT en de aanbieder|aanbieder en het RIT|RIT en aanbieder", sheet.markdown)
    assert "samen" in sheet.markdown
    assert re.search(r"\b20 uur", sheet.markdown)


def test_transferpunt_has_two_doors(alkmaar: Catalogue) -> None:
    """The factsheet names the mailbox and both groups: providers with homes, and people who look for one."""
    [sheet] = [one for one in alkmaar.standards.factsheets if one.slug == "transferpunt"]

    assert sheet.head.email == "transferpunt@alkmaar.nl"
    assert "transferpunt@alkmaar.nl" in sheet.markdown


def test_matrix_of_drenthe(drenthe: Catalogue) -> None:
    """The known blocks stand with their codes in an edition that says it is incomplete."""
    edition = drenthe.standards.editions["2017"]
    codes = {block.code: block.title for _, block in edition.blocks() if block.code}

    assert edition.status == "incomplete"
    assert edition.note
    assert codes == {
        "M1": "Dagbesteding",
        "M2": "Dagbesteding",
        "M3": "Dagbesteding",
        "M4": "Logeren",
        "G1": "Medicatiecontrole",
        "G3": "Gezinsondersteuning",
        "Z5": "Schoon en leefbaar huis",
        "V2": "Veilig wonen",
    }
    assert {block.title for _, block in edition.blocks() if not block.code} == {"Gezinshuis", "Vervoer"}


def test_levels_of_drenthe(drenthe: Catalogue) -> None:
    """Intervention levels run from 1 to 6; 5 is stabilising, 6 is short and heavy."""
    [axis] = drenthe.standards.editions["2017"].axes

    assert [one.key for one in axis.levels] == ["1", "2", "3", "4", "5", "6"]
    assert [one.key for one in axis.levels if one.stabilise] == ["5"]
    assert {"kort", "zwaar"} <= set(re.findall(r"\w+", axis.level("6").title.lower()))


def test_bands_and_stacking_of_drenthe(drenthe: Catalogue) -> None:
    """Day support is sold as 1 to 5 or 6 to 10 day parts, and isn't stacked on a gezinshuis; V2 has several arrangements."""
    blocks = {block.code or block.title: block for _, block in drenthe.standards.editions["2017"].blocks()}

    for code in ("M1", "M2", "M3"):
        assert [(one.low, one.high) for one in blocks[code].bands] == [(1, 5), (6, 10)]
        assert blocks["Gezinshuis"].slug in blocks[code].not_with
        assert blocks[code].stacking_note
    assert len(blocks["V2"].arrangements) >= 2


def test_municipalities_of_drenthe(drenthe: Catalogue) -> None:
    """The five municipalities of the region stand with their CBS codes."""
    assert {one.name: one.code for one in drenthe.standards.region.current_municipalities} == {
        "Aa en Hunze": "GM1680",
        "Assen": "GM0106",
        "Midden-Drenthe": "GM1731",
        "Noordenveld": "GM1699",
        "Tynaarlo": "GM1730",
    }


def test_region_without_matrix(rijnland: Catalogue) -> None:
    """Holland Rijnland has thirteen municipalities, no matrix and no providers."""
    assert len(rijnland.standards.region.current_municipalities) == 13
    assert rijnland.standards.editions == {}
    assert rijnland.providers == ()


def test_twelve_steps(rijnland: Catalogue) -> None:
    """The way of working stands in twelve numbered steps, in order, with its terms."""
    [page] = [one for one in rijnland.standards.pages if one.slug == "de-12-stappen"]

    assert re.findall(r"^## Stap (\d+)", page.markdown, re.MULTILINE) == [str(number) for number in range(1, 13)]
    for term in ("10 werkdagen", "twee weken", "zes weken", "iWmo", "plan B"):
        assert term in page.markdown


def _providers() -> list[Provider]:
    return [one for catalogue in _catalogues().values() for one in catalogue.providers]


def test_examples_cover_the_matrix(alkmaar: Catalogue, drenthe: Catalogue) -> None:
    """At least 14 and 5 providers, with 2 to 8 offers each, offer every block and serve every municipality."""
    for catalogue, least in ((alkmaar, 14), (drenthe, 5)):
        offers = [offer for one in catalogue.providers for offer in one.offerings]
        edition = catalogue.standards.editions["2017"]

        assert len(catalogue.providers) >= least
        assert {len(one.offerings) for one in catalogue.providers} <= set(range(2, 9))
        assert {offer.block for offer in offers} == set(edition.by_slug)
        assert set(chain.from_iterable(offer.many("municipalities") for offer in offers)) == {
            one.slug for one in catalogue.standards.region.current_municipalities
        }


@pytest.mark.parametrize("provider", _providers(), ids=lambda one: one.slug)
def test_example_says_what_it_is(provider: Provider) -> None:
    """An invented provider is marked as an example, by its name too, and its addresses lead nowhere."""
    assert provider.example
    assert "Voorbeeld" in provider.name
    assert re.fullmatch(r"https://(?:[a-z0-9-]+\.)?example\.nl(?:/.*)?|", provider.text("website"))


def test_facilities_are_examples() -> None:
    """Each general provision is marked as an example."""
    facilities = [one for catalogue in _catalogues().values() for one in catalogue.standards.facilities.facilities]

    assert facilities
    assert all(one.example for one in facilities)


def test_offers_differ() -> None:
    """No two offers have the same summary or the same description."""
    offers = [offer.answers for one in _providers() for offer in one.offerings]

    for key in ("summary", "what"):
        texts = Counter(str(answers[key]) for answers in offers)
        assert [text for text, number in texts.items() if number > 1] == []


def test_sources_are_dated() -> None:
    """Every source of every region has a title and a date that isn't in the future."""
    sources = [source for catalogue in _catalogues().values() for source in catalogue.standards.region.sources]

    assert sources
    assert all(date(2015, 1, 1) <= source.date <= date(2026, 11, 30) for source in sources)
