"""A fingerprint of all code and templates that make pages."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

import wmo_guide

_PACKAGES = ("jinja2", "markupsafe", "babel", "markdown", "mkdocs-material", "pydantic")


def code_digest(root: Path) -> str:
    """Changes when a page could come out otherwise from the same content, because of our code or a library's version."""
    digest = hashlib.blake2b(digest_size=16)
    package = Path(wmo_guide.__file__).parent
    files = [*package.rglob("*.py"), *package.rglob("*.js"), *(root / "templates").rglob("*"), root / "mkdocs.yml"]
    for path in sorted(files):
        if path.is_file():
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    for name in _PACKAGES:
        digest.update(f"{name} {version(name)}".encode())
    return digest.hexdigest()
