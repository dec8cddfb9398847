"""Where the files that tell of offers stand: another place whenever those of before don't go with those of now.

A page that was opened yesterday then asks for files that are gone, and starts anew, where it would otherwise have taken
one provider for another.
"""

from __future__ import annotations

import hashlib

from wmo_guide.guide.book import Book
from wmo_guide.guide.search.facets import Facets


def folder_of(book: Book, facets: Facets) -> str:
    """The folder, below the region's search page, of a book with these filters. It depends on no provider.

    The day decides the keys of providers, the standards decide which numbers blocks, places and columns have.
    """
    columns = [facet.key for facet in facets.all]
    return short_digest(f"{book.day} {numbering_of(book)} {columns}".encode())


def numbering_of(book: Book) -> str:
    """Changes when blocks or places have other numbers: files with numbers of both go together when theirs is the same."""
    blocks = [block.slug for _, block in book.blocks()]
    places = [one.slug for one in book.municipalities]
    return short_digest(f"{blocks} {places}".encode())


def short_digest(data: bytes) -> str:
    """Eight characters that change when the data does."""
    return hashlib.blake2b(data, digest_size=4).hexdigest()
