"""Measures from approval to live: python -m bench.publishing [N ...] [--disk DIR] [--changes K].

For each number of providers it makes an instance with a history, starts the press as a process of its own, and queues
one change of a provider after the other, as pressing "Keur goed" does. The time runs from before the change is put in
the queue until the site that readers get is the new one.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from bench.generate import generate, municipality_count, write_provider
from bench.region import REGION, municipality_slugs
from provider_forms.desk import publishing
from provider_forms.desk.desk import Desk, Settings
from provider_forms.desk.publishing import FileChange, Request
from wmo_guide.store.history import Signature

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = (200, 5_000)
_PATIENCE = 120.0
_BETWEEN = 0.3
"""Seconds between two approvals: nobody presses quicker."""
_WHO = Signature("Medewerker 1", "medewerker-1@gids.invalid")


@dataclass(frozen=True)
class Instance:
    """A running instance."""

    folder: Path
    providers: int
    desk: Desk
    process: int

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.folder / "content"

    @property
    def online(self) -> str:
        """The release that readers get."""
        return (self.folder / "site" / "current").readlink().name

    def change(self, number: int, version: int) -> tuple[str, str, str]:
        """Another version of a provider: its path, its text, and the fingerprint of the one before."""
        home = self.folder / "drafts" / "regions" / REGION
        (home / "providers").mkdir(parents=True, exist_ok=True)
        fresh = write_provider(home, number, municipality_slugs(municipality_count(self.providers)), version)
        path = f"regions/{REGION}/providers/{fresh.name}"
        before = (self.content / path).read_text(encoding="utf-8")
        return path, fresh.read_text(encoding="utf-8"), publishing.fingerprint(before)

    def approve(self, path: str, text: str, base: str) -> float:
        """Seconds from approval to live."""
        before, begin = self.online, time.perf_counter()
        wanted = Request("provider", REGION, path, (FileChange(path, text, base),), f"{path} bijgewerkt", _WHO, _WHO)
        with self.desk.database.write() as session:
            publishing.queue(session, wanted, None, datetime.now(UTC))
        publishing.wake(self.desk)
        while self.online == before:
            time.sleep(0.001)
            if time.perf_counter() - begin > _PATIENCE:
                raise SystemExit("The press does not come.")
        return time.perf_counter() - begin

    @property
    def peak(self) -> float:
        """Largest memory of the press so far, in MB."""
        told = Path(f"/proc/{self.process}/status").read_text(encoding="utf-8")
        return int(re.findall(r"VmHWM:\s+(\d+)", told)[0]) / 1024


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("providers", type=int, nargs="*", default=NUMBERS, help="numbers of providers")
    parser.add_argument("--disk", type=Path, default=ROOT / "var", help="folder on the disk that is measured")
    parser.add_argument("--changes", type=int, default=50, help="number of approvals")
    options = parser.parse_args()
    print("\n| providers | approvals | median s | p95 s | max s | pages made, median | peak MB of the press |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    options.disk.mkdir(exist_ok=True)
    for providers in options.providers:
        with tempfile.TemporaryDirectory(dir=options.disk, prefix="wmo-bench-") as folder:
            _measure(providers, Path(folder), options.changes)


def _measure(providers: int, folder: Path, changes: int) -> None:
    with _instance(providers, folder) as instance:
        chance, times = Random("publishing"), []
        for version in range(changes):
            change = instance.change(chance.randint(1, providers), version + 2)
            time.sleep(_BETWEEN)
            times.append(instance.approve(*change))
        peak = instance.peak
    told = (folder / "press.txt").read_text(encoding="utf-8").splitlines()
    lines = [line for line in told if "aanbieder veranderd" in line]
    made = sorted(int(re.findall(r"(\d+) van \d+ pagina's gemaakt", line)[0]) for line in lines)
    ordered = sorted(times)
    late = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
    print(
        f"| {providers} | {changes} | {statistics.median(times):.3f} | {late:.3f} | {ordered[-1]:.3f} "
        f"| {statistics.median(made):.0f} | {peak:.0f} |",
        flush=True,
    )
    print(f"\nThe last one: {lines[-1]}\n" if lines else "")


@contextmanager
def _instance(providers: int, folder: Path) -> Iterator[Instance]:
    content, var = folder / "content", folder / "var"
    content.mkdir()
    generate(content, providers, ROOT)
    address = f"sqlite:///{var / 'desk.db'}"
    desk = Desk(Settings(address, var, content, ROOT / "templates" / "mail", "http://bench.test", "bench", None))
    places = {"CONTENT_DIR": content, "VAR_DIR": var, "SITE_DIR": folder / "site", "CACHE_DIR": folder / "cache"}
    theirs, ours = os.pipe()
    started, told = os.pipe()
    command = [sys.executable, "-m", "provider_forms.press", "--parent", str(theirs), "--started", str(told)]
    with (
        (folder / "press.txt").open("w") as output,
        subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, **{f"WMO_{name}": str(place) for name, place in places.items()}},
            stdout=output,
            pass_fds=(theirs, told),
        ) as press,
    ):
        os.close(theirs)
        os.close(told)
        try:
            os.read(started, 1)
            _wait_until_ready(folder / "site")
            yield Instance(folder, providers, desk, press.pid)
        finally:
            os.close(started)
            os.close(ours)
            desk.close()


def _wait_until_ready(site: Path) -> None:
    """A press that has just started makes ready for the first change; that is not what is measured."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end and not list((site / "releases").glob(".new-spare*/index.html")):
        time.sleep(0.1)
    time.sleep(1)


if __name__ == "__main__":
    main()
