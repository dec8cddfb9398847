"""Parsed providers kept between builds: used when nothing changed, dropped when file, standards or code did."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import wmo_guide
from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.untouchable import Untouchable
from wmo_guide.domain.provider import Provider
from wmo_guide.domain.standards import EDITORIAL
from wmo_guide.store import cache as cache_module
from wmo_guide.store.cache import ProviderCache
from wmo_guide.store.load import Loaded
from wmo_guide.store.providers import load_provider

ALFA = f"{HOME}/providers/alfa-thuis.yaml"
PROVIDERS = ("alfa-thuis", "beta-dag", "delta-logeren", "gamma-zorg")


@pytest.fixture
def cache_dir(tmp_path: Path) -> Path:
    """A folder for the cache that doesn't exist yet."""
    return tmp_path / "cache"


def _settle() -> None:
    """Waits until files are old enough to be told from a later version of them."""
    time.sleep(0.06)


def _providers(loaded: Loaded) -> tuple[Provider, ...]:
    return next(one.providers for one in loaded.catalogues if one.slug == REGION)


def _kept(content: ContentFolder, cache_dir: Path) -> ProviderCache:
    standards = next(one.standards for one in content.load().catalogues if one.slug == REGION)
    return ProviderCache.open(cache_dir, REGION, standards.basis_digest)


def _mark(content: ContentFolder, cache_dir: Path) -> None:
    """Changes the name of each provider in the cache, so that one that comes from there can be told."""
    cache = _kept(content, cache_dir)
    assert cache.size == len(PROVIDERS)
    marked = {
        file: one._replace(organisation={**one.organisation, "name": f"cached {one.slug}"})
        for file, one in cache.providers.items()
    }
    cache.save(cache.stamps, marked)


def _from_cache(loaded: Loaded) -> set[str]:
    return {one.slug for one in _providers(loaded) if one.name.startswith("cached ")}


@pytest.fixture
def warm(content: ContentFolder, cache_dir: Path) -> ContentFolder:
    """The content, with a cache whose entries can be told by their name."""
    _settle()
    content.load(cache_dir=cache_dir)
    _mark(content, cache_dir)
    return content


def test_unchanged_files_come_from_the_cache(warm: ContentFolder, cache_dir: Path) -> None:
    """When nothing changed, no provider is parsed again."""
    assert _from_cache(warm.load(cache_dir=cache_dir)) == set(PROVIDERS)


def test_warm_result_equals_cold_result(content: ContentFolder, cache_dir: Path) -> None:
    """Catalogues and problems are the same with and without a cache."""
    _settle()
    cold = content.load()
    first = content.load(cache_dir=cache_dir)
    warm = content.load(cache_dir=cache_dir)

    assert _kept(content, cache_dir).size == len(PROVIDERS)
    assert first == cold
    assert warm == cold


def test_without_folder_nothing_is_kept(content: ContentFolder, tmp_path: Path) -> None:
    """Without a cache folder nothing is written beside the content."""
    content.load()

    assert [path.name for path in tmp_path.iterdir()] == ["content"]


def test_changed_file_is_parsed_again(warm: ContentFolder, cache_dir: Path) -> None:
    """Only the provider whose file changed is parsed again."""
    warm.put(ALFA, ("organisation", "name"), "Alfa Nieuw")

    loaded = warm.load(cache_dir=cache_dir)

    assert _from_cache(loaded) == {"beta-dag", "delta-logeren", "gamma-zorg"}
    assert _providers(loaded)[0].name == "Alfa Nieuw"


def test_change_of_same_size_and_time_is_seen(warm: ContentFolder, cache_dir: Path) -> None:
    """A change that keeps a file's size and whose time of change is set back is seen all the same."""
    path = warm.path(ALFA)
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Alfa Thuis", b"Alfa Thuus"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    _settle()

    loaded = warm.load(cache_dir=cache_dir)

    assert path.stat().st_size == before.st_size
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert _providers(loaded)[0].name == "Alfa Thuus"


