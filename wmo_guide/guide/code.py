"""A fingerprint of all code and templates that make pages."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import wmo_guide

_PACKAGES = ("snowballstemmer", "jinja2", "markupsafe", "babel", "markdown", "mkdocs-material", "pydantic", "typst")


def code_digest(root: Path) -> str:
    """Changes when a page could come out otherwise from the same content.

    By our templates as they are now, or by our code and the libraries as this process has them in memory.
    """
    digest = hashlib.blake2b(running_code().encode(), digest_size=16)
    for path in sorted([*(root / "templates").rglob("*"), root / "mkdocs.yml"]):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


@cache
def running_code() -> str:
    """A fingerprint of our code and of the libraries as this process has them in memory."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(wmo_guide.__file__).parent
    for path in sorted([*package.rglob("*.py"), *package.rglob("*.js")]):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
