"""Finds personal data of residents that have no place in an offer: the citizen service number (BSN).

A BSN has nine digits and passes a check; written without its zero in front it has eight. Other numbers of that length
pass the check once in eleven times, so what is plainly something else is left out first: telephone numbers, dates, and
numbers with a word such as KvK before them. In fields for such numbers nobody looks (`FieldKind.free_text`).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from stdnum.nl import bsn

_WHOLE = 9
_WITHOUT_ZERO = 8
_SHOWN = 3
_GROUPS = ((3, 3, 3), (4, 2, 3))
"""Ways to write a BSN in groups, also beside other numbers."""
_GROUPS_WITHOUT_ZERO = ((8,), (2, 3, 3), (3, 2, 3))
_FEWEST = 8
"""A text with fewer digits holds no such number."""
_WORDS_BEFORE = 3
_LONGEST_BEFORE = 60
_DIGITS = re.compile(r"\d+")
_DASHES = "\u2010-\u2015\u2212\u2043\ufe58\ufe63\uff0d"
_UNSEEN = "\u00ad\u200b-\u200f\u2060\ufeff"
_SIGN = rf"(?:[^\S\n]|[-.·/_{_UNSEEN}{_DASHES}])"
_BETWEEN = re.compile(rf"{_SIGN}{{1,3}}")
_SIGN_OR_BRACKET = rf"(?:[()]|{_SIGN})"
_PHONE = re.compile(
    "(?<!\\d)(?:"
    + "|".join(
        [
            rf"(?:\+|00)31{_SIGN_OR_BRACKET}{{0,3}}(?:0\){_SIGN}?)?[1-9](?:{_SIGN_OR_BRACKET}{{0,3}}\d){{8}}",
            r"0[1-9]\d{8}",
            *(rf"0[1-9]\d{{{area}}}{_SIGN_OR_BRACKET}{{1,3}}\d(?:{_SIGN}{{0,3}}\d){{{7 - area}}}" for area in range(3)),
        ]
    )
    + ")(?!\\d)"
)
_DATE = re.compile(
    r"(?<!\d)(?:(?:0?[1-9]|[12]\d|3[01])[-./ ](?:0?[1-9]|1[0-2])[-./ ](?:19|20)\d\d"
    r"|(?:19|20)\d\d[-./](?:0?[1-9]|1[0-2])[-./](?:0?[1-9]|[12]\d|3[01]))(?!\d)"
)
_OTHER_NUMBER = re.compile(
    r"\b(?:kvk|k\.v\.k\.|kamer van koophandel|handelsregister|agb|telefoon|tel|fax|mobiel)"
    r"[\w-]{0,16}(?:\s+(?:is|nummer|nr))*[\s.:()]*\Z",
    re.IGNORECASE,
)
_MAIL = re.compile(r"[^\s@<>]@[^\s@<>]")
_OTHER_REACH = 60


@dataclass(frozen=True, slots=True)
class CitizenNumber:
    """A number that can be a BSN, and where in the text it stands."""

    digits: str
    """Without what stands between them."""
    line: int
    """Counted from 1."""
    after: str
    """The words before it on its line."""

    @property
    def masked(self) -> str:
        """The number with all but its first digits hidden: enough to find it, too little to spread it."""
        return self.digits[:_SHOWN] + "•" * (len(self.digits) - _SHOWN)

    def mark(self, key: str) -> str:
        """What a page sends along to say that its reader saw the warning for this number at this question."""
        return f"{key}:{hashlib.blake2b(self.digits.zfill(_WHOLE).encode(), digest_size=8).hexdigest()}"


def citizen_numbers(text: str) -> Iterator[CitizenNumber]:
    """The numbers in the text that can be a BSN, each once."""
    found = {}
    for start, digits in _candidates(_plain(text)):
        if bsn.is_valid(digits) and digits not in found:
            found[digits] = CitizenNumber(digits, text.count("\n", 0, start) + 1, _before(text, start))
    yield from found.values()


def private_in(text: str) -> str:
    """What is private in a text that others will read, as a message; empty when nothing was found."""
    if _MAIL.search(text):
        return "Hier staat een e-mailadres. Haal het weg: dit komt in de geschiedenis van de gids, ook voor anderen."
    number = next(citizen_numbers(text), None)
    if number is not None:
        return (
            f"Hier staat een nummer dat een burgerservicenummer (BSN) kan zijn: {number.masked}. Haal het weg: dit "
            "komt in de geschiedenis van de gids, ook voor anderen."
        )
    return ""


def _plain(text: str) -> str:
    """The text with ordinary digits, and nothing where a telephone number or a date stands."""
    if sum(map(len, _DIGITS.findall(text))) < _FEWEST:
        return ""
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(one)) if one.isdecimal() else one for one in text)
    for other in (_PHONE, _DATE):
        text = other.sub(lambda match: re.sub(r"\d", "#", match[0]), text)
    return text


def _candidates(text: str) -> Iterator[tuple[int, str]]:
    for run in _runs(text):
        digits = "".join(one[0] for one in run)
        if len(digits) == _WHOLE:
            yield run[0].start(), digits
        elif len(digits) > _WHOLE:
            yield from _inside(run)
        elif tuple(len(one[0]) for one in run) in _GROUPS_WITHOUT_ZERO:
            start = run[0].start()
            if not _OTHER_NUMBER.search(text[max(0, start - _OTHER_REACH) : start]):
                yield start, digits


def _inside(run: list[re.Match[str]]) -> Iterator[tuple[int, str]]:
    """Numbers in a row of numbers: those of nine digits, and those in groups of a known kind."""
    for at, one in enumerate(run):
        if len(one[0]) in (_WHOLE, _WITHOUT_ZERO):
            yield one.start(), one[0]
        group = run[at : at + 3]
        if tuple(len(part[0]) for part in group) in _GROUPS:
            yield one.start(), "".join(part[0] for part in group)


def _runs(text: str) -> Iterator[list[re.Match[str]]]:
    """Groups of digits with nothing but blanks, dots and dashes between them."""
    run: list[re.Match[str]] = []
    found = list(_DIGITS.finditer(text))
    for one, following in pairwise([*found, None]):
        if one is None:
            continue
        run.append(one)
        if following is None or not _BETWEEN.fullmatch(text[one.end() : following.start()]):
            yield run
            run = []


def _before(text: str, start: int) -> str:
    """The last words before the number, without the digits of other numbers."""
    words = text[text.rfind("\n", 0, start) + 1 : start].split()[-_WORDS_BEFORE:]
    return _DIGITS.sub("•", " ".join(words))[-_LONGEST_BEFORE:]
