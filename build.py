"""The press's door: content/ + templates/ -> site/.

    python build.py [--region R]... [--content DIR] [--site DIR] [--date YYYY-MM-DD]

Prints the whole site into a new release and switches site/current to it. When anything is wrong it tells every problem
with file and line, leaves the old site as it was, and ends with exit code 1.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from wmo_guide.guide.addresses import Site
from wmo_guide.guide.icons import is_icon
from wmo_guide.guide.press import GateError, Order, print_site
from wmo_guide.store.load import load

ROOT = Path(__file__).resolve().parent


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds the site and returns the exit code."""
    options = _options(arguments)
    begin = time.perf_counter()
    _tell(f"Inhoud lezen uit {options.content}")
    loaded = load(options.content, options.region, options.cache, is_icon)
    if loaded.problems:
        return _refuse([f"{options.content}/{problem}" for problem in loaded.problems])
    site = Site(options.root, options.url)
    order = Order(loaded.catalogues, options.site, ROOT, options.cache, options.date, site, _tell)
    try:
        result = print_site(order)
    except GateError as error:
        return _refuse(error.problems)
    seconds = time.perf_counter() - begin
    _tell(f"Klaar in {seconds:.1f} s: {result.pages} bladzijden, {result.made} nieuw gemaakt. Release {result.release}.")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Bouwt de gids uit content/ en zet hem in site/current.")
    parser.add_argument("--region", action="append", default=[], help="alleen deze regio; mag vaker")
    parser.add_argument("--content", type=Path, default=ROOT / "content", help="map met de inhoud")
    parser.add_argument("--site", type=Path, default=ROOT / "site", help="map voor de gebouwde site")
    parser.add_argument("--cache", type=Path, default=ROOT / "var" / "cache", help="map voor wat bewaard blijft tussen twee keer bouwen")
    parser.add_argument("--date", type=date.fromisoformat, default=datetime.now(UTC).date(), help="dag van de gids, zoals 2026-11-22")
    parser.add_argument("--root", default=Site.root, help="pad waaronder de site komt te staan, met / aan beide kanten")
    parser.add_argument("--url", default=Site.url, help="adres van de site, zonder / aan het eind")
    return parser.parse_args(arguments)


def _refuse(problems: Sequence[str]) -> int:
    for problem in problems:
        sys.stderr.write(f"{problem}\n")
    sys.stderr.write(f"{len(problems)} problemen. Er is niets gepubliceerd; de oude gids staat er nog.\n")
    return 1


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
