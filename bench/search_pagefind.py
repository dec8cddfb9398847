"""Pagefind on the guide's pages, by its service protocol: messages in base64, each with a comma behind it.

Its Python wrapper waits a tenth of a second for each answer; here all pages are sent without waiting for any.
"""

from __future__ import annotations

import base64
import importlib.util
import json
import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

PLACE, BLOCK = "gemeente", "bouwsteen"
"""Names of the filters."""
_LAST = 1
"""Number of the message whose answer tells that all is done; the others have 0."""
_CONTENT = '<div class="md-content__inner md-typeset">'
_CRUMBS = re.compile(r'<nav class="wg-breadcrumb".*?</nav>', re.DOTALL)


@dataclass(frozen=True)
class Built:
    """What it took to build an index."""

    seconds: float
    cpu: float
    """Seconds of all processors."""
    peak: float
    """Largest memory in MB."""
    files: int
    bytes: int


def find_pagefind() -> Path | None:
    """The program: by PAGEFIND, out of the PyPI package, or on the PATH."""
    if named := os.environ.get("PAGEFIND"):
        return Path(named)
    package = importlib.util.find_spec("pagefind_bin")
    for folder in (package.submodule_search_locations or ()) if package else ():
        if (binary := Path(folder, "pagefind")).is_file():
            return binary
    found = shutil.which("pagefind") or shutil.which("pagefind_extended")
    return Path(found) if found else None


def documents(release: Path, region: str, filters: Mapping[str, Sequence[Sequence[str]]]) -> Iterator[tuple[str, str]]:
    """Address and HTML of each page of a region but its search page: the content alone, which is the least to read."""
    for path in sorted((release / region).rglob("index.html")):
        place = path.parent.relative_to(release)
        if place.parts[1:2] != ("zoeken",):
            text = path.read_text(encoding="utf-8").partition(_CONTENT)[2].partition("</main>")[0]
            found = _filters_of(place, filters)
            marks = "".join(f'<span data-pagefind-filter="{name}:{value}"></span>' for name, value in found)
            yield f"/{place.as_posix()}/", f'<html lang="nl"><body>{marks}{_CRUMBS.sub("", text)}</body></html>'


def _filters_of(place: Path, filters: Mapping[str, Sequence[Sequence[str]]]) -> list[tuple[str, str]]:
    match place.parts[1:]:
        case ("aanbieders", slug) if slug in filters:
            places, blocks = filters[slug]
            return [*((PLACE, one) for one in places), *((BLOCK, one) for one in blocks)]
        case ("gemeenten", town, block):
            return [(PLACE, town), (BLOCK, block)]
        case ("gemeenten", town):
            return [(PLACE, town)]
        case ("hulp", block):
            return [(BLOCK, block)]
    return []


def build_index(program: Path, pages: Iterable[tuple[str, str]], folder: Path) -> Built:
    """Builds an index of these pages in a folder. All is made ready to send before the clock runs."""
    with subprocess.Popen([program, "--service"], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as service:
        assert service.stdin  # noqa: S101  (asked for one line above)
        assert service.stdout  # noqa: S101  (as well)
        answers = _answers(service.stdout)
        _send(service.stdin, [_message(0, {"type": "NewIndex", "config": {"force_language": "nl"}})])
        index = next(answers)["index_id"]
        add = {"type": "AddFile", "index_id": index, "file_path": None}
        messages = [_message(0, {**add, "url": url, "file_contents": text}) for url, text in pages]
        messages.append(_message(_LAST, {"type": "WriteFiles", "index_id": index, "output_path": str(folder)}))
        begin = time.perf_counter()
        writer = threading.Thread(target=_send, args=(service.stdin, messages))
        writer.start()
        while next(answers)["message_id"] != _LAST:
            pass
        seconds = time.perf_counter() - begin
        writer.join()
        cpu, peak = _spent(service.pid)
        service.terminate()
    sizes = [path.stat().st_size for path in folder.rglob("*") if path.is_file()]
    return Built(seconds, cpu, peak, len(sizes), sum(sizes))


def _spent(pid: int) -> tuple[float, float]:
    """Seconds of all processors, and the largest memory in MB, of a running process so far."""
    process = Path(f"/proc/{pid}")
    user, system = (process / "stat").read_text().rpartition(")")[2].split()[11:13]
    peak = re.findall(r"VmHWM:\s+(\d+)", (process / "status").read_text())[0]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK"), int(peak) / 1024


def _message(number: int, payload: Mapping[str, Any]) -> bytes:
    return base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b","


def _send(pipe: IO[bytes], messages: Iterable[bytes]) -> None:
    for message in messages:
        pipe.write(message)
    pipe.flush()


def _answers(pipe: IO[bytes]) -> Iterator[Any]:
    rest = b""
    while chunk := os.read(pipe.fileno(), 1 << 20):
        *whole, rest = (rest + chunk).split(b",")
        for one in whole:
            told = json.loads(base64.b64decode(one))
            if told["payload"]["type"] == "Error":
                raise RuntimeError(told["payload"]["message"])
            yield {**told["payload"], "message_id": told["message_id"]}
    raise RuntimeError("Pagefind stopped before it was ready.")
