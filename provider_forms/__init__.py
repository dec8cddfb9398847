"""The web application: serves the guide, and holds the doors of providers and staff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flask import Flask


def create_app(config: Mapping[str, Any] | None = None) -> Flask:
    """The application. `config` goes over the environment (WMO_...), which goes over the defaults of config.py."""
    # The press is a process of its own in this package, and starts in a third less time without the application.
    from provider_forms import application  # noqa: PLC0415  (as above)

    return application.create_app(config)
