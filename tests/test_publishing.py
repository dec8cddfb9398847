"""Publishing tells what is wrong and where, or prints the site; nothing in between."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.builders import HOME, PLAIN_REGION, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, files_of, online, untouched
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import RefusedError, publish

ALFA = f"{PROVIDERS}/alfa-thuis.yaml"


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder that the builds of this module share."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def order(content: ContentFolder, tmp_path: Path, cache: Path) -> Publication:
    """Publishes the sample in a site folder of its own."""
    return Publication(content=content.root, site_dir=tmp_path / "site", cache_dir=cache, day=TODAY)


def test_all_problems_are_told_with_their_place(content: ContentFolder, order: Publication) -> None:
    """Problems of several files are told together, each with its file, line and key, and the old site stays."""
    publish(order)
    content.swap(ALFA, "waiting_weeks: '3'", "waiting_weeks: drie")
    content.swap(f"{HOME}/region.yaml", "name: Regio Duinrand", "naam: Regio Duinrand")
    content.raw(f"{HOME}/terms.yaml", "updated: [")
    with untouched(order.site_dir), pytest.raises(RefusedError) as caught:
        publish(order)

    told = caught.value.problems
    files = [line.split(": ")[0].removeprefix(f"{content.root}/") for line in told]
    assert f"{HOME}/region.yaml:1" in files
    assert any(file.startswith(f"{HOME}/terms.yaml:") for file in files)
    assert files == sorted(files)
    assert str(caught.value) == "\n".join(told)


def test_wrong_answer_is_told_at_its_line(content: ContentFolder, order: Publication) -> None:
    """A single wrong answer gives a single problem, at the line where it stands."""
    content.swap(ALFA, "waiting_weeks: '3'", "waiting_weeks: drie")
    line = content.text(ALFA).splitlines().index("      waiting_weeks: drie") + 1
    with pytest.raises(RefusedError) as caught:
        publish(order)

    (problem,) = caught.value.problems
    assert problem.startswith(f"{content.root}/{ALFA}:{line}: offerings[0].answers.waiting_weeks: ")


def test_icon_that_does_not_exist_is_told(content: ContentFolder, order: Publication) -> None:
    """A pictogram that Material lacks is a problem of the content, told at its line, before any page is made."""
    content.swap(f"{HOME}/situations.yaml", "icon: material/email-alert", "icon: material/bestaat-niet")
    with pytest.raises(RefusedError) as caught:
        publish(order)

    (problem,) = caught.value.problems
    assert problem.startswith(f"{content.root}/{HOME}/situations.yaml:4: ")
    assert not (order.site_dir / "current").exists()


def test_gates_speak_through_the_same_error(content: ContentFolder, order: Publication) -> None:
    """What the gates find comes as the same error as what the content lacks."""
    content.raw(f"{HOME}/pages/doelen.md", f"{content.text(f'{HOME}/pages/doelen.md')}\n[x](/nergens/)\n")
    with pytest.raises(RefusedError, match="/nergens/"):
        publish(order)


@pytest.mark.parametrize("regions", [(REGION,), (PLAIN_REGION,), (REGION, PLAIN_REGION)])
def test_chosen_regions_are_the_site(
    regions: tuple[str, ...], content: ContentFolder, tmp_path: Path, cache: Path
) -> None:
    """Only the regions that are asked for have pages, and the front page leads to them alone."""
    site = tmp_path / "site"
    publish(Publication(content=content.root, site_dir=site, cache_dir=cache, regions=regions, day=TODAY))
    front = (online(site) / "index.html").read_text(encoding="utf-8")

    assert {path.name for path in online(site).iterdir() if path.is_dir()} == {*regions, "assets"}
    assert {name for name in (REGION, PLAIN_REGION) if f'"/{name}/"' in front} == set(regions)


def test_problem_in_another_region_does_not_hinder(content: ContentFolder, tmp_path: Path, cache: Path) -> None:
    """A region can be published by itself while another one is being mended."""
    content.raw(f"{HOME}/region.yaml", "name: [")
    site = tmp_path / "site"

    result = publish(
        Publication(content=content.root, site_dir=site, cache_dir=cache, regions=(PLAIN_REGION,), day=TODAY)
    )

    assert result.pages > 10


def test_unknown_region_is_told(content: ContentFolder, tmp_path: Path, cache: Path) -> None:
    """A region that isn't there is refused with the names of those that are."""
    with pytest.raises(RefusedError) as caught:
        publish(
            Publication(
                content=content.root, site_dir=tmp_path / "site", cache_dir=cache, regions=("atlantis",), day=TODAY
            )
        )

    (problem,) = caught.value.problems
    assert "regions/atlantis" in problem
    assert REGION in problem
    assert PLAIN_REGION in problem


