"""The settings of the press out of the application's."""

from __future__ import annotations

import sys
from contextlib import suppress

from flask import Config

from provider_forms.config import desk_settings
from provider_forms.press.press import Settings


def settings_of(config: Config) -> Settings:
    """Where the press of this instance works; it tells its progress on the screen."""
    return Settings(
        database_url=desk_settings(config).database_url,
        var=config["VAR_DIR"],
        content=config["CONTENT_DIR"],
        site=config["SITE_DIR"],
        cache=config["CACHE_DIR"],
        base_url=config["BASE_URL"],
        clock=config["CLOCK"],
        tell=_tell,
    )


def _tell(line: str) -> None:
    with suppress(OSError):  # nobody reads it any more; that is no reason to publish nothing
        sys.stdout.write(f"{line}\n")
        sys.stdout.flush()
