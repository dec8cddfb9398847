"""`python -m provider_forms`: builds the guide and serves it with the forms (what `make serve` does)."""

from __future__ import annotations

import os
import sys

from flask import Config

from provider_forms.config import SettingError, configure, desk_settings
from provider_forms.press.child import PressProcess

_HOST = "127.0.0.1"


def main() -> int:
    """Builds, tells the address, and serves until Ctrl-C. Returns the exit code."""
    port = _port()
    if port is None:
        return _fail(f"PORT={os.environ.get('PORT')} kan niet. Kies een getal van 1 tot en met 65535.")
    given = _given(port)
    try:
        config = Config(os.getcwd())  # noqa: PTH109  (Flask wants a text)
        configure(config, given)
        desk_settings(config)
    except SettingError as error:
        return _fail(str(error))
    sys.stdout.write("De gids wordt gemaakt...\n")
    sys.stdout.flush()
    press = PressProcess(config)
    try:
        from provider_forms import serving  # noqa: PLC0415  (takes a second, in which the press begins)

        return serving.serve(given, press, _HOST, port)
    except SettingError as error:
        return _fail(str(error))
    except KeyboardInterrupt:  # Ctrl-C during the build; once it serves, waitress takes care of it
        sys.stdout.write("Gestopt.\n")
        return 0
    finally:
        press.stop()


def _given(port: int) -> dict[str, str]:
    """This command is for trying things out, so it is a demonstration unless told otherwise."""
    return {
        "BASE_URL": os.environ.get("WMO_BASE_URL") or f"http://{_HOST}:{port}",
        "DEMO": os.environ.get("WMO_DEMO", "true"),
    }


def _port() -> int | None:
    text = os.environ.get("PORT") or "8000"
    return int(text) if text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536 else None  # noqa: PLR2004  (the last port there is)


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # Ctrl-C while it builds: nothing is half published
        sys.stdout.write("Gestopt.\n")
        sys.exit(130)
