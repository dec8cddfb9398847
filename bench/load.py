"""`python -m bench.load`: fifty providers fill in pages at the same time, against each production server.

Every provider signs in, then opens and saves its own page again and again, each time with other words. At the end each
page must hold exactly what its provider saved last: nothing lost, nothing mixed. Requests a second and waiting times
are printed beside those of a bare Flask page behind the same server in the same run. The providers share the machine's
cores with the server, so compare rows rather than read them as what a server can do.
"""

from __future__ import annotations

import argparse
import http.client
import re
import secrets
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from urllib.parse import urlencode

from provider_forms import create_app
from provider_forms.desk import drafts, people, sign_in
from provider_forms.desk.desk import Desk
from provider_forms.desk.models import Organisation

ROOT = Path(__file__).resolve().parents[1]
SERVERS = {
    "waitress, 8 threads": ["waitress", "--threads=8", "--listen=127.0.0.1:{port}", "--call", "{call}"],
    "gunicorn, 2 workers": ["gunicorn", "--workers=2", "--bind=127.0.0.1:{port}", "--log-level=error", "{call}()"],
    "gunicorn, 2 workers x 4 threads": [
        *("gunicorn", "--workers=2", "--threads=4", "--worker-class=gthread"),
        *("--bind=127.0.0.1:{port}", "--log-level=error", "{call}()"),
    ],
}
_HIDDEN = re.compile(r'name="(csrf|version|tab)" value="([^"]*)"')
_SERVER_ERROR = 500
_LINK_LASTS = timedelta(hours=1)


@dataclass
class Visitor:
    """A provider's browser."""

    port: int
    cookie: str = ""
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"get": [], "post": []})

    def get(self, path: str) -> str:
        """A page."""
        return self._ask("GET", path, None)[1]

    def post(self, path: str, values: dict[str, str]) -> int:
        """A form sent; the status of the answer."""
        return self._ask("POST", path, urlencode(values))[0]

    def _ask(self, method: str, path: str, body: str | None) -> tuple[int, str]:
        begin = time.perf_counter()
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        line.request(method, path, body, headers)
        answer = line.getresponse()
        text = answer.read().decode()
        cookies = [value.partition(";")[0] for name, value in answer.getheaders() if name == "Set-Cookie"]
        self.cookie = cookies[-1] if cookies else self.cookie
        line.close()
        self.seconds[method.lower()].append(time.perf_counter() - begin)
        if answer.status >= _SERVER_ERROR:
            raise RuntimeError(f"{method} {path}: {answer.status}")
        return answer.status, text


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of a page's last form."""
    return dict(_HIDDEN.findall(page))


@dataclass
class Provider:
    """One organisation with its manager's browser, and what it saved last."""

    organisation: int
    token: str
    visitor: Visitor
    last: str = ""

    def sign_in(self) -> None:
        """Follows the mailed link."""
        path = f"/aanbieder/inloggen/{self.token}"
        self.visitor.post(path, hidden(self.visitor.get(path)))

    def work(self, times: int) -> None:
        """Opens its page and saves it with other words, again and again."""
        path = f"/aanbieder/{self.organisation}/organisatie"
        for _ in range(times):
            words = f"Wij zijn organisatie {self.organisation}, {secrets.token_hex(8)}."
            values = {"a.name": f"Voorbeeld {self.organisation}", "a.summary": words, "a.description": words * 5}
            status = self.visitor.post(path, {**hidden(self.visitor.get(path)), **values})
            if status not in (200, 302, 303):
                raise RuntimeError(f"save of {self.organisation}: {status}")
            self.last = words


