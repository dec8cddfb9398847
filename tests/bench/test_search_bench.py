"""The bench of search measures what it says: the same bytes by a slow line, compressed, and the same pages for a peer."""

from __future__ import annotations

import gzip
import http.client
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench.generate import DAY, generate
from bench.region import REGION
from bench.search_line import line_to
from bench.search_pagefind import documents
from bench.search_web import web
from wmo_guide.guide.addresses import Site
from wmo_guide.guide.book import Book
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish
from wmo_guide.store.load import load

ROOT = Path(__file__).resolve().parents[2]
PROVIDERS = 30


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A generated guide: content, site and cache."""
    folder = tmp_path_factory.mktemp("bench")
    (folder / "content").mkdir()
    generate(folder / "content", PROVIDERS, ROOT)
    publish(
        Publication(
            content=folder / "content",
            site_dir=folder / "site",
            cache_dir=folder / "cache",
            day=date.fromisoformat(DAY),
        )
    )
    return folder


@pytest.fixture(scope="module")
def told(home: Path) -> dict[str, object]:
    """What the making of the search files tells of itself."""
    command = [sys.executable, "-m", "bench.search_index", str(home / "content"), str(home / "cache")]
    done = subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    found: dict[str, object] = json.loads(done.stdout)
    return found


def _get(port: int, address: str) -> tuple[http.client.HTTPResponse, bytes]:
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", address)
    answer = line.getresponse()
    body = answer.read()
    line.close()
    return answer, body


def test_server_compresses_what_compresses(tmp_path: Path) -> None:
    """Pages and JSON go out as gzip, other files as they are, and what isn't there is told so."""
    (tmp_path / "index.html").write_text("<p>Hallo</p>", encoding="utf-8")
    (tmp_path / "een.pf_index").write_bytes(b"klein")
    with web(tmp_path) as port:
        page, body = _get(port, "/?q=hallo")
        other, as_is = _get(port, "/een.pf_index")
        missing, _ = _get(port, "/weg")

    assert (page.getheader("Content-Encoding"), gzip.decompress(body)) == ("gzip", b"<p>Hallo</p>")
    assert (other.getheader("Content-Encoding"), as_is) == (None, b"klein")
    assert missing.status == 404


def test_slow_line_changes_nothing_but_the_pace(tmp_path: Path) -> None:
    """What comes down the line is what was sent, and it counts head and body."""
    sent = bytes(range(256)) * 100
    (tmp_path / "een.bin").write_bytes(sent)
    with web(tmp_path) as port, line_to(port) as line:
        answer, body = _get(line.port, "/een.bin")
        passed = line.bytes_down

    assert (answer.status, body) == (200, sent)
    assert len(sent) < passed < len(sent) + 1000


def test_making_the_search_files_tells_of_the_whole_guide(told: dict[str, object], home: Path) -> None:
    """Number and bytes are those of the files on disk, a change comes out as if made anew, and so does what was kept."""
    files = list((home / "site" / "current" / REGION / "zoeken").rglob("*.json"))
    change = told["change"]

    assert (told["files"], told["bytes"]) == (len(files), sum(path.stat().st_size for path in files))
    assert isinstance(change, dict)
    assert change["equal"]
    assert 0 < change["files"] < len(files)
    assert told["kept_equal"]


def test_peer_reads_the_same_pages(told: dict[str, object], home: Path) -> None:
    """Pagefind gets the content of each page but the search page, with the municipalities and blocks of a provider."""
    release = (home / "site" / "current").resolve()
    filters = told["filters"]
    assert isinstance(filters, dict)
    found = dict(documents(release, REGION, filters))
    book = Book(load(home / "content").catalogues[0], date.fromisoformat(DAY), Site())
    offer = book.offers[0]
    html = found[book.to.provider(offer.provider.slug)]

    pages = {f"/{path.parent.relative_to(release).as_posix()}/" for path in (release / REGION).rglob("index.html")}
    assert set(found) == pages - {f"/{REGION}/zoeken/"}
    assert offer.provider.name in html
    assert "<main" not in html
    assert f'data-pagefind-filter="bouwsteen:{offer.block.slug}"' in html
    assert all(f'data-pagefind-filter="gemeente:{place}"' in html for place in offer.municipalities)
