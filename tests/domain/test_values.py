"""The texts, numbers and dates that records are made of: what is taken, and what is refused with advice."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from decimal import Decimal
from typing import Annotated

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from wmo_guide.domain.base import Record
from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import (
    Blank,
    CbsCode,
    Line,
    Prose,
    clean_text,
    dial,
    one_line,
    parse_amount,
    parse_email,
    parse_flag,
    parse_key,
    parse_phone,
    parse_postcode,
    parse_slug,
    parse_url,
    parse_whole,
)

FULL_WIDTH = str.maketrans("0123456789", "\uff10\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18\uff19")
FORBIDDEN = [
    "\x00",
    "\x07",
    "\x0b",
    "\x1b",
    "\r",
    "\x7f",
    "\x85",
    "\x9f",
    "\u061c",  # Arabic letter mark
    "\u200b",  # zero-width space
    "\u200d",  # zero-width joiner
    "\u200e",  # left-to-right mark
    "\u200f",  # right-to-left mark
    "\u2028",  # line separator
    "\u2029",  # paragraph separator
    "\u202a",
    "\u202e",  # right-to-left override
    "\u2060",  # word joiner
    "\u2066",
    "\u2069",  # isolates
    "\ufeff",  # byte order mark
    "\ufff9",
    "\U000e0001",  # language tag
    "\U000e007f",
]


@pytest.mark.parametrize("sign", FORBIDDEN, ids=[f"U+{ord(sign):04X}" for sign in FORBIDDEN])
def test_sign_that_nobody_sees_is_refused(sign: str) -> None:
    """Control, zero-width, bidi and tag characters are refused, and the message names them."""
    for read in (clean_text, one_line):
        with pytest.raises(InvalidValueError, match=rf"U\+{ord(sign):04X}"):
            read(f"geld{sign}zaken")


@pytest.mark.parametrize(
    "text", ["café", "Oekraïne", "€ 19,-", "\u201cja\u201d", "a\u2013b", "\U0001f600", "日本", "x" * 5000]
)
def test_signs_that_people_read_are_taken(text: str) -> None:
    """Accents, quotation marks, dashes and other scripts are taken as they are."""
    assert clean_text(text) == text


def test_prose_keeps_its_lines_and_a_line_has_one() -> None:
    """Paragraphs keep tabs and line breaks; a line with either is refused; both lose their blank edges."""
    assert clean_text("\n een\n\n\t- twee \n") == "een\n\n\t- twee"
    assert one_line("  een  ") == "een"
    for text in ("een\ntwee", "een\ttwee"):
        with pytest.raises(InvalidValueError, match="op één regel"):
            one_line(text)


@given(st.text())
def test_cleaning_is_done_once(text: str) -> None:
    """A text that was cleaned stays as it is when it is cleaned again."""
    try:
        clean = clean_text(text)
    except InvalidValueError:
        return
    assert clean_text(clean) == clean


class _Words(Record):
    line: Line = "x"
    prose: Prose = "x"
    code: CbsCode = "GM0001"
    remark: Annotated[Line | None, Blank] = None


@pytest.mark.parametrize("blank", ["", " ", "\n", "\u00a0", "\t", "~", "null"])
def test_blank_is_no_text(blank: str) -> None:
    """A text of blanks alone, or what YAML writes for nothing, is refused where a text is needed."""
    for field in ("line", "prose"):
        with pytest.raises(ValidationError):
            _Words.model_validate({field: blank})


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_empty_optional_key_is_no_key(nothing: str) -> None:
    """An optional key with nothing behind it counts as left out."""
    assert _Words.model_validate({"remark": nothing}).remark is None


@pytest.mark.parametrize("code", ["GM361", "GM03610", "gm0361", "0361", "GM0361\n", "GM0361".translate(FULL_WIDTH)])
def test_odd_cbs_code_is_refused(code: str) -> None:
    """A CBS code is GM and four plain digits, nothing else."""
    with pytest.raises(ValidationError):
        _Words.model_validate({"code": code})


GOOD: list[tuple[Callable[[str], object], str, object]] = [
    (parse_slug, "post-en-geld", "post-en-geld"),
    (parse_slug, "2017", "2017"),
    (parse_slug, "a" * 80, "a" * 80),
    (parse_key, "waiting_weeks", "waiting_weeks"),
    (parse_key, "1-5", "1-5"),
    (parse_date, "2026-11-22", date(2026, 11, 22)),
    (parse_date, "2024-02-29", date(2024, 2, 29)),
    (parse_whole, "0", 0),
    (parse_whole, "-3", -3),
    (parse_whole, "007", 7),
    (parse_flag, "true", True),
    (parse_flag, "false", False),
    (parse_amount, "19.00", Decimal("19.00")),
    (parse_amount, "19", Decimal(19)),
    (parse_amount, "0.50", Decimal("0.50")),
    (parse_url, "https://www.example.nl/pagina?x=1#deel", "https://www.example.nl/pagina?x=1#deel"),
    (parse_url, " http://example.nl ", "http://example.nl"),
    (parse_url, "mailto:info@example.nl", "mailto:info@example.nl"),
    (parse_url, "tel:+31123456789", "tel:+31123456789"),
    (parse_email, "info@example.nl", "info@example.nl"),
    (parse_email, "wmo.loket+vraag@sub.example.nl", "wmo.loket+vraag@sub.example.nl"),
    (parse_phone, "012 345 67 89", "012 345 67 89"),
    (parse_phone, "(012) 345-67.89", "(012) 345-67.89"),
    (parse_phone, "+31 (0)12 345 67 89", "+31 (0)12 345 67 89"),
    (parse_phone, "14 072", "14 072"),
    (parse_phone, "14 0512", "14 0512"),
    (parse_phone, "0800 1925", "0800 1925"),
    (parse_phone, "112", "112"),
    (parse_postcode, "1811ab", "1811 AB"),
    (parse_postcode, " 1811 AB ", "1811 AB"),
]


@pytest.mark.parametrize(("read", "text", "value"), GOOD, ids=lambda part: getattr(part, "__name__", None))
def test_good_value_is_taken(read: Callable[[str], object], text: str, value: object) -> None:
    """A value in its proper form is read as what it means."""
    assert read(text) == value


BAD: dict[Callable[..., object], list[str]] = {
    parse_slug: [
        "",
        "../x",
        "a/b",
        "a b",
        " a",
        "a ",
        "Post",
        "pöst",
        "a--b",
        "-a",
        "a-",
        "a_b",
        "a.b",
        "a\n",
        "a" * 81,
        "..",
        "%2e",
        "a\\b",
        "\u0661",
    ],
    parse_key: ["", "A", "a b", "a__b", "_a", "a.b", "a" * 61, "é", "a\n"],
    parse_date: [
        "",
        "2026-1-2",
        "22-11-2026",
        "2026-13-01",
        "2026-02-30",
        "2025-02-29",
        "20261122",
        "2026-W01-1",
        "vandaag",
        "2026-11-22T00:00",
        " 2026-11-22",
        "0000-01-01",
        "2026-11-22\n",
        "2026-11-22".translate(FULL_WIDTH),
    ],
    parse_whole: ["", "1.5", "1,5", "1.000", "drie", "1e3", "0x10", "--1", "+1", " 1", "1_000", "1" * 10],
    parse_flag: ["", "yes", "no", "ja", "True", "TRUE", "1", "on"],
    parse_amount: ["", "19,00", "19.0", "19.000", "-1.00", "€ 19", "19.", ".50", "NaN", "Infinity", "1e2", "1" * 7],
    parse_url: [
        "",
        "www.example.nl",
        "example.nl",
        "//example.nl",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "java\tscript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.nl",
        "blob:https://example.nl/x",
        "https:",
        "https://",
        "https:///pad",
        "http:example.nl",
        "https://localhost",
        "https://127.0.0.1",
        "https://[::1]/",
        "https://[",
        "https://example.nl:8080/",
        "https://example.nl:x/",
        "https://a:b@example.nl/",
        "https://example.nl@evil.example/",
        "https://:pw@example.nl/",
        "https://@example.nl/",
        "https://example.nl:0/",
        "https://example.nl/a b",
        'https://example.nl/"onclick=x',
        "https://example.nl/<b>",
        "https://example.nl/a\\b",
        "https://exa_mple.nl",
        "https://-a.nl",
        "https://a..nl",
        "mailto:",
        "tel:",
        "tel:javascript",
        "tel:12",
        "mailto:niemand",
        "mailto:a@example.nl,b",
        "https://example.nl/" + "a" * 500,
        "https://exam\u200bple.nl/",
        "https://example.nl/\u202egpj",
    ],
    parse_email: [
        "",
        "info",
        "info@",
        "@example.nl",
        "info@example",
        "a b@example.nl",
        "a@@example.nl",
        "a@b@example.nl",
        ".a@example.nl",
        "a.@example.nl",
        "a..b@example.nl",
        "a@-example.nl",
        "a@example..nl",
        "a@example.nl.",
        "a@127.0.0.1",
        "info@example.nl\nbcc: x@example.nl",
        "Naam <a@example.nl>",
        "mailto:a@example.nl",
        "a@" + "b" * 250 + ".nl",
        "é@example.nl",
    ],
    parse_phone: [
        "",
        "0123",
        "012 345 67 8",
        "012 345 67 890",
        "112 112",
        "+32 12 345 67 89",
        "0031 12 345 67 89",
        "bel ons",
        "012 345 67 89 toestel 3",
        "14 07",
        "012/3456789",
        "0" + "12 345 67 89".translate(FULL_WIDTH),
    ],
    parse_postcode: [
        "",
        "0123 AB",
        "1811",
        "1811 A",
        "1811 ABC",
        "1811  AB",
        "1811 SS",
        "1811 sa",
        "1811 SD",
        "AB 1811",
        "1811-AB",
        "1811 ÉÉ",
        "1" + "811".translate(FULL_WIDTH) + " AB",
    ],
}


@pytest.mark.parametrize(
    ("read", "text"),
    [(read, text) for read, texts in BAD.items() for text in texts],
    ids=[f"{read.__name__}-{text[:30]!a}" for read, texts in BAD.items() for text in texts],
)
def test_bad_value_is_refused_with_advice(read: Callable[[str], object], text: str) -> None:
    """A value in another form is refused with a sentence that says how to write it."""
    with pytest.raises(InvalidValueError) as refused:
        read(text)

    assert refused.value.message.endswith(".")
    assert any(word in refused.value.message for word in ("Schrijf", "Gebruik", "Begin", "Haal", "zoals"))


@pytest.mark.parametrize("read", [parse_date, parse_whole, parse_flag, parse_amount])
@pytest.mark.parametrize("raw", [None, [], {}, ["1"], 1.5, object()])
def test_value_of_another_type_is_refused(read: Callable[[object], object], raw: object) -> None:
    """A list, a mapping or nothing where a number, day or flag belongs is refused, and never raises another error."""
    with pytest.raises(InvalidValueError):
        read(raw)


def test_value_that_was_read_before_stays() -> None:
    """A value that is a day, number, flag or amount already is taken as it is; a flag is no number."""
    assert parse_date(date(2026, 1, 2)) == date(2026, 1, 2)
    assert parse_whole(3) == 3
    assert parse_flag(raw=True) is True
    assert parse_amount(Decimal("1.50")) == Decimal("1.50")
    with pytest.raises(InvalidValueError):
        parse_whole(raw=True)


@pytest.mark.parametrize(
    ("phone", "digits"),
    [
        ("012 345 67 89", "0123456789"),
        ("+31 (0)12-345.67.89", "+31123456789"),
        ("(012) 345 67 89", "0123456789"),
        ("14 072", "14072"),
    ],
)
def test_telephone_link_dials_digits(phone: str, digits: str) -> None:
    """What a link dials has only digits, with the plus of a foreign number and without its (0)."""
    assert dial(phone) == digits


@given(st.sampled_from(sorted(BAD, key=lambda read: read.__name__)), st.text(max_size=40))
def test_any_text_is_read_or_refused(read: Callable[[str], object], text: str) -> None:
    """Whatever somebody types, each value is read or refused, never another error."""
    with suppress(InvalidValueError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "\U0001f468\u200d\U0001f469\u200d\U0001f467",
        "\u0645\u06cc\u200c\u062e\u0648",
        "क्\u200dष",
        "\u2764\ufe0f\u200d\U0001f525",
    ],
)
def test_joiner_between_what_it_joins_is_text(text: str) -> None:
    """A joiner inside an emoji or between letters that change shape beside it is kept."""
    assert clean_text(text) == text


@pytest.mark.parametrize(
    "text", ["a\u200db", "\u200dم", "م\u200c", "م\u200c a", "\U0001f468\u200d\u200d\U0001f469", "\U0001f468\u200d1"]
)
def test_joiner_that_joins_nothing_is_refused(text: str) -> None:
    """A joiner that nobody would see the effect of is refused."""
    with pytest.raises(InvalidValueError):
        clean_text(text)
