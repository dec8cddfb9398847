"""Renders the forms' pages: a template of templates/forms/ inside a frame made by the theme."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from flask import Response, current_app, g, request, url_for
from markupsafe import Markup

from provider_forms.web.assets import asset_url, style_links
from provider_forms.web.content import standards
from provider_forms.web.desk import now
from provider_forms.web.desk_menu import desk_menu, desk_region, on_desk
from provider_forms.web.shells import Door, shell
from provider_forms.web.way_back import UNDONE
from wmo_guide.domain.dutch import enumeration, euros, long_date
from wmo_guide.domain.region import Region
from wmo_guide.domain.values import dial
from wmo_guide.guide.icons import icon
from wmo_guide.guide.prose import prose
from wmo_guide.publication import ROOT

_HERE = ZoneInfo("Europe/Amsterdam")
_HEAD = Markup('<meta name="robots" content="noindex">')


def render(template: str, title: str, *, status: int = 200, **context: object) -> Response:
    """The page that templates/forms/<template>.html makes.

    Beside its context a template knows `title`, `visitor` (None when nobody is signed in) and `csrf_field`; the title
    of the window may be another than the page's heading: pass `window_title`. `g.look` names the region whose look a
    page has that belongs to no organisation.
    """
    given: dict[str, Any] = {"window_title": title, **context, "title": title}
    current_app.update_template_context(given)
    body = _environment().get_template(f"{template}.html").render(given)
    visitor = given["visitor"]
    organisation = visitor.organisation if visitor else None
    slug = organisation.region if organisation else g.get("look") or desk_region()
    region = _region(slug)
    frame = shell(slug if region else "", region, current_app.config["CACHE_DIR"], _door())
    window = str(context.get("window_title", title))
    html = frame.stamp(window, "", "", _HEAD + style_links(), body)
    return Response(html, status, mimetype="text/html")


def _door() -> Door:
    if on_desk():
        return "desk"
    return "report" if request.blueprint == "report" else "forms"


def wrong(title: str, number: int = 1) -> str:
    """The title of the window of a page with errors in it: a screen reader says it first."""
    count = "is 1 foutmelding" if number == 1 else f"zijn {number} foutmeldingen"
    return f"Het formulier is niet verzonden, er {count} \N{EN DASH} {title}"


def fingerprint(*shown: object) -> str:
    """A short name for what a form shows, for the macro `stand`: another one when anything in it is other."""
    told = json.dumps(shown, sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _moment(when: datetime) -> str:
    """A moment by the clock on the wall, e.g. 3 maart 2026 om 14.05 uur."""
    here = when.astimezone(_HERE)
    return f"{long_date(here.date())} om {here:%H.%M} uur"


def _undone() -> bool:
    return request.method == "GET" and UNDONE in request.args


def _region(slug: str) -> Region | None:
    """The region whose look the page has; none when its content can't be read just now."""
    if not slug:
        return None
    found = standards(slug, or_none=True)
    return found.region if found else None


@cache
def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ROOT / "templates" / "forms"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        cache_size=-1,
    )
    environment.filters.update(
        prose=prose,
        day=long_date,
        moment=_moment,
        euros=euros,
        dial=dial,
        together=lambda parts: enumeration(tuple(parts)),
    )
    environment.globals.update(
        asset_url=asset_url,
        desk_menu=desk_menu,
        on_desk=on_desk,
        fingerprint=fingerprint,
        icon=lambda name: Markup(icon(name)),  # noqa: S704  (the icon comes out of an installed package)
        now=now,
        organisation_id=lambda: g.get("organisation_id"),
        undone=_undone,
        url_for=url_for,
    )
    return environment
