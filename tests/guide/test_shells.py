"""Shells give the same bytes as the theme itself, at the price of a join."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from shutil import copytree

import pytest

from wmo_guide.guide.frame import Frame, MenuItem, WholePage
from wmo_guide.guide.material import render_pages
from wmo_guide.guide.shells import Shell, ShellSet, make_shells

ROOT = Path(__file__).parents[2]
CONFIG = ROOT / "mkdocs.yml"
MENU = (MenuItem("Hulp & zorg", "/streek/hulp/", "help"), MenuItem("Kosten", "/streek/kosten/", "costs"))
PLAIN = Frame(
    key="plain",
    depth=0,
    section="home",
    site_name="Wmo-gids",
    home_url="/",
    region_name=None,
    menu=(),
    footer=(),
    footer_note="Een voorbeeld.",
    search_url=None,
    region_css=None,
    feed_url=None,
    root="/",
)
FULL = replace(
    PLAIN,
    key="full",
    depth=3,
    section="help",
    region_name="Streek <\"A\"> & 'B'",
    menu=MENU,
    footer=MENU,
    search_url="/streek/zoeken/",
    region_css="/streek/huisstijl.css",
    feed_url="/streek/nieuws.xml",
)
UNDER = replace(FULL, key="under", depth=1, section="costs", root="/proef/", search_url=None)
FRAMES = (PLAIN, FULL, UNDER)

AWKWARD = "A & B <c> \"d\" 'e' ñ {{ 7 * 7 }} {% raw %} \\1"
TEXTS = {
    "ordinary": ("Hulp thuis", "Wie helpt u thuis?", "https://gids.example.nl/hulp/", "", "<h1>Hulp thuis</h1>"),
    "awkward": (AWKWARD, AWKWARD, "https://gids.example.nl/?a=1&b=<2>", f"<!-- {AWKWARD} -->", f"<p>{AWKWARD}</p>\n\n"),
    "bare": ("Niet gevonden", "", "", "", ""),
}


@pytest.fixture(scope="module")
def shells() -> ShellSet:
    """Shells of all frames, made by the theme."""
    return make_shells(FRAMES, CONFIG, None)


@pytest.mark.parametrize("url", ["/", "/404.html", "/streek/", "/streek/hulp/post/"])
@pytest.mark.parametrize("texts", TEXTS.values(), ids=TEXTS)
@pytest.mark.parametrize("frame", FRAMES, ids=lambda frame: frame.key)
def test_stamped_page_equals_whole_page(
    shells: ShellSet, frame: Frame, texts: tuple[str, str, str, str, str], url: str
) -> None:
    """A stamped page has the very bytes, and the assets, of the same page rendered by the theme as a whole."""
    whole = render_pages([WholePage(url, *texts, frame)], CONFIG)

    assert shells.shells[frame.key].stamp(*texts) == whole.pages[url]
    assert shells.assets == whole.assets


def test_shell_has_every_hole(shells: ShellSet) -> None:
    """Each of the five texts comes out of a shell, the title and description escaped."""
    page = shells.shells["full"].stamp("<een>", "<twee>", "https://drie.example.nl/", "<!--vier-->", "<p>vijf</p>")

    for expected in ("&lt;een&gt;", "&lt;twee&gt;", "https://drie.example.nl/", "<!--vier-->", "<p>vijf</p>"):
        assert page.count(expected) == 1


def test_two_frames_with_one_key_are_refused() -> None:
    """Frames that share a key raise an error instead of one silently taking the other's place."""
    with pytest.raises(ValueError, match="same key"):
        make_shells([PLAIN, replace(PLAIN, depth=2)], CONFIG, None)


def test_cached_shells_equal_fresh_ones(shells: ShellSet, tmp_path: Path) -> None:
    """What comes out of the cache is equal to what was put in."""
    make_shells(FRAMES, CONFIG, tmp_path)

    assert make_shells(FRAMES, CONFIG, tmp_path) == shells


