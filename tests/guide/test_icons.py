"""Pictograms come out of Material's set and out of nothing else."""

from __future__ import annotations

import subprocess
import sys

import pytest
from lxml import etree

from wmo_guide.guide.icons import UnknownIconError, icon


def test_icon_is_inline_svg_hidden_from_screen_readers() -> None:
    """An icon is one svg element with a drawing, its class, and marks that keep it from screen readers and focus."""
    svg = etree.fromstring(icon("material/home-heart"))

    assert svg.tag == "svg"
    assert svg.get("class") == "wg-icon"
    assert svg.get("aria-hidden") == "true"
    assert svg.get("focusable") == "false"
    assert svg.get("viewBox") == "0 0 24 24"
    assert svg.find("path") is not None


def test_unknown_icon_suggests_names() -> None:
    """A misspelt name raises an error that names icons which do exist."""
    with pytest.raises(UnknownIconError, match=r"Did you mean .*material/home-heart"):
        icon("material/home-hart")


def test_unknown_folder_says_how_names_start() -> None:
    """A name in a folder that the set lacks raises an error that tells how names start."""
    with pytest.raises(UnknownIconError, match="start with a folder"):
        icon("materiaal/home-heart")


@pytest.mark.parametrize(
    "name",
    [
        "../mkdocs_theme",
        "material/../../base",
        "/etc/hosts",
        "material/",
        "material\\home",
        "Material/Home",
        "home",
        "",
    ],
)
def test_name_that_leaves_the_set_is_refused(name: str) -> None:
    """A name that is no plain path inside the set raises an error before any file is read."""
    with pytest.raises(UnknownIconError, match="is not an icon's name"):
        icon(name)


def test_icons_need_no_theme_code() -> None:
    """Asking for an icon loads neither mkdocs nor material."""
    code = (
        "import sys; from wmo_guide.guide.icons import icon; icon('material/home'); "
        "sys.exit(bool({'mkdocs', 'material'} & set(sys.modules)))"
    )

    done = subprocess.run([sys.executable, "-c", code], check=False)

    assert done.returncode == 0
