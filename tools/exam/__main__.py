"""`make exam`: the search exam, for the guide's search and beside it for Material's own on the same pages.

The content that comes with the project is built into a folder that is thrown away, or a built site is named.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tools.browser import launch
from tools.exam.guide_search import ask_guide
from tools.exam.marking import Answer, Tally, by_class, tally, without_unknown_items
from tools.exam.questions import EXAM, Query, read_exam
from tools.material_search import build_material
from tools.serving import served, serving_files
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish

_HEAD = """
|                |        | the guide |         |         | Material |         |         |
| class          | number |     first | top 3   | nothing |    first | top 3   | nothing |
| -------------- | -----: | --------: | ------: | ------: | -------: | ------: | ------: |"""


def main() -> int:
    """Holds the exam and prints how it went."""
    options = _options()
    queries = read_exam(options.exam)
    region = options.region or _region_of(queries)
    with tempfile.TemporaryDirectory(prefix="wmo-exam-") as folder, sync_playwright() as playwright:
        site = options.site or _build(Path(folder) / "site")
        browser = launch(playwright)
        ours = _ask_guide(browser, site, region, queries)
        peer = _ask_material(browser, site, region, queries, Path(folder) / "material")
        browser.close()
    sys.stdout.write(f"{len(queries)} questions from {options.exam.name}; right means: a page that helps.\n")
    _print_table(ours, peer)
    if options.verbose:
        _print_misses(ours, peer)
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tools.exam", description="The search exam.")
    parser.add_argument("--exam", type=Path, default=EXAM, help="another exam")
    parser.add_argument("--site", type=Path, help="a folder with a built site, as build.py makes; else it is built")
    parser.add_argument("--region", help="whose search; else the one that the right pages are of")
    parser.add_argument("-v", "--verbose", action="store_true", help="also print each miss, with what came instead")
    return parser.parse_args()


def _region_of(queries: Sequence[Query]) -> str:
    """The region of which most right pages are."""
    regions = Counter(address.split("/")[1] for query in queries for address in query.right)
    return regions.most_common(1)[0][0]


def _build(site: Path) -> Path:
    publish(Publication(site_dir=site, cache_dir=site.parent / "cache"))
    return site


def _ask_guide(browser: Browser, site: Path, region: str, queries: Sequence[Query]) -> list[Answer]:
    with served(site) as base, _page(browser) as page:
        return list(ask_guide(page, f"{base}/{region}/zoeken/", queries))


def _ask_material(browser: Browser, site: Path, region: str, queries: Sequence[Query], folder: Path) -> list[Answer]:
    folder.mkdir()
    peer = build_material((site / "current").resolve(), region, folder)
    fair = without_unknown_items(queries, peer.locations.__contains__)
    with serving_files(peer.folder) as base, _page(browser) as page:
        found = peer.ask(page, base, [query.ask for query in fair])
    return [Answer(query, tuple(map(tuple, results))) for query, results in zip(fair, found, strict=True)]


@contextmanager
def _page(browser: Browser) -> Iterator[Page]:
    """A fresh page of a browser that remembers nothing."""
    context = browser.new_context(locale="nl-NL")
    yield context.new_page()
    context.close()


def _print_table(ours: Sequence[Answer], peer: Sequence[Answer]) -> None:
    theirs = by_class(peer)
    rows = [(kind, one, theirs[kind]) for kind, one in by_class(ours).items()]
    sys.stdout.write(f"{_HEAD}\n")
    for kind, one, other in (*rows, ("all", tally(ours), tally(peer))):
        sys.stdout.write(f"| {kind:14} | {one.number:6} | {_cells(one)} | {_cells(other)} |\n")


def _cells(one: Tally) -> str:
    return f"{one.first:9} | {one.top:4} {one.share:4.0%} | {one.empty:7}"


def _print_misses(ours: Sequence[Answer], peer: Sequence[Answer]) -> None:
    sys.stdout.write("\nMissed by the guide (what came instead; M: Material had it):\n")
    for one, other in zip(ours, peer, strict=True):
        if not one.in_top:
            came = ", ".join(result[0] for result in one.first) or "nothing"
            place = f" (right one in place {one.place})" if one.place else ""
            sys.stdout.write(f"{'M' if other.in_top else ' '} {one.query.kind:10} {one.query.ask!r}: {came}{place}\n")


if __name__ == "__main__":
    sys.exit(main())
