"""Takes the two pictures of the guide that the README shows: `python -m tools.screenshots`.

The shipped content is built into a folder that is thrown away, served on a free port, and looked at in Chromium.
"""

from __future__ import annotations

import io
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from tools.browser import launch
from tools.serving import served
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import publish
from wmo_guide.store.load import load

FOLDER = ROOT / "docs" / "images"
_COLOURS = 128
"""Enough for a calm page; keeps each picture far under 150 kB."""


@dataclass(frozen=True)
class Shot:
    """One picture: of which address, in a window of which size."""

    name: str
    address: str
    width: int
    height: int
    scale: float = 1


def main() -> int:
    """Builds, serves and takes the pictures."""
    loaded = load(ROOT / "content")
    if loaded.problems:
        sys.stderr.write("".join(f"{problem}\n" for problem in loaded.problems))
        return 1
    # The pictures show the region with most to show, on the day of its last change, so they don't change by the day.
    region = max(loaded.catalogues, key=lambda one: len(one.providers))
    day = region.standards.region.updated
    with tempfile.TemporaryDirectory(prefix="wmo-pictures-") as folder:
        site = Path(folder)
        publish(Publication(site_dir=site, cache_dir=None, day=day))
        with served(site) as url, sync_playwright() as playwright:
            browser = launch(playwright)
            for shot in shots(Book(region, day, Site())):
                _take(browser, url, shot)
            browser.close()
    return 0


def shots(book: Book) -> tuple[Shot, ...]:
    """The home page on a phone, and the first building block on a desktop."""
    _, block = next(iter(book.blocks()))
    return (
        Shot("home-phone.png", book.to.home, 390, 844, scale=1.5),
        Shot("block-desktop.png", book.to.block(block.slug), 1280, 1100),
    )


def _take(browser: Browser, url: str, shot: Shot) -> None:
    size = ViewportSize(width=shot.width, height=shot.height)
    page = browser.new_page(viewport=size, device_scale_factor=shot.scale, locale="nl-NL", color_scheme="light")
    page.goto(url + shot.address)
    picture = Image.open(io.BytesIO(page.screenshot()))
    page.close()
    FOLDER.mkdir(parents=True, exist_ok=True)
    path = FOLDER / shot.name
    picture.convert("RGB").quantize(_COLOURS).save(path, optimize=True)
    sys.stdout.write(f"{path.relative_to(ROOT)}: {path.stat().st_size // 1000} kB\n")


if __name__ == "__main__":
    sys.exit(main())
