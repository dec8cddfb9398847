"""`python -m provider_forms` builds the guide, serves it, and stops when it is told to."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from pathlib import Path

import pytest

from tests.builders import HOME, ContentFolder, sample_content
from wmo_guide.publication import ROOT

PATIENCE = 60
"""Seconds after which a server that doesn't come is given up."""
LONGEST = 4 * PATIENCE
"""Seconds after which a server ends whatever it is at."""
PARTS = ("wmo_guide", "provider_forms", "templates")


class Served:
    """A copy of the project with small content, and the servers started in it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for part in PARTS:
            shutil.copytree(ROOT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "mkdocs.yml", folder)
        self.content: ContentFolder = sample_content(folder / "content")
        self._started: list[subprocess.Popen[str]] = []

    def start(self, port: str) -> subprocess.Popen[str]:
        """Starts a server."""
        server = subprocess.Popen(
            [sys.executable, "-m", "provider_forms"],
            cwd=self.folder,
            env={**os.environ, "PORT": port},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._started.append(server)
        last = threading.Timer(LONGEST, server.kill)  # who waits for a line that never comes gets the end of the output
        last.daemon = True
        last.start()
        return server

    def stop_all(self) -> None:
        """Ends every server that still runs: the next one would wait for the press of one that a failed test left."""
        for server in self._started:
            with suppress(ProcessLookupError):
                server.kill()
            server.communicate()
        self._started.clear()

    @contextmanager
    def broken(self) -> Iterator[None]:
        """The first line of a file is wrong for a while."""
        file = f"{HOME}/region.yaml"
        text = self.content.text(file)
        self.content.raw(file, text.replace("name: Regio Duinrand", "nam: Regio Duinrand"))
        yield
        self.content.raw(file, text)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A project that a newcomer just cloned."""
    served = Served(tmp_path_factory.mktemp("project"))
    yield served
    served.stop_all()


@pytest.fixture
def port(project: Served) -> Iterator[str]:
    """A port that nobody uses. Servers that were started end with the test."""
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        free = str(one.getsockname()[1])
    yield free
    project.stop_all()


def _until(server: subprocess.Popen[str], word: str) -> list[str]:
    """The lines a server prints up to the one with a word."""
    assert server.stdout is not None
    lines = []
    for line in server.stdout:
        lines.append(line)
        if word in line:
            return lines
    raise AssertionError("".join(lines) + (server.stderr.read() if server.stderr else ""))


def _get(port: str, path: str) -> tuple[int, str]:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=PATIENCE) as answer:
        return answer.status, answer.read().decode()


def _stopped(server: subprocess.Popen[str], number: int = signal.SIGINT) -> tuple[str, str]:
    """What a server still printed after it was told to stop."""
    server.send_signal(number)
    return server.communicate(timeout=PATIENCE)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_builds_serves_and_stops(number: int, project: Served, port: str) -> None:
    """It shows progress, prints the address, serves the guide there, and stops with exit code 0 without complaint."""
    server = project.start(port)
    lines = _until(server, "http://")
    status, page = _get(port, "/")
    begin = time.monotonic()
    rest, errors = _stopped(server, number)

    assert len(lines) >= 3
    assert f"http://127.0.0.1:{port}/" in lines[-1]
    assert (status, "<!doctype html>" in page) == (HTTPStatus.OK, True)
    assert server.returncode == 0
    assert rest.endswith("Gestopt.\n")
    assert errors == ""
    assert time.monotonic() - begin < 10


def test_stops_while_it_builds(project: Served, port: str) -> None:
    """Ctrl-C during the build ends it without a trace of the inside, and nothing is half published."""
    shutil.rmtree(project.folder / "var", ignore_errors=True)
    server = project.start(port)
    _until(server, "Inhoud lezen")
    _, errors = _stopped(server)

    assert "Traceback" not in errors
    assert list((project.folder / "site" / "releases").glob(".*")) == []


def test_taken_port_is_told(project: Served, port: str) -> None:
    """When another program has the port, it says so, says what to do, and ends with exit code 1."""
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", int(port)))
        other.listen()
        server = project.start(port)
        _, errors = server.communicate(timeout=PATIENCE)

    assert server.returncode == 1
    assert port in errors
    assert "make serve PORT=" in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("nonsense", ["abc", "0", "65536", "9" * 5000], ids=lambda text: text[:8])
def test_nonsense_port_is_told(nonsense: str, project: Served) -> None:
    """A port that can't be is refused at once, with the numbers that can be and exit code 1."""
    server = project.start(nonsense)
    out, errors = server.communicate(timeout=PATIENCE)

    assert server.returncode == 1
    assert out == ""
    assert "65535" in errors
    assert "Traceback" not in errors


def test_broken_content_shows_the_old_guide(project: Served, port: str) -> None:
    """With a problem in the content, it tells the problem with file and line and serves the guide as it was."""
    first = project.start(port)
    _until(first, "http://")
    _, before = _get(port, "/")
    _stopped(first)
    with project.broken():
        server = project.start(port)
        _until(server, "http://")
        _, after = _get(port, "/")
        _, errors = _stopped(server)

    assert after == before
    assert f"{HOME}/region.yaml:1: nam" in errors


def test_broken_content_without_an_old_guide_ends(project: Served, port: str) -> None:
    """With a problem in the content and no guide to show, it tells the problem and ends with exit code 1."""
    shutil.rmtree(project.folder / "site", ignore_errors=True)
    with project.broken():
        server = project.start(port)
        _, errors = server.communicate(timeout=PATIENCE)

    assert server.returncode == 1
    assert f"{HOME}/region.yaml:1: nam" in errors
    assert "Traceback" not in errors
