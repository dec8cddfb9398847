"""Serves the guide with the forms on this machine, and tells who tries them out where everything is."""

from __future__ import annotations

import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any, cast

from flask import Flask
from waitress.server import create_server

from provider_forms import create_app
from provider_forms.demo import demo_links
from provider_forms.desk.desk import Desk
from provider_forms.desk.mail import Mail
from provider_forms.press.child import PressProcess


def serve(config: Mapping[str, Any], press: PressProcess, host: str, port: int) -> int:
    """Waits for the press to put the guide online, and serves it until it is stopped. Returns the exit code."""
    app = create_app(config)
    try:
        press.wait_for_guide()
        if not (app.config["SITE_DIR"] / "current").exists():
            return _fail("Er is nog geen gids om te tonen. Verbeter de problemen hierboven en probeer het opnieuw.")
        return _answer(app, host, port)
    finally:
        cast("Desk", app.extensions["desk"]).close()


def _answer(app: Flask, host: str, port: int) -> int:
    try:
        server = create_server(app, host=host, port=port, threads=8, ident=None)
    except OSError:
        return _fail(
            f"Poort {port} is al in gebruik. Stop het andere programma, of kies een andere poort: make serve PORT=8001"
        )
    signal.signal(signal.SIGTERM, _stop)
    _announce(app, host, port)
    server.run()
    server.close()
    _tell("Gestopt.")
    return 0


def _announce(app: Flask, host: str, port: int) -> None:
    """Tells where everything is, and how to get in."""
    desk: Desk = app.extensions["desk"]
    desk.mailer.on_kept = _tell_mail
    _tell(f"De gids staat op http://{host}:{port}/  (stoppen: Ctrl-C)")
    _tell(f"Aanbieders vullen hun aanbod in op http://{host}:{port}/aanbieder/")
    if app.config["DEMO"]:
        for line in demo_links(desk, app.config["CLOCK"]()):
            _tell(line)


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
