"""Reads mail addresses and web hosts as people type and paste them (facts.md 3.2: accept sloppy input)."""

from __future__ import annotations

import re
import unicodedata

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import LONE_JOINER, forbidden_at, parse_email

_HARMLESS = re.compile(f"[\u00ad\u200b\u200e\u200f\u2060\ufeff\U000e0020-\U000e007f]|{LONE_JOINER}")
_NAMED = re.compile(r"[^<>@]*<([^<>]*)>")
_EMPTY = "Vul een e-mailadres in. Schrijf het zoals naam@voorbeeld.nl."
_TYPED_AGAIN = "Typ het e-mailadres opnieuw. Er staat een teken in dat u niet ziet."
_AMBIGUOUS = frozenset("ßς")
"""Older and newer rules make another name of a host with one of these, so it is left for its owner to write."""


def without_leftovers(text: str) -> str:
    """The text without what comes along unseen when people paste: soft hyphens, direction marks, lone joiners.

    These say nothing that a reader would miss. Characters that do change what is read stay, and are refused.
    """
    return _HARMLESS.sub("", text)


def tidy_address(text: str) -> str:
    """A mail address without what comes along when it is copied: "mailto:", a name before it, blanks around its signs."""
    text = " ".join(without_leftovers(text).split()).replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    named = _NAMED.fullmatch(text)
    text = re.sub(r"(?i)^mailto:", "", named.group(1).strip() if named else text)
    text = re.sub(r" *([@.]) *", r"\1", text).strip(" <>")
    box, at, host = text.rpartition("@")
    return f"{box}{at}{plain_host(host)}"


def read_address(text: str) -> str:
    """The address to mail to, in small letters. Raises InvalidValueError with what to do when it is none."""
    tidied = tidy_address(text)
    if not tidied:
        raise InvalidValueError(_EMPTY)
    if forbidden_at(tidied) is not None:
        raise InvalidValueError(_TYPED_AGAIN)
    return parse_email(tidied).lower()


def plain_host(host: str) -> str:
    """The name of a host as it is written with plain letters, when it has others; the text itself when that can't be."""
    composed = unicodedata.normalize("NFC", host)
    if host.isascii() or _AMBIGUOUS.intersection(composed.lower()) or forbidden_at(composed) is not None:
        return host
    try:
        return composed.encode("idna").decode("ascii")
    except UnicodeError:
        return host
