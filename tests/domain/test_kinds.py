"""Every kind of question keeps the contract of Kind: parse, dump, parse again; refuse with advice; show in words."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import SAMPLE, ContentFolder
from wmo_guide.domain.findings import InvalidValueError, KeyPath
from wmo_guide.domain.kinds import KINDS, Kind, Scope, Shown
from wmo_guide.domain.provider import Answer, Raw
from wmo_guide.domain.questions import Question


@dataclass(frozen=True)
class Good:
    """An answer that a kind takes, what it means, and what the reader sees."""

    kind: str
    raw: Raw
    value: Answer
    shown: Shown
    asked: dict[str, Any] = field(default_factory=dict)
    """What the question says more, e.g. its options."""
    block: str = "post-en-papieren"


@dataclass(frozen=True)
class Bad:
    """An answer that a kind refuses, part of the advice, and the part of the answer that is wrong."""

    kind: str
    raw: Raw
    says: str
    path: KeyPath = ()
    asked: dict[str, Any] = field(default_factory=dict)
    block: str = "post-en-papieren"


def line(text: str) -> Shown:
    """One line for the reader."""
    return Shown("line", (text,))


def items(*texts: str) -> Shown:
    """A list for the reader."""
    return Shown("list", texts)


OPTIONS = {
    "options": [{"key": "a", "label": "Eerste"}, {"key": "b", "label": "Tweede"}, {"key": "c", "label": "Derde"}]
}
TO_RESIDENTS = {
    "options": [
        {"key": "a", "label": "Bij de inwoner thuis", "page_label": "Bij u thuis"},
        {"key": "b", "label": "Hier"},
    ]
}
WEEKS = {"min": "0", "max": "104", "unit": "weken", "unit_one": "week", "zero": "Geen wachttijd"}
WORDS = {"options": [{"key": "yes", "label": "Ja, wij nemen nu niemand aan"}]}
TEXT_OF_LIST = "Hier hoort één tekst"
LIST_OF_TEXT = "Hier hoort een lijst"
NOTHING = "Hier staat niets"
EMPTY = "Deze lijst is leeg"
TWICE = "staat er twee keer"

GOOD = [
    Good("line", "  Wij helpen u. ", "Wij helpen u.", line("Wij helpen u.")),
    Good("line", "x" * 200, "x" * 200, line("x" * 200)),
    Good("line", "a < b &amp; c", "a < b &amp; c", line("a < b &amp; c")),
    Good("text", "Een.\n\n- twee\n", "Een.\n\n- twee", Shown("prose", ("Een.\n\n- twee",))),
    Good("lines", ["maandag", " dinsdag "], ("maandag", "dinsdag"), items("maandag", "dinsdag")),
    Good("url", "https://example.nl", "https://example.nl", Shown("url", ("https://example.nl",))),
    Good("email", "a@example.nl", "a@example.nl", Shown("email", ("a@example.nl",))),
    Good("phone", "012 345 67 89", "012 345 67 89", Shown("phone", ("012 345 67 89",))),
    Good("postcode", "1811ab", "1811 AB", line("1811 AB")),
    Good("kvk", "0123 4567", "01234567", line("01234567")),
    Good("yes_no", "yes", True, line("Ja")),
    Good("yes_no", "no", False, line("Nee")),
    Good("yes_no", "yes", True, line("Ja, wij nemen nu niemand aan"), WORDS),
    Good("yes_no", "no", False, line("Nee"), WORDS),
    Good("choice", "b", "b", line("Tweede"), OPTIONS),
    Good("choices", ["c", "a"], ("a", "c"), items("Eerste", "Derde"), OPTIONS),
    Good("choice", "a", "a", line("Bij u thuis"), TO_RESIDENTS),
    Good("choices", ["a", "b"], ("a", "b"), items("Bij u thuis", "Hier"), TO_RESIDENTS),
    Good("number", "12", 12, line("12 weken"), WEEKS),
    Good("number", "1", 1, line("1 week"), WEEKS),
    Good("number", "0", 0, line("Geen wachttijd"), WEEKS),
    Good("number", "104", 104, line("104 weken"), WEEKS),
    Good("number", " 7 ", 7, line("7")),
    Good("number", "0", 0, line("0 mensen"), {"unit": "mensen"}),
    Good("date", "2026-03-01", date(2026, 3, 1), line("1 maart 2026")),
    Good("municipality", "zandhoek", "zandhoek", line("Zandhoek")),
    Good("municipalities", ["zandhoek", "helmdorp"], ("helmdorp", "zandhoek"), items("Helmdorp", "Zandhoek")),
    Good("locations", ["tuin", "huis"], ("huis", "tuin"), items("Het huis", "De tuin")),
    Good(
        "levels",
        {"intensity": ["2", "1"], "complexity": ["heavy"]},
        {"complexity": ("heavy",), "intensity": ("1", "2")},
        items("Complexiteit: Zwaar", "Intensiteit: Elke week, Elke dag"),
    ),
    Good("levels", {"complexity": ["light"]}, {"complexity": ("light",)}, items("Complexiteit: Licht")),
    Good("arrangements", ["start", "basis"], ("basis", "start"), items("Basispakket", "Startpakket")),
    Good("bands", ["6-10"], ("6-10",), items("6 tot en met 10 dagdelen"), block="dag-buiten"),
]

OF_ONE_TEXT = (
    "line",
    "text",
    "url",
    "email",
    "phone",
    "postcode",
    "kvk",
    "yes_no",
    "number",
    "date",
    "municipality",
    "choice",
)
"""Kinds whose answer is one text."""
BAD = [
    *(Bad(kind, raw, TEXT_OF_LIST) for kind in OF_ONE_TEXT for raw in (["a"], {"a": "b"}, None, 3)),
    *(Bad(kind, raw, NOTHING) for kind in OF_ONE_TEXT for raw in ("", "  ", "\n", "~", "null")),
    *(
        Bad(kind, raw, says)
        for kind in ("lines", "choices", "municipalities", "locations", "arrangements")
        for raw, says in (
            ("a", LIST_OF_TEXT),
            ({"a": "b"}, LIST_OF_TEXT),
            ([["a"]], LIST_OF_TEXT),
            (None, LIST_OF_TEXT),
            ([], EMPTY),
        )
    ),
    Bad("line", "een\ntwee", "op één regel"),
    Bad("line", "x" * 201, "Er is plaats voor 200"),
    Bad("line", "x" * 11, "Er is plaats voor 10", asked={"max": "10"}),
    Bad("line", "a\u202eb", "U+202E"),
    Bad("text", "x" * 3001, "Er is plaats voor 3000"),
    Bad("text", "a\u200bb", "U+200B"),
    Bad("lines", ["a", ""], NOTHING, (1,)),
    Bad("lines", ["a", "b\nc"], "op één regel", (1,)),
    Bad("lines", ["a", "x" * 61], "Er is plaats voor 60", (1,), asked={"max": "60"}),
    Bad("lines", ["a", "a"], TWICE, (1,)),
    Bad("url", "javascript:alert(1)", "Begin met https://"),
    Bad("url", "www.example.nl", "Begin met https://"),
    Bad("email", "a@b", "e-mailadres klopt niet"),
    Bad("phone", "12", "tien cijfers"),
    Bad("postcode", "0000 AA", "postcode klopt niet"),
    Bad("kvk", "1234567", "acht cijfers"),
    Bad("kvk", "123456789", "acht cijfers"),
    Bad("kvk", "\u0661\u0662\u0663\u0664\u0665\u0666\u0667\u0668", "acht cijfers"),
    Bad("yes_no", "ja", "yes (ja) of no (nee)"),
    Bad("yes_no", "true", "yes (ja) of no (nee)"),
    Bad("choice", "d", "Kies uit: a, b, c", asked=OPTIONS),
    Bad("choice", "Eerste", "Kies uit: a, b, c", asked=OPTIONS),
    Bad("choices", ["a", "d"], "Kies uit: a, b, c", (1,), OPTIONS),
    Bad("choices", ["a", "b", "a"], TWICE, (2,), OPTIONS),
    Bad("number", "drie", "heel getal"),
    Bad("number", "1.5", "heel getal"),
    Bad("number", "-1", "0 of meer", asked=WEEKS),
    Bad("number", "105", "104 of minder", asked=WEEKS),
    Bad("date", "1 maart 2026", "geen datum"),
    Bad("date", "2026-02-30", "geen datum"),
    Bad("municipality", "oud-zand", 'Gebruik "zandhoek"'),
    Bad("municipality", "kadewijk", "Kies uit: helmdorp, zandhoek"),
    Bad("municipality", "Zandhoek", "Kies uit: helmdorp, zandhoek"),
    Bad("municipalities", ["helmdorp", "oud-zand"], 'Gebruik "zandhoek"', (1,)),
    Bad("municipalities", ["kadewijk"], "Kies uit: helmdorp, zandhoek", (0,)),
    Bad("municipalities", ["zandhoek", "zandhoek"], TWICE, (1,)),
    Bad("locations", ["schuur"], "Kies uit: huis, tuin", (0,)),
    Bad("levels", ["light"], "niveaus per as: complexity, intensity"),
    Bad("levels", "light", "niveaus per as"),
    Bad("levels", {}, "niveaus per as"),
    Bad("levels", {"weight": ["1"]}, "Kies uit: complexity, intensity", ("weight",)),
    Bad("levels", {"complexity": "light"}, LIST_OF_TEXT, ("complexity",)),
    Bad("levels", {"complexity": []}, EMPTY, ("complexity",)),
    Bad("levels", {"complexity": ["light", "1"]}, "Kies uit: light, heavy", ("complexity", 1)),
    Bad("levels", {"complexity": ["light", "light"]}, TWICE, ("complexity", 1)),
    Bad("levels", {"intensity": ["1"]}, "Kies uit: complexity", ("intensity",), block="dag-buiten"),
    Bad("levels", {"complexity": ["light"]}, "hier is geen as", ("complexity",), block="uit-logeren"),
    Bad("arrangements", ["luxe"], "Kies uit: basis, start", (0,)),
    Bad("arrangements", ["basis"], "hier is geen arrangement", (0,), block="dag-buiten"),
    Bad("bands", ["11-20"], "Kies uit: 1-5, 6-10", (0,), block="dag-buiten"),
    Bad("bands", "1-5", LIST_OF_TEXT, block="dag-buiten"),
    Bad("bands", ["1-5"], "hier is geen omvang", (0,)),
]

STANDARDS = ContentFolder(SAMPLE).standards()
EDITION = STANDARDS.editions["2024"]


def scope_of(block: str) -> Scope:
    """What answers about a block of the sample may refer to."""
    locations = (("huis", "Het huis"), ("tuin", "De tuin"))
    return Scope(STANDARDS.region, EDITION, EDITION.by_slug[block][1], locations)


def asked(kind: str, more: dict[str, Any]) -> Question:
    """A question of this kind."""
    return Question.model_validate({"key": "question", "kind": kind, "label": "Wat?", **more})


def raws() -> st.SearchStrategy[Raw]:
    """Answers as a browser or a file might give them."""
    words = st.sampled_from(
        [
            "",
            " ",
            "a",
            "a ",
            "b",
            "yes",
            "no",
            "3",
            "03",
            "2026-03-01",
            "1811 ab",
            "01234567",
            "012 345 67 89",
            "a@example.nl",
            "https://example.nl",
            "zandhoek",
            "oud-zand",
            "huis",
            "light",
            "1",
            "basis",
            "1-5",
        ]
    ) | st.text(max_size=20)
    lists = st.lists(words, max_size=4)
    axes = st.dictionaries(st.sampled_from(["complexity", "intensity", "weight"]), lists | words, max_size=2)
    return words | lists | axes


@pytest.mark.parametrize("good", GOOD, ids=lambda good: f"{good.kind}-{str(good.raw)[:25]!a}")
class TestGoodAnswer:
    """What every kind does with an answer that it takes."""

    def test_parse(self, good: Good) -> None:
        """The answer is read as the value that it means."""
        assert KINDS[good.kind].parse(good.raw, asked(good.kind, good.asked), scope_of(good.block)) == good.value

    def test_dump_and_parse(self, good: Good) -> None:
        """The value's stored form is texts, lists and mappings only, and is read as the same value."""
        kind = KINDS[good.kind]

        stored = kind.dump(good.value)

        assert _is_plain(stored)
        assert kind.parse(stored, asked(good.kind, good.asked), scope_of(good.block)) == good.value

    def test_show(self, good: Good) -> None:
        """The reader sees the value in words."""
        assert KINDS[good.kind].show(good.value, asked(good.kind, good.asked), scope_of(good.block)) == good.shown


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad.kind}-{str(bad.raw)[:25]!a}")
class TestBadAnswer:
    """What every kind does with an answer that it refuses."""

    def test_refusal(self, bad: Bad) -> None:
        """The answer is refused with advice, and with the way to the part that is wrong."""
        with pytest.raises(InvalidValueError) as refused:
            KINDS[bad.kind].parse(bad.raw, asked(bad.kind, bad.asked), scope_of(bad.block))

        assert bad.says in refused.value.message
        assert refused.value.path == bad.path


