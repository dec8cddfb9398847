"""A region's house style: which design tokens there are, and whether text in these colours can be read.

templates/theme/README.md tells editors the same; a test holds the colours below to templates/theme/assets/guide.css.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

STYLE_VALUE = r"^[#A-Za-z0-9 .,%()-]{1,80}$"
"""What any token can be."""
ENOUGH = 4.5
"""Least contrast of text and its background (WCAG 2.2, success criterion 1.4.3)."""
SHAPES: Mapping[str, re.Pattern[str]] = {
    "nl-font-family": re.compile(r"[A-Za-z-][A-Za-z0-9 -]*(?:, *[A-Za-z-][A-Za-z0-9 -]*)*"),
    "wg-radius": re.compile(r"0|[0-9]{0,3}(?:\.[0-9]{1,3})?(?<=[0-9])(?:rem|em|px)"),
    "wg-measure": re.compile(r"[0-9]{1,4}(?:\.[0-9]{1,3})?(?:ch|rem|em|px)"),
}
"""Tokens that are no colours, each with what it can be."""
STANDARD: Mapping[str, str] = {
    "wg-brand": "#0b4a5e",
    "wg-on-brand": "#ffffff",
    "wg-tint": "#e4f0f3",
    "nl-heading-color": "#0b3644",
    "nl-link-color": "#00507c",
    "nl-link-hover-color": "#00304b",
    "wg-dark-brand": "#0e4557",
    "wg-dark-on-brand": "#ffffff",
    "wg-dark-tint": "#17353f",
    "wg-dark-heading-color": "#d9eef5",
    "wg-dark-link-color": "#8fd0f0",
    "wg-dark-button-background-color": "#9bdcf2",
    "wg-dark-button-color": "#06242e",
}
"""Tokens that are colours, each with what it is when a region doesn't set it."""
FOLLOWING: Mapping[str, str] = {
    "nl-button-primary-background-color": "wg-brand",
    "nl-button-primary-color": "wg-on-brand",
}
"""Tokens that are colours and follow another token unless a region sets them."""
PAPER: Mapping[str, str] = {
    "wg-page": "#ffffff",
    "wg-text": "#17252b",
    "dark wg-page": "#0f181c",
    "dark wg-text": "#eef4f6",
}
"""Colours that no region can set, in light and in dark."""
READ_ON = (
    ("wg-on-brand", "wg-brand"),
    ("nl-button-primary-color", "nl-button-primary-background-color"),
    ("wg-text", "wg-tint"),
    ("nl-heading-color", "wg-page"),
    ("nl-heading-color", "wg-tint"),
    ("nl-link-color", "wg-page"),
    ("nl-link-color", "wg-tint"),
    ("nl-link-hover-color", "wg-page"),
    ("nl-link-hover-color", "wg-tint"),
    ("wg-dark-on-brand", "wg-dark-brand"),
    ("wg-dark-button-color", "wg-dark-button-background-color"),
    ("dark wg-text", "wg-dark-tint"),
    ("wg-dark-heading-color", "dark wg-page"),
    ("wg-dark-heading-color", "wg-dark-tint"),
    ("wg-dark-link-color", "dark wg-page"),
    ("wg-dark-link-color", "wg-dark-tint"),
)
"""Which colour is read on which."""
TOKENS = (*STANDARD, *FOLLOWING, *SHAPES)
"""Every token that a region may set."""
_HEX = re.compile(r"#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


def is_shape(token: str, value: str) -> bool:
    """Whether a value is what this token, which is no colour, can be."""
    return SHAPES[token].fullmatch(value) is not None


class Pair(NamedTuple):
    """Two tokens of which one is read on the other."""

    text: str
    background: str
    contrast: float


def is_colour(value: str) -> bool:
    """Whether a value is a colour as a theme writes it, such as #0b4a5e."""
    return _HEX.fullmatch(value) is not None


def pairs(theme: Mapping[str, str]) -> list[Pair]:
    """What is read on what in a theme whose colours are colours."""
    colours = {**PAPER, **STANDARD, **theme}
    for token, followed in FOLLOWING.items():
        colours.setdefault(token, colours[followed])
    return [Pair(text, ground, contrast(colours[text], colours[ground])) for text, ground in READ_ON]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 (none) to 21 (WCAG 2.2, definition of contrast ratio)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    digits = colour.removeprefix("#")
    pairs_of = [digit * 2 for digit in digits] if len(digits) == 3 else re.findall("..", digits)  # noqa: PLR2004  (#rgb)
    red, green, blue = (_linear(int(pair, 16) / 255) for pair in pairs_of)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  (sRGB)
