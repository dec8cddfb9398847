"""The project's own web server on a free port, for tools and tests that look at a built site in a browser."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import HTTPServer, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.serving import WSGIRequestHandler, make_server

from provider_forms import create_app


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002  (werkzeug's name)
        """Says nothing of each request."""


class _QuietFiles(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  (the library's name)
        """Says nothing of each request."""


@contextmanager
def answering(app: Flask) -> Iterator[str]:
    """The application behind a real server on a free port; gives scheme, host and port, without a slash at the end."""
    with _running(make_server("127.0.0.1", 0, app, threaded=True, request_handler=_Quiet)) as base:
        yield base


@contextmanager
def served(site: Path) -> Iterator[str]:
    """A site folder behind a real server, with the headers of the real one; gives its address as `answering` does."""
    with answering(create_app({"SITE_DIR": site, "VAR_DIR": site.parent / "var"})) as base:
        yield base


@contextmanager
def serving_files(folder: Path) -> Iterator[str]:
    """Any folder behind a plain server; gives its address as `answering` does."""
    with _running(ThreadingHTTPServer(("127.0.0.1", 0), partial(_QuietFiles, directory=str(folder)))) as base:
        yield base


@contextmanager
def _running(server: HTTPServer) -> Iterator[str]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
