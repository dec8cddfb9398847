"""Where somebody goes on whose post came to nothing: a page that exists, and that tells that nothing was done yet."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import current_app, request, url_for
from werkzeug.exceptions import HTTPException

UNDONE = "nog-niet"
"""Argument of an address whose page tells that what its reader did is not done yet."""
_PAGES: dict[str, str] = {}


def leads_back(action: str, page: str) -> None:
    """Names the page of an action that has none of its own; both are endpoints."""
    _PAGES[action] = page


def page_of_request() -> str | None:
    """The address of the page that the request belongs to; None when there is none."""
    page = _PAGES.get(request.endpoint or "")
    if page is not None:
        return url_for(page)
    return request.full_path.removesuffix("?") if _has_page() else None


def undone(address: str) -> str:
    """The address, of a page that tells that what its reader did is not done yet."""
    return f"{address}{'&' if '?' in address else '?'}{urlencode({UNDONE: 'ja'})}"


def _has_page() -> bool:
    """Whether the address that was posted to can also be asked for."""
    adapter = current_app.create_url_adapter(request)
    try:
        return adapter is not None and not adapter.match(request.path, method="GET")[0].startswith("guide.")
    except HTTPException:
        return False
