"""A press that stays awake gives, after each change, the very site that a build from nothing gives."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest

from tests.builders import HOME, REGION, TODAY, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, crowd, files_of, online, printed
from tests.guide.random_edits import RandomEdits, changed, state
from wmo_guide.guide.kinds import PAGE_KINDS
from wmo_guide.guide.kinds.lists import FEW_PROVIDERS
from wmo_guide.guide.manifest import manifest
from wmo_guide.guide.release import KEPT
from wmo_guide.publication import ROOT, Publication
from wmo_guide.publishing import RefusedError, publish
from wmo_guide.warm_publishing import Ready, WarmPublisher

EDITS = 120
BETA = f"{PROVIDERS}/beta-dag.yaml"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project's folder whose templates a test may change."""
    folder = tmp_path / "project"
    shutil.copytree(ROOT / "templates", folder / "templates")
    shutil.copy(ROOT / "mkdocs.yml", folder)
    return folder


class Warm:
    """A warm press over a content folder."""

    def __init__(self, content: ContentFolder, site: Path, cache: Path | None, root: Path = ROOT) -> None:
        self.content, self.site, self.cache, self.root = content, site, cache, root
        self.publisher = WarmPublisher(self._publication(site))
        self.before = state(content)
        self.publish(None)

    def _publication(self, site: Path) -> Publication:
        return Publication(
            content=self.content.root, site_dir=site, cache_dir=self.cache, day=TODAY, today=TODAY, root=self.root
        )

    def publish(self, files: set[str] | None) -> Ready:
        """Publishes after these files changed."""
        with self.publisher.prepared(files, TODAY, TODAY) as ready:
            ready.switch()
        self.publisher.press.get_ready()
        self.before = state(self.content)
        return ready

    def follow(self) -> Ready:
        """Publishes after whatever changed."""
        return self.publish(changed(self.before, state(self.content)))

    def cold(self, site: Path) -> Path:
        """The site that a build from nothing gives."""
        publish(self._publication(site))
        return online(site)


def test_a_hundred_random_edits_equal_fresh_builds(
    content: ContentFolder, site: Path, cache: Path, root: Path, tmp_path: Path
) -> None:
    """After each of 120 random edits the warm press's site has the bytes and the name of a fresh build's, or the same refusal."""
    warm = Warm(content, site, cache, root)
    edits = RandomEdits(content, root / "templates" / "guide", Random(2026))  # noqa: S311  (edits, no secret)
    partly = refused = 0
    for number in range(EDITS):
        kept = tmp_path / "kept"
        shutil.copytree(content.root, kept)
        name = edits.draw()
        fresh, problems = tmp_path / f"fresh-{number}", None
        try:
            cold = warm.cold(fresh)
        except RefusedError as error:
            problems = error.problems
        if problems is not None:
            with pytest.raises(RefusedError) as caught:
                warm.follow()
            assert caught.value.problems == problems, name
            refused += 1
            shutil.rmtree(content.root)
            shutil.copytree(kept, content.root)
        else:
            ready = warm.follow()
            assert online(site).name == cold.name, name
            assert files_of(online(site)) == files_of(cold), name
            assert manifest(site, cold.name).files == manifest(fresh, cold.name).files
            partly += 0 < ready.printing.made < ready.printing.pages
        shutil.rmtree(kept)
        shutil.rmtree(fresh, ignore_errors=True)

    assert len(set(edits.done)) == 24
    assert partly > EDITS // 3
    assert 0 < refused < EDITS // 4


def test_large_guide_is_followed_too(content: ContentFolder, site: Path, cache: Path, tmp_path: Path) -> None:
    """With so many providers that lists are split over letters, provider edits give the bytes of a fresh build."""
    crowd(content, 160)
    warm = Warm(content, site, cache)
    edits = RandomEdits(content, tmp_path, Random(7))  # noqa: S311  (edits, no secret)
    for number in range(8):
        chosen = (edits.add_provider, edits.rename_provider, edits.remove_provider, edits.move_municipality)[number % 4]
        edits.number += 1
        chosen()
        ready = warm.follow()
        assert 0 < ready.printing.made < 40
        assert files_of(online(site)) == files_of(warm.cold(tmp_path / f"fresh-{number}"))


def test_lists_that_split_and_join_are_followed(
    content: ContentFolder, site: Path, cache: Path, tmp_path: Path
) -> None:
    """Around the number at which lists are split over letters, providers that come, go and move letter give a fresh build's bytes."""
    shown = len(book_of(content).providers)
    crowd(content, FEW_PROVIDERS - shown)
    warm = Warm(content, site, cache)
    first, other = sorted((content.root / PROVIDERS).glob("*.yaml"))[-2:]
    text = first.read_text(encoding="utf-8")
    newcomer = first.with_name("zz-nieuw.yaml")
    steps: tuple[Callable[[], object], ...] = (
        lambda: newcomer.write_text(text.replace("name: ", "name: Ñieuw "), encoding="utf-8"),
        lambda: first.write_text(text.replace("name: ", "name: Qwerty "), encoding="utf-8"),
        lambda: newcomer.write_text(text.replace("name: ", "name: Xerxes "), encoding="utf-8"),
        other.unlink,
        first.unlink,
    )
    split = []
    for number, step in enumerate(steps):
        step()
        warm.follow()
        cold = warm.cold(tmp_path / f"fresh-{number}")
        assert files_of(online(site)) == files_of(cold), number
        split.append((cold / REGION / "a-z" / "a").is_dir())

    assert split == [True, True, True, False, False]


