"""The press gives the same bytes for the same content, by whichever way it came there, and publishes nothing broken."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from shutil import copyfile, copytree

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from tests.builders import HOME, PLAIN_REGION, REGION, TODAY, ContentFolder, sample_content
from tests.guide.printing import PROVIDERS, files_of, online, page_tree, printed, refused, untouched
from wmo_guide.guide.addresses import REPORT, Site
from wmo_guide.guide.release import KEPT
from wmo_guide.publication import Publication
from wmo_guide.publishing import publish

ALFA, BETA = f"{PROVIDERS}/alfa-thuis.yaml", f"{PROVIDERS}/beta-dag.yaml"
DELTA, GAMMA = f"{PROVIDERS}/delta-logeren.yaml", f"{PROVIDERS}/gamma-zorg.yaml"
DAY_ORDERED = ("/hulp/", "/gemeenten/", "/aanbieders/index.html")
"""Parts of the addresses of pages that list providers."""


def _add(content: ContentFolder) -> None:
    content.raw(f"{PROVIDERS}/epsilon.yaml", content.text(DELTA).replace("Delta", "Epsilon"))


def _rename(content: ContentFolder) -> None:
    content.path(DELTA).rename(content.path(f"{PROVIDERS}/delta-slapen.yaml"))


def _rename_to_another_place(content: ContentFolder) -> None:
    content.path(DELTA).rename(content.path(f"{PROVIDERS}/zeta-logeren.yaml"))


def _swap_names(content: ContentFolder) -> None:
    delta, gamma = content.text(DELTA), content.text(GAMMA)
    content.raw(DELTA, gamma)
    content.raw(GAMMA, delta)


def _move_offering(content: ContentFolder) -> None:
    content.put(GAMMA, ("offerings", 1, "block"), "post-en-papieren")
    content.drop(GAMMA, ("offerings", 1, "answers", "beds"))
    content.drop(GAMMA, ("offerings", 1, "answers", "otherwise"))
    content.drop(GAMMA, ("offerings", 0))


EDITS: dict[str, Callable[[ContentFolder], None]] = {
    "provider added": _add,
    "provider removed": lambda content: content.remove(DELTA),
    "provider renamed, at the same place in the order of the day": _rename,
    "provider renamed, at another place": _rename_to_another_place,
    "two providers change names": _swap_names,
    "offering moved to another block": _move_offering,
    "offering in another municipality": lambda content: content.put(
        DELTA, ("offerings", 0, "answers", "municipalities"), ["helmdorp"]
    ),
    "offering dropped": lambda content: content.drop(ALFA, ("offerings", 1)),
    "offering ended": lambda content: content.put(ALFA, ("offerings", 1, "end"), "2025-12-31"),
    "level dropped": lambda content: content.put(
        ALFA, ("offerings", 0, "answers", "levels"), {"complexity": ["light"]}
    ),
    "waiting time changed": lambda content: content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), "7"),
    "name changed": lambda content: content.put(ALFA, ("organisation", "name"), "Zulu Thuis"),
    "confirmation too old": lambda content: content.put(ALFA, ("confirmed", "on"), "2024-01-01"),
    "location renamed": lambda content: content.put(ALFA, ("locations", 0, "answers", "name"), "Hoofdkantoor"),
    "term changed": lambda content: content.put("shared/terms.yaml", ("terms", 0, "plain"), "Wie hier woont."),
    "term added": lambda content: content.put(
        f"{HOME}/terms.yaml", ("terms", 1), {"slug": "post", "term": "post", "plain": "Brieven."}
    ),
    "page removed": lambda content: content.remove(f"{HOME}/pages/doelen.md"),
    "news removed": lambda content: content.remove(f"{HOME}/news/2025-nieuwe-gids.md"),
    "municipality gets another name": lambda content: content.swap(
        f"{HOME}/region.yaml", "Helmdorp, code", "Helm, code"
    ),
    "house style dropped": lambda content: content.drop(f"{HOME}/region.yaml", ("theme",)),
    "rate added": lambda content: content.swap(
        f"{HOME}/region.yaml",
        "start: '2020-01-01'",
        "start: '2020-01-01', end: '2025-12-31', sources: [besluit]}\n"
        "  - {amount: '20.60', per: month, start: '2026-01-01'",
    ),
    "block gets another title": lambda content: content.swap(
        f"{HOME}/matrix/2024.yaml", "Een fijne dag", "Een mooie dag"
    ),
    "nothing": lambda _: None,
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_incremental_build_equals_a_fresh_one(
    edit: Callable[[ContentFolder], None], content: ContentFolder, sample_site: Path, tmp_path: Path, cache: Path
) -> None:
    """After an edit, a site folder with an older release gets the very files that an empty folder gets."""
    site = tmp_path / "site"
    copytree(sample_site, site, symlinks=True)
    edit(content)

    printed(content, site, cache)
    printed(_copy(content, tmp_path / "copy"), tmp_path / "fresh", cache)

    assert _differences(online(site), online(tmp_path / "fresh")) == []
    assert online(site).name == online(tmp_path / "fresh").name


@settings(max_examples=4, phases=[Phase.generate])
@given(names=st.lists(st.sampled_from(sorted(EDITS)), min_size=2, max_size=3, unique=True))
def test_a_row_of_edits_equals_a_fresh_build(
    names: list[str], tmp_path_factory: pytest.TempPathFactory, cache: Path
) -> None:
    """After several edits, published one by one, a site has the very files that an empty folder gets."""
    folder = tmp_path_factory.mktemp("row")
    content = sample_content(folder / "content")
    for name in names:
        printed(content, folder / "site", cache)
        try:
            EDITS[name](content)
        except (AssertionError, KeyError, IndexError, FileNotFoundError):
            continue  # an edit before this one took away what it changes
    printed(content, folder / "site", cache)
    printed(_copy(content, folder / "copy"), folder / "fresh", cache)

    assert _differences(online(folder / "site"), online(folder / "fresh")) == []


def test_same_content_and_day_give_the_same_bytes(content: ContentFolder, tmp_path: Path, cache: Path) -> None:
    """Two folders, with and without a cache, and a copy of the content, give the same release."""
    copy = sample_content(tmp_path / "elders" / "inhoud")
    printed(content, tmp_path / "one", cache)
    printed(copy, tmp_path / "two", None)

    assert online(tmp_path / "one").name == online(tmp_path / "two").name
    assert files_of(online(tmp_path / "one")) == files_of(online(tmp_path / "two"))


def test_another_day_changes_only_the_order_of_providers(content: ContentFolder, tmp_path: Path, cache: Path) -> None:
    """From day to day, pages that list providers hold the same lines in another order, and all other files stay equal.

    The lists of the search page follow the order too; they have tests of their own. The page of the reader's own list
    tells the day of the guide, for who prints it.
    """
    printed(content, tmp_path / "0", cache)
    first = _but_lists_to_search(files_of(online(tmp_path / "0")))
    changed: set[str] = set()
    for days in range(1, 5):
        folder = tmp_path / str(days)
        printed(content, folder, cache, TODAY + timedelta(days=days))
        later = _but_lists_to_search(files_of(online(folder)))
        assert later.keys() == first.keys()
        for path in (path for path in first if first[path] != later[path] and not path.endswith("/lijstje/index.html")):
            assert any(part in path for part in DAY_ORDERED), path
            assert sorted(first[path].splitlines()) == sorted(later[path].splitlines()), path
            changed.add(path)

    assert f"{REGION}/hulp/uit-logeren/index.html" in changed
    assert f"{REGION}/aanbieders/index.html" in changed


def _but_lists_to_search(files: dict[str, bytes]) -> dict[str, bytes]:
    return {path: data for path, data in files.items() if not re.search(r"/zoeken/([0-9a-f]{8}/|aanbod\.json)", path)}


def test_unchanged_files_are_shared(content: ContentFolder, site: Path, cache: Path) -> None:
    """Files that an edit doesn't touch are hard links to the last release; files it touches are new."""
    printed(content, site, cache)
    before = online(site)
    content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), "7")
    result = printed(content, site, cache)
    after = online(site)

    shared = {path for path in files_of(after) if (after / path).stat().st_ino == (before / path).stat().st_ino}
    fresh = files_of(after).keys() - shared
    assert f"{REGION}/aanbieders/beta-dag/index.html" in fresh
    assert fresh == {path for path in files_of(after) if (after / path).read_bytes() != (before / path).read_bytes()}
    assert 0 < result.made < result.pages


