"""Has each search index the same pages and a browser ask it: a column of the table for each."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.measure import run
from bench.region import REGION
from bench.search_client import Seen, Visitor, open_guide, open_material, open_pagefind
from bench.search_guide import Guide
from bench.search_line import line_to
from bench.search_pagefind import build_index, documents
from bench.search_phone import Phone
from bench.search_table import Column
from bench.search_web import web
from tools.material_search import MaterialSite, build_command, write_docs

_MAY_BE_MADE_TWICE = 30.0
"""Seconds."""


def guide_column(guide: Guide, device: Phone) -> Column:
    """The guide's own search."""
    one, two = guide.indexes
    asked, times = guide.asked, range(guide.shop.times)
    plain, chosen = (asked.address(REGION, filtered=filtered) for filtered in (False, True))
    with _online(guide.shop.release, device) as (near, far):
        fast = open_guide(near, plain, asked.again)
        with device.slowed():
            cold = [open_guide(far, plain) for _ in times]
            facet = [open_guide(far, chosen) for _ in times]
            slow = open_guide(far, plain, asked.again)
    return Column(
        name="the guide",
        seconds=min(one["seconds"], two["seconds"]),
        cpu=min(one["cpu"], two["cpu"]),
        peak=max(one["peak"], two["peak"]),
        same=one["digest"] == two["digest"] and one["kept_equal"] and two["kept_equal"],
        files=one["files"],
        size=one["bytes"],
        cold=_typical(cold),
        chosen=_typical(facet),
        fast=fast.warm,
        slow=slow.warm,
        kept_seconds=min(one["kept_seconds"], two["kept_seconds"]),
        changed_files=one["change"]["files"],
        changed_seconds=one["change"]["seconds"],
        changed_equal=one["change"]["equal"],
    )


def pagefind_column(guide: Guide, device: Phone, program: Path) -> Column:
    """Pagefind."""
    asked, times = guide.asked, range(guide.shop.times)
    pages = list(documents(guide.shop.release, REGION, guide.indexes[0]["filters"]))
    place = _empty(guide.shop.home / "pagefind")
    built = build_index(program, pages, place / "pagefind")
    same = None
    if built.seconds < _MAY_BE_MADE_TWICE:
        again = _empty(guide.shop.home / "pagefind-again")
        built = min(built, build_index(program, pages, again / "pagefind"), key=lambda one: one.seconds)
        same = _contents(place) == _contents(again)
    (place / "index.html").write_text("<!doctype html><title>Pagefind</title>", encoding="utf-8")
    with _online(place, device) as (near, far):
        fast = open_pagefind(near, asked, asked.again)
        with device.slowed():
            cold = [open_pagefind(far, asked) for _ in times]
            facet = [open_pagefind(far, asked, filtered=True) for _ in times]
            slow = open_pagefind(far, asked, asked.again)
    return Column(
        name="Pagefind",
        seconds=built.seconds,
        cpu=built.cpu,
        peak=built.peak,
        same=same,
        files=built.files,
        size=built.bytes,
        cold=_typical(cold),
        chosen=_typical(facet),
        fast=fast.warm,
        slow=slow.warm,
    )


def material_column(guide: Guide, device: Phone) -> Column:
    """Material's own search. It has no filters."""
    asked, folder = guide.asked, _empty(guide.shop.home / "material")
    write_docs(guide.shop.release, REGION, folder)
    cost = run(build_command(folder))
    site = MaterialSite(folder / "site")
    with _online(site.folder, device) as (near, far):
        fast = open_material(near, site.worker, asked, asked.again)
        with device.slowed():
            cold = open_material(far, site.worker, asked)
            slow = open_material(far, site.worker, asked, asked.again)
    size = site.index.stat().st_size
    return Column("Material", cost.seconds, cost.cpu, cost.peak, None, 1, size, cold, None, fast.warm, slow.warm)


@contextmanager
def _online(folder: Path, device: Phone) -> Iterator[tuple[Visitor, Visitor]]:
    """The same browser before a folder, at once and by a slow line."""
    with web(folder) as port, line_to(port) as line:
        near = Visitor(device.browser, f"http://127.0.0.1:{port}")
        yield near, Visitor(device.browser, f"http://127.0.0.1:{line.port}", lambda: line.bytes_down)


def _typical(visits: list[Seen]) -> Seen:
    """The visit in the middle, by what people wait for."""
    return sorted(visits, key=lambda one: one.first)[len(visits) // 2]


def _contents(folder: Path) -> dict[Path, bytes]:
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _empty(folder: Path) -> Path:
    if folder.exists():
        shutil.rmtree(folder)
    folder.mkdir()
    return folder
