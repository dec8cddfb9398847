"""The menu of the staff desk. Each place in it is shown once the application has it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import current_app, g, request
from werkzeug.exceptions import HTTPException

from provider_forms.web.desk import desk

DESK = "/beheer/"
"""Path of the staff desk, whose pages are no organisation's."""
_PLACES = (
    ("Begin", DESK),
    ("Overzicht", f"{DESK}overzicht/"),
    ("Wachtrij", f"{DESK}wachtrij/"),
    ("Meldingen", f"{DESK}meldingen/"),
    ("Inhoud", f"{DESK}inhoud/"),
    ("Mensen", f"{DESK}mensen/"),
    ("Publicaties", f"{DESK}publicaties/"),
    ("Medewerkers", f"{DESK}medewerkers/"),
    ("Logboek", f"{DESK}logboek/"),
    ("Gegevens", f"{DESK}gegevens/"),
    ("Uw account", f"{DESK}account/"),
)
_ADMINISTRATORS = (f"{DESK}medewerkers/", f"{DESK}logboek/", f"{DESK}gegevens/")


@dataclass(frozen=True)
class Place:
    """A place in the menu."""

    label: str
    url: str
    here: bool


def on_desk() -> bool:
    """Whether the request is for a page of the staff desk."""
    return f"{request.path}/".startswith(DESK)


def desk_menu() -> tuple[Place, ...]:
    """The menu, with where the reader is. Nothing for who can't come anywhere before the second factor is given."""
    if g.get("half_way"):
        return ()
    return tuple(Place(label, url, here=_is_here(url)) for label, url in _PLACES if _may_see(url) and _exists(url))


def desk_region() -> str:
    """The region whose look the desk has: the only one; empty when there are more, or on another page."""
    found = list(regions()) if on_desk() else []
    return found[0] if len(found) == 1 else ""


def regions() -> Iterator[str]:
    """The slugs of the regions in the content folder."""
    return (path.parent.name for path in sorted(desk().content.glob("regions/*/region.yaml")))


def _is_here(url: str) -> bool:
    path = f"{request.path.rstrip('/')}/"
    return path == url or (url != DESK and path.startswith(url))


def _may_see(url: str) -> bool:
    staff = g.get("staff")
    return url not in _ADMINISTRATORS or bool(staff and staff.is_administrator)


def _exists(url: str) -> bool:
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and adapter.match(url, method="GET")[0].startswith("staff.")
    except HTTPException:
        return False
