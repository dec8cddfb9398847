"""Markdown that would be published with something lost: links that lead nowhere, headings and links without words.

It is read as text, by line: what the converter makes of it, and leaves out, can't be traced to a line any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wmo_guide.domain.values import SCHEMES

_CODE = re.compile(r"(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_ESCAPED = re.compile(r"\\[\[\]()!<]")
_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\[\]]*\](?:\([^()]*\))?){0,600})\]"
    r"\(\s*(?P<address><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*(?P<address><[^<>\n]*>|\S+)", re.MULTILINE)
_BRACKETED = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t#]*$", re.MULTILINE)
_FIRST_PART = re.compile(r"[^/?#]*")
_ABROAD = re.compile(rf"(?:{'|'.join(SCHEMES)}):\S", re.IGNORECASE)


class Slip(NamedTuple):
    """Something wrong in a Markdown text."""

    line: int
    """Counted from 0; -1 when there is no text, so that it is the line above."""
    message: str


def check_markdown(text: str) -> Iterator[Slip]:
    """Links and pictures lead somewhere that a guide may lead to and have words; headings have words; there is text."""
    if not text.strip():
        yield Slip(-1, "Hier ontbreekt de tekst. Schrijf hem onder de sleutels, of haal dit bestand weg.")
        return
    shown = _ESCAPED.sub("  ", _CODE.sub(_blanked, text))
    found = [*_links(shown), *_addresses(shown), *_headings(shown)]
    yield from sorted(Slip(shown.count("\n", 0, place), message) for place, message in found)


def _blanked(code: re.Match[str]) -> str:
    """As many signs and lines, with nothing in them."""
    return re.sub(r"[^\n]", "x", code.group())


def _links(text: str) -> Iterator[tuple[int, str]]:
    for link in _LINK.finditer(text):
        address = link["address"].strip("<>").strip()
        place = link.start()
        if link["picture"] and _ABROAD.match(address):
            yield (
                place,
                f"Een plaatje van een andere site mag niet: {address[:60]}. Haal het weg of maak er een link van.",
            )
        elif not _allowed(address):
            yield place, _refusal(address)
        elif not link["words"].strip():
            yield place, f"Deze link heeft geen woorden. Zet tussen de vierkante haken waar {address[:60]} over gaat."
        for inner in () if link["picture"] else _links(link["words"]):
            yield place + inner[0], inner[1]


def _addresses(text: str) -> Iterator[tuple[int, str]]:
    for pattern in (_DEFINITION, _BRACKETED):
        for found in pattern.finditer(text):
            address = found["address"].strip("<>").strip()
            if not _allowed(address):
                yield found.start("address"), _refusal(address)


def _headings(text: str) -> Iterator[tuple[int, str]]:
    for heading in _HEADING.finditer(text):
        yield (
            heading.start(),
            f'Achter "{heading["marks"]}" staat geen kop. Schrijf hem erachter, of haal de regel weg.',
        )


def _allowed(address: str) -> bool:
    """Whether an address is one of the guide itself, or has a scheme that content may have; however it is disguised."""
    if _ABROAD.match(address):
        return True
    first = _FIRST_PART.match(address)
    return bool(address) and not address.startswith("//") and not (first and set(first.group()) & set(":&\\"))


def _refusal(address: str) -> str:
    if not address:
        return "Deze link heeft geen adres. Zet het tussen de ronde haken."
    return (
        f"Dit adres mag niet in een link: {address[:60]}. Begin met https://, http://, mailto: of tel:, "
        "of met / voor een pagina van de gids."
    )