@pytest.mark.parametrize("folder", ["content/bestaat-niet", "leeg"])
def test_folder_without_content_is_told(folder: str, content: ContentFolder, tmp_path: Path) -> None:
    """A content folder that is empty, or isn't there, is a problem with what to do, not a crash and not an empty site."""
    (tmp_path / "leeg").mkdir()
    with pytest.raises(RefusedError, match=r"region\.yaml"):
        publish(Publication(content=tmp_path / folder, site_dir=tmp_path / "site", cache_dir=None, day=TODAY))

    assert not (tmp_path / "site" / "current").exists()


def test_progress_is_told_while_it_works(content: ContentFolder, tmp_path: Path, cache: Path) -> None:
    """Lines of progress come in the order of the work, from reading the content to checking the pages."""
    lines: list[str] = []
    publish(
        Publication(content=content.root, site_dir=tmp_path / "site", cache_dir=cache, day=TODAY, tell=lines.append)
    )

    assert len(lines) >= 3
    assert str(content.root) in lines[0]
    assert "controleren" in lines[-1]


def test_day_is_today_when_not_given() -> None:
    """Without a day, the guide is of today, as it is where its readers are."""
    here = ZoneInfo("Europe/Amsterdam")

    assert datetime.now(here).date() - timedelta(seconds=1) <= Publication().day <= datetime.now(here).date()
    assert (Publication().content, Publication().site_dir) == (ROOT / "content", ROOT / "site")


def test_cache_changes_nothing_but_time(content: ContentFolder, tmp_path: Path) -> None:
    """With a warm cache, a cold one, a damaged one or none, the site has the same bytes."""
    sites = []
    for number, cache in enumerate((tmp_path / "cache", tmp_path / "cache", tmp_path / "cache", None)):
        if number == 2:
            for file in (path for path in (tmp_path / "cache").rglob("*") if path.is_file()):
                file.write_bytes(b"nonsense")
        site = tmp_path / f"site-{number}"
        publish(Publication(content=content.root, site_dir=site, cache_dir=cache, day=TODAY))
        sites.append(files_of(online(site)))

    assert sites[0] == sites[1] == sites[2] == sites[3]


def test_folder_that_cannot_be_written_is_told(content: ContentFolder, cache: Path, tmp_path: Path) -> None:
    """When the site can't be written, the reader is told where and what to look at, without a trace of the inside."""
    file = tmp_path / "site"
    file.write_text("no folder", encoding="utf-8")

    with pytest.raises(RefusedError) as refusal:
        publish(Publication(content=content.root, site_dir=file, cache_dir=cache, day=TODAY))

    assert len(refusal.value.problems) == 1
    assert "schrijven lukt niet" in refusal.value.problems[0]


def test_folder_in_place_of_the_link_is_told(content: ContentFolder, cache: Path, tmp_path: Path) -> None:
    """A folder that stands where the site is switched is named itself, not the link that should have replaced it."""
    (tmp_path / "site" / "current").mkdir(parents=True)

    with pytest.raises(RefusedError) as refusal:
        publish(Publication(content=content.root, site_dir=tmp_path / "site", cache_dir=cache, day=TODAY))

    assert refusal.value.problems == (
        f"{tmp_path / 'site' / 'current'}: schrijven lukt niet: het is een map. Haal haar weg.",
    )


def test_cache_that_cannot_be_written_is_no_matter(content: ContentFolder, tmp_path: Path) -> None:
    """Without a place for its cache, the guide is published all the same."""
    nowhere = tmp_path / "cache"
    nowhere.write_text("no folder", encoding="utf-8")

    assert publish(Publication(content=content.root, site_dir=tmp_path / "site", cache_dir=nowhere, day=TODAY)).pages