def test_a_day_without_change_shares_all_but_the_lists(content: ContentFolder, site: Path, cache: Path) -> None:
    """On another day, pages come out with the same bytes and are links to the old ones, though they were made anew."""
    printed(content, site, cache)
    before = online(site)
    printed(content, site, cache, TODAY + timedelta(days=1))
    page = f"{REGION}/kosten/index.html"

    assert (online(site) / page).stat().st_ino == (before / page).stat().st_ino


def test_nothing_changed_makes_nothing(content: ContentFolder, site: Path, cache: Path) -> None:
    """Publishing the same content again makes no page and no release."""
    first = printed(content, site, cache)
    with untouched(site):
        again = printed(content, site, cache)

    assert (again.release, again.made) == (first.release, 0)


def test_last_releases_are_kept(content: ContentFolder, site: Path, cache: Path) -> None:
    """The last releases stay on disk, each whole with its manifest, and the oldest go."""
    names = []
    for weeks in range(KEPT + 3):
        content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), str(weeks))
        names.append(printed(content, site, cache).release)
        assert online(site).name == names[-1]

    releases = site / "releases"
    assert {path.name for path in releases.iterdir() if path.is_dir()} == set(names[-KEPT:])
    assert {path.stem for path in releases.glob("*.json")} == set(names[-KEPT:])
    for name in names[-KEPT:]:
        assert files_of(releases / name).keys() == files_of(online(site)).keys()


