"""Whatever happens to a build, readers have a whole site."""

from __future__ import annotations

import multiprocessing
import random
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.builders import HOME, TODAY, ContentFolder, sample_content
from tests.guide.printing import PROVIDERS, files_of, online, printed
from wmo_guide.guide import release as releases
from wmo_guide.guide.release import KEPT
from wmo_guide.publication import ROOT

KILLS = 20


def _two_contents(folder: Path) -> tuple[ContentFolder, ContentFolder]:
    """Two contents that differ on many pages."""
    one, other = sample_content(folder / "one"), sample_content(folder / "other")
    other.put(f"{PROVIDERS}/alfa-thuis.yaml", ("organisation", "name"), "Andere Naam")
    other.put(f"{HOME}/region.yaml", ("summary",), "Een andere tekst.")
    return one, other


def _names(site: Path) -> set[str]:
    return {path.name for path in (site / "releases").iterdir() if path.is_dir()}


def _publish(site: Path, release: str, files: Mapping[str, bytes]) -> None:
    draft = releases.start(site, release)
    for path, data in files.items():
        draft.write(path, data)
    releases.finish(site, draft, dict.fromkeys(files, "f"))


def test_killed_build_leaves_a_whole_site(tmp_path: Path, cache: Path) -> None:
    """A build that is killed at any moment leaves the old site or the new one, whole; the next build then works."""
    contents = _two_contents(tmp_path)
    whole = []
    for content in contents:
        begin = time.perf_counter()
        printed(content, tmp_path / f"site-{content.root.name}", cache)
        whole.append(files_of(online(tmp_path / f"site-{content.root.name}")))
    longest = time.perf_counter() - begin
    site, chance = tmp_path / "site", random.Random(2026)  # noqa: S311  (moments to kill at, no secret)
    printed(contents[0], site, cache)
    fork = multiprocessing.get_context("fork")

    killed = 0
    for turn in range(KILLS):
        _empty(site)
        build = fork.Process(target=printed, args=(contents[turn % 2], site, cache))
        build.start()
        time.sleep(chance.uniform(0, longest))
        killed += build.is_alive()
        build.kill()
        build.join()
        assert files_of(online(site)) in whole
    assert killed > KILLS // 4, "hardly any build was still at work: the moments tell nothing"

    printed(contents[1], site, cache)
    assert files_of(online(site)) == whole[1]
    assert list((site / "releases").glob(".*")) == []


def _empty(site: Path) -> None:
    """Removes every release but the one that is online, so that the next build has all its work to do."""
    for path in (site / "releases").iterdir():
        if path.is_dir() and path != online(site):
            shutil.rmtree(path)
    for path in (site / "releases").glob("*.json"):
        path.unlink()


def test_two_builds_at_once(tmp_path: Path) -> None:
    """Two builds into one site folder wait for each other: both end well, and the site is that of one of them."""
    contents = _two_contents(tmp_path)
    site = tmp_path / "site"
    command = [
        sys.executable,
        "build.py",
        "--site",
        str(site),
        "--cache",
        str(tmp_path / "cache"),
        "--date",
        f"{TODAY}",
    ]
    builds = [subprocess.Popen([*command, "--content", str(one.root)], cwd=ROOT, stdout=-3) for one in contents]
    codes = [build.wait() for build in builds]
    found = files_of(online(site))

    assert codes == [0, 0]
    assert len(_names(site)) == 2
    whole = []
    for content in contents:
        printed(content, tmp_path / "fresh", tmp_path / "cache")
        whole.append(files_of(online(tmp_path / "fresh")))
    assert found in whole


def test_press_is_held_by_one_at_a_time(tmp_path: Path) -> None:
    """Who asks for the press while another holds it waits until that one lets go."""
    got = threading.Event()

    def ask() -> None:
        with releases.the_press(tmp_path):
            got.set()

    with releases.the_press(tmp_path):
        other = threading.Thread(target=ask)
        other.start()
        assert not got.wait(0.1)
    other.join(5)
    assert got.is_set()


def test_draft_is_not_seen_before_the_switch(tmp_path: Path) -> None:
    """While a release is being made, readers have the old one; then they have the new one, whole."""
    with releases.the_press(tmp_path):
        _publish(tmp_path, "a", {"index.html": b"old"})
        draft = releases.start(tmp_path, "b")
        draft.write("index.html", b"new")
        assert files_of(online(tmp_path)) == {"index.html": b"old"}
        releases.finish(tmp_path, draft, {"index.html": "f"})

    assert files_of(online(tmp_path)) == {"index.html": b"new"}


