"""`python -m provider_forms`: builds the guide and serves it with the forms (what `make serve` does)."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from types import FrameType
from typing import cast

from flask import Flask
from waitress.server import create_server

from provider_forms import create_app
from provider_forms.config import SettingError
from provider_forms.demo import demo_links
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.press.child import PressProcess
from provider_forms.room import has_room, is_free

_HOST = "127.0.0.1"
_TAKEN = "Poort {port} is al in gebruik. Stop het andere programma, of kies een andere poort: make serve PORT=8001"


def main() -> int:
    """Builds, tells the address, and serves until Ctrl-C. Returns the exit code."""
    port = _port()
    if port is None:
        return _fail(f"PORT={os.environ.get('PORT')} kan niet. Kies een getal van 1 tot en met 65535.")
    if not is_free(_HOST, port):
        return _fail(_TAKEN.format(port=port))
    try:
        app = create_app(_config(port))
    except SettingError as error:
        return _fail(str(error))
    if not has_room(app.config["VAR_DIR"], _tell):
        cast("Desk", app.extensions["desk"]).close()
        return _fail("In deze map draait al een gids. Stop die eerst, met Ctrl-C in het venster waar hij draait.")
    return _run(app, port)


def _run(app: Flask, port: int) -> int:
    press = PressProcess(app.config)
    try:
        _tell("De gids wordt gemaakt...")
        press.wait_for_guide()
        if not (app.config["SITE_DIR"] / "current").exists():
            return _fail("Er is nog geen gids om te tonen. Verbeter de problemen hierboven en probeer het opnieuw.")
        return _serve(app, port)
    except KeyboardInterrupt:  # Ctrl-C during the build; once it serves, waitress takes care of it
        _tell("Gestopt.")
        return 0
    finally:
        press.stop()
        cast("Desk", app.extensions["desk"]).close()


def _serve(app: Flask, port: int) -> int:
    try:
        server = create_server(app, host=_HOST, port=port, threads=8, ident=None)
    except OSError:
        return _fail(_TAKEN.format(port=port))
    signal.signal(signal.SIGTERM, _stop)
    _announce(app, port)
    server.run()
    server.close()
    _tell("Gestopt.")
    return 0


def _config(port: int) -> dict[str, str]:
    """This command is for trying things out, so it is a demonstration unless told otherwise."""
    return {
        "BASE_URL": os.environ.get("WMO_BASE_URL") or f"http://{_HOST}:{port}",
        "DEMO": os.environ.get("WMO_DEMO", "true"),
    }


def _announce(app: Flask, port: int) -> None:
    """Tells where everything is, and how to get in."""
    desk: Desk = app.extensions["desk"]
    desk.mailer.on_kept = _tell_mail
    _tell(f"De gids staat op http://{_HOST}:{port}/  (stoppen: Ctrl-C)")
    _tell(f"Aanbieders vullen hun aanbod in op http://{_HOST}:{port}/aanbieder/")
    if app.config["DEMO"]:
        for line in demo_links(desk, app.config["CLOCK"]()):
            _tell(line)


def _port() -> int | None:
    text = os.environ.get("PORT") or "8000"
    return int(text) if text.isdecimal() and len(text) <= 5 and 0 < int(text) < 65536 else None  # noqa: PLR2004  (the last port there is)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


def _tell_mail(path: Path, mail: Mail) -> None:
    """Without a mail server, the link in a mail is shown here."""
    links = [word for word in mail.text.split() if word.startswith("http")]
    _tell(f"Mail aan {mail.to}: {mail.subject} ({path})")
    for link in links:
        _tell(f"  {link}")


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # Ctrl-C while it builds: nothing is half published
        _tell("Gestopt.")
        sys.exit(130)
