"""The coverage of a region: numbers per block and municipality, as a table, for a spreadsheet and as a picture."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from tests.builders import HOME, TODAY, ContentFolder
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.coverage import Coverage, as_csv, coverage, levels
from wmo_guide.guide.coverage_picture import as_svg
from wmo_guide.guide.waiting import waiting


def book_of(content: ContentFolder, day: date = TODAY) -> Book:
    """The sample's book."""
    return Book(content.catalogue(), day, Site())


def counted_by_hand(book: Book) -> Iterator[tuple[str, str, int]]:
    """Block, municipality and number of different providers, straight from the providers' answers."""
    for _, block in book.blocks():
        for place in book.municipalities:
            mine = {
                provider.slug
                for provider in book.providers
                for offering in provider.offerings
                if offering.edition == book.edition_name
                and offering.block == block.slug
                and place.slug in offering.many("municipalities")
                and offering.runs_on(book.day)
            }
            yield block.slug, place.slug, len(mine)


def cells(found: Coverage) -> list[tuple[str, str, int]]:
    """All cells."""
    places = [one.slug for one in found.municipalities]
    return [(row.block.slug, *pair) for row in found.rows for pair in zip(places, row.counts, strict=True)]


def test_every_cell_has_the_number_of_providers(sample: ContentFolder) -> None:
    """The table equals a count by hand, and its gaps are the cells with none or one."""
    book = book_of(sample)
    found = coverage(book)
    by_hand = list(counted_by_hand(book))

    assert cells(found) == by_hand
    assert any(number > 1 for *_, number in by_hand)
    assert found.gaps == sum(number <= 1 for *_, number in by_hand)


def test_a_level_counts_the_offers_that_have_it(sample: ContentFolder) -> None:
    """With a level there are never more than without; a block that doesn't know the level has no gaps."""
    book = book_of(sample)
    everything = coverage(book)
    for level in levels(book):
        found = coverage(book, level)
        for row, whole in zip(found.rows, everything.rows, strict=True):
            assert all(one <= other for one, other in zip(row.counts, whole.counts, strict=True))
            assert row.applies is (level.axis in row.block.axes)
            assert row.applies or row.gaps == 0
    assert len(levels(book)) > 2


def test_a_gap_that_is_filled_is_gone(content: ContentFolder) -> None:
    """A second provider in a municipality closes the gap there."""
    before = coverage(book_of(content))
    row = next(one for one in before.rows if one.block.slug == "uit-logeren")
    place = before.municipalities[row.counts.index(1)].slug
    text = content.text(f"{HOME}/providers/delta-logeren.yaml").replace("Delta Logeren", "Epsilon")
    content.raw(f"{HOME}/providers/epsilon.yaml", text.replace("[zandhoek]", f"[{place}]"))

    assert coverage(book_of(content)).gaps == before.gaps - 1


def test_the_spreadsheet_has_the_same_numbers(sample: ContentFolder) -> None:
    """Each line is a block with a number for each municipality and for the region."""
    found = coverage(book_of(sample))
    lines = list(csv.reader(io.StringIO(as_csv(found).lstrip("\N{BYTE ORDER MARK}")), delimiter=";"))

    assert lines[0][2:-1] == [one.name for one in found.municipalities]
    assert [tuple(map(int, line[2:-1])) for line in lines[1:]] == [row.counts for row in found.rows]


def test_the_picture_tells_gaps_in_words(sample: ContentFolder) -> None:
    """The picture is whole XML with a title, a description, and for each cell its number or a word."""
    found = coverage(book_of(sample))
    root = ET.fromstring(as_svg(found, 'Dekking <in> de "regio"'))  # noqa: S314  (we made it ourselves)
    texts = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]
    words = {0: "geen", 1: "maar 1"}

    assert next(iter(root)).text == 'Dekking <in> de "regio"'
    for *_, number in cells(found):
        assert words.get(number, str(number)) in texts
    assert sum(one in words.values() for one in texts) == found.gaps


@pytest.mark.parametrize("number", [True, False])
def test_waiting_times_are_told_by_block(sample: ContentFolder, number: bool) -> None:  # noqa: FBT001  (pytest gives it)
    """Each question of the fast lane is told for each block that has offers: numbers in order, and how often yes."""
    rows = [one for one in waiting(book_of(sample)) if (one.question.kind == "number") is number and one.offers]

    assert rows
    for row in rows:
        assert list(row.numbers) == sorted(row.numbers)
        assert len(row.numbers) <= row.offers
        assert row.yes <= row.offers
    if number:
        assert any(
            row.middle is not None and row.numbers[0] <= row.middle <= row.numbers[-1] for row in rows if row.numbers
        )
