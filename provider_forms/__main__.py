"""`python -m provider_forms`: builds the guide and serves it (what `make serve` does)."""

from __future__ import annotations

import os
import signal
import sys
from types import FrameType

from waitress.server import create_server

from provider_forms import create_app
from wmo_guide.publishing import Publication, RefusedError, publish

_HOST = "127.0.0.1"


def main() -> int:
    """Builds, tells the address, and serves until Ctrl-C. Returns the exit code."""
    port = _port()
    if port is None:
        return _fail(f"PORT={os.environ.get('PORT')} kan niet. Kies een getal van 1 tot en met 65535.")
    publication = Publication(tell=_tell)
    try:
        result = publish(publication)
        _tell(f"De gids is klaar: {result.pages} pagina's.")
    except RefusedError as error:
        sys.stderr.write("".join(f"{problem}\n" for problem in error.problems))
        if not (publication.site_dir / "current").exists():
            return _fail("Er is nog geen gids om te tonen. Verbeter de problemen hierboven en probeer het opnieuw.")
        _tell("Er is niets gepubliceerd. U ziet de gids zoals hij was.")
    return _serve(port)


def _serve(port: int) -> int:
    try:
        server = create_server(create_app(), host=_HOST, port=port, threads=8, ident=None)
    except OSError:
        return _fail(
            f"Poort {port} is al in gebruik. Stop het andere programma, of kies een andere poort: make serve PORT=8001"
        )
    signal.signal(signal.SIGTERM, _stop)
    _tell(f"De gids staat op http://{_HOST}:{port}/  (stoppen: Ctrl-C)")
    server.run()
    server.close()
    _tell("Gestopt.")
    return 0


def _port() -> int | None:
    text = os.environ.get("PORT") or "8000"
    return int(text) if text.isdecimal() and 0 < int(text) < 65536 else None  # noqa: PLR2004  (the last port there is)


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit(0)


def _fail(message: str) -> int:
    sys.stderr.write(f"{message}\n")
    return 1


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
