"""Makes answers that people write in their own way into what the kinds of question read (facts.md 3.2: accept sloppy input)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import TypeAlias

from provider_forms.desk.addresses import plain_host, tidy_address, without_leftovers
from wmo_guide.domain.questions import Question

Tidy: TypeAlias = Callable[[str, Question], str]

_LINE_BREAKS = re.compile("\r\n|[\r\x0b\x0c\u2028\u2029]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"^(https?://)([^/?#@:\s]+)", re.IGNORECASE)
_BULLET = re.compile(r"^[-*•·\u2013]\s+")
_DAY = re.compile(r"(\d{1,2})[-/. ]+(\d{1,2}|[a-z]{3,9})\.?[-/. ]+(\d{4})")
_ISO_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTHS = ("jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_FULL_MONTHS = (
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
)


def line_breaks(text: str) -> str:
    """The text with one kind of line break; browsers and word processors send several."""
    return _LINE_BREAKS.sub("\n", text)


def tidy_text(text: str, _question: Question) -> str:
    """A text without invisible leftovers of pasting, and without blanks at the end of a line."""
    text = unicodedata.normalize("NFC", without_leftovers(line_breaks(text)))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def tidy_line(text: str, question: Question) -> str:
    """A text on one line."""
    return re.sub(r"[ \t\n\u00a0]+", " ", tidy_text(text, question)).strip()


def tidy_number(text: str, question: Question) -> str:
    """Digits without the unit, the plus sign or the dots between thousands."""
    text = tidy_line(text, question)
    for unit in (question.unit, question.unit_one):
        if unit:
            text = re.sub(rf"(?<=\d)\s*{re.escape(unit)}$", "", text, flags=re.IGNORECASE)
    text = text.removeprefix("+")
    return text.replace(".", "") if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", text) else text


def tidy_date(text: str, question: Question) -> str:
    """Year-month-day, from 1-12-2026, 1/12/2026, 1 december 2026 or 2026-12-1; any other text as it is."""
    return iso_day(tidy_line(text, question))


def iso_day(text: str) -> str:
    """The same, for a text without blanks around it."""
    if match := _ISO_DAY.fullmatch(text):
        year, month, day = match.groups()
    elif match := _DAY.fullmatch(text.lower()):
        day, month, year = match.groups()
    else:
        return text
    number = int(month) if month.isdecimal() else _month(month)
    try:
        return date(int(year), number, int(day)).isoformat()
    except ValueError:
        return text


def tidy_url(text: str, question: Question) -> str:
    """A web address that begins with a scheme, https when none was typed, with its host in plain letters."""
    text = tidy_line(text, question)
    if text and not _SCHEME.match(text):
        text = f"https://{text.lstrip('/')}"
    return _HOST.sub(lambda found: found.group(1) + plain_host(found.group(2)), text)


def tidy_email(text: str, question: Question) -> str:
    """A mail address without the blanks or the "mailto:" that come along when it is copied."""
    return tidy_address(tidy_line(text, question))


def tidy_phone(text: str, question: Question) -> str:
    """A telephone number with plain blanks: "(072) 123 45 67" and "0031 (0)72/1234567" too."""
    text = tidy_line(text, question).replace("(0)", " ")
    text = re.sub(r"\s*[-\u2010-\u2015]\s*", "-", text)
    text = " ".join(re.sub(r"[()/.]", " ", text).split())
    return f"+{text[2:].lstrip()}" if text.startswith("00") else text


def tidy_postcode(text: str, question: Question) -> str:
    """A postcode without anything between or around."""
    return re.sub(r"[\s.\u2010-\u2015-]", "", tidy_line(text, question))


def tidy_kvk(text: str, question: Question) -> str:
    """A KvK number without blanks, dots or the word KvK."""
    return re.sub(r"(?i)^kvk|[\s.:\u2010-\u2015-]", "", tidy_line(text, question))


def tidy_lines(lines: list[str], question: Question) -> list[str]:
    """The lines that say something, without the signs of a list."""
    tidied = (_BULLET.sub("", tidy_line(line, question)) for line in lines)
    return [line for line in tidied if line]


def _month(word: str) -> int:
    if word in _FULL_MONTHS:
        return _FULL_MONTHS.index(word) + 1
    # "mrt" and "sept" are how people shorten these two.
    short = {"mrt": "maa", "sept": "sep"}.get(word, word)
    return _MONTHS.index(short) + 1 if short in _MONTHS else 0
