"""Lists by letter, whom to call, and dates and amounts as a Dutch reader expects them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import HOME, REGION, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, parsed, printer_of
from wmo_guide.domain.dutch import enumeration, euros, long_date
from wmo_guide.guide.contacts import contacts_for
from wmo_guide.guide.kinds.lists import a_to_z, letter_of, sort_key, terms
from wmo_guide.guide.kinds.municipalities import municipalities


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("Aap", "A"),
        ("aap", "A"),
        ("Één loket", "E"),
        ("\u00e9\u00e9n", "E"),
        ("e\u0301e\u0301n", "E"),
        ("\u00d6rebro", "O"),
        ("\u00c7a va", "C"),
        ("\u0132muiden", "I"),
        ("\u00df", "S"),
        ("'s Avonds", "S"),
        ("\u2018s Avonds", "S"),
        ("\u2019s-Gravenzande", "S"),
        ("\u201cThuis\u201d", "T"),
        ("\u201eThuis\u201d", "T"),
        ('"Thuis"', "T"),
        ("(Samen) thuis", "S"),
        ("24-uurszorg", "#"),
        ("@home", "#"),
        ("\u4e2d", "#"),
        ("", "#"),
        ("'", "#"),
    ],
)
def test_letter_of_a_text(text: str, letter: str) -> None:
    """A text stands under its first letter, without accent, case or quotes; under # when it begins with anything else."""
    assert letter_of(text) == letter


@given(st.text())
def test_every_text_has_a_place(text: str) -> None:
    """Whatever a text begins with, it stands under one of A to Z or #."""
    assert letter_of(text) in set("ABCDEFGHIJKLMNOPQRSTUVWXYZ#")


def test_sorting_ignores_case_and_accents() -> None:
    """Texts are sorted as a reader looks for them, with small and accented letters among the others."""
    assert sorted(["zee", "Éen", "een", "Aap", "ezel", "äap"], key=sort_key) == [
        "Aap",
        "äap",
        "Éen",
        "een",
        "ezel",
        "zee",
    ]


def _a_to_z(content: ContentFolder) -> dict[str, list[str]]:
    book = book_of(content)
    (page,) = a_to_z(book)
    tree = parsed(printer_of(book).body("a_to_z", page))
    return {
        head.text: head.xpath("./following-sibling::ul[1]/li/a/text()")
        for head in tree.xpath("//h2[starts-with(@id, 'letter-')]")
    }


def test_a_to_z_lists_everything_once(sample: ContentFolder) -> None:
    """The A-Z has blocks by both names, situations, municipalities of all times, places, facilities, words and providers."""
    listed = [label for labels in _a_to_z(sample).values() for label in labels]

    for label in (
        "Post en papieren",
        "Administratie op orde",
        "Ik zorg voor mijn partner",
        "Zandhoek",
        "Oud-Zand",
        "Kreekdorp",
        "Buurtkamer Voorbeeld",
        "Een huis zoeken",
        "Duinpas",
        "Alfa Thuis",
    ):
        assert listed.count(label) == 1, label


def test_a_to_z_is_in_order(sample: ContentFolder) -> None:
    """Letters stand in the order of the alphabet, and under each letter the entries do, whatever the day."""
    found = _a_to_z(sample)

    assert list(found) == sorted(found)
    for letter, labels in found.items():
        assert labels == sorted(labels, key=sort_key)
        assert {letter_of(label) for label in labels} == {letter if letter.isalpha() else "#"}


def test_name_with_a_digit_stands_before_the_letters(content: ContentFolder) -> None:
    """A provider whose name begins with a digit is found before the letter A."""
    content.put(f"{PROVIDERS}/alfa-thuis.yaml", ("organisation", "name"), "24 Thuis")
    found = _a_to_z(content)

    assert next(iter(found.values())) == ["24 Thuis"]