@contextmanager
def served(command: Sequence[str], var: Path, port: int, call: str) -> Iterator[None]:
    """A production server on a port, until the block ends."""
    words = [word.format(port=port, call=call) for word in command]
    environment = {
        "WMO_VAR_DIR": str(var),
        "WMO_SITE_DIR": str(ROOT / "site"),
        "PATH": "/usr/bin:/bin",
        "PYTHONPATH": str(ROOT),
    }
    command_line = [sys.executable, "-m", *words]
    server = subprocess.Popen(command_line, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    try:
        _wait(port)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _wait(port: int) -> None:
    for _ in range(200):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("The server does not answer.")


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _providers(desk: Desk, number: int, port: int) -> list[Provider]:
    now = datetime.now(UTC)
    region = min(path.parent.name for path in desk.content.glob("regions/*/matrix"))
    made = []
    with desk.database.write() as session:
        for index in range(number):
            found = Organisation(region=region, slug=f"load-{index}", name=f"Load {index}", created_at=now)
            session.add(found)
            session.flush()
            person = people.person(session, f"load-{index}@example.nl", now)
            people.join(session, person.id, found.id, now)
            token = sign_in.make_token(session, "sign_in", person.id, now, _LINK_LASTS)
            made.append(Provider(found.id, token, Visitor(port)))
    return made


def _together(jobs: Sequence[Callable[[], None]]) -> float:
    """Runs the jobs at the same time; returns the seconds. Raises when one of them failed."""
    failed: list[BaseException] = []

    def run(job: Callable[[], None]) -> None:
        try:
            job()
        except BaseException as error:  # noqa: BLE001  (told below, in the main thread)
            failed.append(error)

    threads = [threading.Thread(target=run, args=(job,)) for job in jobs]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise RuntimeError(f"{len(failed)} providers failed, the first: {failed[0]!r}")
    return time.perf_counter() - begin


def _wrong(desk: Desk, providers: Sequence[Provider]) -> int:
    """How many providers don't find exactly what they saved last."""
    wrong = 0
    with desk.database.read() as session:
        for one in providers:
            found = drafts.part(session, one.organisation, "organisation")
            wrong += found is None or found.answers.get("summary") != one.last
    return wrong


def _row(name: str, seconds: float, times: Sequence[float]) -> str:
    cuts = statistics.quantiles(times, n=100)
    return f"| {name} | {len(times) / seconds:,.0f} | {cuts[49] * 1000:.0f} | {cuts[98] * 1000:.0f} |"


def measure(name: str, command: Sequence[str], number: int, times: int) -> None:
    """Prints the rows of one server."""
    var = Path(tempfile.mkdtemp(prefix="wmo-load-", dir=ROOT / "var"))
    port = _free_port()
    desk = cast("Desk", create_app({"VAR_DIR": var}).extensions["desk"])
    try:
        providers = _providers(desk, number, port)
        with served(command, var, port, "provider_forms:create_app"):
            _together([one.sign_in for one in providers])
            for one in providers:
                one.visitor.seconds = {"get": [], "post": []}
            seconds = _together([lambda one=one: one.work(times) for one in providers])  # type: ignore[misc]  # bound now
        wrong = _wrong(desk, providers)
        for kind, label in (("get", "form page"), ("post", "save")):
            # Pages and saves take turns, so each had its share of the time.
            spent = [value for one in providers for value in one.visitor.seconds[kind]]
            share = (
                seconds * sum(spent) / sum(sum(one.visitor.seconds[k]) for one in providers for k in ("get", "post"))
            )
            sys.stdout.write(f"{_row(f'{name}: {label}', share, spent)}\n")
        _measure_bare(name, command, var, number, times)
        sys.stdout.write(f"| {name}: lost or mixed answers | {wrong} | | |\n")
        sys.stdout.flush()
    finally:
        desk.close()
        shutil.rmtree(var)


def _measure_bare(name: str, command: Sequence[str], var: Path, number: int, times: int) -> None:
    port = _free_port()
    visitors = [Visitor(port) for _ in range(number)]
    with served(command, var, port, "bench.bare:create_app"):
        seconds = _together([lambda one=one: [one.get("/") for _ in range(times)] for one in visitors])  # type: ignore[misc]  # as above
    sys.stdout.write(
        f"{_row(f'{name}: bare Flask page', seconds, [t for one in visitors for t in one.seconds['get']])}\n"
    )


def main() -> None:
    """Prints a table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--providers", type=int, default=50)
    parser.add_argument("--times", type=int, default=20, help="pages opened and saved by each provider")
    chosen = parser.parse_args()
    (ROOT / "var").mkdir(exist_ok=True)
    sys.stdout.write("| server: what | a second | p50 ms | p99 ms |\n| --- | --- | --- | --- |\n")
    for name, command in SERVERS.items():
        measure(name, command, chosen.providers, chosen.times)


if __name__ == "__main__":
    main()
