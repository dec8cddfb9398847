"""`python -m provider_forms.press`: publishes what is approved, until it is stopped.

Takes its settings from the environment, as the application does (WMO_CONTENT_DIR, WMO_SITE_DIR, ...).
"""

from __future__ import annotations

import argparse
import logging
import os
import signal
import sys
from contextlib import suppress

from flask import Config

from provider_forms.backup.in_use import InUse
from provider_forms.config import SettingError, bring_content, configure
from provider_forms.desk.database import Database
from provider_forms.desk.migrate import upgrade
from provider_forms.press.press import Press, Settings
from provider_forms.press.renewal import keep_running
from provider_forms.press.running import PressBrokenError
from provider_forms.press.settings import settings_of


def main() -> int:
    """Works; returns the exit code."""
    parser = argparse.ArgumentParser(description="Publiceert wat goedgekeurd is, tot u stopt (Ctrl-C).")
    parser.add_argument("--parent", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--started", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    logging.basicConfig(format="%(message)s")
    try:
        config = _config()
        settings = settings_of(config)
    except SettingError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    if options.parent is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who started it; it ends when that ends
    in_use = InUse(settings.var, settings.database_url)
    try:
        bring_content(config)
        _bring_tables(settings)
        keep_running(settings, options.parent, lambda press: _started(press, options.started))
    except KeyboardInterrupt:
        return 0
    except PressBrokenError:
        return 1
    finally:
        in_use.leave()
    return 0


def _config() -> Config:
    config = Config(os.getcwd())  # noqa: PTH109  (Flask wants a text)
    configure(config, {})
    return config


def _bring_tables(settings: Settings) -> None:
    """After a deploy the press may be the first that runs the new code."""
    database = Database(settings.database_url)
    try:
        upgrade(database.engine, settings.var)
    finally:
        database.engine.dispose()


def _started(press: Press, handle: int | None) -> None:
    """Tells who started it that the first turn is over."""
    for problem in press.problems:
        sys.stderr.write(f"{problem}\n")
    sys.stderr.flush()
    if handle is not None:
        with suppress(OSError):  # it has stopped listening: it is ending
            os.write(handle, b"!")
        os.close(handle)


if __name__ == "__main__":
    sys.exit(main())
