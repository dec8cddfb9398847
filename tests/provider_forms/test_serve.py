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

from tests.builders import ContentFolder
from wmo_guide.publication import ROOT


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _start(folder: Path, content: Path, **settings: str) -> tuple[subprocess.Popen[str], int]:
    port = _free_port()
    environment = {
        **os.environ,
        "PORT": str(port),
        "WMO_VAR_DIR": str(folder / "var"),
        "WMO_SITE_DIR": str(folder / "site"),
        "WMO_CONTENT_DIR": str(content),
        **settings,
    }
    command = [sys.executable, "-m", "provider_forms"]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True), port


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
