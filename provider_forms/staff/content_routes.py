"""Which articles there are, and which of them lead to another one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from flask import current_app

from provider_forms.desk.content_edit import Files, Spot, items, regions
from provider_forms.desk.content_kinds import KINDS, MARKDOWN, SHARED
from provider_forms.desk.content_links import Place, Site, links_to


def site_of(files: Files, own: str) -> Site:
    """What the links of an article, by its path, can lead to."""
    coming = [place_of(files, path) for _, _, path in _articles(files)]
    changing = [
        place_of(files, path) for path, text in files.queued.items() if path.endswith(".md") and text is not None
    ]
    return Site(current_app.config["SITE_DIR"], coming, changing, place_of(files, own))


def place_of(files: Files, path: str) -> Place:
    """The article in a file: in one region, or in all that have none of that name of their own."""
    first, region, *rest = path.split("/")
    if first != "shared":
        return Place(path, (region,))
    own = "/".join((region, *rest))
    every = [one for one in regions(files.content) if one != SHARED]
    return Place(path, tuple(one for one in every if not _is_there(files, f"regions/{one}/{own}")))


def leading_to(files: Files, path: str, under: str) -> Iterator[tuple[Spot, str]]:
    """The articles with a link to the one in this file, under that page; none when a shared one takes its place."""
    gone = replace(place_of(files, path), under=under)
    if path.startswith("regions/") and _is_there(files, f"shared/{path.split('/', 2)[2]}"):
        return
    for spot, ref, other in _articles(files):
        if other != path and links_to(str(items(files, spot)[ref][MARKDOWN]), gone):
            yield spot, ref


def _articles(files: Files) -> Iterator[tuple[Spot, str, str]]:
    """All articles: kind and region, name, and path."""
    for kind in (one for one in KINDS.values() if one.is_article):
        for region in regions(files.content):
            if region == SHARED and not kind.shared:
                continue
            spot = Spot(kind, region)
            for ref in files.articles(spot.path("x").rpartition("/")[0]):
                yield spot, ref, spot.path(ref)


def _is_there(files: Files, path: str) -> bool:
    return files.queued[path] is not None if path in files.queued else (files.content / path).is_file()
