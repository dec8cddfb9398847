"""Puts the application together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Flask, Response, request
from werkzeug.middleware.proxy_fix import ProxyFix

from provider_forms import cli, cli_backup, cli_upkeep, opening
from provider_forms.config import configure
from provider_forms.provider.views import BLUEPRINTS
from provider_forms.public import report, search_miss
from provider_forms.public.guide import guide
from provider_forms.staff import oidc
from provider_forms.staff.views import BLUEPRINTS as STAFF_BLUEPRINTS
from provider_forms.web import cookie, csrf, errors, session
from provider_forms.web.asset_files import assets
from wmo_guide.guide.headers import HEADERS

_PRIVATE = ("/aanbieder/", "/beheer/", "/melden/")


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application, as `provider_forms.create_app` tells it."""
    app = Flask("provider_forms", static_folder=None)
    configure(app.config, config or {})
    opening.init_app(app)
    for blueprint in (guide, report.door, search_miss.door, assets, *BLUEPRINTS, *STAFF_BLUEPRINTS):
        app.register_blueprint(blueprint)
    for part in (session, csrf, cookie, errors, oidc, cli, cli_backup, cli_upkeep):
        part.init_app(app)
    app.after_request(_add_headers)
    if app.config["PROXIES"]:
        hops = int(app.config["PROXIES"])
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops)  # type: ignore[method-assign]  # Flask's way
    return app


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if f"{request.path}/".startswith(_PRIVATE):
        response.headers["Cache-Control"] = "no-store"
    return response
