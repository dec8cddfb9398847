"""What a reader typed in the form for reports, and what is wrong with it. Made for people, tiresome for programs."""

from __future__ import annotations

import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from provider_forms.desk.addresses import read_address
from provider_forms.desk.personal import citizen_numbers
from provider_forms.desk.reports import LONGEST, Sent, page_of
from provider_forms.desk.secret import seal
from provider_forms.web.forms.tidy import line_breaks
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.upkeep import Upkeep
from wmo_guide.domain.values import clean_text

TRAP = "bedrijf"
"""A field that people don't see, and programs fill in."""
_QUICKEST = 2
"""Seconds in which nobody reads and fills in the form."""
_AGAIN = "Druk nog een keer op de knop."
_FEWEST_LETTERS = 3


@dataclass(frozen=True)
class Problem:
    """Something to mend, and the field where."""

    field: str
    message: str


@dataclass(frozen=True)
class Typed:
    """What was typed, as it was typed."""

    page: str = "/"
    topic: str = ""
    text: str = ""
    email: str = ""
    trap: str = ""
    stamp: str = ""
    seen: str = ""
    """The mark of a number that its writer was warned for."""

    @classmethod
    def of(cls, form: Mapping[str, str]) -> Typed:
        """Out of a posted form."""
        names = {
            "topic": "onderwerp",
            "text": "tekst",
            "email": "email",
            "trap": TRAP,
            "stamp": "open",
            "seen": "gezien",
        }
        return cls(page_of(form.get("pagina", "")), **{key: form.get(name, "") for key, name in names.items()})

    @property
    def number(self) -> str:
        """The mark of the number in the text that can be a BSN; empty when there is none."""
        found = next(citizen_numbers(self.text), None)
        return found.mark("tekst") if found else ""


def stamp(secret: bytes, now: datetime) -> str:
    """Tells in a form when it was opened, so that nobody can make it up."""
    moment = str(int(now.timestamp()))
    return f"{moment}.{seal(secret, 'report', moment)}"


def read(typed: Typed, upkeep: Upkeep, secret: bytes, now: datetime) -> Sent | tuple[Problem, ...]:
    """The report; or everything that is wrong, in the order of the form."""
    problems = list(_problems(typed, upkeep))
    if not problems and (typed.trap or not _opened_a_while_ago(typed.stamp, secret, now)):
        problems = [Problem("verstuur", _AGAIN)]
    if problems:
        return tuple(problems)
    email = read_address(typed.email) if typed.email.strip() else ""
    return Sent(typed.page, typed.topic, clean_text(line_breaks(typed.text)), email)


def _problems(typed: Typed, upkeep: Upkeep) -> Iterator[Problem]:
    if upkeep.topic(typed.topic) is None:
        yield Problem("onderwerp-1", "Kies waar uw melding over gaat.")
    if message := _wrong_text(typed):
        yield Problem("tekst", message)
    if typed.email.strip():
        try:
            read_address(typed.email)
        except InvalidValueError as error:
            yield Problem("email", f"{error.message} U mag dit ook leeg laten.")


def _wrong_text(typed: Typed) -> str:
    text = line_breaks(typed.text)
    try:
        text = clean_text(text)
    except InvalidValueError as error:
        return error.message
    if sum(map(str.isalnum, text)) < _FEWEST_LETTERS:
        return "Schrijf in een paar woorden wat er niet klopt."
    if len(text) > LONGEST:
        return f"Uw tekst is te lang: {len(text)} tekens. Maak hem korter, tot {LONGEST} tekens."
    number = next(citizen_numbers(text), None)
    if number is not None and typed.seen != typed.number:
        return (
            f"Hier staat een nummer dat een burgerservicenummer (BSN) kan zijn: {number.masked}. Haal het weg. Is het "
            "iets anders? Druk dan nog een keer op de knop."
        )
    return ""


def _opened_a_while_ago(told: str, secret: bytes, now: datetime) -> bool:
    moment, _, mark = told.partition(".")
    if not moment.isascii() or not moment.isdigit() or len(moment) > len(str(2**40)):
        return False
    right = hmac.compare_digest(mark.encode(), seal(secret, "report", moment).encode())
    return right and now.timestamp() - int(moment) >= _QUICKEST
