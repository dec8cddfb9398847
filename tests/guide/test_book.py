"""A guide on a day shows the offers of that day, in an order that nobody can buy."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, online, page_tree, printed, printer_of
from wmo_guide.domain.provider import Provider
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book, rotation
from wmo_guide.guide.kinds.blocks import blocks
from wmo_guide.guide.kinds.home import situations

ALFA = f"{PROVIDERS}/alfa-thuis.yaml"
DAYS = st.dates(date(2020, 1, 1), date(2040, 1, 1))
SLUGS = st.lists(st.from_regex(r"[a-z]{1,8}", fullmatch=True), min_size=1, max_size=12, unique=True)


@pytest.fixture(scope="module")
def somebody(sample: ContentFolder) -> Provider:
    """Any provider."""
    return sample.provider("beta-dag")


def _named(somebody: Provider, slugs: Sequence[str]) -> list[Provider]:
    return [somebody._replace(slug=slug) for slug in slugs]


def _order(providers: Sequence[Provider], day: date, region: str = REGION) -> list[str]:
    return [one.slug for one in rotation(providers, region, day)]


@given(slugs=SLUGS, day=DAYS)
def test_rotation_keeps_everybody(slugs: list[str], day: date, somebody: Provider) -> None:
    """Each provider stands in the order of the day exactly once."""
    assert sorted(_order(_named(somebody, slugs), day)) == sorted(slugs)


@given(slugs=SLUGS, day=DAYS, other=st.randoms(use_true_random=False))
def test_rotation_does_not_depend_on_the_order_before(
    slugs: list[str], day: date, other: object, somebody: Provider
) -> None:
    """The order of the day is the same for every order in which the providers come."""
    shuffled = sorted(slugs, key=lambda slug: hash((slug, str(other))))

    assert _order(_named(somebody, slugs), day) == _order(_named(somebody, shuffled), day)


@given(slugs=SLUGS.filter(lambda slugs: len(slugs) > 2), day=DAYS)
def test_two_providers_keep_their_order_without_the_others(slugs: list[str], day: date, somebody: Provider) -> None:
    """Who of two providers comes first doesn't depend on who else is in the list."""
    whole = _order(_named(somebody, slugs), day)
    pair = _order(_named(somebody, slugs[:2]), day)

    assert [slug for slug in whole if slug in pair] == pair


def test_everybody_is_first_about_equally_often(somebody: Provider) -> None:
    """Over a thousand days, each of five providers is first about two hundred times, and last too."""
    providers = _named(somebody, ["aardvark", "alfa-thuis", "midden", "zorg", "zzz-zorg-1"])
    orders = [_order(providers, TODAY + timedelta(days=days)) for days in range(1000)]

    for place in (0, -1):
        times = Counter(order[place] for order in orders)
        assert len(times) == 5
        assert all(150 < number < 250 for number in times.values()), times


def test_rotation_differs_by_day_and_region(somebody: Provider) -> None:
    """Another day, or another region on the same day, has another order."""
    providers = _named(somebody, [f"p{number}" for number in range(20)])
    week = {tuple(_order(providers, TODAY + timedelta(days=days))) for days in range(7)}

    assert len(week) == 7
    assert _order(providers, TODAY) != _order(providers, TODAY, "elders")


def test_rotation_is_the_published_rule(somebody: Provider) -> None:
    """The order is the one that a reader works out by the rule on the page "over"."""

    def lot(slug: str) -> str:
        return hashlib.blake2b(f"streek:2026-01-15:{slug}".encode(), digest_size=8).hexdigest()

    slugs = ["alfa", "beta", "gamma", "delta"]

    assert _order(_named(somebody, slugs), date(2026, 1, 15), "streek") == sorted(slugs, key=lot)


@pytest.mark.parametrize(
    ("start", "end", "shown"),
    [
        (None, None, True),
        ("2026-01-15", None, True),
        ("2026-01-16", None, False),
        (None, "2026-01-15", True),
        (None, "2026-01-14", False),
        ("2026-01-15", "2026-01-15", True),
        ("2026-02-01", "2026-03-01", False),
    ],
)
def test_offering_is_shown_in_its_days(
    start: str | None, end: str | None, shown: object, content: ContentFolder
) -> None:
    """An offering is in the guide from its first day to its last, both included."""
    for key, day in (("start", start), ("end", end)):
        if day:
            content.put(ALFA, ("offerings", 0, key), day)

    book = book_of(content)
    blocks = [offer.block.slug for offer in book.by_provider["alfa-thuis"]]

    assert ("post-en-papieren" in blocks) is shown
    assert any(offer.provider.slug == "alfa-thuis" for offer in book.by_block["post-en-papieren"]) is shown


