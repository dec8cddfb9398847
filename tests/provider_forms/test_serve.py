"""`make serve`: guide and forms on one port."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from provider_forms.press.lock import PressLock
from provider_forms.room import has_room
from tests.builders import ContentFolder
from wmo_guide.publication import ROOT


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _start(
    folder: Path, content: Path, port: int | None = None, stderr: int | None = None, **settings: str
) -> tuple[subprocess.Popen[str], int]:
    port = port or _free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "WMO_VAR_DIR": str(folder / "var"),
        "WMO_SITE_DIR": str(folder / "site"),
        "WMO_CONTENT_DIR": str(content),
        **settings,
    }
    command = [sys.executable, "-m", "provider_forms"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=stderr, text=True), port


def _lines(process: subprocess.Popen[str], last: str) -> Iterator[str]:
    assert process.stdout is not None
    for line in process.stdout:
        yield line
        if last in line:
            return


def _get(address: str) -> str:
    with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310  (our own server)
        return str(answer.read().decode())


@pytest.mark.parametrize("demo", ["true", "false"])
def test_serve_tells_how_to_get_in(tmp_path: Path, sample: ContentFolder, demo: str) -> None:
    """Guide and forms answer on one port; only a demonstration shows links for an example provider and for staff."""
    process, port = _start(tmp_path, sample.root, WMO_DEMO=demo)
    try:
        start = "".join(_lines(process, "/aanbieder/"))
        links = list(_lines(process, "medewerker")) if demo == "true" else []
        time.sleep(0.2)

        assert "<h1" in _get(f"http://127.0.0.1:{port}/")
        assert "Inloggen" in _get(f"http://127.0.0.1:{port}/aanbieder/inloggen")
        assert "inloggen/" not in start
        found = [re.search(r"http\S+", line) for line in links]
        assert len(found) == (2 if demo == "true" else 0)
        assert all("Inloggen" in _get(link[0]) for link in found if link)
    finally:
        process.terminate()
        rest = process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert rest.endswith("Gestopt.\n")
    assert "inloggen/" not in rest


def test_serve_never_shows_links_on_a_public_address(tmp_path: Path, sample: ContentFolder) -> None:
    """With an https address a demonstration refuses to start."""
    process, _ = _start(tmp_path, sample.root, WMO_BASE_URL="https://gids.example.nl")
    out = process.communicate(timeout=60)[0]

    assert process.returncode == 1
    assert "inloggen/" not in out


def test_taken_port_is_told_before_the_guide_is_built(tmp_path: Path, sample: ContentFolder) -> None:
    """When another program has the port, serve says so and which command helps, and builds nothing."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process, port = _start(tmp_path, sample.root, port=other.getsockname()[1], stderr=subprocess.PIPE)
        out, errors = process.communicate(timeout=60)

    assert process.returncode == 1
    assert f"Poort {port} is al in gebruik" in errors
    assert out == ""
    assert not (tmp_path / "site").exists()


def test_second_serve_in_a_folder_ends(tmp_path: Path, sample: ContentFolder) -> None:
    """While a press works in the folder, a second serve says what to do and ends; it doesn't wait for ever."""
    lock = PressLock(tmp_path / "var")
    assert lock.take()
    process, _ = _start(tmp_path, sample.root, stderr=subprocess.PIPE)
    out, errors = process.communicate(timeout=120)
    lock.give_back()

    assert process.returncode == 1
    assert "Even wachten" in out
    assert "Stop die eerst" in errors


def test_serve_waits_for_a_press_that_stops(tmp_path: Path) -> None:
    """A press that ends in time leaves room, and without one there is room at once."""
    lock = PressLock(tmp_path)
    assert has_room(tmp_path, _never)
    assert lock.take()
    told: list[str] = []

    def tell(line: str) -> None:
        told.append(line)
        lock.give_back()

    assert has_room(tmp_path, tell)
    assert len(told) == 1


def _never(line: str) -> None:
    raise AssertionError(line)
