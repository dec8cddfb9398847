"""The kinds of text, number and date that records are made of.

Everything arrives as text, from a YAML file as from a browser, so identifiers keep their leading zeros and "no"
stays a word. Each type here turns such a text into one value, or raises ValueError with a Dutch sentence that
tells what to do.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import AfterValidator, BeforeValidator, StringConstraints

from wmo_guide.domain.clock import parse_date
from wmo_guide.domain.findings import InvalidValueError

SCHEMES = ("http", "https", "mailto", "tel")
"""Schemes a web address in content may have (design.md 5)."""

# Scripts whose letters change shape beside a joiner (Arabic to Mongolian), and the signs that emoji are joined from.
_JOINED = "\u0620-\u1cff\u2190-\u2bff\ufb50-\ufdff\ufe0f\ufe70-\ufefc\U0001f000-\U0001faff"
LONE_JOINER = f"(?<![{_JOINED}])[\u200c\u200d]|[\u200c\u200d](?![{_JOINED}])"
"""Pattern of a zero-width joiner or non-joiner that joins nothing, so that nobody would miss it.

Between letters of many scripts and between the parts of one emoji such a character is part of the text.
"""
# C0 and C1 controls but tab and newline, zero-width and bidi controls, line separators, the BOM and tag characters.
_UNSEEN = "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\uffff\U000e0000-\U000e007f"
_FORBIDDEN = re.compile(f"[{_UNSEEN}]|{LONE_JOINER}")
_DOUBTFUL = re.compile(f"[{_UNSEEN}\u200c\u200d]")
"""Looks at each letter once, so ten times as quick; nearly no text needs the other, which looks around joiners."""
_LONGEST_SLUG = 80
_LONGEST_KEY = 60
_LONGEST_LINE = 1000
_LONGEST_ADDRESS = 500
_LONGEST_EMAIL = 254
"""RFC 5321 leaves this many characters for an address."""
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_KEY = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")
_WHOLE = re.compile(r"-?\d{1,9}", re.ASCII)
_AMOUNT = re.compile(r"\d{1,6}(?:\.\d{2})?", re.ASCII)
_EMAIL = re.compile(
    r"[A-Za-z0-9](?:[A-Za-z0-9._%+'-]{0,62}[A-Za-z0-9])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)
_POSTCODE = re.compile(r"([1-9]\d{3})\s?([A-Za-z]{2})", re.ASCII)
_PHONE = re.compile(r"(?:\+31|0)\d{9}|14\d{3,4}|0[89]00\d{4,7}|112", re.ASCII)
_DIALLED = re.compile(r"\+?[\d().-]{3,30}", re.ASCII)
_HOST = re.compile(r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}")


def forbidden_at(text: str) -> int | None:
    """Where the first character stands that nobody can see or that turns the reading order around; None without one."""
    bad = _FORBIDDEN.search(text) if _DOUBTFUL.search(text) else None
    return bad.start() if bad else None


def clean_text(text: str) -> str:
    """The text without blank edges; refuses characters that nobody can see or that turn the reading order around."""
    bad = forbidden_at(text)
    if bad is not None:
        raise InvalidValueError(
            f"Hier staat een onzichtbaar of verboden teken (U+{ord(text[bad]):04X}). Haal het weg en typ de tekst opnieuw.",
        )
    return text.strip()


def one_line(text: str) -> str:
    """A clean text without line breaks or tabs."""
    text = clean_text(text)
    if "\n" in text or "\t" in text:
        raise InvalidValueError("Deze tekst moet op één regel staan, zonder tabs. Haal de regeleinden weg.")
    return text


def parse_slug(text: str) -> str:
    """A name that is safe in an address and as a file name."""
    _refuse_longer(text, _LONGEST_SLUG)
    if not _SLUG.fullmatch(text):
        raise InvalidValueError(
            f'"{text[:40]}" kan niet in een webadres. Gebruik kleine letters zonder accent, cijfers en losse streepjes, zoals "post-en-geld".',
        )
    return text


def parse_key(text: str) -> str:
    """A name of a question, level or option; like a slug, with underscores allowed."""
    _refuse_longer(text, _LONGEST_KEY)
    if not _KEY.fullmatch(text):
        raise InvalidValueError(
            f'"{text[:40]}" kan geen sleutel zijn. Gebruik kleine letters zonder accent, cijfers, "_" of "-", zoals "waiting_weeks".',
        )
    return text


def _refuse_longer(name: str, most: int) -> None:
    if len(name) > most:
        raise InvalidValueError(f'"{name[:40]}..." is te lang. Gebruik hoogstens {most} tekens.')


def parse_whole(raw: object) -> int:
    """A whole number, without dots or decimals."""
    if isinstance(raw, int) and not isinstance(raw, bool):
        return raw
    if isinstance(raw, str) and _WHOLE.fullmatch(raw):
        return int(raw)
    raise InvalidValueError("Dit moet een heel getal zijn, zoals 3. Laat woorden, punten en komma's weg.")


def parse_count(raw: object) -> int:
    """A whole number of things: none, one or more."""
    number = parse_whole(raw)
    if number < 0:
        raise InvalidValueError(f"{number} is te klein. Vul 0 of meer in.")
    return number


def parse_positive(raw: object) -> int:
    """A whole number of things: one or more."""
    number = parse_whole(raw)
    if number < 1:
        raise InvalidValueError(f"{number} is te klein. Vul 1 of meer in.")
    return number


def parse_flag(raw: object) -> bool:
    """Yes or no, written as true or false."""
    if isinstance(raw, bool):
        return raw
    if raw in ("true", "false"):
        return raw == "true"
    raise InvalidValueError("Schrijf hier true (ja) of false (nee).")


def parse_amount(raw: object) -> Decimal:
    """An amount in euros, written as 19.00."""
    if isinstance(raw, Decimal):
        return raw
    if isinstance(raw, str) and _AMOUNT.fullmatch(raw):
        return Decimal(raw)
    raise InvalidValueError("Dit is geen bedrag. Schrijf euro's met een punt en twee cijfers, zoals 19.00.")


def parse_url(text: str) -> str:
    """A web address with an allowed scheme (design.md 5) and, for http, a real host name."""
    text = one_line(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    if parts.scheme not in SCHEMES:
        raise InvalidValueError("Dit webadres mag niet. Begin met https://, http://, mailto: of tel:.")
    web = parts.scheme in ("http", "https")
    if (
        re.search(r"[\s\"'<>\\^`{}|]", text)
        or len(text) > _LONGEST_ADDRESS
        or (web and ("@" in parts.netloc or port is not None or not _HOST.fullmatch(parts.hostname or "")))
        or (parts.scheme == "tel" and not _DIALLED.fullmatch(parts.path))
        or (parts.scheme == "mailto" and not _EMAIL.fullmatch(parts.path))
    ):
        raise InvalidValueError("Dit webadres klopt niet. Schrijf het zoals https://www.voorbeeld.nl/pagina.")
    return text


def parse_email(text: str) -> str:
    """A mail address; only its form is checked."""
    text = one_line(text)
    if not _EMAIL.fullmatch(text) or ".." in text or len(text) > _LONGEST_EMAIL:
        raise InvalidValueError("Dit e-mailadres klopt niet. Schrijf het zoals naam@voorbeeld.nl.")
    return text


def parse_phone(text: str) -> str:
    """A Dutch telephone number, as typed but for outer blanks; 14 + area code, 0800 and 0900 too."""
    text = one_line(text)
    if not _PHONE.fullmatch(re.sub(r"\(0\)|[\s().-]", "", text)):
        raise InvalidValueError("Dit telefoonnummer klopt niet. Schrijf tien cijfers, zoals 072 123 45 67.")
    return text


def parse_postcode(text: str) -> str:
    """A Dutch postcode, normalised to "1234 AB"."""
    match = _POSTCODE.fullmatch(text.strip())
    if not match or match.group(2).upper() in ("SA", "SD", "SS"):
        raise InvalidValueError("Deze postcode klopt niet. Schrijf vier cijfers en twee letters, zoals 1811 AB.")
    return f"{match.group(1)} {match.group(2).upper()}"


def dial(phone: str) -> str:
    """What a telephone link dials: digits, with a leading + where the number has one."""
    return re.sub(r"\(0\)|[^\d+]", "", phone)


def is_nothing(text: str) -> bool:
    """Whether there is no text: an empty value, or what YAML writes for one. On a page, "~" would be a name."""
    return text.strip() in ("", "~", "null")


def _blank_is_missing(raw: Any) -> Any:
    return None if isinstance(raw, str) and is_nothing(raw) else raw


def _not_endless(text: str) -> str:
    if len(text) > _LONGEST_LINE:
        raise InvalidValueError(f"Deze tekst is langer dan {_LONGEST_LINE} tekens. Maak hem korter.")
    return text


def _filled(text: str) -> str:
    if is_nothing(text):
        raise InvalidValueError("Hier staat niets. Vul de tekst in.")
    return text


Slug = Annotated[str, AfterValidator(parse_slug)]
Key = Annotated[str, AfterValidator(parse_key)]
Line = Annotated[str, AfterValidator(one_line), AfterValidator(_filled), AfterValidator(_not_endless)]
"""One line of text, never empty, and no longer than a reader would bear in a heading or a list."""
Prose = Annotated[str, AfterValidator(clean_text), AfterValidator(_filled)]
"""Text in paragraphs (blank line between) and lists (lines that begin with "- "), never empty."""
Day = Annotated[date, BeforeValidator(parse_date)]
PAST = "past"
PastDay = Annotated[date, BeforeValidator(parse_date), PAST]
"""The day of something that happened; domain/checks/days.py refuses one that has yet to come."""
Whole = Annotated[int, BeforeValidator(parse_whole)]
Count = Annotated[int, BeforeValidator(parse_count)]
"""A whole number, never below zero."""
Positive = Annotated[int, BeforeValidator(parse_positive)]
"""A whole number, never below one."""
Flag = Annotated[bool, BeforeValidator(parse_flag)]
Amount = Annotated[Decimal, BeforeValidator(parse_amount)]
WebAddress = Annotated[str, AfterValidator(parse_url)]
Email = Annotated[str, AfterValidator(parse_email)]
Phone = Annotated[str, AfterValidator(parse_phone)]
CBS_CODE = r"^GM[0-9]{4}$"
CbsCode = Annotated[str, StringConstraints(pattern=CBS_CODE)]
"""CBS code of a municipality, "GM" and four digits."""
Blank = BeforeValidator(_blank_is_missing)
"""For optional keys: an empty value in the file means that the key is not there."""
