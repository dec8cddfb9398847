"""Measures from approval to live: python -m bench.publishing [N ...] [--disk DIR] [--changes K] [--edits K].

For each number of providers it makes an instance with a history, starts the press as a process of its own, and queues
one change of a provider after the other, as pressing "Keur goed" does. The time runs from before the change is put in
the queue until the site that readers get is the new one. After that, the same for what staff edit: a news item, a word
of the word list, and a block of the matrix.
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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

from bench.generate import generate, municipality_count, write_provider
from bench.region import EDITION, REGION, municipality_slugs
from provider_forms.desk import publishing
from provider_forms.desk.desk import Desk, Settings
from provider_forms.desk.publishing import FileChange, Request
from wmo_guide.store.edit import amend
from wmo_guide.store.history import Signature
from wmo_guide.store.yaml_text import read_tree

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = (200, 5_000)
_PATIENCE = 600.0
_BETWEEN = 0.3
"""Seconds between two approvals: nobody presses quicker."""
_IDLE = 0.05
"""Processor seconds that a press needs in two seconds when it only waits."""
EDITS = ("news", "term", "block")
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

    def edit(self, kind: str, version: int) -> tuple[str, str, str]:
        """A file with another text in it that staff edit, as `change` gives it."""
        home = self.content / "regions" / REGION
        path = {
            "news": min((home / "news").glob("*.md")),
            "term": self.content / "shared" / "terms.yaml",
            "block": home / "matrix" / f"{EDITION}.yaml",
        }[kind]
        before = path.read_text(encoding="utf-8")
        fresh = f"{before}\nBericht {version}.\n" if kind == "news" else _reworded(before, version)
        return path.relative_to(self.content).as_posix(), fresh, publishing.fingerprint(before)

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
    def work(self) -> float:
        """Processor seconds of the press and of those that it started, so far; the same on a busy machine."""
        fields = Path(f"/proc/{self.process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")

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
    parser.add_argument("--edits", type=int, default=5, help="number of edits by staff, of each kind")
    options = parser.parse_args()
    options.disk.mkdir(exist_ok=True)
    for providers in options.providers:
        with tempfile.TemporaryDirectory(dir=options.disk, prefix="wmo-bench-") as folder:
            _measure(providers, Path(folder), options.changes, options.edits)


def _measure(providers: int, folder: Path, changes: int, edits: int) -> None:
    with _instance(providers, folder) as instance:
        chance, times = Random("publishing"), []
        for version in range(changes):
            change = instance.change(chance.randint(1, providers), version + 2)
            time.sleep(_BETWEEN)
            times.append(instance.approve(*change))
        peak = instance.peak
        _tell(providers, changes, times, peak, folder / "press.txt")
        if edits:
            print("| providers | edit | approvals | median s | max s | processor s | pages made, last | peak MB |")
            print("| --- | --- | --- | --- | --- | --- | --- | --- |")
            _measure_edits(instance, folder / "press.txt", edits)
            print()


def _tell(providers: int, changes: int, times: Sequence[float], peak: float, output: Path) -> None:
    told = output.read_text(encoding="utf-8").splitlines()
    lines = [line for line in told if "aanbieder veranderd" in line]
    made = sorted(int(re.findall(r"(\d+) van \d+ pagina's gemaakt", line)[0]) for line in lines)
    ordered = sorted(times)
    late = ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]
    print("\n| providers | approvals | median s | p95 s | max s | pages made, median | peak MB of the press |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    print(
        f"| {providers} | {changes} | {statistics.median(times):.3f} | {late:.3f} | {ordered[-1]:.3f} "
        f"| {statistics.median(made):.0f} | {peak:.0f} |",
        flush=True,
    )
    print(f"\nThe last one: {lines[-1]}\n" if lines else "")


def _measure_edits(instance: Instance, output: Path, edits: int) -> None:
    for kind in EDITS:
        times, work = [], []
        for version in range(edits):
            change = instance.edit(kind, version)
            _wait_until_idle(instance)
            before = instance.work
            times.append(instance.approve(*change))
            work.append(instance.work - before)
        time.sleep(_BETWEEN)  # the press tells of it right after readers get it
        told = output.read_text(encoding="utf-8")
        made, pages = re.findall(r"nagekeken; (\d+) van (\d+) pagina's gemaakt", told)[-1]
        print(
            f"| {instance.providers} | {kind} | {edits} | {statistics.median(times):.2f} | {max(times):.2f} "
            f"| {statistics.median(work):.2f} | {made} of {pages} | {instance.peak:.0f} |",
            flush=True,
        )


def _wait_until_idle(instance: Instance) -> None:
    """A press that made the whole site gets ready for the next change; that is not what is measured."""
    before = -1.0
    while instance.work > before + _IDLE:
        before = instance.work
        time.sleep(2.0)


def _reworded(text: str, version: int) -> str:
    """The first word of the list, or the first block of the matrix, with another sentence about it."""
    tree: Any = read_tree(text)
    if "terms" in tree:
        tree["terms"][0]["plain"] = f"Een ander woord voor iets ({version})."
    else:
        tree["areas"][0]["blocks"][0]["summary"] = f"Iemand helpt u, nu al voor de {version + 2}e keer."
    return amend(text, tree)


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