def test_every_term_has_its_place(sample: ContentFolder) -> None:
    """The word list has each word of the region and of all regions once, under an id of its own."""
    book = book_of(sample)
    (page,) = terms(book)
    tree = parsed(printer_of(book).body("terms", page))

    assert [place.text for place in tree.xpath("//dt")] == ["beschikking", "Duinpas", "inwoner", "mantelzorger"]
    assert tree.xpath("//dt/@id") == ["beschikking", "duinpas", "inwoner", "mantelzorger"]
    assert tree.xpath("//dd/a/@href") == ["#inwoner", "#mantelzorger"]


@pytest.mark.parametrize(
    ("place", "audience", "names"),
    [
        ("zandhoek", "resident", ["Loket Zandhoek"]),
        ("helmdorp", "resident", ["Loket Helmdorp"]),
        (None, "resident", []),
        ("zandhoek", "provider", ["Contractteam"]),
        (None, "provider", ["Contractteam"]),
        ("zandhoek", "professional", []),
    ],
)
def test_contacts_fit_place_and_audience(
    place: str | None, audience: str, names: list[str], sample: ContentFolder
) -> None:
    """A reader is told the desks of the own municipality and of the whole region, on subjects for that reader."""
    region = book_of(sample).region
    desks = contacts_for(region, region.municipality(place) if place else None, audience)

    assert [one.name for desk in desks for one in desk.contacts] == names
    assert all(desk.contacts for desk in desks)


def test_contacts_of_a_region_come_with_those_of_a_municipality(content: ContentFolder) -> None:
    """A desk for the whole region is told in each municipality, under the same subject as the municipality's own."""
    file = f"{HOME}/region.yaml"
    content.put(
        file, ("contacts", 3), {"subject": "aanvragen", "name": "Regioloket", "text": "Bel.", "sources": ["redactie"]}
    )
    region = book_of(content).region
    (desk,) = contacts_for(region, region.municipality("zandhoek"))

    assert desk.subject.key == "aanvragen"
    assert [one.name for one in desk.contacts] == ["Loket Zandhoek", "Regioloket"]


def test_municipality_page_tells_whom_to_call(sample: ContentFolder) -> None:
    """The page of a municipality has links that dial, mail and lead to the website of its desk, as the content gives them."""
    book = book_of(sample)
    pages = {page.url: page for page in municipalities(book)}
    tree = parsed(printer_of(book).body("municipality", pages[f"/{REGION}/gemeenten/zandhoek/"]))

    assert tree.xpath("//section[@id='contact']//a/@href") == [
        "tel:0123456701",
        "mailto:loket@zandhoek.example.nl",
        "https://zandhoek.example.nl/loket",
    ]


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2026, 11, 22), "22 november 2026"),
        (date(2026, 3, 1), "1 maart 2026"),
        (date(2024, 2, 29), "29 februari 2024"),
        (date(1999, 12, 31), "31 december 1999"),
    ],
)
def test_days_in_words(day: date, text: str) -> None:
    """A day is written with the Dutch name of the month and without leading zeros."""
    assert long_date(day) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("19.00", "19 euro"),
        ("17.50", "17,50 euro"),
        ("20.60", "20,60 euro"),
        ("0.00", "0 euro"),
        ("0.05", "0,05 euro"),
        ("1234.00", "1.234 euro"),
        ("1234.50", "1.234,50 euro"),
    ],
)
def test_amounts_in_words(amount: str, text: str) -> None:
    """An amount has a comma for cents, which are left out when there are none, and a dot for thousands."""
    assert euros(Decimal(amount)) == text


@pytest.mark.parametrize(
    ("parts", "text"),
    [((), ""), (("a",), "a"), (("a", "b"), "a en b"), (("a", "b", "c"), "a, b en c")],
)
def test_enumerations(parts: tuple[str, ...], text: str) -> None:
    """Parts are joined as in a sentence."""
    assert enumeration(parts) == text


def test_enumeration_with_or() -> None:
    """Another word than "en" can join the last part."""
    assert enumeration(("a", "b"), "of") == "a of b"