def test_file_that_was_just_written_is_not_trusted(
    content: ContentFolder, cache_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file read in the same tick as it was written is parsed again next time: it may change within that tick."""
    monkeypatch.setattr(cache_module, "RACY_NS", 1_500_000_000)  # a tick in which a busy machine reads it too
    time.sleep(1.6)
    content.put(ALFA, ("organisation", "name"), "Alfa Een")
    content.load(cache_dir=cache_dir)
    cache = _kept(content, cache_dir)
    stamp = cache.stamp(content.path(ALFA))
    time.sleep(1.6)

    assert cache.get(ALFA, stamp) is None
    assert cache.get(ALFA, cache.stamp(content.path(ALFA))) is None
    assert cache.get(f"{HOME}/providers/beta-dag.yaml", cache.stamp(content.path(f"{HOME}/providers/beta-dag.yaml")))


def test_quick_changes_are_all_seen(content: ContentFolder, cache_dir: Path) -> None:
    """Of ten changes of the same size right after each other, each is seen by the next load."""
    for name in "abcdefghij":
        content.put(ALFA, ("organisation", "name"), f"Alfa {name}")

        assert _providers(content.load(cache_dir=cache_dir))[0].name == f"Alfa {name}"


def test_file_put_in_place_of_another_is_seen(warm: ContentFolder, cache_dir: Path) -> None:
    """A file moved over another, with its size and time, is parsed again."""
    path = warm.path(ALFA)
    other = path.with_suffix(".new")
    shutil.copy2(path, other)
    other.write_bytes(other.read_bytes().replace(b"Alfa Thuis", b"Alfa Thuus"))
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)
    _settle()

    assert _providers(warm.load(cache_dir=cache_dir))[0].name == "Alfa Thuus"


def test_new_and_deleted_files_are_seen(warm: ContentFolder, cache_dir: Path) -> None:
    """A new provider appears and a deleted one goes, while the others stay as they were kept."""
    warm.raw(f"{HOME}/providers/epsilon.yaml", warm.text(f"{HOME}/providers/delta-logeren.yaml"))
    warm.remove(ALFA)

    loaded = warm.load(cache_dir=cache_dir)

    assert [one.slug for one in _providers(loaded)] == ["beta-dag", "delta-logeren", "epsilon", "gamma-zorg"]
    assert _from_cache(loaded) == {"beta-dag", "delta-logeren", "gamma-zorg"}
    assert ALFA not in _kept(warm, cache_dir).providers


@pytest.mark.parametrize(
    "change",
    [
        lambda content: content.put(f"{HOME}/region.yaml", ("summary",), "Anders."),
        lambda content: content.put(f"{HOME}/matrix/2024.yaml", ("axes", 0, "levels", 0, "title"), "Lichter"),
        lambda content: content.put("questions/offering.yaml", ("questions", 0, "max"), "150"),
        lambda content: content.put("questions/day-extra.yaml", ("questions", 0, "max"), "50"),
    ],
    ids=["region", "matrix", "question set", "question set of a block"],
)
def test_changed_standards_drop_all_entries(
    warm: ContentFolder, cache_dir: Path, change: Callable[[ContentFolder], None]
) -> None:
    """When anything changes that answers are held against, every provider is parsed again."""
    change(warm)

    assert _from_cache(warm.load(cache_dir=cache_dir)) == set()


@pytest.mark.parametrize("part", sorted(EDITORIAL))
def test_what_staff_write_keeps_all_entries(warm: ContentFolder, cache_dir: Path, part: str) -> None:
    """When something changes that no answer is held against, no provider is parsed again."""
    home = warm.path(HOME)
    files = [path for path in home.rglob("*") if path.relative_to(home).parts[0].partition(".")[0] == part]
    file = min((path for path in files if path.is_file()), default=home / f"{part}.csv")
    with file.open("a", encoding="utf-8") as stream:
        stream.write("\n" if file.suffix != ".csv" else "pc4,place,lat,lon\n1800,Zandhoek,52.6,4.7\n")
    before = next(one.standards for one in warm.load().catalogues if one.slug == REGION)

    assert _from_cache(warm.load(cache_dir=cache_dir)) == set(PROVIDERS)
    assert part in before.digests


@pytest.mark.parametrize("file", PROVIDERS)
def test_answers_are_held_against_nothing_else(content: ContentFolder, file: str) -> None:
    """A provider is read to the same end where nothing of what staff write can be looked at."""
    standards = content.standards()
    hidden: dict[str, Any] = dict.fromkeys(EDITORIAL, Untouchable())
    name = f"{HOME}/providers/{file}.yaml"

    read = load_provider(content.root, name, replace(standards, **hidden), TODAY)
    assert read == load_provider(content.root, name, standards, TODAY)
    assert read[0] is not None


def test_stricter_standards_are_applied_to_kept_providers(content: ContentFolder, cache_dir: Path) -> None:
    """A provider that was fine is told as soon as the matrix no longer has what it offers."""
    _settle()
    assert content.load(cache_dir=cache_dir).problems == ()
    content.put(f"{HOME}/matrix/2024.yaml", ("areas", 0, "blocks", 0, "arrangements"), [])

    told = {problem.file for problem in content.load(cache_dir=cache_dir).problems}

    assert told == {ALFA}


def test_other_region_keeps_its_entries(warm: ContentFolder, cache_dir: Path) -> None:
    """A change in one region leaves the cache of another as it is."""
    warm.put("regions/veenpolder/region.yaml", ("summary",), "Anders.")

    assert _from_cache(warm.load(cache_dir=cache_dir)) == set(PROVIDERS)


def test_broken_provider_is_told_each_time(content: ContentFolder, cache_dir: Path) -> None:
    """A provider with a problem is not kept: its problem is told again by the next load."""
    content.put(ALFA, ("colour",), "blue")
    _settle()

    first = content.load(cache_dir=cache_dir)
    again = content.load(cache_dir=cache_dir)

    assert len(first.problems) == 1
    assert again == first
    assert _kept(content, cache_dir).size == len(PROVIDERS) - 1


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"no pickle",
        b"\x80\x05",
        pickle.dumps(None),
        pickle.dumps("other key") + pickle.dumps({}) + pickle.dumps([]),
        pickle.dumps(("other", "shape")),
        b"cno_such_module\nno_such_name\n.",
    ],
    ids=["empty", "text", "cut off", "nothing", "other key", "other shape", "other module"],
)
def test_damaged_cache_is_made_again(content: ContentFolder, cache_dir: Path, damage: bytes) -> None:
    """Whatever stands in the cache's file, the result is right and the file is good again."""
    _settle()
    content.load(cache_dir=cache_dir)
    [file] = cache_dir.iterdir()
    file.write_bytes(damage)

    assert content.load(cache_dir=cache_dir) == content.load()
    assert _kept(content, cache_dir).size == len(PROVIDERS)


@pytest.mark.parametrize(
    "parts",
    [
        (),
        ({ALFA: (1, 2, 3, 4)},),
        ({ALFA: (1, 2, 3, 4)}, []),
        ({ALFA: "no stamp"}, ["no provider"]),
        (None, None),
        ([], [1]),
    ],
)
def test_odd_entries_are_not_used(content: ContentFolder, cache_dir: Path, parts: tuple[object, ...]) -> None:
    """A cache with the right key but stamps or providers of another shape, or without them, does no harm."""
    _settle()
    content.load(cache_dir=cache_dir)
    [file] = cache_dir.iterdir()
    key = _kept(content, cache_dir).key
    file.write_bytes(b"".join(map(pickle.dumps, (key, *parts))))

    assert content.load(cache_dir=cache_dir) == content.load()


def test_cut_off_cache_is_made_again(content: ContentFolder, cache_dir: Path) -> None:
    """A cache that was cut off halfway is made again."""
    _settle()
    content.load(cache_dir=cache_dir)
    [file] = cache_dir.iterdir()
    file.write_bytes(file.read_bytes()[:500])

    assert content.load(cache_dir=cache_dir) == content.load()
    assert _kept(content, cache_dir).size == len(PROVIDERS)


def test_cache_is_for_its_owner_only(content: ContentFolder, cache_dir: Path) -> None:
    """The folder and the file, which are read as code would be, can be written by their owner only."""
    content.load(cache_dir=cache_dir)
    [file] = cache_dir.iterdir()

    assert cache_dir.stat().st_mode & 0o022 == 0
    assert file.stat().st_mode & 0o077 == 0


def test_no_half_written_file_is_left(content: ContentFolder, cache_dir: Path) -> None:
    """After a load the folder holds the cache and no scraps."""
    content.load(cache_dir=cache_dir)

    assert [path.name for path in cache_dir.iterdir()] == [f"providers-{REGION}.pickle"]


def test_changed_code_drops_all_entries(content: ContentFolder, cache_dir: Path, tmp_path: Path) -> None:
    """An entry made by one version of the domain's or the store's code is not used by another."""
    house = tmp_path / "house"
    shutil.copytree(Path(wmo_guide.__file__).parent, house / "wmo_guide")
    code = (
        "import sys; from pathlib import Path; from wmo_guide.store.cache import ProviderCache; "
        "from wmo_guide.store.load import load; root, cache = map(Path, sys.argv[1:]); "
        f"standards = load(root).catalogues[0].standards; print(ProviderCache.open(cache, '{REGION}', standards.basis_digest).size); "
        "load(root, cache_dir=cache)"
    )

    def kept() -> int:
        command = [sys.executable, "-c", code, str(content.root), str(cache_dir)]
        return int(subprocess.run(command, cwd=house, capture_output=True, text=True, check=True).stdout)

    _settle()
    sizes = [kept(), kept()]
    for module in ("domain/kinds/text.py", "store/providers.py"):
        path = house / "wmo_guide" / module
        path.write_text(path.read_text() + "\n# another version\n")
        sizes += [kept(), kept()]

    assert sizes == [0, 4, 0, 4, 0, 4]


def test_many_files_are_read_by_two_processes_as_by_one(content: ContentFolder, cache_dir: Path) -> None:
    """Five hundred providers, read in two halves, come in order, and problems of both halves are told."""
    text = content.text(f"{HOME}/providers/delta-logeren.yaml")
    names = [f"p{number:03}" for number in range(500)]
    for name in names:
        content.raw(f"{HOME}/providers/{name}.yaml", text.replace("Delta Logeren", f"Naam {name}"))
    _settle()

    cold = content.load(cache_dir=cache_dir)
    for name in ("p003", "p480"):
        content.put(f"{HOME}/providers/{name}.yaml", ("colour",), "blue")
    broken = content.load()

    assert cold.problems == ()
    assert [one.slug for one in _providers(cold)] == [*PROVIDERS, *names]
    assert [one.name for one in _providers(cold)[-2:]] == ["Naam p498", "Naam p499"]
    assert [problem.file for problem in broken.problems] == [
        f"{HOME}/providers/p003.yaml",
        f"{HOME}/providers/p480.yaml",
    ]
