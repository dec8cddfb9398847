"""Headers for servers that aren't ours."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from wmo_guide.guide.headers import HEADERS, KEEP_FOREVER, header_files


@pytest.mark.parametrize("root", ["/", "/gids/"])
@pytest.mark.parametrize("name", ["_headers", "assets/headers/nginx.conf", "assets/headers/Caddyfile"])
def test_every_server_sends_the_same_headers(name: str, root: str) -> None:
    """Each file has every header with its value, how long files are kept, and the place that the site stands under."""
    text = header_files(root)[name].decode()

    assert all(header in text and value in text for header, value in HEADERS.items())
    assert KEEP_FOREVER in text
    assert root in text


def test_they_stand_in_every_release(sample_site: Path) -> None:
    """A build writes them beside the pages."""
    for path, data in header_files("/").items():
        assert (sample_site / "current" / path).read_bytes() == data


def test_nginx_takes_them(tmp_path: Path) -> None:
    """Where nginx is installed it accepts its file as part of a server; where it isn't, quotes and brackets match at least."""
    text = header_files("/")["assets/headers/nginx.conf"].decode()
    assert text.count("{") - text.count("[0-9a-f]{8}") == text.count("}") - text.count("[0-9a-f]{8}")
    assert all(line.count('"') % 2 == 0 for line in text.splitlines())
    if nginx := shutil.which("nginx"):
        (tmp_path / "site.conf").write_text(text, encoding="utf-8")
        whole = f"pid {tmp_path}/pid; error_log {tmp_path}/log; events {{}} http {{ server {{ listen 127.0.0.1:1; include {tmp_path}/site.conf; }} }}"
        (tmp_path / "nginx.conf").write_text(whole, encoding="utf-8")
        done = subprocess.run([nginx, "-t", "-c", tmp_path / "nginx.conf"], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
