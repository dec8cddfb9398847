"""A server for a folder as nginx with gzip_static would be: what compresses is sent compressed, from memory."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from bench.search_phone import go_first

_COMPRESSED = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css",
    ".js": "text/javascript",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
_OTHER = "application/octet-stream"
_LEVEL = 9


class Files:
    """The files of a folder, as they are sent."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder.resolve()
        self._kept: dict[str, tuple[str, bytes] | None] = {}

    def find(self, address: str) -> tuple[str, bytes] | None:
        """The type and the bytes of a file; None when there is none. Made ready once, so that asking again is quick."""
        if address not in self._kept:
            self._kept[address] = self._read(address)
        return self._kept[address]

    def _read(self, address: str) -> tuple[str, bytes] | None:
        path = self._folder / address.lstrip("/")
        path = path / "index.html" if address.endswith("/") else path
        if not path.is_file():
            return None
        kind = _COMPRESSED.get(path.suffix)
        told = path.read_bytes()
        return (kind, gzip.compress(told, _LEVEL, mtime=0)) if kind else (_OTHER, told)


class _Handler(SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body of a small answer
    disable_nagle_algorithm = True

    def __init__(self, *args: object, files: Files) -> None:
        self._files = files
        super().__init__(*args)  # type: ignore[arg-type]  # the library's own arguments, passed on

    def do_GET(self) -> None:
        """Sends one file."""
        found = self._files.find(self.path.partition("?")[0])
        kind, body = found or ("text/plain", b"")
        self.send_response_only(200 if found else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        if kind != _OTHER and found:
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def web(folder: Path) -> Iterator[int]:
    """A server for a folder; gives its port on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, files=Files(folder)))
    server.daemon_threads = True

    def run() -> None:
        go_first()
        server.serve_forever(0.05)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
