"""build.py is the press's door: what it prints, what it ends with, and what it makes of content alone."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any, Self

import pytest

import build
from tests.builders import HOME, PLAIN_REGION, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, files_of, online, page_tree, untouched
from wmo_guide.domain import clock
from wmo_guide.publication import ROOT

NEW = "heideland"
"""A fourth region, made of YAML alone."""
LATER = TODAY + timedelta(days=3650)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that the builds of this module share."""
    return tmp_path_factory.mktemp("cache")


def _arguments(content: ContentFolder, site: Path, cache: Path, *more: str) -> list[str]:
    fixed = ["--content", str(content.root), "--site", str(site), "--cache", str(cache)]
    return [*fixed, *([] if "--date" in more else ["--date", TODAY.isoformat()]), *more]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder for a site."""
    return tmp_path / "site"


def test_good_content_is_published(
    content: ContentFolder, site: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Good content ends with exit code 0, lines of progress, the number of pages and the name of the release."""
    code = build.main(_arguments(content, site, cache))
    out, errors = capsys.readouterr()

    assert code == 0
    assert errors == ""
    assert len(out.splitlines()) >= 4
    assert online(site).name in out.splitlines()[-1]
    pages = sum(path.endswith(".html") for path in files_of(online(site)))
    assert f" {pages} " in out.splitlines()[-1]


