"""Looks whether addresses of websites still work, without ever reaching anything inside our own network.

Anybody can write an address in an offer. So only http and https on their own ports are asked for; a name is looked up
once and only public addresses are called, by number, so that it can't mean another machine a moment later; a redirect
is held against the same rules. Nothing of the answer but its first line is used.
"""

from __future__ import annotations

import http.client
import ipaddress
import logging
import socket
import ssl
import time
from collections.abc import Callable, Collection, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import TypeAlias
from urllib.parse import urljoin, urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from provider_forms.desk.database import Database
from provider_forms.desk.staff_models import CheckedLink

_LOG = logging.getLogger(__name__)
FRESH = timedelta(days=7)
"""So long a result holds."""
_SECONDS = 10.0
_MOST_REDIRECTS = 4
_PORTS = {"http": 80, "https": 443}
_GONE = frozenset({404, 410})
_NO_HEAD = frozenset({403, 405, 501})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_WAITING = 200
_LONGEST = 500
Look: TypeAlias = Callable[[str], "Result"]
Resolve: TypeAlias = Callable[[str, int], Collection[str]]


@dataclass(frozen=True)
class Result:
    """Whether an address works; None when nobody can tell."""

    works: bool | None
    problem: str = ""


class NotPublicError(Exception):
    """A name that leads to a machine that isn't on the public internet."""


_UNKNOWN = Result(works=None, problem="De website was niet te bereiken.")
_FAILURES: tuple[tuple[type[Exception], Result], ...] = (
    (NotPublicError, Result(works=False, problem="Dit adres ligt niet op het openbare internet.")),
    (socket.gaierror, Result(works=False, problem="Deze website bestaat niet (meer).")),
    (ssl.SSLError, Result(works=False, problem="De beveiliging van deze website klopt niet.")),
    (ConnectionRefusedError, Result(works=False, problem="De website geeft geen antwoord.")),
)


class LinkChecker:
    """Looks at addresses in the background, each once a week at most."""

    def __init__(self, database: Database, look: Look | None = None) -> None:
        self._database = database
        self._look = look or look_at
        self._workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="links")
        self._busy: set[str] = set()
        self._lock = Lock()

    def check(self, urls: Iterable[str], now: datetime) -> None:
        """Has these addresses looked at, when that wasn't done lately. Doesn't wait for it."""
        with self._database.read() as session:
            known = results(session, urls, now)
        for url in dict.fromkeys(urls):
            if url not in known and len(url) <= _LONGEST and self._begin(url):
                self._workers.submit(self._work, url, now).add_done_callback(_log_failure)

    def settle(self) -> None:
        """Waits until everything asked for so far was looked at."""
        while self._busy:
            time.sleep(0.01)

    def close(self) -> None:
        """Ends; what waits is left undone."""
        self._workers.shutdown(wait=True, cancel_futures=True)

    def _begin(self, url: str) -> bool:
        with self._lock:
            if url in self._busy or len(self._busy) >= _MOST_WAITING:
                return False
            self._busy.add(url)
            return True

    def _work(self, url: str, now: datetime) -> None:
        try:
            found = self._look(url)
            with self._database.write() as session:
                row = CheckedLink(url=url, works=found.works, problem=found.problem[:200], checked_at=now)
                session.merge(row)
        finally:
            with self._lock:
                self._busy.discard(url)


def results(session: Session, urls: Iterable[str], now: datetime) -> dict[str, Result]:
    """What is known of these addresses, as far as it isn't too old."""
    query = select(CheckedLink).where(CheckedLink.url.in_(list(urls)), CheckedLink.checked_at > now - FRESH)
    return {one.url: Result(one.works, one.problem) for one in session.scalars(query)}


def look_at(url: str, resolve: Resolve | None = None, seconds: float = _SECONDS) -> Result:
    """Asks for an address, and for where it leads on to."""
    until = time.monotonic() + seconds
    try:
        return _follow(url, resolve or _resolve, until)
    except (NotPublicError, OSError, http.client.HTTPException, ValueError) as error:
        return next((found for kind, found in _FAILURES if _is(error, kind)), _UNKNOWN)


def _is(error: Exception, kind: type[Exception]) -> bool:
    # A name that can't be looked up just now says nothing of the website.
    return isinstance(error, kind) and not (isinstance(error, socket.gaierror) and error.errno != socket.EAI_NONAME)


def _follow(url: str, resolve: Resolve, until: float) -> Result:
    for _ in range(_MOST_REDIRECTS + 1):
        status, onward = _ask("HEAD", url, resolve, until)
        if status in _NO_HEAD:
            status, onward = _ask("GET", url, resolve, until)
        if status not in _REDIRECTS or not onward:
            return _told(status)
        url = urljoin(url, onward)
    return Result(works=None, problem="De website stuurt steeds door.")


def _told(status: int) -> Result:
    if status in _GONE:
        return Result(works=False, problem=f"Deze pagina bestaat niet (meer) (antwoord {status}).")
    return Result(works=True if status < http.client.BAD_REQUEST else None)


def _ask(method: str, url: str, resolve: Resolve, until: float) -> tuple[int, str]:
    """The status, and where a redirect leads. Raises NotPublicError, OSError or HTTPException."""
    parts = urlsplit(url)
    port = parts.port or _PORTS.get(parts.scheme, 0)
    if not parts.hostname or parts.scheme not in _PORTS or port != _PORTS[parts.scheme]:
        raise NotPublicError(url)
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    address = _public(resolve(parts.hostname, port))
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    with closing(_connection(parts.scheme, parts.hostname, address, port, left)) as connection:
        headers = {"Host": parts.netloc.rpartition("@")[2], "User-Agent": "Wmo-gids (controle van links)"}
        connection.request(method, target.encode("ascii", "ignore").decode(), headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.getheader("Location", "") or ""


def _connection(scheme: str, host: str, address: str, port: int, seconds: float) -> http.client.HTTPConnection:
    """A connection to that very machine, that speaks to the name."""
    plain = socket.create_connection((address, port), timeout=min(seconds, _SECONDS / 2))
    connection = http.client.HTTPConnection(host, port, timeout=seconds)
    try:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(plain, server_hostname=host) if scheme == "https" else plain
    except BaseException:
        plain.close()
        raise
    return connection


def _resolve(host: str, port: int) -> Collection[str]:
    return [str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)]


def _public(addresses: Collection[str]) -> str:
    """The address to call, when all addresses of the name are public."""
    if not addresses or not all(map(is_public, addresses)):
        raise NotPublicError
    return next(iter(addresses))


def is_public(address: str) -> bool:
    """Whether an address is one of the public internet, also when it is wrapped in another kind of address."""
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")


def _log_failure(done: Future[None]) -> None:
    if not done.cancelled() and done.exception() is not None:
        _LOG.error("An address could not be looked at.", exc_info=done.exception())
