"""Style sheets without what nothing on our pages can take hold of."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from wmo_guide.guide.style_sheet import fitting
from wmo_guide.publication import ROOT

CLASSES = {"page", "title"}


@pytest.mark.parametrize(
    ("whole", "kept"),
    [
        ("a{color:red}", "a{color:red}"),
        (".page a>b{color:red}", ".page a>b{color:red}"),
        (".other a{color:red}", ""),
        (".page.other{color:red}", ""),
        (".page,.other,h1{color:red}", ".page,h1{color:red}"),
        (".page:not(.other) a{color:red}", ".page:not(.other) a{color:red}"),
        ("[dir=rtl] .page{color:red}", ""),
        ("[data-shade=dark] .page{color:red}", ""),
        ("ul[type] li{color:red}", "ul[type] li{color:red}"),
        ("@media print{.other{color:red}.page{color:blue}}", "@media print{.page{color:blue}}"),
        ("@media print{.other{color:red}}", ""),
        ("@media print{@supports (a:b){.other{color:red}}}", ""),
        ("@page{margin:2cm}", "@page{margin:2cm}"),
        ("a{color:red}\n/* remark */\nb{color:blue}", "a{color:red}b{color:blue}"),
        ('a:before{content:"}.other{"}', 'a:before{content:"}.other{"}'),
    ],
)
def test_rules_stay_that_something_can_fit(whole: str, kept: str) -> None:
    """A selector goes when it asks for a class or an attribute that no page has; a rule or group of which nothing is left too."""
    assert fitting(whole, CLASSES, "") == kept


@pytest.mark.parametrize(
    ("whole", "beside", "kept"),
    [
        (":root{--a:red;--b:blue}h1{color:var(--a)}", "", ":root{--a:red}h1{color:var(--a)}"),
        (":root{--a:red;--b:blue}", ".x{color:var( --b )}", ":root{--b:blue}"),
        (":root{--a:var(--b);--b:red;--c:red}h1{color:var(--a)}", "", ":root{--a:var(--b);--b:red}h1{color:var(--a)}"),
        (":root{--a:url('data:a;b{c}')}h1{color:red}", "", "h1{color:red}"),
        (":root{--a:red}.other{color:var(--a)}", "", ""),
        ("@media print{:root{--a:red}}h1{color:var(--a)}", "", "@media print{:root{--a:red}}h1{color:var(--a)}"),
        (":root{--a:red;color:blue!important}", "", ":root{color:blue!important}"),
    ],
)
def test_variables_stay_that_something_asks_for(whole: str, beside: str, kept: str) -> None:
    """A variable goes when no rule that stays, no other style sheet and no other variable that stays asks for it."""
    assert fitting(whole, CLASSES, beside) == kept


def test_movements_stay_that_something_makes() -> None:
    """Of two movements the one stays that a rule that stays makes."""
    whole = "@keyframes a{to{top:0}}@keyframes b{to{top:0}}h1{animation:a 1s}.other{animation:b 1s}"

    assert fitting(whole, CLASSES, "") == "@keyframes a{to{top:0}}h1{animation:a 1s}"


def test_a_fitting_style_sheet_fits() -> None:
    """Fitting it once more leaves it as it is."""
    whole = (
        ':root{--a:red;--b:url("data:x;y")}@media print{.page,.other{color:var(--a)}}h1 , h2{margin:0 auto!important}'
    )
    once = fitting(whole, CLASSES, "")

    assert fitting(once, CLASSES, "") == once


def test_pages_have_no_other_class_of_material_than_their_frame() -> None:
    """Every class in templates and scripts is our own, or one that the frame has too: so none asks for a rule that is gone."""
    frame = set(_classes(ROOT / "templates" / "theme", "*.html"))
    everywhere = {
        name
        for folder in ("templates", "wmo_guide", "provider_forms")
        for ending in ("*.html", "*.js", "*.py")
        for name in _classes(ROOT / folder, ending)
    }

    assert {"md-typeset", "md-header"} < frame
    assert len(everywhere) > 100
    assert {name for name in everywhere - frame if not re.match(r"w[fg]-", name)} == set()


def _classes(folder: Path, ending: str) -> list[str]:
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.rglob(ending)))
    return [
        name
        for text in texts
        for value in re.findall(r"class(?:Name)?\s*=\s*[\"']([^\"'>]*)[\"']", text)
        for name in re.sub(r"\{[^}]*(?:\}+|$)", " ", value).split()
        if re.fullmatch(r"[\w-]+", name)
    ]
