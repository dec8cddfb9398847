"""Looking whether addresses of websites still work."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from provider_forms.desk.links import LinkChecker, Result, is_public, look_at, results
from tests.provider_forms.visiting import Forms


class _Site(BaseHTTPRequestHandler):
    """A website whose paths answer with their own number."""

    def do_HEAD(self) -> None:
        """Answers."""
        self.server.asked.append(f"{self.command} {self.headers['Host']}{self.path}")  # type: ignore[attr-defined]
        name = self.path.strip("/")
        if name.startswith("naar-"):
            self.send_response(302)
            self.send_header("Location", self.server.onward)  # type: ignore[attr-defined]
        elif name == "geen-head" and self.command == "HEAD":
            self.send_response(405)
        else:
            self.send_response(int(name) if name.isdigit() else 200)
        self.end_headers()

    do_GET = do_HEAD  # noqa: N815  (as above)

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[ThreadingHTTPServer]:
    """A real website on this machine, that stands in for one on the public internet at port 80."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Site)
    server.asked = []  # type: ignore[attr-defined]
    server.onward = "http://site.example/200"  # type: ignore[attr-defined]
    real = socket.create_connection

    def connect(address: tuple[str, int], timeout: float) -> socket.socket:
        assert address[0] == "93.184.216.34", address
        return real(("127.0.0.1", server.server_port), timeout)

    monkeypatch.setattr(socket, "create_connection", connect)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def _public(host: str, _port: int) -> list[str]:
    return {"site.example": ["93.184.216.34"], "binnen.example": ["10.0.0.8"]}.get(host, ["127.0.0.1"])


@pytest.mark.parametrize(
    ("path", "works"),
    [("", True), ("200", True), ("404", False), ("410", False), ("500", None), ("403", None), ("geen-head", True)],
)
def test_what_a_website_answers(site: ThreadingHTTPServer, path: str, works: bool | None) -> None:  # noqa: FBT001  (a row of a table)
    """A page that is there works, one that is gone doesn't, and of a website with troubles nothing is said."""
    assert look_at(f"http://site.example/{path}", _public).works is works
    assert site.asked[0].startswith("HEAD site.example/")  # type: ignore[attr-defined]


def test_a_redirect_is_followed(site: ThreadingHTTPServer) -> None:
    """An address that leads on is as good as where it leads."""
    assert look_at("http://site.example/naar-elders", _public).works is True
    site.onward = "/404"  # type: ignore[attr-defined]
    assert look_at("http://site.example/naar-elders", _public).works is False


def test_redirects_without_end_are_left(site: ThreadingHTTPServer) -> None:
    """An address that leads on for ever is asked for a few times."""
    site.onward = "http://site.example/naar-elders"  # type: ignore[attr-defined]

    assert look_at("http://site.example/naar-elders", _public).works is None
    assert len(site.asked) == 5  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://binnen.example/",
        "http://onbekend.example/",
        "http://[::1]/",
        "http://site.example:22/",
        "https://site.example:80/",
        "ftp://site.example/",
        "file:///etc/passwd",
        "gopher://site.example/",
        "http://",
    ],
)
def test_nothing_inside_is_reached(site: ThreadingHTTPServer, url: str) -> None:
    """An address of this machine, of our own network, of another port or scheme is told to be wrong and never called."""
    assert look_at(url, _public).works is False
    assert site.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "onward", ["http://127.0.0.1/", "http://binnen.example/", "file:///etc/passwd", "//binnen.example/"]
)
def test_a_redirect_inside_is_not_followed(site: ThreadingHTTPServer, onward: str) -> None:
    """A public address that leads on to our own network is followed no further."""
    site.onward = onward  # type: ignore[attr-defined]

    assert look_at("http://site.example/naar-binnen", _public).works is False
    assert len(site.asked) == 1  # type: ignore[attr-defined]


def test_a_name_with_one_private_address_is_refused(site: ThreadingHTTPServer) -> None:
    """A name that means a public machine and one of ours as well is not called at all."""
    assert look_at("http://site.example/", lambda *_: ["93.184.216.34", "192.168.1.1"]).works is False
    assert site.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # noqa: S104  (nothing listens here)
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.0.1",
        "169.254.169.254",
        "100.64.0.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "2002:7f00:1::",
        "ff02::1",
    ],
)
def test_private_addresses(address: str) -> None:
    """Addresses of a machine itself, of a network inside, and those wrapped in another kind, are not public."""
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:8.8.8.8"]
)
def test_public_addresses(address: str) -> None:
    """Ordinary addresses are public."""
    assert is_public(address)


@pytest.mark.parametrize(("number", "works"), [(socket.EAI_NONAME, False), (socket.EAI_AGAIN, None)])
def test_a_name_that_is_not_found(number: int, works: bool | None) -> None:  # noqa: FBT001  (a row of a table)
    """A name that doesn't exist is a dead link; when names can't be looked up just now, nothing is said."""

    def fail(_host: str, _port: int) -> list[str]:
        raise socket.gaierror(number, "no")

    assert look_at("http://site.example/", fail).works is works


def test_an_address_is_looked_at_once_a_week(forms: Forms) -> None:
    """A result is kept for a week; until then nobody asks again, and nobody waits for it."""
    asked = []
    hold = threading.Event()

    def look(url: str) -> Result:
        hold.wait(5)
        asked.append(url)
        return Result(works=False, problem="weg")

    checker = LinkChecker(forms.desk.database, look)
    for _ in range(3):
        checker.check(["http://a.example/", "http://a.example/"], forms.clock())
    assert asked == []
    hold.set()
    checker.settle()
    checker.check(["http://a.example/"], forms.clock())
    checker.settle()
    with forms.desk.database.read() as db:
        assert results(db, ["http://a.example/"], forms.clock()) == {
            "http://a.example/": Result(works=False, problem="weg")
        }
    assert len(asked) == 1
    forms.clock.forward(timedelta(days=8))
    checker.check(["http://a.example/"], forms.clock())
    checker.settle()
    checker.close()

    assert len(asked) == 2
