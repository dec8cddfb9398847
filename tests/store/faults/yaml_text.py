"""Texts that are no YAML as content may have it."""

from __future__ import annotations

from tests.store.faults.row import FAQ, REGION, TERMS, Row, add, raw, swap

_BOMB = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

ROWS = [
    Row("syntax error", swap(REGION, "name: Regio Duinrand", "name: Regio: Duinrand"), REGION, 1, "", "dubbele punt"),
    Row("open quote", add(FAQ, 'more: "open\n'), FAQ, 'more: "open', "", "nergens sluit"),
    Row("open bracket", add(FAQ, "more: [a\n"), FAQ, 6, "", "geen geldige YAML"),
    Row("tab", add(FAQ, "more:\n\ta: b\n"), FAQ, "\ta: b", "", "Spring in met spaties"),
    Row("duplicate key", add(REGION, "name: Tweede naam\n"), REGION, "Tweede naam", "", "staat hier twee keer"),
    Row("billion laughs", raw(FAQ, _BOMB), FAQ, 1, "", "anker"),
    Row("alias", add(FAQ, "more: *stars\n"), FAQ, "*stars", "", "verwijzing"),
    Row("tag", add(FAQ, "more: !!python/object:os.system x\n"), FAQ, "!!python", "", "uitroepteken"),
    Row("over 1 MiB", add(TERMS, "# padding\n" * 110_000), TERMS, 0, "", "groter dan 1 MiB"),
    Row("deep nesting", add(FAQ, "more: " + "[" * 5000), FAQ, "[[[[", "", "genest"),
    Row("second document", add(FAQ, "---\nupdated: x\n"), FAQ, "---", "", "tweede document"),
    Row("list as key", add(FAQ, "? [one, two]\n: x\n"), FAQ, "? [one, two]", "", "Een sleutel moet"),
    Row("not UTF-8", add(REGION, "# caf\xe9\n".encode("latin-1")), REGION, 36, "", "codering UTF-8"),
    Row("NUL", add(REGION, b"# a\0b\n"), REGION, "# a\0b", "", "U+0000"),
    Row("escape character", add(REGION, b"# a\x1b[2J\n"), REGION, "# a\x1b", "", "U+001B"),
    Row("control character", add(REGION, "# a\x9bb\n"), REGION, "# a\x9b", "", "U+009B"),
    Row("lone surrogate", add(REGION, b"# \xed\xa0\x80\n"), REGION, 36, "", "codering UTF-8"),
    Row("empty file", raw(FAQ, ""), FAQ, 1, "", "Hier staat nog niets. Hier horen sleutels"),
    Row("only a comment", raw(FAQ, "# later\n"), FAQ, 1, "", "elke sleutel op een eigen regel"),
    Row("only a text", raw(FAQ, "hallo\n"), FAQ, 1, "", "elke sleutel op een eigen regel"),
    Row("only a list", raw(FAQ, "- hallo\n"), FAQ, 1, "", "elke sleutel op een eigen regel"),
]
