"""House styles that the theme doesn't know, or that nobody can read."""

from __future__ import annotations

from tests.store.faults.row import REGION, Row, put


def style(name: str, token: str, value: str, says: str, *, told: str = "", **more: str) -> Row:
    """A house style with one fault."""
    theme = {token: value} | {key.replace("_", "-"): colour for key, colour in more.items()}
    told = told or token
    return Row(name, put(REGION, ("theme",), theme), REGION, f"  {told}:", f"theme.{told}", says)


ROWS = [
    style("unknown token", "wg-accent", "#0a5c6b", "geen onderdeel van de huisstijl"),
    style("token with a slip", "wg-brandt", "#0a5c6b", "Kies uit: nl-button-primary-background-color"),
    style("colour by its name", "wg-brand", "navy", '"navy" is hier geen kleur'),
    style("colour of seven digits", "wg-brand", "#0a5c6b0", "Schrijf haar zoals #0b4a5e"),
    style("colour by another token", "nl-link-color", "var(--wg-brand)", "geen kleur"),
    style("pale brand", "wg-brand", "#7fb2c4", "Letters in wg-on-brand op wg-brand zijn slecht te lezen: contrast 2,3"),
    style("dim letters on the brand", "wg-on-brand", "#888888", "Letters in wg-on-brand op wg-brand"),
    style("pale links", "nl-link-color", "#888888", "Letters in nl-link-color op"),
    style("dark tint", "wg-tint", "#446677", "Letters in"),
    style("grey buttons", "nl-button-primary-background-color", "#999999", "Letters in nl-button-primary-color"),
    style("dark links in the dark", "wg-dark-link-color", "#14532d", "Letters in wg-dark-link-color op"),
    style("light brand in the dark", "wg-dark-brand", "#aaddee", "Letters in wg-dark-on-brand op wg-dark-brand"),
]
