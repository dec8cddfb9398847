"""The desk and the clock of the application that answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from flask import current_app

from provider_forms.desk.desk import Desk


def desk() -> Desk:
    """The desk."""
    return cast("Desk", current_app.extensions["desk"])


def now() -> datetime:
    """The moment, in UTC, by the application's clock."""
    clock: Callable[[], datetime] = current_app.config["CLOCK"]
    return clock()
