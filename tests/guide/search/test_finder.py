"""All search files of a region."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

from tests.builders import REGION, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.guide.book import Book
from wmo_guide.guide.search import lists
from wmo_guide.guide.search.facets import PLACES, Facets
from wmo_guide.guide.search.finder import Finder
from wmo_guide.guide.search.terms import IN_NAME, IN_TEXT
from wmo_guide.guide.search.topics import KINDS, Topics
from wmo_guide.guide.search.words import stem, words_of


@pytest.fixture
def book(sample: ContentFolder) -> Book:
    """The sample's guide."""
    return book_of(sample)


@pytest.fixture
def files(book: Book) -> dict[str, Any]:
    """The sample's search files."""
    return _files(book)


def _files(book: Book) -> dict[str, Any]:
    """Search files, those that tell of offers by their path in their folder."""
    finder = Finder.of(book)
    return {path.removeprefix(f"{finder.folder}/"): json.loads(data) for path, data in finder.files()}


def test_every_page_can_be_found(book: Book, files: dict[str, Any]) -> None:
    """Blocks, situations, provisions, factsheets, pages, municipalities, questions, words and news that appeared."""
    standards = book.standards
    told = files["onderwerpen.json"]
    found = {book.to.home + _address(row, told) for row in told["topics"]}

    assert {book.to.block(block.slug) for _, block in book.blocks()} <= found
    assert {book.to.situation(one.slug) for one in standards.situations} <= found
    assert {book.to.facility(one.slug) for one in standards.facilities.facilities} <= found
    assert {book.to.factsheet(one.slug) for one in standards.factsheets} <= found
    assert {book.to.municipality(one.slug) for one in book.region.municipalities} <= found
    assert {book.to.term(one.slug) for one in standards.terms} <= found
    assert {book.to.news(one.slug) for one in book.news} <= found
    assert len(files[told["texts"]]) == len(told["topics"])


def _address(row: list[Any] | int, told: dict[str, Any]) -> str:
    """Where a topic leads, as the page works it out."""
    if isinstance(row, list) and row[1]:
        return str(row[1])
    place = told["places"][row if isinstance(row, int) else row[5][0]]
    return f"gemeenten/{'-'.join(words_of(place)) if isinstance(place, str) else place[0]}/"


def test_topics_depend_on_no_provider(book: Book, content: ContentFolder) -> None:
    """The file that is fetched first stays the same when providers come and go."""
    content.remove(f"regions/{REGION}/providers/alfa-thuis.yaml")

    assert Topics.of(book_of(content)).dumped() == Topics.of(book).dumped()


def test_cards_tell_who_providers_are(book: Book, files: dict[str, Any]) -> None:
    """Each provider that is shown has one card, in the file that its key leads to; keys ascend in the order of the day."""
    shift = files["aanbod.json"]["shift"]
    cards = [card for path, some in files.items() if path.startswith("k/") for card in some]

    assert [card[1:] for card in sorted(cards)] == [[one.slug, one.name, one.text("summary")] for one in book.providers]
    assert all(card in files[f"k/{card[0] >> shift}.json"] for card in cards)


def test_lists_tell_who_offers_a_block(book: Book, files: dict[str, Any]) -> None:
    """The list of a block has its providers in the order of the day, with what each filter can ask."""
    keys = Finder.of(book).keys
    facets = Facets.of(book)
    for block, offers in book.by_block.items():
        told = files[f"b/{block}.json"]
        assert list(accumulate(told["keys"])) == [keys[offer.provider.slug] for offer in offers]
        assert told["n"] == len(offers)
        for facet, (values, rows) in zip(facets.all, told["facets"], strict=True):
            had = [values[row].split() for row in rows]
            assert had == [list(facets.values(offer)[facets.all.index(facet)]) for offer in offers]


