"""PDFs come out of the cache or are set anew; what goes wrong with one is told, and the old site stays."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import HOME, REGION, ContentFolder
from tests.guide.printing import PROVIDERS, book_of, online, printed, refused, untouched
from tests.guide.sheets.paper_trail import TEMPLATES, all_sheets, read, set_all
from wmo_guide.guide.sheets.nodes import plain
from wmo_guide.guide.sheets.sheet import Sheet
from wmo_guide.guide.sheets.typesetter import set_sheets

LONG = "Een zin die wel erg vaak terugkomt. " * 200


@pytest.fixture
def some(sample: ContentFolder) -> tuple[Sheet, ...]:
    """Three sheets."""
    return all_sheets(book_of(sample))[:3]


def _inodes(cache: Path) -> dict[str, int]:
    return {path.name: path.stat().st_ino for path in (cache / "sheets").iterdir()}


def test_same_content_gives_the_same_bytes(some: tuple[Sheet, ...]) -> None:
    """Two settings from nothing have equal bytes."""
    assert set_all(some).files == set_all(some).files


def test_what_was_set_before_is_not_set_again(some: tuple[Sheet, ...], tmp_path: Path) -> None:
    """Sheets of the same content come out of the cache; of changed content one is set, and the old one goes."""
    first = set_all(some, tmp_path)
    before = _inodes(tmp_path)
    assert set_all(some, tmp_path).files == first.files
    assert _inodes(tmp_path) == before

    changed = (replace(some[0], title="Anders"), *some[1:])
    second = set_all(changed, tmp_path)
    after = _inodes(tmp_path)

    assert {address for address, pdf in second.files.items() if pdf != first.files[address]} == {some[0].address}
    assert len(after) == len(before)
    assert len(after.items() & before.items()) == len(before) - 1


def test_changed_template_sets_all_anew(some: tuple[Sheet, ...], tmp_path: Path) -> None:
    """Another template gives other PDFs, though the content is the same."""
    first = set_all(some, tmp_path / "cache")
    shutil.copytree(TEMPLATES, tmp_path / "print")
    template = tmp_path / "print" / "sheet.typ"
    template.write_text(template.read_text(encoding="utf-8").replace("0b3a53", "000000"), encoding="utf-8")
    second = set_sheets(some, tmp_path / "print", tmp_path / "cache")

    assert all(second.files[address] != pdf for address, pdf in first.files.items())


def test_damaged_cache_is_made_good(some: tuple[Sheet, ...], tmp_path: Path) -> None:
    """A PDF of which a part is lost is set anew."""
    first = set_all(some, tmp_path)
    for path in (tmp_path / "sheets").iterdir():
        path.write_bytes(path.read_bytes()[:100])

    assert set_all(some, tmp_path).files == first.files


def test_letters_get_smaller_before_a_sheet_is_refused(some: tuple[Sheet, ...]) -> None:
    """A text that is a bit too long for its page is set smaller; far too long, it is refused with its longest text."""
    bit, far = (replace(some[0], nodes=tuple(map(plain, [LONG[:6400], *[LONG] * more]))) for more in (0, 3))
    full, small = (set_all([replace(bit, most=most)]) for most in (2, 1))
    assert [len(read(done.files[bit.address]).pages) for done in (full, small)] == [2, 1]

    (fault,) = set_all([far]).faults
    assert fault.kind == "long sheet"
    assert "bladzijden, en er mag er 1 zijn" in fault.message
    assert LONG[:60] in fault.message


def test_format_that_needs_more_pages_gets_them(some: tuple[Sheet, ...]) -> None:
    """A sheet that isn't held to its number of pages is made all the same."""
    done = set_all([replace(some[0], nodes=tuple(map(plain, [LONG] * 4)), strict=False)])

    assert done.faults == ()
    assert len(read(done.files[some[0].address]).pages) > 1


@pytest.mark.parametrize("template", ["#panic()", "#let x = ", ""], ids=["panics", "broken", "untitled"])
def test_broken_template_is_told_of_each_page(template: str, some: tuple[Sheet, ...], tmp_path: Path) -> None:
    """A template that can't be set gives a fault for each sheet, and nothing is kept."""
    (tmp_path / "sheet.typ").write_text(template, encoding="utf-8")
    done = set_sheets(some, tmp_path, tmp_path / "cache")

    assert done.files == {}
    assert [fault.kind for fault in done.faults] == ["no sheet"] * len(some)
    assert all("kan niet als pdf worden gemaakt" not in fault.what and fault.what for fault in done.faults)


def test_too_long_block_is_told_where_it_stands(content: ContentFolder, site: Path, cache: Path) -> None:
    """A block that doesn't fit on its sheet is told at its line in the matrix, and the old site stays."""
    printed(content, site, cache)
    name = f"{HOME}/matrix/2024.yaml"
    slug = content.tree(name)["areas"][0]["blocks"][0]["slug"]
    content.put(
        name,
        ("areas", 0, "blocks", 0, "for_you"),
        [f"U merkt dit op dag {number}. {LONG[:300]}" for number in range(30)],
    )
    line = next(number for number, text in enumerate(content.text(name).split("\n"), 1) if f"slug: {slug}" in text)

    with untouched(site):
        (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{name}:{line}: ")
    assert "De pdf van deze tekst wordt te lang" in problem


def test_too_long_factsheet_is_told_by_its_file(content: ContentFolder, site: Path, cache: Path) -> None:
    """A factsheet of more than two pages is told by its file."""
    (name,) = (path.name for path in (content.root / HOME / "factsheets").iterdir())
    content.raw(f"{HOME}/factsheets/{name}", content.text(f"{HOME}/factsheets/{name}") + f"\n{LONG[:1800]}\n" * 15)

    (problem,) = refused(content, site, cache)

    assert problem.startswith(f"{content.root}/{HOME}/factsheets/{name}: ")
    assert "en er mogen er 2 zijn" in problem


def test_publish_of_a_provider_leaves_sheets_alone(content: ContentFolder, site: Path, cache: Path) -> None:
    """After a change of a provider the PDFs are those of the last release, shared as files."""
    printed(content, site, cache)
    old = online(site)
    content.put(f"{PROVIDERS}/beta-dag.yaml", ("organisation", "name"), "Zulu Dag")
    printed(content, site, cache)
    pdfs = sorted(old.glob(f"{REGION}/**/*.pdf"))

    assert pdfs
    assert online(site) != old
    assert all(path.samefile(online(site) / path.relative_to(old)) for path in pdfs)


def test_compiler_that_breaks_down_is_told(
    some: tuple[Sheet, ...], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When the process that sets sheets ends without an answer, each page tells what to do, and nothing is kept."""
    monkeypatch.setattr("sys.executable", "/bin/false")
    done = set_all(some, tmp_path)

    assert done.files == {}
    assert list(tmp_path.iterdir()) == []
    assert {fault.message for fault in done.faults} == {
        (
            "De pdf van deze pagina kan niet worden gemaakt: het programma dat pdf's maakt (typst) doet het niet. "
            "Installeer het opnieuw met make."
        )
    }