def test_warm_cache_never_loads_mkdocs(tmp_path: Path) -> None:
    """With a warm cache the shells come without loading mkdocs or material."""
    make_shells([PLAIN], CONFIG, tmp_path)
    code = (
        "import sys; from pathlib import Path; from wmo_guide.guide.frame import Frame; "
        "from wmo_guide.guide.shells import make_shells; "
        f"make_shells([{PLAIN!r}], Path({str(CONFIG)!r}), Path({str(tmp_path)!r})); "
        "sys.exit(bool({'mkdocs', 'material'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT)

    assert done.returncode == 0


@pytest.mark.parametrize("damage", [b"", b"nothing", b"\xff\xfe", b"0\n{}"])
def test_damaged_cache_is_made_anew(damage: bytes, tmp_path: Path) -> None:
    """A cache file that can't be read is replaced by a good one."""
    fresh = make_shells([PLAIN], CONFIG, tmp_path)
    (file,) = tmp_path.iterdir()
    good = file.read_bytes()
    file.write_bytes(damage)

    assert make_shells([PLAIN], CONFIG, tmp_path) == fresh
    assert file.read_bytes() == good


def test_one_changed_letter_in_the_cache_is_noticed(tmp_path: Path) -> None:
    """A cache file that is still readable, but not what was written, is not used."""
    fresh = make_shells([PLAIN], CONFIG, tmp_path)
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes().replace(b"Een voorbeeld.", b"Een voorbeelD."))

    assert make_shells([PLAIN], CONFIG, tmp_path) == fresh


@pytest.mark.parametrize(
    "path", ["mkdocs.yml", "templates/theme/partials/footer.html", "templates/theme/assets/guide.css"]
)
def test_changed_theme_gives_new_shells(path: str, tmp_path: Path) -> None:
    """A change in the configuration, a template or a style sheet shows, although the cache is warm."""
    config, cache = _copy_of_theme(tmp_path), tmp_path / "cache"
    before = make_shells([PLAIN], config, cache)
    file = tmp_path / path
    change = {"mkdocs.yml": "\nextra: {colour: blue}\n", "templates/theme/assets/guide.css": "\np { color: red }\n"}
    file.write_text(file.read_text(encoding="utf-8") + change.get(path, "<!-- new -->"), encoding="utf-8")
    kept = (cache / "shells.json").read_bytes()

    after = make_shells([PLAIN], config, cache)

    assert (cache / "shells.json").read_bytes() != kept
    assert (after == before) is (path == "mkdocs.yml")


def test_changed_frame_gives_new_shells(tmp_path: Path) -> None:
    """A frame with another text gets a shell with that text, although the cache is warm."""
    make_shells([PLAIN], CONFIG, tmp_path)

    renewed = make_shells([replace(PLAIN, footer_note="Iets anders.")], CONFIG, tmp_path)

    assert "Iets anders." in renewed.shells["plain"].stamp("t", "d", "", "", "")


def test_text_that_looks_like_a_hole_is_left_alone(shells: ShellSet) -> None:
    """A body that holds a shell's own marks is printed as it is."""
    body = "".join(f"wg-slot-{slot}-7c1e4a" for slot in ("title", "head", "body"))

    assert body in shells.shells["plain"].stamp("t", "d", "", "", body)


def test_shell_refuses_parts_that_do_not_fit() -> None:
    """A shell with too few parts for its holes raises an error instead of losing text."""
    with pytest.raises(ValueError, match="shorter"):
        Shell(parts=("a",), slots=(0, 1)).stamp("t", "d", "", "", "")


def _copy_of_theme(folder: Path) -> Path:
    copytree(ROOT / "templates" / "theme", folder / "templates" / "theme")
    (folder / "mkdocs.yml").write_text(CONFIG.read_text(encoding="utf-8"), encoding="utf-8")
    return folder / "mkdocs.yml"