def test_back_to_an_earlier_release(content: ContentFolder, site: Path, cache: Path) -> None:
    """Content that is put back puts the earlier release online again, and it counts as the newest."""
    text = content.text(BETA)
    first = printed(content, site, cache).release
    content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), "7")
    printed(content, site, cache)
    content.raw(BETA, text)
    assert printed(content, site, cache).release == first
    assert online(site).name == first

    for weeks in range(10, 10 + KEPT - 1):
        content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), str(weeks))
        printed(content, site, cache)
    assert (site / "releases" / first).is_dir()


def test_damaged_release_is_not_trusted(content: ContentFolder, site: Path, cache: Path) -> None:
    """A manifest that can't be read costs time, not correctness."""
    first = printed(content, site, cache).release
    before = files_of(online(site))
    (site / "releases" / f"{first}.json").write_text("{", encoding="utf-8")
    content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), "7")

    result = printed(content, site, cache)

    assert result.made == result.pages
    assert files_of(online(site)).keys() == before.keys()


GOOD_PAGE = "---\ntitle: Proef\ndescription: Een proef.\nupdated: 2025-12-01\nsources: [redactie]\n---\n\n"
BAD_PAGES = {
    "dead link": (f"[x](/{REGION}/bestaat-niet/)", f"/{REGION}/bestaat-niet/"),
    "dead anchor": (f"[x](/{REGION}/kosten/#nergens)", "#nergens"),
    "dead anchor on the page itself": ("[x](#nergens)", "#nergens"),
    "link that depends on where the page stands": ("[x](kosten/)", "kosten/"),
    "duplicate id": ("## Bron en datum\n\n## Inhoud", "inhoud"),
    "too heavy": ("", "te zwaar"),
}


@pytest.mark.parametrize(("markdown", "told"), BAD_PAGES.values(), ids=BAD_PAGES)
def test_page_that_fails_a_gate_publishes_nothing(
    markdown: str, told: str, content: ContentFolder, site: Path, cache: Path
) -> None:
    """A page that fails a gate is told by its file, and the old site stays, byte for byte, without a draft beside it."""
    printed(content, site, cache)
    body = markdown or "\n\n".join(os.urandom(24).hex() for _ in range(6000))
    content.raw(f"{HOME}/pages/proef.md", GOOD_PAGE + body)
    with untouched(site):
        problems = refused(content, site, cache)

    assert len(problems) == 1
    assert problems[0].startswith(f"{content.root}/{HOME}/pages/proef.md:")
    assert told in problems[0]


def test_first_build_that_fails_leaves_no_site(content: ContentFolder, site: Path, cache: Path) -> None:
    """A gate that fails at the very first build leaves no release and no link."""
    content.raw(f"{HOME}/pages/proef.md", GOOD_PAGE + "[x](#nergens)")

    refused(content, site, cache)

    assert not (site / "current").is_symlink()
    assert list((site / "releases").iterdir()) == []


def test_all_gates_tell_at_once(content: ContentFolder, site: Path, cache: Path) -> None:
    """Problems of all pages are told together, in the order of the files."""
    content.raw(f"{HOME}/pages/proef-a.md", GOOD_PAGE + "[x](#nergens)")
    content.raw(f"{HOME}/pages/proef-b.md", GOOD_PAGE + "[x](/niets/)")
    problems = refused(content, site, cache)

    assert [problem.split(":")[0] for problem in problems] == [
        f"{content.root}/{HOME}/pages/proef-a.md",
        f"{content.root}/{HOME}/pages/proef-b.md",
    ]