def test_current_leads_somewhere_at_every_moment(tmp_path: Path) -> None:
    """While releases are switched, the link is there and leads to a whole release, as often as it is looked at."""
    with releases.the_press(tmp_path):
        for name in ("a", "b"):
            _publish(tmp_path, name, {"index.html": name.encode()})
    done = threading.Event()
    missed: list[OSError] = []

    def look() -> None:
        while not done.is_set():
            try:
                assert (tmp_path / "current" / "index.html").read_bytes() in (b"a", b"b")
            except OSError as error:
                missed.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    for turn in range(500):
        releases.switch(tmp_path, "ab"[turn % 2])
    done.set()
    reader.join()

    assert missed == []


def test_abandoned_draft_is_gone(tmp_path: Path) -> None:
    """A draft that is thrown away leaves nothing, and the release online stays."""
    with releases.the_press(tmp_path):
        _publish(tmp_path, "a", {"index.html": b"old"})
        draft = releases.start(tmp_path, "b")
        draft.write("deep/index.html", b"new")
        releases.abandon(draft)

    assert [path.name for path in (tmp_path / "releases").iterdir() if path.is_dir()] == ["a"]
    assert files_of(online(tmp_path)) == {"index.html": b"old"}


def test_left_draft_is_removed(tmp_path: Path) -> None:
    """A draft that a killed press left behind is gone when the next one starts."""
    with releases.the_press(tmp_path):
        left = releases.start(tmp_path, "a")
        left.write("x/index.html", b"half")
        draft = releases.start(tmp_path, "b")

    assert not left.folder.exists()
    assert draft.folder.is_dir()


@pytest.mark.parametrize(
    ("fingerprint", "reused"), [("f", True), ("other", False)], ids=["same inputs", "other inputs"]
)
def test_reuse_needs_the_same_fingerprint(fingerprint: str, reused: object, tmp_path: Path) -> None:
    """A file is taken over from the last release only if it was made from the same inputs."""
    with releases.the_press(tmp_path):
        _publish(tmp_path, "a", {"index.html": b"old"})
        draft = releases.start(tmp_path, "b")

        assert draft.reuse("index.html", fingerprint) is reused
        assert (draft.folder / "index.html").is_file() is reused


def test_written_file_never_changes_an_older_release(tmp_path: Path) -> None:
    """Writing other bytes for a file leaves the file of the older release as it was."""
    with releases.the_press(tmp_path):
        _publish(tmp_path, "a", {"index.html": b"old", "same.html": b"same"})
        _publish(tmp_path, "b", {"index.html": b"new", "same.html": b"same"})

    old, new = tmp_path / "releases" / "a", tmp_path / "releases" / "b"
    assert files_of(old) == {"index.html": b"old", "same.html": b"same"}
    assert (old / "same.html").stat().st_ino == (new / "same.html").stat().st_ino


def test_release_online_is_never_pruned(tmp_path: Path) -> None:
    """However many releases come, at most a fixed number stays, and the one online is among them."""
    with releases.the_press(tmp_path):
        for number in range(KEPT + 4):
            _publish(tmp_path, f"r{number}", {"index.html": b"x"})
            assert online(tmp_path).name == f"r{number}"

    assert _names(tmp_path) == {f"r{number}" for number in range(4, KEPT + 4)}


def test_half_pruned_release_is_not_taken_for_a_whole_one(
    content: ContentFolder, site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When a build is killed while it removes an old release, content that is put back still gives a whole site."""
    name = f"{PROVIDERS}/beta-dag.yaml"
    text = content.text(name)
    first = printed(content, site, cache).release
    whole = files_of(online(site))

    def killed(path: Path, **_: object) -> None:
        for file in [*path.rglob("index.html")][:1]:
            file.unlink()
        raise KeyboardInterrupt

    for weeks in range(1, KEPT):
        content.put(name, ("offerings", 0, "answers", "waiting_weeks"), str(weeks))
        printed(content, site, cache)
    content.put(name, ("offerings", 0, "answers", "waiting_weeks"), "99")
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", killed)
        with pytest.raises(KeyboardInterrupt):
            printed(content, site, cache)
    content.raw(name, text)

    assert printed(content, site, cache).release == first
    assert files_of(online(site)) == whole
