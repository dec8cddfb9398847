"""A build that has nothing to do knows it from the stamps of files; whatever may matter counts as a change."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import NoReturn

import pytest

import build
from tests.builders import HOME, PLAIN_REGION, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, files_of, online
from wmo_guide import publishing, unchanged
from wmo_guide.guide.addresses import Site
from wmo_guide.publication import ROOT, Publication
from wmo_guide.unchanged import stamps_of

ALFA = f"{PROVIDERS}/alfa-thuis.yaml"


@pytest.fixture(autouse=True)
def _files_are_not_of_just_now(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test wrote counts as written a while ago."""
    monkeypatch.setattr(unchanged, "RACY_NS", 0)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that the builds of this module share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def arguments(content: ContentFolder, tmp_path: Path, cache: Path) -> list[str]:
    """Builds the sample in a site folder of its own."""
    places = ["--content", str(content.root), "--site", str(tmp_path / "site"), "--cache", str(cache)]
    return [*places, "--date", TODAY.isoformat()]


@pytest.fixture
def order(content: ContentFolder, tmp_path: Path) -> Publication:
    """The sample, with code and templates of its own that the test may change."""
    root = tmp_path / "project"
    for folder in ("templates", "wmo_guide"):
        shutil.copytree(ROOT / folder, root / folder)
    for file in ("mkdocs.yml", "build.py"):
        shutil.copy(ROOT / file, root)
    return Publication(content=content.root, site_dir=tmp_path / "site", root=root, day=TODAY, today=TODAY)


def _unwanted(_: object) -> NoReturn:
    pytest.fail("The press was called.")


