"""A region's house style: tokens that exist, in colours that can be read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wmo_guide.domain.checks.common import unknown
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.theme import ENOUGH, SHAPES, TOKENS, is_colour, is_shape, pairs


def check_theme(theme: Mapping[str, str]) -> Iterator[Finding]:
    """Every token is one of the theme's, every colour is a colour, and text can be read on what it stands on."""
    findings = list(_check_values(theme))
    yield from findings
    if findings:
        return
    told: set[str] = set()
    for text, background, found in sorted(pairs(theme), key=lambda pair: pair.contrast):
        token = text if text in theme else background
        if found < ENOUGH and token in theme and token not in told:  # of each token the worst
            message = f"Letters in {text} op {background} zijn slecht te lezen: contrast {_dutch(found)}."
            yield Finding(("theme", token), f"{message} Kies kleuren met een contrast van {_dutch(ENOUGH)} of meer.")
            told.add(token)


def _check_values(theme: Mapping[str, str]) -> Iterator[Finding]:
    for token, value in theme.items():
        if token not in TOKENS:
            yield unknown(token, TOKENS, "onderdeel van de huisstijl", ("theme", token))
        elif token in SHAPES and not is_shape(token, value):
            yield Finding(("theme", token), f'"{value}" kan hier niet. Schrijf het zoals {_LIKE[token]}.')
        elif token not in SHAPES and not is_colour(value):
            yield Finding(("theme", token), f'"{value}" is hier geen kleur. Schrijf haar zoals #0b4a5e.')


_LIKE = {"nl-font-family": "Verdana, Arial, sans-serif", "wg-radius": ".4rem", "wg-measure": "62ch"}
"""What the tokens that are no colours look like."""


def _dutch(number: float) -> str:
    return f"{int(number * 10) / 10}".replace(".", ",")
