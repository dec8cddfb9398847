"""Whatever a disk did to a release, the next build of the same content gives readers a whole site again."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.builders import HOME, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, files_of, online, printed
from wmo_guide.guide import release as releases
from wmo_guide.publication import Publication
from wmo_guide.warm_publishing import WarmPublisher

BETA = f"{PROVIDERS}/beta-dag.yaml"
DAMAGE: dict[str, Callable[[Path], object]] = {
    "emptied": lambda file: file.write_bytes(b""),
    "cut short": lambda file: file.write_bytes(file.read_bytes()[:-1]),
    "gone": lambda file: file.unlink(),
    "closed to the web server": lambda file: file.chmod(0o600),
}
FILES = ("index.html", "duinrand/aanbieders/beta-dag/index.html", "duinrand/feed.xml")


@pytest.fixture(params=[0o022, 0o077], ids=["usual umask", "strict umask"])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    """A process that lets others see its files, or doesn't."""
    before = os.umask(request.param)
    yield
    os.umask(before)


def _wait(content: ContentFolder, weeks: str) -> None:
    content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), weeks)


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damaged_site_is_mended_by_the_same_build(
    damage: Callable[[Path], object], file: str, content: ContentFolder, site: Path, cache: Path
) -> None:
    """The same content, printed the same day, mends a damaged file in its place: the release that readers have stays."""
    release = printed(content, site, cache).release
    whole, folder = files_of(online(site)), online(site).stat().st_ino
    damage(online(site) / file)

    assert printed(content, site, cache).release == release
    assert files_of(online(site)) == whole
    assert (online(site) / file).stat().st_mode & 0o777 == 0o644
    assert online(site).stat().st_ino == folder
    assert printed(content, site, cache).made == 0


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_damage_does_not_spread(
    damage: Callable[[Path], object], content: ContentFolder, site: Path, cache: Path, tmp_path: Path
) -> None:
    """A build of other content takes nothing over from a damaged release."""
    printed(content, site, cache)
    for file in FILES:
        damage(online(site) / file)
    _wait(content, "7")

    printed(content, site, cache)
    printed(content, tmp_path / "fresh", cache)

    assert files_of(online(site)) == files_of(online(tmp_path / "fresh"))
    assert {path.stat().st_mode & 0o777 for path in online(site).rglob("*.html")} == {0o644}


def test_damaged_older_release_is_not_switched_to(content: ContentFolder, site: Path, cache: Path) -> None:
    """Content that is put back gives the whole site, also when the release that was made of it is damaged by now."""
    text = content.text(BETA)
    printed(content, site, cache)
    older, whole = online(site), files_of(online(site))
    _wait(content, "7")
    printed(content, site, cache)
    DAMAGE["gone"](older / FILES[1])
    content.raw(BETA, text)

    printed(content, site, cache)

    assert files_of(online(site)) == whole


def test_press_that_stays_awake_mends_too(content: ContentFolder, site: Path, cache: Path, tmp_path: Path) -> None:
    """A damage that a press finds between two publications is gone with the next one."""
    publisher = WarmPublisher(Publication(content=content.root, site_dir=site, cache_dir=cache, day=TODAY))
    with publisher.prepared(None, TODAY, TODAY) as ready:
        ready.switch()
    DAMAGE["emptied"](online(site) / "index.html")
    publisher.press.get_ready()
    _wait(content, "7")

    with publisher.prepared({BETA}, TODAY, TODAY) as ready:
        ready.switch()
    printed(content, tmp_path / "fresh", cache)

    assert files_of(online(site)) == files_of(online(tmp_path / "fresh"))


@pytest.mark.usefixtures("umask")
def test_web_server_can_read_the_site(content: ContentFolder, site: Path, cache: Path) -> None:
    """Whatever the umask of who builds, others may read all files and look into all folders, also of a second release."""
    printed(content, site, cache)
    content.put(f"{HOME}/terms.yaml", ("terms", 0, "plain"), "Een ander woord.")
    printed(content, site, cache)

    modes = {path.is_dir(): set[int]() for path in (site, site / "current" / "index.html")}
    for path in [site, site / "releases", online(site), *online(site).rglob("*")]:
        modes[path.is_dir()].add(path.stat().st_mode & 0o777)

    assert modes == {True: {0o755}, False: {0o644}}


def test_release_is_on_disk_before_it_is_online(
    content: ContentFolder, site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is told to keep all files of a release while readers still have the old one: the power may fail."""
    printed(content, site, cache)
    old, seen = releases.current(site), []
    monkeypatch.setattr(os, "sync", lambda: seen.append(releases.current(site)))
    _wait(content, "7")

    printed(content, site, cache)

    assert seen == [old]
    assert releases.current(site) != old