@pytest.mark.parametrize(("days", "shown"), [(199, True), (200, False)])
def test_old_confirmation_hides_a_provider(days: int, shown: object, sample: ContentFolder) -> None:
    """A provider leaves the guide on the day that its confirmation is as old as the region says, and not before."""
    book = book_of(sample, day=date(2025, 11, 20) + timedelta(days=days))

    assert any(one.slug == "alfa-thuis" for one in book.providers) is shown
    assert ("alfa-thuis" in book.by_provider) is shown


def test_examples_never_age(sample: ContentFolder) -> None:
    """Years later, the examples of a guide are still shown, and only they."""
    assert [one.slug for one in book_of(sample, day=date(2040, 1, 1)).providers] == ["beta-dag"]


def test_provider_without_offers_is_not_listed(content: ContentFolder) -> None:
    """A provider whose offers have all ended is in no list."""
    content.put(f"{PROVIDERS}/delta-logeren.yaml", ("offerings", 0, "end"), "2025-12-31")

    assert "delta-logeren" not in {one.slug for one in book_of(content).providers}


def test_former_edition_is_not_offered(content: ContentFolder) -> None:
    """Blocks of a former edition have no offers; the guide is about the latest edition in force."""
    book = book_of(content)

    assert book.edition_name == "2024"
    assert set(book.by_block) == {"post-en-papieren", "dag-buiten", "uit-logeren"}
    assert {offer.offering.edition for offer in book.offers} == {"2024"}


def _next_edition(content: ContentFolder) -> None:
    """Lets the edition end with 2026, and prepares one for 2027 in which a block has another name."""
    old = f"{HOME}/matrix/2024.yaml"
    content.raw(f"{HOME}/matrix/2027.yaml", content.text(old).replace("uit-logeren", "weekend-weg"))
    content.put(f"{HOME}/matrix/2027.yaml", ("start",), "2027-01-01")
    content.put(old, ("end",), "2026-12-31")
    delta = (
        content.text(f"{PROVIDERS}/delta-logeren.yaml").replace("uit-logeren", "weekend-weg").replace("Delta", "Morgen")
    )
    content.raw(f"{PROVIDERS}/delta-morgen.yaml", delta.replace("edition: '2024'", "edition: '2027'"))
    for name in ("delta-logeren", "delta-morgen"):
        content.put(f"{PROVIDERS}/{name}.yaml", ("example",), "true")


@pytest.mark.parametrize(
    ("day", "edition", "provider"),
    [
        (date(2024, 1, 1), "2024", "delta-logeren"),
        (date(2026, 12, 31), "2024", "delta-logeren"),
        (date(2027, 1, 1), "2027", "delta-morgen"),
        (date(2031, 1, 1), "2027", "delta-morgen"),
    ],
)
def test_day_decides_the_edition(day: date, edition: str, provider: str, content: ContentFolder) -> None:
    """The guide is about the edition in force on its day, with that edition's offers."""
    _next_edition(content)
    for index in (0, 1):
        content.put(f"{HOME}/situations.yaml", ("situations", index, "blocks"), [])
    book = book_of(content, day=day)

    assert book.edition_name == edition
    assert {one.slug for one in book.providers} & {"delta-logeren", "delta-morgen"} == {provider}
    assert {offer.offering.edition for offer in book.offers} == {edition}


@pytest.mark.parametrize("day", [date(2015, 1, 1), date(2020, 1, 1), date(2023, 12, 31)])
def test_guide_of_a_past_day_is_about_the_edition_of_then(day: date, sample: ContentFolder) -> None:
    """A guide of a day in a former edition's time, or before all editions, shows the blocks of then, without offers."""
    book = book_of(sample, day=day)

    assert book.edition_name == "2020"
    assert [page.title for page in blocks(book)] == ["Hulp bij u thuis", "Samen koffie drinken"]
    assert (book.offers, book.providers) == ((), ())


