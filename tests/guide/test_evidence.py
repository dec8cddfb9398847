"""Under each page stand the sources of all that it tells, also of what it takes from elsewhere."""

from __future__ import annotations

from datetime import date

import pytest

from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.guide.printing import book_of
from wmo_guide.guide.kinds import PAGE_KINDS

KINDS = {kind.name: kind for kind in PAGE_KINDS}
REGION_FILE, MATRIX = f"{HOME}/region.yaml", f"{HOME}/matrix/2024.yaml"
OWN = "eigen-bron"


@pytest.fixture
def sourced(content: ContentFolder) -> ContentFolder:
    """Content with a source that nothing names yet."""
    content.put(REGION_FILE, ("sources", 2), {"key": OWN, "title": "Eigen bron", "date": "2025-01-01"})
    return content


def _sources(content: ContentFolder, kind: str, day: date = TODAY) -> dict[str, set[str]]:
    """Keys of the sources on each page of a kind, by the end of its address."""
    pages = KINDS[kind].pages(book_of(content, day=day))
    return {page.url.removeprefix(f"/{REGION}/").strip("/"): {one.key for one in page.sources} for page in pages}


@pytest.mark.parametrize("kind", ["block", "costs", "municipality", "municipality_block"])
def test_amount_has_its_source(kind: str, sourced: ContentFolder) -> None:
    """A page that tells what help costs names the source of that amount, and on another day not the one of another amount."""
    sourced.put(REGION_FILE, ("rates", 1, "sources"), [OWN])

    assert all(OWN in keys for keys in _sources(sourced, kind).values())
    if kind != "costs":  # which lists the amounts of all years
        assert all(OWN not in keys for keys in _sources(sourced, kind, date(2019, 6, 1)).values())


def test_rules_of_the_edition_have_their_source(sourced: ContentFolder) -> None:
    """The page of a block tells what the edition says of all blocks, and names the edition's sources."""
    sourced.put(MATRIX, ("sources",), [OWN])

    assert all(OWN in keys for keys in _sources(sourced, "block").values())


@pytest.mark.parametrize(
    ("kind", "showing"),
    [
        ("block", {"hulp/post-en-papieren"}),
        ("municipality", {"gemeenten/zandhoek"}),
        ("municipality_block", {"gemeenten/zandhoek/post-en-papieren"}),
        ("situation", {"situaties/stapel-post"}),
    ],
)
def test_provisions_have_their_source(kind: str, showing: set[str], sourced: ContentFolder) -> None:
    """The pages that show a provision name where it comes from, and no other pages do."""
    sourced.put(f"{HOME}/facilities.yaml", ("sources",), [OWN])
    sourced.drop(f"{HOME}/facilities.yaml", ("facilities", 1))

    assert {address for address, keys in _sources(sourced, kind).items() if OWN in keys} == showing


@pytest.mark.parametrize(("kind", "showing"), [("help_index", {"hulp"}), ("situation", {"situaties/stapel-post"})])
def test_blocks_in_a_list_have_their_source(kind: str, showing: set[str], sourced: ContentFolder) -> None:
    """A page with a list of blocks names where each of them comes from."""
    sourced.put(MATRIX, ("areas", 0, "blocks", 0, "sources"), [OWN])

    assert {address for address, keys in _sources(sourced, kind).items() if OWN in keys} == showing


def test_contacts_have_their_source(sourced: ContentFolder) -> None:
    """The page of a block in a municipality names where the contacts on it come from."""
    sourced.put(REGION_FILE, ("contacts", 0, "sources"), [OWN])

    pages = _sources(sourced, "municipality_block")

    assert {address.split("/")[1] for address, keys in pages.items() if OWN in keys} == {"zandhoek"}
