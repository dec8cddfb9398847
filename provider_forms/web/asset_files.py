"""Serves style sheets and scripts of the forms."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, abort

from provider_forms.web.assets import ASSETS_ROOT, own_assets
from provider_forms.web.shells import theme_assets
from wmo_guide.guide.headers import KEEP_FOREVER

assets = Blueprint("assets", __name__, url_prefix=ASSETS_ROOT.rstrip("/"))
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


@assets.get("/<path:name>")
def file(name: str) -> Response:
    """One of the files, by its name with hash."""
    content = own_assets().get(name) or theme_assets().get(name)
    if content is None:
        abort(404)
    answer = Response(content, mimetype=_TYPES.get(Path(name).suffix, "application/octet-stream"))
    answer.headers["Cache-Control"] = KEEP_FOREVER
    return answer
