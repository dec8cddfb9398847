"""The page of the guide that a file of the content is about, as far as it is online."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask import current_app

from wmo_guide.guide.addresses import Addresses, Site

_PAGES: Mapping[str, Callable[[Addresses, str], str]] = {
    "providers": Addresses.provider,
    "news": Addresses.news,
    "factsheets": Addresses.factsheet,
}
"""The folders whose files have a page each, which can be told from their name."""
_DEPTH = 4


def page_online(path: str) -> str | None:
    """The address of the page of a file below content/; None when it has none, or when that isn't online."""
    parts = path.rpartition(".")[0].split("/")
    if len(parts) != _DEPTH or parts[0] != "regions" or parts[2] not in _PAGES:
        return None
    address = _PAGES[parts[2]](Addresses(Site(), parts[1]), parts[3])
    there = current_app.config["SITE_DIR"] / "current" / address.strip("/") / "index.html"
    return address if there.is_file() else None