def test_second_build_needs_no_press(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same command again ends well without the press, and tells the same pages and release, with none made."""
    assert build.main(arguments) == 0
    first = capsys.readouterr().out.splitlines()[-1].split(": ")[1]
    monkeypatch.setattr(publishing, "publish", _unwanted)

    assert build.main(arguments) == 0

    second = capsys.readouterr().out.splitlines()[-1].split(": ")[1]
    pages = first.split(",")[0]
    assert second == f"{pages}, 0 nieuw gemaakt.{first.split('gemaakt.')[1]}"


def test_change_without_a_page_is_built_once(
    arguments: list[str], content: ContentFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A remark in a file makes no other release; after the press has looked, there is nothing to do again."""
    build.main(arguments)
    content.raw(ALFA, f"{content.text(ALFA)}# Een opmerking.\n")
    build.main(arguments)
    monkeypatch.setattr(publishing, "publish", _unwanted)

    assert build.main(arguments) == 0


def test_refused_content_is_refused_again(arguments: list[str], content: ContentFolder) -> None:
    """Content that was refused is read again each time, and told again; put right, it is published."""
    build.main(arguments)
    right = content.text(ALFA)
    content.swap(ALFA, "waiting_weeks: '3'", "waiting_weeks: drie")

    assert [build.main(arguments), build.main(arguments)] == [1, 1]

    content.raw(ALFA, right)
    assert build.main(arguments) == 0


def _lost_page(site: Path) -> None:
    (online(site) / REGION / "index.html").unlink()


def _cut_page(site: Path) -> None:
    page = online(site) / REGION / "index.html"
    page.write_bytes(page.read_bytes()[:100])


def _lost_manifest(site: Path) -> None:
    (site / "releases" / f"{online(site).name}.json").unlink()


def _torn_note(site: Path) -> None:
    (site / ".last").write_text('["')


@pytest.mark.parametrize("damage", [_lost_page, _cut_page, _lost_manifest, _torn_note])
def test_damaged_site_is_made_whole(arguments: list[str], tmp_path: Path, damage: Callable[[Path], None]) -> None:
    """A site of which something is lost or cut short is mended by the same command."""
    site = tmp_path / "site"
    build.main(arguments)
    whole = files_of(online(site))
    damage(site)

    assert build.main(arguments) == 0
    assert files_of(online(site)) == whole


def test_other_release_online_is_seen(arguments: list[str], tmp_path: Path) -> None:
    """When another release was put online meanwhile, the one of this content comes back."""
    build.main(arguments)
    first = online(tmp_path / "site").name
    build.main([*arguments, "--region", PLAIN_REGION])

    assert build.main(arguments) == 0
    assert online(tmp_path / "site").name == first


def _longer(file: str) -> Callable[[Path], None]:
    def change(folder: Path) -> None:
        with (folder / file).open("a") as stream:
            stream.write("\n")

    return change


def _replaced(file: str) -> Callable[[Path], None]:
    """Another file of the same length and times."""

    def change(folder: Path) -> None:
        old = (folder / file).stat()
        other = folder / "other"
        other.write_bytes((folder / file).read_bytes()[::-1])
        os.utime(other, ns=(old.st_atime_ns, old.st_mtime_ns))
        other.replace(folder / file)

    return change


CONTENT_CHANGES: dict[str, Callable[[Path], object]] = {
    "a provider's file": _longer(ALFA),
    "a file replaced by one of the same length and time": _replaced(ALFA),
    "a file gone": lambda folder: (folder / ALFA).unlink(),
    "a file more": lambda folder: (folder / PROVIDERS / "nieuw.yaml").touch(),
    "a file nobody reads": lambda folder: (folder / "shared" / "los.txt").touch(),
    "a file whose name can't be": lambda folder: (folder / PROVIDERS / "..x.yaml").touch(),
    "a file renamed": lambda folder: (folder / ALFA).rename(folder / PROVIDERS / "gamma-nieuw.yaml"),
    "a folder that is compiled code elsewhere": lambda folder: (folder / "regions" / "__pycache__").mkdir(),
    "an empty region": lambda folder: (folder / "regions" / "leeg").mkdir(),
}
CODE_CHANGES: dict[str, Callable[[Path], object]] = {
    "a template": _longer("templates/guide/provider.html"),
    "code": _longer("wmo_guide/guide/press.py"),
    "a script": _longer("wmo_guide/guide/search/browser/page.js"),
    "the theme's settings": _longer("mkdocs.yml"),
    "the door": _longer("build.py"),
}


@pytest.mark.parametrize("change", [*CONTENT_CHANGES, *CODE_CHANGES])
def test_every_change_of_files_counts(change: str, order: Publication) -> None:
    """Whatever happens to the files of the content, or to code, templates and settings, gives other stamps."""
    before = stamps_of(order)
    if change in CONTENT_CHANGES:
        CONTENT_CHANGES[change](order.content)
    else:
        CODE_CHANGES[change](order.root)

    assert before
    assert stamps_of(order) != before


OTHER_ORDERS: dict[str, Callable[[Publication], Publication]] = {
    "another day of the guide": lambda order: replace(order, day=TODAY + timedelta(days=1)),
    "made on another day": lambda order: replace(order, today=TODAY + timedelta(days=1)),
    "under another path": lambda order: replace(order, site=Site(root="/gids/")),
    "at another address": lambda order: replace(order, site=Site(url="https://elders.example.nl")),
    "one region": lambda order: replace(order, regions=(REGION,)),
}


@pytest.mark.parametrize("other", OTHER_ORDERS)
def test_every_other_order_counts(other: str, order: Publication) -> None:
    """Another day, address or choice of regions gives other stamps."""
    assert stamps_of(order)
    assert stamps_of(OTHER_ORDERS[other](order)) != stamps_of(order)


def test_other_packages_count(order: Publication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that comes or goes gives other stamps."""
    packages = tmp_path / "site-packages"
    packages.mkdir()
    os.utime(packages, (0, 0))
    monkeypatch.setattr("site.getsitepackages", lambda: [str(packages)])
    before = stamps_of(order)
    (packages / "jinja2-4.0.dist-info").mkdir()

    assert before
    assert stamps_of(order) != before


def test_what_no_build_reads_is_no_change(order: Publication) -> None:
    """The history of the content and compiled code may change: no build reads them."""
    before = stamps_of(order)
    (order.content / ".git").mkdir()
    (order.content / ".git" / "HEAD").touch()
    (order.content / PROVIDERS / ".alfa-thuis.yaml.swp").touch()
    (order.root / "wmo_guide" / "__pycache__" / "nieuw.pyc").parent.mkdir(exist_ok=True)
    (order.root / "wmo_guide" / "__pycache__" / "nieuw.pyc").touch()

    assert stamps_of(order) == before


def test_file_of_just_now_is_not_trusted(order: Publication, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was written a moment ago may change once more without a trace, so there are no stamps yet."""
    monkeypatch.setattr(unchanged, "RACY_NS", 3_600_000_000_000)

    assert stamps_of(order) == ""


@pytest.mark.parametrize("linked", [ALFA, f"{HOME}/factsheets"])
def test_link_to_elsewhere_is_not_trusted(linked: str, order: Publication, tmp_path: Path) -> None:
    """A link has stamps of its own, and none of what it leads to, so there are none."""
    (order.content / linked).rename(tmp_path / "elders")
    (order.content / linked).symlink_to(tmp_path / "elders")

    assert stamps_of(order) == ""
