"""When the desk of an application opens: with the application, but for a command when the command first uses it.

A command may find that there is no instance where the settings point, and then nothing may have been made there.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import cast

import click
from flask import Flask
from werkzeug.local import LocalProxy

from provider_forms.backup.instance import instance_of
from provider_forms.cli_instance import reading
from provider_forms.config import bring_content, desk_settings
from provider_forms.desk.desk import Desk


def init_app(app: Flask) -> None:
    """Gives the application its desk. Raises SettingError."""
    settings = desk_settings(app.config)

    def opened() -> Desk:
        desk = Desk(settings)
        bring_content(app.config)
        return desk

    def opened_by_command() -> Desk:
        with reading(instance_of(app.config)):
            return opened()

    by_command = click.get_current_context(silent=True) is not None
    app.extensions["desk"] = _when_used(opened_by_command) if by_command else opened()


def _when_used(opened: Callable[[], Desk]) -> Desk:
    """The desk, opened once, by who uses it first."""
    lock = threading.Lock()
    made: list[Desk] = []

    def only_one() -> Desk:
        with lock:
            if not made:
                made.append(opened())
            return made[0]

    return cast("Desk", LocalProxy(only_one))
