"""The web application: serves the guide, and holds the doors of providers and staff."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, Response

from provider_forms.public.guide import guide
from wmo_guide.guide.headers import HEADERS
from wmo_guide.publishing import ROOT


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. `config` goes over the defaults; `SITE_DIR` is the folder that the press writes to."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SITE_DIR=ROOT / "site",
        MAX_CONTENT_LENGTH=1024 * 1024,
        MAX_FORM_MEMORY_SIZE=512 * 1024,
        MAX_FORM_PARTS=1000,
    )
    app.config.from_prefixed_env("WMO")
    app.config.update(config or {})
    app.config["SITE_DIR"] = Path(app.config["SITE_DIR"]).resolve()
    app.register_blueprint(guide)
    app.after_request(_add_headers)
    return app


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    return response
