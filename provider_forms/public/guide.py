"""Serves the built guide: whichever release is online at the moment of asking."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

from flask import Blueprint, Response, abort, current_app, request, send_file
from werkzeug.exceptions import NotFound
from werkzeug.security import safe_join

from wmo_guide.guide.headers import ASK_AGAIN, HASHED, KEEP_FOREVER

guide = Blueprint("guide", __name__)

_HASHED = re.compile(HASHED)
_TYPES = {".xml": "application/xml", ".json": "application/json", ".js": "text/javascript"}


@guide.get("/")
@guide.get("/<path:address>")
def page(address: str = "") -> Response:
    """A file of the release that is online. A folder without its last slash leads to the folder."""
    release = _online()
    place = safe_join(str(release), address)
    if place is None:
        abort(404)
    found = Path(place)
    try:
        if (found / "index.html").is_file():
            if address and not address.endswith("/"):
                return _with_slash()
            found /= "index.html"
        if not found.is_file():
            abort(404)
    except (OSError, ValueError):  # an address that no file system takes: too long, or with a NUL
        abort(404)
    return _send(found, address)


@guide.app_errorhandler(404)
def not_found(_error: NotFound) -> tuple[Response, int]:
    """The guide's own page for addresses that don't exist."""
    own = _online() / "404.html"
    if not own.is_file():
        return Response("Deze pagina is er niet.", mimetype="text/plain"), 404
    return Response(own.read_bytes(), mimetype="text/html"), 404


def _online() -> Path:
    """The folder of the release that is online; found anew each time, for a publish may have switched it."""
    site: Path = current_app.config["SITE_DIR"]
    return (site / "current").resolve()


def _with_slash() -> Response:
    query = request.query_string.decode("ascii", "ignore")
    # Built from the path alone, never from the Host header, and with a single slash: no way to another site.
    target = "/" + quote(request.path.strip("/")) + "/" + (f"?{query}" if query else "")
    return Response(status=308, headers={"Location": target})


def _send(found: Path, address: str) -> Response:
    answer = send_file(found, mimetype=_TYPES.get(found.suffix), conditional=True, etag=True)
    answer.headers["Cache-Control"] = KEEP_FOREVER if _HASHED.search(address) else ASK_AGAIN
    return answer
