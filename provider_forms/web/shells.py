"""The frames of the forms: header and footer by the theme, as around the guide's pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Literal

from provider_forms.web.assets import ASSETS_ROOT
from wmo_guide.domain.region import Region
from wmo_guide.guide.frame import Frame, MenuItem
from wmo_guide.guide.frames import SITE_NAME
from wmo_guide.guide.shells import Shell, ShellSet, make_shells
from wmo_guide.publication import ROOT

Door = Literal["forms", "desk", "report"]
"""Who comes in: a provider, staff, or a reader of the guide who reports something."""
_TO_THE_GUIDE = MenuItem("Naar de gids", "/", "")
_MENUS: Mapping[Door, tuple[MenuItem, ...]] = {
    "forms": (MenuItem("Voor aanbieders", "/aanbieder/", "forms"), _TO_THE_GUIDE),
    "desk": (MenuItem("Beheer", "/beheer/", "forms"), _TO_THE_GUIDE),
    "report": (_TO_THE_GUIDE,),
}
_NAMES: Mapping[Door, str] = {"forms": "voor aanbieders", "desk": "beheer", "report": "meldingen"}
_LOCK = Lock()


def shell(slug: str, region: Region | None, cache_dir: Path, door: Door) -> Shell:
    """The frame in the look of a region, or without a region, for who comes in by a door."""
    frame = _frame(slug, region, door)
    return _shells(frame, cache_dir).shells[frame.key]


def theme_assets() -> Mapping[str, bytes]:
    """The theme's files that frames refer to, of the frames made so far."""
    return _MADE


_MADE: dict[str, bytes] = {}


@cache
def _shells(frame: Frame, cache_dir: Path) -> ShellSet:
    with _LOCK:  # MkDocs, which makes them when the cache is cold, is not for use by two threads at once
        made = make_shells([frame], ROOT / "mkdocs.yml", cache_dir / frame.key)
    _MADE.update({path.removeprefix("/"): content for path, content in made.assets.items()})
    return made


def _frame(slug: str, region: Region | None, door: Door) -> Frame:
    return Frame(
        key=f"{door}-{slug}" if region else door,
        depth=1,
        section="forms",
        site_name=SITE_NAME,
        home_url=f"/{slug}/" if region else "/",
        region_name=region.name if region else None,
        menu=_MENUS[door],
        footer=(),
        footer_note=f"Deze gids is van {region.publisher.name}." if region else f"Wmo-gids: {_NAMES[door]}.",
        search_url=None,
        region_css=f"/assets/regio-{slug}.css" if region and region.theme else None,
        feed_url=None,
        root=ASSETS_ROOT,
        skip_to="pagina",  # past the menu of the account, which stands on every page too
    )
