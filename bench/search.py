"""Measures search: python -m bench.search [N ...] [--times K] [--material N].

For each number of offerings it makes a guide and has three searches index the same pages: the guide's own, Pagefind,
and Material's. A browser then asks each of them, at full speed and as a slow phone on a slow line. Prints tables in
Markdown, with the goals of the guide's own search beside them.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from bench.generate import generate, municipality_count
from bench.measure import run
from bench.run import MEMORY_DISK, ROOT, Workshop
from bench.search_columns import guide_column, material_column, pagefind_column
from bench.search_guide import Guide
from bench.search_pagefind import find_pagefind
from bench.search_phone import phone
from bench.search_table import print_table

OFFERINGS = (200, 2_000, 10_000, 40_000)
_PER_PROVIDER = 3.9
_MATERIAL_UP_TO = 2_000


def main() -> None:
    """Measures and prints."""
    options = _options()
    pagefind = None if options.only else find_pagefind()
    if not pagefind and not options.only:
        print(
            "PAGEFIND DOES NOT TAKE PART: it isn't there. Put it in a venv (pip install 'pagefind[bin]') and name its"
        )
        print("program: PAGEFIND=<venv>/lib/python3.11/site-packages/pagefind_bin/pagefind\n")
    for offerings in options.offerings:
        providers = round(offerings / _PER_PROVIDER)
        with tempfile.TemporaryDirectory(dir=MEMORY_DISK, prefix="wmo-bench-") as folder:
            home = Path(folder)
            shop = Workshop(providers, home, home / "site", options.times)
            shop.content.mkdir()
            generate(shop.content, providers, ROOT)
            run(shop.build)
            _measure(Guide(shop), pagefind, with_material=offerings <= options.material and not options.only)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("offerings", type=int, nargs="*", default=OFFERINGS, help="numbers of offerings")
    parser.add_argument("--times", type=int, default=3, help="cold visits of each kind; the median counts")
    parser.add_argument("--only", action="store_true", help="the guide's own search alone")
    parser.add_argument("--material", type=int, default=_MATERIAL_UP_TO, help="most offerings for Material's search")
    return parser.parse_args()


def _measure(guide: Guide, pagefind: Path | None, *, with_material: bool) -> None:
    shop = guide.shop
    with sync_playwright() as playwright, phone(playwright) as device:
        columns = [guide_column(guide, device)]
        if pagefind:
            columns.append(pagefind_column(guide, device, pagefind))
        if with_material:
            columns.append(material_column(guide, device))
        places = municipality_count(shop.providers)
        offerings = guide.indexes[0]["offerings"]
        print(f"\n## {offerings} offerings of {shop.providers} providers in {places} municipalities\n")
        print(f"{len(shop.pages())} pages; the slow phone is slowed by {device.means}.\n")
        print_table(columns)


if __name__ == "__main__":
    main()
