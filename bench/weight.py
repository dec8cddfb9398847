"""How heavy pages are for a phone: bytes after gzip, and all that a first view fetches."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

_ASSET = re.compile(r'<(?:link rel="stylesheet" href|script[^>]* src)="(/[^"]+)"')
_KINDS = {
    "provider": "aanbieders/*/index.html",
    "block": "hulp/*/index.html",
    "block in a municipality": "gemeenten/*/*/index.html",
    "municipality": "gemeenten/*/index.html",
    "A to Z": "a-z/index.html",
    "letter of A to Z": "a-z/*/index.html",
    "all providers": "aanbieders/index.html",
    "search: topics": "zoeken/onderwerpen.json",
}


class Weight(NamedTuple):
    """Bytes after gzip of the pages of one kind."""

    kind: str
    number: int
    median: int
    largest: int
    first_view: int
    """The median page with its style sheets and scripts."""


def weights(site: Path, region: str) -> Iterator[Weight]:
    """The weight of each kind of page in a site."""
    for kind, pattern in _KINDS.items():
        pages = sorted((site / region).glob(pattern))
        sizes = sorted(_gzipped(page) for page in pages)
        if sizes:
            median = sizes[len(sizes) // 2]
            yield Weight(kind, len(sizes), median, sizes[-1], median + _assets(site, pages[0]))


def _assets(site: Path, page: Path) -> int:
    return sum(_gzipped(site / path.lstrip("/")) for path in set(_ASSET.findall(page.read_text(encoding="utf-8"))))


def _gzipped(path: Path) -> int:
    return len(gzip.compress(path.read_bytes(), 6))
