"""House styles: the tokens that the theme knows, and the contrast of what is read on what."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wmo_guide.domain.theme import (
    ENOUGH,
    FOLLOWING,
    PAPER,
    SHAPES,
    STANDARD,
    TOKENS,
    contrast,
    is_colour,
    pairs,
)

THEME = Path(__file__).resolve().parents[2] / "templates" / "theme"
CSS = (THEME / "assets" / "guide.css").read_text(encoding="utf-8")
_DECLARED = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{3,6}|var\(--[a-z-]+(?:, #[0-9a-f]{3,6})?\));")
COLOURS = st.from_regex(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})", fullmatch=True)


def _full(colour: str) -> str:
    return colour if len(colour) == 7 else "#" + "".join(sign * 2 for sign in colour[1:])


def _declared(part: str) -> dict[str, str]:
    """Custom properties that a part of the style sheet gives a colour."""
    return dict(_DECLARED.findall(part))


LIGHT, _, _REST = CSS.partition("@media screen and (prefers-color-scheme: dark)")
DARK = _declared(_REST.partition("\n}\n")[0])


def test_errors_stand_out_enough_to_read() -> None:
    """What is told of an error has seven times the light of what is behind it, or the other way round, by day and by night."""
    fields = (THEME / "assets" / "fields.css").read_text(encoding="utf-8")
    found = re.findall(r"--wg-error: (#[0-9a-f]{6}); --wg-error-tint: (#[0-9a-f]{6});", fields)

    assert len(found) == 2
    assert all(contrast(error, tint) >= 7 for error, tint in found)


def test_standard_colours_are_those_of_the_style_sheet() -> None:
    """Each colour that counts when a region sets none is the one in guide.css."""
    light = _declared(LIGHT)
    dark = dict(re.findall(r"var\(--(wg-dark-[a-z-]+), (#[0-9a-f]{3,6})\)", " ".join(DARK.values())))

    assert {token: _full(light[token]) for token in STANDARD if "-dark-" not in token} == {
        token: colour for token, colour in STANDARD.items() if "-dark-" not in token
    }
    assert {token: _full(colour) for token, colour in dark.items()} == {
        token: colour for token, colour in STANDARD.items() if "-dark-" in token
    }
    assert {token: light[token] for token in FOLLOWING} == {token: f"var(--{one})" for token, one in FOLLOWING.items()}
    assert {
        "wg-page": _full(light["wg-page"]),
        "wg-text": _full(light["wg-text"]),
        "dark wg-page": _full(DARK["wg-page"]),
        "dark wg-text": _full(DARK["wg-text"]),
    } == PAPER


def test_tokens_are_those_that_editors_are_told_of() -> None:
    """The tokens that a region may set are those in the table of the theme's README."""
    table = (THEME / "README.md").read_text(encoding="utf-8").partition("| Token | For |")[2].partition("\n\n")[0]

    assert set(re.findall(r"`--([a-z-]+)`", table)) == set(TOKENS)


def test_standard_colours_can_be_read() -> None:
    """Without a house style all that is read has enough contrast, in light and in dark."""
    assert {(one.text, one.background) for one in pairs({}) if one.contrast < ENOUGH} == set()


def test_every_colour_is_read_on_something() -> None:
    """No colour that a region may set escapes the look at its contrast."""
    looked_at = {token for one in pairs({}) for token in (one.text, one.background)}

    assert set(TOKENS) - set(SHAPES) <= looked_at


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#fff", "#000", 21.0),
        ("#777777", "#ffffff", 4.48),
        ("#767676", "#ffffff", 4.54),
        ("#ff0000", "#ffffff", 4.0),
        ("#0000ff", "#FFFFFF", 8.59),
        ("#123456", "#123456", 1.0),
    ],
)
def test_contrast_is_that_of_wcag(one: str, other: str, ratio: float) -> None:
    """The contrast of two colours is the ratio that WCAG defines."""
    assert contrast(one, other) == pytest.approx(ratio, abs=0.005)


@given(COLOURS, COLOURS)
def test_contrast_is_the_same_both_ways(one: str, other: str) -> None:
    """Whichever of two colours is the text, their contrast is the same, and lies between 1 and 21."""
    assert contrast(one, other) == contrast(other, one)
    assert 1 <= contrast(one, other) <= 21


def test_buttons_follow_the_brand() -> None:
    """A region that sets its brand alone has buttons in that colour."""
    found = {(one.text, one.background): one.contrast for one in pairs({"wg-brand": "#000000"})}

    assert found["nl-button-primary-color", "nl-button-primary-background-color"] == pytest.approx(21)


@pytest.mark.parametrize("value", ["#0b4a5", "0b4a5e", "#0b4a5g", "navy", "rgb(1, 2, 3)", "#0b4a5e;", ""])
def test_other_writings_are_no_colour(value: str) -> None:
    """Only three or six hexadecimal digits after a hash are a colour, so that contrast can be told."""
    assert not is_colour(value)