def test_only_what_changed_is_made_and_told(content: ContentFolder, site: Path, cache: Path) -> None:
    """A change of one provider makes its own pages and those that list it, and tells how many of which kind and why."""
    warm = Warm(content, site, cache)
    content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), "7")
    printing = warm.follow().printing

    assert printing.cause == "1 aanbieder veranderd"
    assert printing.why["duinrand/provider"] == 1
    assert printing.why.keys() <= {
        f"duinrand/{kind}"
        for kind in ("provider", "block", "municipality", "municipality_block", "provider_index", "a_to_z")
    }
    assert printing.made == sum(printing.why.values()) < 20


def test_news_makes_no_page_of_a_provider(content: ContentFolder, site: Path, cache: Path, tmp_path: Path) -> None:
    """An edit of news makes the few pages that show news, and none of the kinds of which a large guide has thousands."""
    warm = Warm(content, site, cache)
    name = f"{HOME}/news/bericht.md"
    head = "title: Bericht\ndescription: Een bericht.\nupdated: 2025-12-01\nsources: [redactie]\n"
    content.raw(name, f"---\n{head}---\n\nNieuw.\n")
    printing = warm.follow().printing

    assert printing.why["duinrand/news"] > 0
    assert printing.why.keys().isdisjoint(f"duinrand/{kind.name}" for kind in PAGE_KINDS if kind.ignores)
    assert files_of(online(site)) == files_of(warm.cold(tmp_path / "fresh"))


def test_releases_are_recycled(content: ContentFolder, site: Path, cache: Path) -> None:
    """After many publications the last releases are on disk, each whole with its manifest; unchanged files are shared."""
    warm = Warm(content, site, cache)
    wholes = {}
    for weeks in range(KEPT + 4):
        content.put(BETA, ("offerings", 0, "answers", "waiting_weeks"), str(weeks))
        warm.follow()
        wholes[online(site).name] = files_of(online(site))

    kept = {path.name for path in (site / "releases").iterdir() if path.is_dir() and not path.name.startswith(".")}
    assert kept == set(list(wholes)[-KEPT:])
    for name in kept:
        assert files_of(site / "releases" / name) == wholes[name]
        assert manifest(site, name).files.keys() == wholes[name].keys()
    page = "duinrand/kosten/index.html"
    assert len({(site / "releases" / name / page).stat().st_ino for name in kept}) == 1


def test_a_printing_that_is_left_changes_nothing(content: ContentFolder, site: Path, cache: Path) -> None:
    """A site that passed the gates and is not switched to leaves no trace, and the next one is right."""
    warm = Warm(content, site, cache)
    text = content.text(BETA)
    content.put(BETA, ("organisation", "name"), "Zulu Dag")
    files = files_of(online(site))
    with warm.publisher.prepared({BETA}, TODAY, TODAY):
        pass
    assert files_of(online(site)) == files

    content.raw(BETA, text)
    assert warm.publish({BETA}).printing.made == 0
    assert files_of(online(site)) == files


def test_link_to_an_offer_that_went_is_found(content: ContentFolder, site: Path, cache: Path) -> None:
    """A change of a provider that leaves a link of another region nowhere is refused, and the old site stays."""
    name = "regions/veenpolder/pages/zo-werkt-het.md"
    content.raw(name, f"{content.text(name)}\n[x](/duinrand/aanbieders/alfa-thuis/#hulp-dag-buiten)\n")
    warm = Warm(content, site, cache)
    content.drop(f"{PROVIDERS}/alfa-thuis.yaml", ("offerings", 1))
    files = files_of(online(site))
    with pytest.raises(RefusedError) as caught:
        warm.follow()

    assert [problem.split(":")[0] for problem in caught.value.problems] == [f"{content.root}/{name}"]
    assert files_of(online(site)) == files


def test_new_day_is_followed(content: ContentFolder, site: Path, cache: Path, tmp_path: Path) -> None:
    """On a new day the warm press gives the guide of that day."""
    warm = Warm(content, site, cache)
    tomorrow = TODAY + timedelta(days=1)
    with warm.publisher.prepared((), tomorrow, tomorrow) as ready:
        ready.switch()
    printed(content, tmp_path / "fresh", cache, tomorrow)

    assert files_of(online(site)) == files_of(online(tmp_path / "fresh"))


def test_site_changed_by_another_build_is_noticed(
    content: ContentFolder, site: Path, cache: Path, tmp_path: Path
) -> None:
    """When build.py published in between, the warm press begins from nothing instead of trusting what it remembers."""
    warm = Warm(content, site, cache)
    text = content.text(BETA)
    content.put(BETA, ("organisation", "name"), "Zulu Dag")
    printed(content, site, cache)
    content.raw(BETA, text.replace("Beta", "Bita"))
    warm.publish({BETA})

    assert files_of(online(site)) == files_of(warm.cold(tmp_path / "fresh"))