def test_two_pages_with_one_address_are_refused(content: ContentFolder, site: Path, cache: Path) -> None:
    """A page of staff that wants the address of another page is refused by its file, with that address."""
    printed(content, site, cache)
    content.raw(f"{HOME}/pages/hulp.md", GOOD_PAGE + "Hulp.")
    with untouched(site):
        problems = refused(content, site, cache)

    assert len(problems) == 1
    assert problems[0].startswith(f"{content.root}/{HOME}/pages/hulp.md: ")
    assert f'"/{REGION}/hulp/"' in problems[0]


def test_link_that_lost_its_page_is_found_on_an_unchanged_page(content: ContentFolder, site: Path, cache: Path) -> None:
    """A page of one region that leads to a page of another is refused as soon as that page is gone."""
    name = f"regions/{PLAIN_REGION}/pages/zo-werkt-het.md"
    content.raw(name, f"{content.text(name)}\n[x](/{REGION}/aanbieders/delta-logeren/)\n")
    printed(content, site, cache)
    content.remove(DELTA)
    with untouched(site):
        problems = refused(content, site, cache)

    assert [problem.split(":")[0] for problem in problems] == [f"{content.root}/{name}"]


def test_anchor_that_is_gone_is_found_on_an_unchanged_page(content: ContentFolder, site: Path, cache: Path) -> None:
    """A page of one region that leads to a place on a page of another is refused as soon as that place is gone."""
    name = f"regions/{PLAIN_REGION}/pages/zo-werkt-het.md"
    content.raw(name, f"{content.text(name)}\n[x](/{REGION}/aanbieders/alfa-thuis/#hulp-dag-buiten)\n")
    printed(content, site, cache)
    content.drop(ALFA, ("offerings", 1))
    with untouched(site):
        problems = refused(content, site, cache)

    assert [problem.split(":")[0] for problem in problems] == [f"{content.root}/{name}"]


@pytest.mark.parametrize("slug", ["contact", "over"])
def test_block_may_have_any_name(slug: str, content: ContentFolder, site: Path, cache: Path) -> None:
    """A block whose name is a common word is published like any other; a matrix needs no knowledge of our pages."""
    names = (
        "matrix/2024",
        "conversion/2020-to-2024",
        "situations",
        "chooser",
        "providers/alfa-thuis",
        "providers/gamma-zorg",
    )
    for name in names:
        file = f"{HOME}/{name}.yaml"
        content.raw(file, content.text(file).replace("post-en-papieren", slug))

    printed(content, site, cache)

    assert (online(site) / REGION / "hulp" / slug / "index.html").is_file()


def test_provider_with_an_address_in_capitals_is_published(content: ContentFolder, site: Path, cache: Path) -> None:
    """A web address that the content accepts passes the gates, whatever its case."""
    content.put(ALFA, ("organisation", "website"), "HTTPS://Alfa.example.nl")

    printed(content, site, cache)

    assert (online(site) / REGION / "aanbieders" / "alfa-thuis" / "index.html").is_file()


def test_site_under_a_path(content: ContentFolder, site: Path, cache: Path) -> None:
    """A site that stands under a path has every link of its own and every address under that path."""
    publish(
        Publication(
            content=content.root,
            site_dir=site,
            cache_dir=cache,
            day=TODAY,
            site=Site("/proef/", "https://gids.example.nl"),
        )
    )
    tree = page_tree(site, f"{REGION}/hulp/uit-logeren")
    links = [link for link in tree.xpath("//@href | //@src | //@action") if link.startswith("/")]
    inside = [link for link in links if not link.startswith(REPORT)]  # the desk answers it, wherever the guide stands

    assert inside
    assert all(link.startswith("/proef/") for link in inside)
    assert tree.xpath("//link[@rel='canonical']/@href") == [f"https://gids.example.nl/proef/{REGION}/hulp/uit-logeren/"]


def _copy(content: ContentFolder, target: Path) -> ContentFolder:
    """The same content in files that no cache knows."""
    return ContentFolder(copytree(content.root, target, copy_function=copyfile))


def _differences(one: Path, other: Path) -> list[str]:
    mine, theirs = files_of(one), files_of(other)
    return sorted(path for path in mine.keys() | theirs.keys() if mine.get(path) != theirs.get(path))