def test_a_large_block_has_a_list_per_municipality(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    """With many offers the block's own file only has the first providers, and others have its offers by municipality."""
    monkeypatch.setattr(lists, "MOST_ROWS", 1)
    files = _files(book)
    block, offers = next((block, offers) for block, offers in book.by_block.items() if len(offers) > 1)
    index = [one.slug for _, one in book.blocks()].index(block)
    places = [book.municipalities[place].slug for place in files["aanbod.json"]["large"][str(index)]]

    assert files[f"b/{block}.json"]["keys"] == []
    assert files[f"b/{block}.json"]["n"] == len(offers) == len(files[f"b/{block}/_alle.json"]["keys"])
    assert {path.split("/")[2] for path in files if path.startswith(f"b/{block}/")} == {
        "_alle.json",
        *(f"{place}.json" for place in places),
    }
    for place in places:
        assert len(files[f"b/{block}/{place}.json"]["keys"]) == len(book.by_place[f"{place}/{block}"])


def test_filters_are_the_questions_that_say_so(book: Book) -> None:
    """Every public question with `facet` gives a group of filters; where an offer is comes first."""
    asked = {
        question.key
        for area, block in book.blocks()
        for question in book.standards.questions_for(area, block)
        if question.facet
    }
    of_locations = {question.key for question in book.standards.location_questions if question.facet}

    assert Facets.of(book).all[0].key == PLACES
    assert {facet.key for facet in Facets.of(book).all} == asked | of_locations


def test_a_new_question_becomes_a_filter_by_content_alone(content: ContentFolder) -> None:
    """A question with `facet: true` added to the YAML is a group of filters, with what providers answered."""
    questions = content.tree("questions/offering.yaml")
    questions["questions"].append({"key": "garden", "kind": "yes_no", "label": "Is er een tuin?", "facet": "true"})
    content.write("questions/offering.yaml", questions)
    file = f"regions/{REGION}/providers/alfa-thuis.yaml"
    provider = content.tree(file)
    provider["offerings"][0]["answers"]["garden"] = "yes"
    content.write(file, provider)
    book = book_of(content)
    facets = Facets.of(book)
    place = [facet.key for facet in facets.all].index("garden")

    assert [choice.value for choice in facets.all[place].choices] == ["yes"]
    with_garden = [offer.provider.slug for offer in book.offers if facets.values(offer)[place] == ("yes",)]
    assert with_garden == ["alfa-thuis"]


def test_names_and_rare_words_lead_to_providers(book: Book) -> None:
    """A provider is found by the words of its name, pairs of them as one word, and words that no topic has."""
    finder = Finder.of(book)
    key = finder.keys["alfa-thuis"]
    signed = {word: {one >> 2: one & 3 for one in found} for word, found in finder.shards.postings.items()}

    assert signed[stem("alfa")][key] == IN_NAME
    assert signed[stem("alfathuis")][key] == IN_NAME
    for word, found in signed.items():
        assert word not in finder.topics.stems or IN_TEXT not in found.values()


def test_words_are_remembered(book: Book, tmp_path: Path) -> None:
    """With a folder the second time gives the same files; one that is damaged or of other words is not relied on."""
    fresh = dict(Finder.of(book).files())
    assert dict(Finder.of(book, tmp_path).files()) == fresh
    assert dict(Finder.of(book, tmp_path).files()) == fresh
    path = tmp_path / f"words-{REGION}.json"
    kept = path.read_text(encoding="utf-8")
    for damage in (kept[: len(kept) // 2], "[]", kept.replace('"basis":"', '"basis":"x').replace("alfa", "gamma")):
        path.write_text(damage, encoding="utf-8")
        assert dict(Finder.of(book, tmp_path).files()) == fresh


def test_remembered_words_are_used(book: Book, tmp_path: Path) -> None:
    """What stands in the folder is not read again: a word put there is found."""
    dict(Finder.of(book, tmp_path).files())
    path = tmp_path / f"words-{REGION}.json"
    path.write_text(path.read_text(encoding="utf-8").replace("alfathuis", "verzonnen"), encoding="utf-8")

    assert "verzonnen" in Finder.of(book, tmp_path).shards.postings


def test_kinds_are_told_apart() -> None:
    """Each kind of result has a name of its own in addresses and on the page."""
    assert len({key for key, _ in KINDS}) == len({label for _, label in KINDS}) == len(KINDS)
