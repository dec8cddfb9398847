"""Markdown that would be published with something lost: links that lead nowhere, headings and links without words.

It is read as text, by line: what the converter makes of it, and leaves out, can't be traced to a line any more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.values import SCHEMES, parse_url

_CODE = re.compile(r"(?P<ticks>`+)(?!`)(?:(?!\n[ \t]*\n).){1,2000}?(?<!`)(?P=ticks)(?!`)", re.DOTALL)
_ESCAPED = re.compile(r"\\[\[\]()!<]")
_LINK = re.compile(
    r"(?P<picture>!?)\[(?P<words>(?:[^\[\]]|\[[^\[\]]{0,600}\]){0,600})\]"
    r"\(\s*(?P<address><[^<>\n]*>|[^\s()]*(?:\([^\s()]*\)[^\s()]*)*)"
)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\n?[ \t]*(?P<address><[^<>\n]*>|\S+)", re.MULTILINE)
_NAMED = re.compile(r"^ {0,3}\[(?P<name>[^\]\n]+)\]:", re.MULTILINE)
_REFERENCE = re.compile(r"\[(?P<words>[^\[\]\n]{1,600})\]\[(?P<name>[^\[\]\n]{0,600})\]")
_BRACKETED = re.compile(r"<(?P<address>[A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*)>")
_BETWEEN_BLOCKS = re.compile(r"\n[ \t]*\n")
_BRACKETS = re.compile(r"[\[\]()]")
_OPENS = {"]": "[", ")": "("}
_MOST_OPEN = 20
"""Brackets that are open at once, in one paragraph. The converter reads on from each, so a thousand would hold it for minutes."""
_LONGEST_BLOCK, _MOST_LINES = 10_000, 400
"""Signs and lines between two blank lines: what the converter does with those may take as long as their square."""
_LAYERS = re.compile(r"^[ \t]*(?:(?:[-*+]|\d+\.|>)[ \t]*)*", re.MULTILINE)
_LAYER = re.compile(r"[-*+>]|\d+\.|\t| {2,4}")
_MOST_LAYERS = 20
"""Lists and quotations in one another: the converter calls itself for each, and gives up at some tens."""
_HEADING = re.compile(r"^(?P<marks>#{1,6})[ \t#]*$", re.MULTILINE)
_FIRST_PART = re.compile(r"[^/?#]*")
_ESCAPED_SIGN = re.compile(r"\\([!-/:-@\[-`{-~])")
"""What the converter takes a backslash away from."""
_ABROAD = re.compile(rf"(?:{'|'.join(SCHEMES)}):\S", re.IGNORECASE)

_LONG = f"Deze alinea is langer dan {_LONGEST_BLOCK} tekens of {_MOST_LINES} regels. Zet er lege regels tussen."
_OPEN = f"Hier staan meer dan {_MOST_OPEN} haken open. Sluit ze met ] of ), of haal ze weg."
_DEEP = f"Hier staan meer dan {_MOST_LAYERS} lijsten of citaten in elkaar. Haal er een paar weg."
LONGEST_LINE = 2000
"""Signs on one line of a text."""


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
    heavy = tuple(heavy_markdown(text))
    if heavy:
        yield from heavy
        return
    shown = _ESCAPED.sub("  ", _CODE.sub(_blanked, text))
    found = [*_links(shown), *_addresses(shown), *_references(shown), *_headings(shown)]
    yield from sorted(Slip(shown.count("\n", 0, place), message) for place, message in found)


def heavy_markdown(text: str) -> Iterator[Slip]:
    """What would hold the converter too long, or is too deep for it: never convert a text that has such slips."""
    for number, line in enumerate(text.split("\n")):
        if len(line) > LONGEST_LINE:
            yield Slip(number, f"Deze regel is langer dan {LONGEST_LINE} tekens. Verdeel hem over alinea's.")
    for begin, end in _blocks(text):
        number = text.count("\n", 0, begin)
        if end - begin > _LONGEST_BLOCK or text.count("\n", begin, end) > _MOST_LINES:
            yield Slip(number, _LONG)
        place = _too_open(text, begin, end)
        if place >= 0:
            yield Slip(text.count("\n", 0, place), _OPEN)
    for found in _LAYERS.finditer(text):
        if len(_LAYER.findall(found.group())) > _MOST_LAYERS:
            yield Slip(text.count("\n", 0, found.start()), _DEEP)


def _blocks(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of what stands between blank lines."""
    begin = 0
    for blank in _BETWEEN_BLOCKS.finditer(text):
        yield begin, blank.start()
        begin = blank.end()
    yield begin, len(text)


def _too_open(text: str, begin: int, end: int) -> int:
    """The place where one bracket too many is opened; -1 when there is none."""
    still_open = {"[": 0, "(": 0}
    for found in _BRACKETS.finditer(text, begin, end):
        sign = found.group()
        kind = _OPENS.get(sign, sign)
        still_open[kind] = max(0, still_open[kind] + (1 if kind == sign else -1))
        if still_open[kind] > _MOST_OPEN:
            return found.start()
    return -1


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


def _references(text: str) -> Iterator[tuple[int, str]]:
    """Links by a name that has no address: those would stand on the page with their brackets."""
    names = {found["name"].casefold() for found in _NAMED.finditer(text)}
    for link in _REFERENCE.finditer(text):
        name = link["name"] or link["words"]
        if name.casefold() not in names:
            yield (
                link.start(),
                f'Bij "[{name[:60]}]" hoort een adres, en dat staat er niet. Zet het tussen ronde haken: [tekst](adres).',
            )


def _headings(text: str) -> Iterator[tuple[int, str]]:
    for heading in _HEADING.finditer(text):
        yield (
            heading.start(),
            f'Achter "{heading["marks"]}" staat geen kop. Schrijf hem erachter, of haal de regel weg.',
        )


def _allowed(address: str) -> bool:
    """Whether an address is one of the guide itself, or has a scheme that content may have; however it is disguised."""
    if _ABROAD.match(address):
        return not _wrong_abroad(address)
    first = _FIRST_PART.match(address)
    if not address or address.startswith("//") or "\\" in _ESCAPED_SIGN.sub(r"\1", address):
        return False  # browsers take a backslash for a slash, and would leave the guide
    return not (first and set(first.group()) & set(":&\\"))


def _wrong_abroad(address: str) -> str:
    """What is wrong with an address elsewhere; empty when nothing is."""
    try:
        parse_url(_ESCAPED_SIGN.sub(r"\1", address))
    except InvalidValueError as error:
        return error.message
    return ""


def _refusal(address: str) -> str:
    if not address:
        return "Deze link heeft geen adres. Zet het tussen de ronde haken."
    if _ABROAD.match(address):
        return f"{_wrong_abroad(address)} Er staat nu: {address[:60]}"
    return (
        f"Dit adres mag niet in een link: {address[:60]}. Begin met https://, http://, mailto: of tel:, "
        "of met / voor een pagina van de gids."
    )