@pytest.mark.parametrize("kind", KINDS)
class TestAnyAnswer:
    """What every kind does with whatever comes."""

    def test_kind_has_rows(self, kind: str) -> None:
        """Each kind of the table has good and bad answers above, so a new kind without them fails."""
        assert kind in {row.kind for row in GOOD}
        assert kind in {row.kind for row in BAD}

    @given(raw=raws())
    def test_value_survives_storing(self, kind: str, raw: Raw) -> None:
        """Any answer is refused, or read as a value that is the same after dump and parse."""
        one: Kind = KINDS[kind]
        question = asked(kind, OPTIONS)
        scope = scope_of("post-en-papieren")
        try:
            value = one.parse(raw, question, scope)
        except InvalidValueError:
            return
        assert one.parse(one.dump(value), question, scope) == value
        assert one.show(value, question, scope).texts

    def test_answer_out_of_a_block_is_read_or_refused(self, kind: str) -> None:
        """Asked outside a building block, a kind reads or refuses, and doesn't break."""
        scope = Scope(STANDARDS.region)
        for good in GOOD:
            if good.kind == kind:
                with suppress(InvalidValueError):
                    KINDS[kind].parse(good.raw, asked(kind, good.asked), scope)


def test_lines_that_differ_in_blanks_only_are_the_same() -> None:
    """Two lines that are equal but for their blank edges are told as one line twice."""
    with pytest.raises(InvalidValueError, match=TWICE):
        KINDS["lines"].parse(["maandag", "maandag "], asked("lines", {}), scope_of("dag-buiten"))


def test_long_foreign_text_is_not_repeated_whole() -> None:
    """A refusal repeats only the beginning of what was typed."""
    with pytest.raises(InvalidValueError) as refused:
        KINDS["choice"].parse("x" * 5000, asked("choice", OPTIONS), scope_of("dag-buiten"))

    assert len(refused.value.message) < 150


def _is_plain(stored: object) -> bool:
    if isinstance(stored, dict):
        return all(isinstance(key, str) and _is_plain(value) for key, value in stored.items())
    if isinstance(stored, list):
        return all(isinstance(item, str) for item in stored)
    return isinstance(stored, str)
