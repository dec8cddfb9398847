"""Sheets as PDF: out of the cache when they were made from the same before, and else set anew, all at once."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version
from os import getpid
from pathlib import Path
from typing import Any

from wmo_guide.guide.faults import Fault
from wmo_guide.guide.sheets.sheet import Sheet, SheetFile, pages_in

_WORKER = Path(__file__).with_name("worker.py")
_PATIENCE = 120
"""Seconds; sixty sheets take less than one."""


@dataclass(frozen=True)
class SetSheets:
    """Sheets that were set."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """The PDFs by their address."""
    faults: tuple[Fault, ...] = ()

    def about(self, address: str) -> SheetFile | None:
        """What a link to this PDF tells of it; None when there is none."""
        pdf = self.files.get(address)
        return SheetFile(address, pages_in(pdf), len(pdf)) if pdf else None


def set_sheets(sheets: Sequence[Sheet], templates: Path, cache_dir: Path | None) -> SetSheets:
    """Sets sheets with the template in this folder. What goes wrong with a sheet is a fault of its page."""
    keys = {sheet.address: _key(sheet, templates) for sheet in sheets}
    kept = {sheet.address: pdf for sheet in sheets if (pdf := _read(cache_dir, keys[sheet.address]))}
    fresh = [sheet for sheet in sheets if sheet.address not in kept]
    faults = []
    for sheet, answer in zip(fresh, _answers(fresh, templates), strict=True):
        if "pdf" in answer:
            kept[sheet.address] = base64.b64decode(answer["pdf"])
            _write(cache_dir, keys[sheet.address], kept[sheet.address])
        else:
            faults.append(_fault(sheet, answer))
    if fresh:
        _tidy(cache_dir, {sheet.book.catalogue.slug for sheet in sheets}, keys.values())
    return SetSheets({sheet.address: kept[sheet.address] for sheet in sheets if sheet.address in kept}, tuple(faults))


def _answers(sheets: Sequence[Sheet], templates: Path) -> list[dict[str, Any]]:
    if not sheets:
        return []
    order = json.dumps({"folder": str(templates.resolve()), "sheets": [sheet.told() for sheet in sheets]})
    command = [sys.executable, "-I", str(_WORKER)]
    try:
        done = subprocess.run(command, input=order.encode(), capture_output=True, check=False, timeout=_PATIENCE)  # noqa: S603  (our own script)
        answers = json.loads(done.stdout) if done.returncode == 0 else []
    except (OSError, ValueError, subprocess.TimeoutExpired):
        answers = []
    # When the compiler broke down as a whole, no sheet is made; one problem per file of the content will tell it.
    return answers if len(answers) == len(sheets) else [{"error": ""}] * len(sheets)


def _fault(sheet: Sheet, answer: Mapping[str, Any]) -> Fault:
    page = f"/{sheet.url.removeprefix(sheet.book.site.root)}index.html"
    if "pages" not in answer:
        return Fault(page, "no sheet", str(answer.get("error", "")))
    many = f"{answer['pages']} bladzijden, en er {'mag' if sheet.most == 1 else 'mogen'} er {sheet.most} zijn"
    return Fault(page, "long sheet", f'{many}. De langste tekst is: "{sheet.longest()[:80]}"', sheet.about)


def _key(sheet: Sheet, templates: Path) -> str:
    digest = hashlib.blake2b(f"{_compiler()} {sheet.told()}".encode(), digest_size=16)
    digest.update((templates / "sheet.typ").read_bytes())
    return f"{sheet.book.catalogue.slug}-{digest.hexdigest()}"


@cache
def _compiler() -> str:
    return f"{version('typst')} {hashlib.sha256(_WORKER.read_bytes()).hexdigest()}"


def _read(cache_dir: Path | None, key: str) -> bytes | None:
    """A PDF that was kept; None when there is none, or not all of it."""
    try:
        pdf = _place(cache_dir, key).read_bytes() if cache_dir else b""
    except OSError:
        return None
    return pdf if pdf.startswith(b"%PDF-") and pdf.rstrip().endswith(b"%%EOF") else None


def _write(cache_dir: Path | None, key: str, pdf: bytes) -> None:
    if cache_dir is None:
        return
    place = _place(cache_dir, key)
    with suppress(OSError):  # a cache that can't be written is no matter
        place.parent.mkdir(parents=True, exist_ok=True)
        fresh = place.with_suffix(f".{getpid()}")
        fresh.write_bytes(pdf)
        fresh.replace(place)


def _tidy(cache_dir: Path | None, regions: Iterable[str], keys: Iterable[str]) -> None:
    """Throws away what these regions' sheets were before."""
    if cache_dir is None:
        return
    wanted, regions = set(keys), tuple(regions)
    for path in (cache_dir / "sheets").glob("*.pdf"):
        if path.stem not in wanted and path.stem.rpartition("-")[0] in regions:
            path.unlink(missing_ok=True)


def _place(cache_dir: Path, key: str) -> Path:
    return cache_dir / "sheets" / f"{key}.pdf"