def test_bad_content_publishes_nothing(
    content: ContentFolder, site: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bad content ends with exit code 1 and all problems, each with file and line, on standard error; the site stays."""
    build.main(_arguments(content, site, cache))
    content.swap(f"{PROVIDERS}/alfa-thuis.yaml", "kvk: '01234567'", "kvk: '1'")
    content.swap(f"{PROVIDERS}/beta-dag.yaml", "updated: '2025-11-02'", "updated: gisteren")
    capsys.readouterr()
    with untouched(site):
        code = build.main(_arguments(content, site, cache))
    _, errors = capsys.readouterr()

    assert code == 1
    first, second, last = errors.splitlines()
    assert first.startswith(f"{content.root}/{PROVIDERS}/alfa-thuis.yaml:")
    assert second.startswith(f"{content.root}/{PROVIDERS}/beta-dag.yaml:2: updated: ")
    assert "2" in last


def test_failing_gate_publishes_nothing(
    content: ContentFolder, site: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page that fails a gate ends with exit code 1 and the place in the content; the site stays."""
    build.main(_arguments(content, site, cache))
    file = f"{HOME}/pages/doelen.md"
    content.raw(file, f"{content.text(file)}\n[x](/nergens/)\n")
    capsys.readouterr()
    with untouched(site):
        code = build.main(_arguments(content, site, cache))

    assert code == 1
    assert f"{content.path(file)}:{len(content.text(file).splitlines())}: " in capsys.readouterr().err


def test_regions_can_be_chosen(content: ContentFolder, site: Path, cache: Path) -> None:
    """--region limits the site to a region, and may be given more than once."""
    build.main(_arguments(content, site, cache, "--region", PLAIN_REGION))
    assert not (online(site) / REGION).exists()

    build.main(_arguments(content, site, cache, "--region", PLAIN_REGION, "--region", REGION))
    assert (online(site) / REGION).is_dir()
    assert (online(site) / PLAIN_REGION).is_dir()


def test_unknown_region_is_told(
    content: ContentFolder, site: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A region that isn't there ends with exit code 1 and the names of those that are."""
    code = build.main(_arguments(content, site, cache, "--region", "atlantis"))
    _, errors = capsys.readouterr()

    assert code == 1
    assert "atlantis" in errors
    assert REGION in errors


@pytest.mark.parametrize(
    "bad", [["--date", "morgen"], ["--date", "2026-02-30"], ["--onbekend"], ["--region"]], ids=" ".join
)
def test_bad_arguments_build_nothing(
    bad: list[str], content: ContentFolder, site: Path, cache: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An argument that can't be ends with exit code 2 and a line that names it, and builds nothing."""
    with pytest.raises(SystemExit) as caught:
        build.main([*_arguments(content, site, cache), *bad])

    assert caught.value.code == 2
    assert bad[0] in capsys.readouterr().err
    assert not site.exists()


def test_date_decides(content: ContentFolder, site: Path, cache: Path) -> None:
    """--date decides what is shown: years later, offers that nobody confirmed are gone, and the examples are not."""
    build.main(_arguments(content, site, cache))
    assert (online(site) / REGION / "aanbieders" / "alfa-thuis").is_dir()

    build.main(_arguments(content, site, cache, "--date", LATER.isoformat()))
    assert not (online(site) / REGION / "aanbieders" / "alfa-thuis").exists()
    assert (online(site) / REGION / "aanbieders" / "beta-dag").is_dir()


class _Night(datetime):
    """Half past twelve at night where the readers are, the day before in Greenwich."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        return cls(2026, 7, 1, 22, 30, tzinfo=UTC).astimezone(tz)


@pytest.mark.parametrize(
    "told", [(None, "20260702"), ("", "20260702"), ("1768431600", "20260115"), ("1768431599", "20260114")]
)
def test_day_is_that_of_readers_or_of_the_sources(
    told: tuple[str | None, str], content: ContentFolder, site: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without --date the guide is of the day that has begun for its readers, or of the one of SOURCE_DATE_EPOCH."""
    seconds, day = told
    monkeypatch.setattr(clock, "datetime", _Night)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    if seconds is not None:
        monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)

    assert build.main(["--content", str(content.root), "--site", str(site), "--cache", str(cache)]) == 0
    assert online(site).name.startswith(f"{day}-")

    assert build.main(_arguments(content, site, cache)) == 0
    assert online(site).name.startswith(f"{TODAY:%Y%m%d}-")


@pytest.mark.parametrize("seconds", ["gisteren", "2026-01-15", "9" * 30])
def test_odd_day_of_the_sources_builds_nothing(
    seconds: str, site: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A SOURCE_DATE_EPOCH that is no moment ends with exit code 2 and what to do, and builds nothing."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds)
    with pytest.raises(SystemExit) as ended:
        build.main(["--site", str(site)])

    assert ended.value.code == 2
    assert f"SOURCE_DATE_EPOCH is {seconds}" in capsys.readouterr().err
    assert not site.exists()


def test_bytes_do_not_depend_on_the_machine(content: ContentFolder, tmp_path: Path) -> None:
    """Processes with another seed of Python's hashes, time zone, language and working folder give the same bytes."""
    worlds = [
        {"PYTHONHASHSEED": "1", "TZ": "UTC", "LANG": "C", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    ]
    sites = []
    for number, world in enumerate(worlds):
        site = tmp_path / f"site-{number}"
        command = [sys.executable, str(ROOT / "build.py"), *_arguments(content, site, tmp_path / f"cache-{number}")]
        subprocess.run(
            command,
            check=True,
            cwd=tmp_path if number else ROOT,
            env={**os.environ, **world},
            stdout=subprocess.DEVNULL,
        )
        sites.append(site)

    assert online(sites[0]).name == online(sites[1]).name
    assert files_of(online(sites[0])) == files_of(online(sites[1]))


def _axis(key: str, levels: Sequence[str]) -> dict[str, Any]:
    return {
        "key": key,
        "title": f"As {key}",
        "plain": f"Wat {key} zegt.",
        "levels": [{"key": level, "title": f"Stap {level}", "plain": f"Dit is {level}."} for level in levels],
    }


def _block(slug: str, axes: Sequence[str], **more: object) -> dict[str, Any]:
    return {
        "slug": slug,
        "title": f"Bouwsteen {slug}",
        "plain_title": f"Hulp met {slug}",
        "icon": "material/home",
        "summary": f"Wij helpen met {slug}.",
        "everyday_words": ["een", "twee", "drie", "vier", "vijf"],
        "axes": list(axes),
        "sources": ["plan"],
        **more,
    }


def _region_alone(content: ContentFolder) -> None:
    region = {
        "name": "Regio Heideland",
        "summary": "Hulp op de heide.",
        "updated": "2025-12-01",
        "sources": [{"key": "plan", "title": "Het plan", "date": "2025-01-01"}],
        "publisher": {"name": "Heideland samen", "about": "Wij houden de gids bij."},
        "municipalities": [{"slug": "heidedorp", "name": "Heidedorp", "code": "GM9301", "province": "Drenthe"}],
    }
    content.write(f"regions/{NEW}/region.yaml", region)


def _matrix(content: ContentFolder) -> None:
    matrix = {
        "title": "Heidematrix",
        "plain_title": "De hulp op de heide",
        "status": "current",
        "start": "2025-01-01",
        "summary": "Een matrix met drie assen.",
        "updated": "2025-12-01",
        "sources": ["plan"],
        "axes": [_axis("urgentie", "abcd"), _axis("plek", ["thuis", "elders"]), _axis("duur", ["kort"])],
        "areas": [
            {
                "slug": "veld",
                "title": "Het veld",
                "plain_title": "Buiten",
                "summary": "Alles buiten.",
                "blocks": [
                    _block("tuin", ["urgentie", "plek", "duur"]),
                    _block("schapen", ["plek"]),
                    _block("rust", []),
                ],
            }
        ],
    }
    content.write(f"regions/{NEW}/matrix/heide-1.yaml", matrix)


def _provider(content: ContentFolder) -> None:
    answers = {
        "summary": "Wij snoeien.",
        "what": "Elke week.",
        "how": ["group"],
        "levels": {"urgentie": ["b", "c"], "plek": ["elders"]},
        "municipalities": ["heidedorp"],
        "transport": "own",
    }
    provider = {
        "updated": "2025-12-01",
        "confirmed": {"on": "2025-12-01", "by": "de aanbieder"},
        "organisation": {"name": "De Snoeiers", "summary": "Wij doen tuinen."},
        "offerings": [{"edition": "heide-1", "block": "tuin", "answers": answers}],
    }
    content.write(f"regions/{NEW}/providers/snoeiers.yaml", provider)


def test_region_of_one_file(content: ContentFolder, site: Path, cache: Path) -> None:
    """A region of region.yaml alone is a whole guide: every page that all regions have, and no page of a matrix."""
    _region_alone(content)

    assert build.main(_arguments(content, site, cache)) == 0

    folders = {path.name for path in (online(site) / NEW).iterdir() if path.is_dir()}
    assert {"gemeenten", "voorzieningen", "kosten", "zo-werkt-het", "vragen", "woordenlijst", "a-z"} <= folders
    assert {"professionals", "nieuws", "over", "toegankelijkheid", "privacy", "zoeken"} <= folders
    assert folders & {"matrix", "hulp", "aanbieders", "factsheets", "situaties"} == set()
    assert f"/{NEW}/gemeenten/heidedorp/" in page_tree(site, "").xpath("//a/@href")


def test_fourth_region_with_axes_of_its_own(content: ContentFolder, site: Path, cache: Path) -> None:
    """A new region with a matrix of other axes, made of YAML alone, has its pages and its table; the others stay."""
    build.main(_arguments(content, site, cache))
    before = files_of(online(site) / REGION)
    _region_alone(content)
    _matrix(content)
    _provider(content)

    assert build.main(_arguments(content, site, cache)) == 0

    assert files_of(online(site) / REGION) == before
    for address in ("hulp/tuin", "hulp/schapen", "hulp/rust", "aanbieders/snoeiers", "gemeenten/heidedorp/tuin"):
        assert (online(site) / NEW / address / "index.html").is_file()
    table = page_tree(site, f"{NEW}/matrix/heide-1")
    assert table.xpath("//thead//th[@colspan]/text()") == ["As urgentie", "As plek", "As duur"]
    assert table.xpath("//thead//th/@colspan") == ["4", "2", "1"]
    (row,) = table.xpath("//tr[th[@scope='row'][contains(., 'tuin')]]")
    assert [cell.text_content().strip() for cell in row.xpath("./td")] == ["1", "0", "1", "1", "0", "0", "1", "0"]


def test_shipped_content_has_the_whole_address_space(tmp_path: Path) -> None:
    """The content that comes with the project builds, today and years later, with every kind of address that is promised."""
    for day in (date(2026, 11, 22), LATER):
        site = tmp_path / f"site-{day.year}"
        arguments = ["--site", str(site), "--cache", str(tmp_path / "cache"), "--date", day.isoformat()]
        assert build.main(arguments) == 0
        paths = files_of(online(site)).keys()
        for region in (path.name for path in (ROOT / "content" / "regions").iterdir()):
            _has_address_space(set(paths), region)
        assert {"index.html", "404.html", "sitemap.xml", "robots.txt"} <= paths


def _has_address_space(paths: set[str], region: str) -> None:
    content = ROOT / "content" / "regions" / region
    parts = ["gemeenten", "voorzieningen", "kosten", "zo-werkt-het", "vragen", "woordenlijst", "a-z", "professionals"]
    parts += ["nieuws", "over", "toegankelijkheid", "privacy"]
    parts += ["situaties"] if (content / "situations.yaml").exists() else []
    parts += [f"matrix/{file.stem}" for file in content.glob("matrix/*.yaml")]
    parts += [f"aanbieders/{file.stem}" for file in content.glob("providers/*.yaml")]
    parts += [f"factsheets/{file.stem}" for file in content.glob("factsheets/*.md")]
    wanted = {f"{region}/{part}/index.html" for part in parts} | {f"{region}/index.html", f"{region}/feed.xml"}

    assert wanted <= paths, wanted - paths


@pytest.mark.parametrize(
    ("option", "value", "advice"),
    [
        ("--root", "sub", "met een / aan beide kanten"),
        ("--root", "/sub", "met een / aan beide kanten"),
        ("--url", "geen adres", "zonder / aan het eind"),
        ("--date", "gisteren", "Schrijf jaar-maand-dag"),
    ],
)
def test_odd_option_is_refused_with_advice(
    option: str, value: str, advice: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """An option that would publish a broken site is refused before anything is read, in Dutch."""
    with pytest.raises(SystemExit) as ended:
        build.main([option, value])

    assert ended.value.code == 2
    assert advice in capsys.readouterr().err