def test_guide_of_a_past_day_is_published(tmp_path: Path, content: ContentFolder) -> None:
    """A guide of a day in a former edition's time passes the gates, though all that content tells happened later."""
    printed(content, tmp_path / "site", None, day=date(2022, 1, 1))

    assert (online(tmp_path / "site") / REGION / "hulp" / "koffiegroep" / "index.html").is_file()
    assert not (online(tmp_path / "site") / REGION / "hulp" / "dag-buiten").exists()
    providers = page_tree(tmp_path / "site", f"{REGION}/aanbieders").text_content()
    assert "Er staan nu geen aanbieders in deze gids." in providers
    assert "Deze aanbieders geven hulp" not in providers


def test_guide_of_a_region_whose_last_edition_ended(content: ContentFolder) -> None:
    """When no edition is in force and none will be, the guide is about the last one."""
    content.put(f"{HOME}/matrix/2024.yaml", ("end",), "2025-12-31")

    assert book_of(content).edition_name == "2024"


@pytest.mark.parametrize("day", [date(2026, 12, 31), date(2027, 1, 1)])
def test_situation_leads_to_blocks_of_the_day(day: date, content: ContentFolder) -> None:
    """Around a change of edition, a situation with a block of one of the two has a page on every day."""
    _next_edition(content)
    book = book_of(content, day=day)
    printer = printer_of(book)

    for page in situations(book):
        assert page.title in printer.body("situation", page)


def test_offers_by_place(sample: ContentFolder) -> None:
    """Offers are found by municipality and block, where they are offered and nowhere else."""
    found = {place: {offer.provider.slug for offer in offers} for place, offers in book_of(sample).by_place.items()}

    assert found == {
        "zandhoek/post-en-papieren": {"alfa-thuis"},
        "helmdorp/post-en-papieren": {"alfa-thuis", "gamma-zorg"},
        "zandhoek/dag-buiten": {"alfa-thuis"},
        "helmdorp/dag-buiten": {"beta-dag"},
        "zandhoek/uit-logeren": {"gamma-zorg", "delta-logeren"},
        "helmdorp/uit-logeren": {"gamma-zorg"},
    }


def test_lists_follow_the_order_of_the_day(sample: ContentFolder) -> None:
    """Everywhere in the book, providers stand in the order of the day."""
    book = book_of(sample)
    order = [one.slug for one in rotation(book.catalogue.providers, REGION, TODAY)]

    assert [one.slug for one in book.providers] == order
    for offers in (*book.by_block.values(), *book.by_place.values()):
        slugs = [offer.provider.slug for offer in offers]
        assert slugs == sorted(slugs, key=order.index)


def test_sources_are_found_by_key(sample: ContentFolder) -> None:
    """Sources come in the order of the region's list, each once, however they are asked for."""
    assert [one.key for one in book_of(sample).sources(["redactie", "besluit", "redactie"])] == ["besluit", "redactie"]


def test_addresses_are_stable(sample: ContentFolder) -> None:
    """Every address is the one of the published address space, under the path of the site."""
    to = Book(sample.catalogue(), TODAY, Site("/gids/", "https://gids.example.nl")).to
    home = f"/gids/{REGION}/"

    assert to.home == home
    assert to.situation("s") == f"{home}situaties/s/"
    assert to.part("hulp") == f"{home}hulp/"
    assert to.block("b") == f"{home}hulp/b/"
    assert to.municipality("m") == f"{home}gemeenten/m/"
    assert to.municipality_block("m", "b") == f"{home}gemeenten/m/b/"
    assert to.provider("p") == f"{home}aanbieders/p/"
    assert to.factsheet("f") == f"{home}factsheets/f/"
    assert to.facility("f") == f"{home}voorzieningen/#f"
    assert to.term("t") == f"{home}woordenlijst/#t"
    assert to.answer("q") == f"{home}vragen/#q"
    assert to.edition("2024") == f"{home}matrix/2024/"
    assert to.news("n") == f"{home}nieuws/n/"
    assert to.site.canonical(to.home) == f"https://gids.example.nl{home}"


def test_region_without_matrix_has_no_offers(content: ContentFolder) -> None:
    """Without an edition in force there is nothing to offer, and the book is still whole."""
    for name in ("providers/alfa-thuis", "providers/beta-dag", "providers/gamma-zorg", "providers/delta-logeren"):
        content.remove(f"{HOME}/{name}.yaml")
    book = book_of(content)

    assert (book.offers, book.providers, book.by_block) == ((), (), {})
