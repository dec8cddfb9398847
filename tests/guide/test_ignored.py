"""Pages that are not made anew when a part of the standards changes show nothing of that part."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.builders import TODAY, ContentFolder
from tests.untouchable import Untouchable
from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.page import Page, PageKind
from wmo_guide.guide.printer import Printer
from wmo_guide.guide.staff_prose import article_html
from wmo_guide.publication import ROOT

LARGE = [kind for kind in PAGE_KINDS if kind.ignores]


def _told(catalogue: Catalogue, ignored: frozenset[str], kind: PageKind) -> list[tuple[Page, str]]:
    """All pages of a kind, with their bodies, where parts of the standards can't be looked at."""
    articles = article_html(catalogue.standards, None)
    hidden: dict[str, Any] = dict.fromkeys(ignored, Untouchable())
    book = Book(Catalogue(replace(catalogue.standards, **hidden), catalogue.providers), TODAY, Site())
    printer = Printer(book, ROOT / "templates" / "guide", articles)
    return [(replace(page, context=dict), printer.body(kind.name, page)) for page in kind.pages(book)]


@pytest.mark.parametrize("kind", LARGE, ids=lambda kind: kind.name)
def test_ignored_parts_are_not_looked_at(sample: ContentFolder, kind: PageKind) -> None:
    """Pages of a kind are made, to the letter the same, without the parts that the kind says it ignores."""
    catalogue = sample.catalogue()
    told = _told(catalogue, kind.ignores, kind)

    assert told
    assert told == _told(catalogue, frozenset(), kind)


def test_a_part_that_is_looked_at_is_found_out(sample: ContentFolder) -> None:
    """The guard of the test above fails a kind that ignores what its pages show."""
    kind = next(one for one in PAGE_KINDS if one.name == "municipality_block")
    with pytest.raises(AssertionError, match="ignored"):
        _told(sample.catalogue(), frozenset({"facilities"}), kind)
