"""The press's door: content/ + templates/ -> site/.

    python build.py [--region R]... [--content DIR] [--site DIR] [--date YYYY-MM-DD]

Prints the whole site into a new release and switches site/current to it. When anything is wrong it tells every problem
with file and line, leaves the old site as it was, and ends with exit code 1.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from wmo_guide.domain.clock import day_at, parse_date
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.guide.addresses import Site
from wmo_guide.publication import Publication
from wmo_guide.unchanged import note, stamps_of, unchanged


def main(arguments: Sequence[str] | None = None) -> int:
    """Builds the site and returns the exit code."""
    begin = time.perf_counter()
    order = _publication(arguments)
    stamps = stamps_of(order)
    if found := unchanged(order, stamps):
        _tell_end(begin, found.release, found.pages, 0)
        return 0
    from wmo_guide.publishing import RefusedError, publish  # noqa: PLC0415  (the press takes as long as all before it)

    try:
        result = publish(order)
    except RefusedError as error:
        sys.stderr.write("".join(f"{problem}\n" for problem in error.problems))
        sys.stderr.write(
            f"Aantal problemen: {len(error.problems)}. Er is niets gepubliceerd; wat er stond, staat er nog.\n"
        )
        return 1
    note(order, stamps, result.release)
    _tell_end(begin, result.release, result.pages, result.made)
    return 0


def _publication(arguments: Sequence[str] | None) -> Publication:
    standard = Publication()
    parser = argparse.ArgumentParser(description="Bouwt de gids uit content/ en zet hem in site/current.")
    parser.add_argument("--region", action="append", default=[], help="alleen deze regio; mag vaker")
    parser.add_argument("--content", type=Path, default=standard.content, help="map met de inhoud")
    parser.add_argument("--site", type=Path, default=standard.site_dir, help="map voor de gebouwde site")
    parser.add_argument(
        "--cache", type=Path, default=standard.cache_dir, help="map voor wat tussen twee keer bouwen blijft"
    )
    parser.add_argument(
        "--date",
        type=_day,
        help="dag van de gids, zoals 2026-11-22; anders die van SOURCE_DATE_EPOCH, of anders vandaag",
    )
    parser.add_argument(
        "--root", type=_root, default=Site.root, help="pad waaronder de site komt te staan, met / aan beide kanten"
    )
    parser.add_argument("--url", type=_url, default=Site.url, help="adres van de site, zonder / aan het eind")
    chosen = parser.parse_args(arguments)
    if chosen.date is None:
        try:
            chosen.date = _day_of_sources() or standard.day
        except argparse.ArgumentTypeError as error:
            parser.error(str(error))
    return Publication(
        content=chosen.content,
        site_dir=chosen.site,
        cache_dir=chosen.cache,
        regions=tuple(chosen.region),
        day=chosen.date,
        site=Site(chosen.root, chosen.url),
        tell=_tell,
    )


def _day_of_sources() -> date | None:
    """The day of SOURCE_DATE_EPOCH, by which whoever builds again gets the same bytes: reproducible-builds.org."""
    seconds = os.environ.get("SOURCE_DATE_EPOCH")
    if not seconds:
        return None
    try:
        return day_at(datetime.fromtimestamp(int(seconds), UTC))
    except (ValueError, OverflowError, OSError) as error:
        message = f"SOURCE_DATE_EPOCH is {seconds}. Geef het aantal seconden sinds 1 januari 1970, of geef --date."
        raise argparse.ArgumentTypeError(message) from error


def _day(text: str) -> date:
    try:
        return parse_date(text)
    except InvalidValueError as error:
        raise argparse.ArgumentTypeError(error.message) from error


def _root(text: str) -> str:
    if not re.fullmatch(r"/(?:[A-Za-z0-9._~-]+/)*", text):
        raise argparse.ArgumentTypeError("Schrijf een pad met een / aan beide kanten, zoals /gids/.")
    return text


def _url(text: str) -> str:
    if not re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?", text):
        raise argparse.ArgumentTypeError("Schrijf een adres zonder / aan het eind, zoals https://gids.voorbeeld.nl.")
    return text


def _tell_end(begin: float, release: str, pages: int, made: int) -> None:
    seconds = time.perf_counter() - begin
    _tell(f"Klaar in {seconds:.1f} s: {pages} pagina's, {made} nieuw gemaakt. Release {release}.")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
