"""How far the time of a file can be trusted."""

from __future__ import annotations

RACY_NS = 50_000_000
"""A file touched this shortly before it was looked at may change again within the same tick of the file system's clock."""
