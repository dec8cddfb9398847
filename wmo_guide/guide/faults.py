"""What a gate has against a page, in a sentence that tells staff what to do."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from typing import Literal, NamedTuple, TypeAlias

FaultKind: TypeAlias = Literal[
    "address", "code", "id", "link", "long sheet", "no sheet", "own place", "place", "weight"
]


class Fault(NamedTuple):
    """Why a page may not go online. Faults sort by page."""

    page: str
    """The page's file below the site's root, after a slash."""
    kind: FaultKind
    what: str = ""
    """What is wrong on it: the address a link leads to, an id, a number of bytes."""
    near: str = ""
    """What was perhaps meant instead."""

    @property
    def message(self) -> str:
        """What to do, in Dutch."""
        return _MESSAGES[self.kind](self)

    def __str__(self) -> str:
        return f"{self.page}: {self.message}"


def nearest(wrong: str, known: Collection[str]) -> str:
    """The one of `known` that looks most like what is wrong; empty when none does."""
    return next(iter(difflib.get_close_matches(wrong, known, n=1, cutoff=0.75)), "")


def _link(fault: Fault) -> str:
    if not fault.what.startswith("/"):
        return (
            f'De link naar "{fault.what}" komt nergens uit. Begin een adres in de gids met "/" en de naam van de regio, '
            'en een ander adres met "https://".'
        )
    if "." in fault.what.rpartition("/")[2]:
        return (
            f'Het plaatje of bestand "{fault.what}" is er niet. Haal het weg: in de gids kunt u geen eigen plaatjes en '
            "bestanden zetten. Een link naar een andere website kan wel."
        )
    return f'De link naar "{fault.what}" komt nergens uit.{_meant(fault)} Verbeter het adres of haal de link weg.'


def _place(fault: Fault) -> str:
    address, _, place = fault.what.partition("#")
    return (
        f'Op de pagina "{address}" is geen plek "#{place}".{_meant(fault)} '
        'Verbeter de link, of haal het deel vanaf "#" weg.'
    )


def _own_place(fault: Fault) -> str:
    return (
        f'De link naar "{fault.what}" komt nergens uit op deze pagina.{_meant(fault)} '
        "Verbeter de link of haal hem weg; de plek van een kop is zijn tekst in kleine letters met streepjes."
    )


def _meant(fault: Fault) -> str:
    return f' Bedoelde u "{fault.near}"?' if fault.near else ""


def _id(fault: Fault) -> str:
    return f'De plek (id) "{fault.what}" staat al op de pagina. Geef deze kop of deze sleutel een andere naam.'


def _code(_: Fault) -> str:
    return "Hier staat code in de pagina die de browser niet mag uitvoeren (script, style of on...). Haal die weg."


def _weight(fault: Fault) -> str:
    return f"De pagina is te zwaar voor een telefoon: {fault.what}. Maak de tekst korter, of verdeel hem over pagina's."


def _long_sheet(fault: Fault) -> str:
    return f"De pdf van deze tekst wordt te lang: {fault.what}. Maak de tekst korter."


def _no_sheet(fault: Fault) -> str:
    why = fault.what or "het programma dat pdf's maakt (typst) doet het niet. Installeer het opnieuw met make"
    return f"De pdf van deze pagina kan niet worden gemaakt: {why}."


def _address(fault: Fault) -> str:
    return f'Twee pagina\'s willen het adres "{fault.what}" hebben. Geef er één een andere naam.'


_MESSAGES: Mapping[FaultKind, Callable[[Fault], str]] = {
    "address": _address,
    "code": _code,
    "id": _id,
    "link": _link,
    "long sheet": _long_sheet,
    "no sheet": _no_sheet,
    "own place": _own_place,
    "place": _place,
    "weight": _weight,
}
