"""Makes the search files of a generated guide, changes one offer, and prints as JSON what that took.

In a process of its own: its memory is what is measured, and another start of Python has other hashes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import resource
import time
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from bench.generate import DAY
from wmo_guide.domain.catalogue import Catalogue
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.guide.changed_book import changed_book, touched
from wmo_guide.guide.search.finder import Finder
from wmo_guide.store.load import load


def main() -> None:
    """Measures once."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("cache", type=Path)
    options = parser.parse_args()
    book = Book(load(options.content, (), options.cache).catalogues[0], date.fromisoformat(DAY), Site())
    # What the guide's pages need as well: these tables are there before search begins.
    tables = (book.offers, book.by_provider, book.by_block, book.by_place, book.by_level)
    before = time.process_time()
    finder, files, seconds = _made(book, None)
    cpu = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    _made(book, options.cache)
    _, again, kept_seconds = _made(book, options.cache)
    told = {
        "offerings": len(tables[0]),
        "seconds": seconds,
        "cpu": cpu,
        "kept_seconds": kept_seconds,
        "kept_equal": files == again,
        "peak": peak,
        "digest": _digest(files),
        "files": len(files),
        "bytes": sum(map(len, files.values())),
        "change": _change(book, finder, files),
        "filters": _filters(book),
    }
    print(json.dumps(told))


def _made(book: Book, cache: Path | None) -> tuple[Finder, dict[str, bytes], float]:
    """All search files, made from nothing or with the words of providers that a build before kept; and the seconds."""
    begin = time.perf_counter()
    finder = Finder.of(book, cache)
    files = dict(finder.files())
    return finder, files, time.perf_counter() - begin


def _digest(files: Mapping[str, bytes]) -> str:
    told = hashlib.sha256()
    for path in sorted(files):
        told.update(f"{path}\0{len(files[path])}\0".encode() + files[path])
    return told.hexdigest()


def _change(book: Book, finder: Finder, files: dict[str, bytes]) -> dict[str, float | int | bool]:
    """Changes what one provider tells of one of its offers."""
    after = _with_another_offer(book.catalogue)
    slug = after.providers[0].slug
    changed = changed_book(book, after, frozenset({slug}))
    about = touched(book, changed, frozenset({slug}))
    begin = time.perf_counter()
    _, fresh, gone = finder.after(changed, about)
    seconds = time.perf_counter() - begin
    written = {path for path, data in fresh.items() if files.get(path) != data}
    anew = dict(Finder.of(changed).files())
    patched = {path: data for path, data in (files | fresh).items() if path not in gone}
    return {"seconds": seconds, "files": len(written) + len(gone), "equal": patched == anew}


def _with_another_offer(catalogue: Catalogue) -> Catalogue:
    provider = catalogue.providers[0]
    offering = provider.offerings[0]
    answers = {**offering.answers, "summary": "Wij leren u kantklossen en bijenhouden.", "waiting_weeks": 26}
    other = provider._replace(digest="another", offerings=(offering._replace(answers=answers), *provider.offerings[1:]))
    return replace(catalogue, providers=(other, *catalogue.providers[1:]))


def _filters(book: Book) -> dict[str, list[list[str]]]:
    """For each provider the municipalities and the blocks in which it helps: what a peer may filter on."""
    return {
        slug: [
            sorted({place for offer in offers for place in offer.municipalities}),
            sorted({offer.block.slug for offer in offers}),
        ]
        for slug, offers in book.by_provider.items()
    }


if __name__ == "__main__":
    main()
