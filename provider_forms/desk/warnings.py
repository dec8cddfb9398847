"""What a reviewer should look at in a submission. Advice: it decides nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process

from provider_forms.desk.links import Result
from provider_forms.desk.outline import Read, outline, parts_of
from provider_forms.desk.personal import citizen_numbers
from provider_forms.desk.quality import Meter, measure
from provider_forms.desk.taken_apart import Parts, questions_of, taken_apart, title_of
from wmo_guide.domain.findings import InvalidValueError
from wmo_guide.domain.provider import Answers, Provider, ProviderFile, Raw
from wmo_guide.domain.questions import Question
from wmo_guide.domain.standards import Standards
from wmo_guide.domain.values import parse_email

About: TypeAlias = Literal["duplicate", "mailbox", "link", "personal", "blocks", "language", "quality"]
NAMES: Mapping[About, str] = {
    "duplicate": "Misschien dubbel",
    "mailbox": "E-mailadres",
    "link": "Link",
    "personal": "Persoonsgegevens",
    "blocks": "Veel bouwstenen",
    "language": "Moeilijke taal",
    "quality": "Kwaliteitsmeter",
}
_ALIKE = 85
"""From here on two names or addresses are told as likely the same, on a scale to 100."""
_NEAR = 80
_MOST_DUPLICATES = 5
_LEGAL = re.compile(
    r"\b(?:stichting|vereniging|cooperatie|coöperatie|b\.?v\.?|n\.?v\.?|v\.?o\.?f\.?|u\.?a\.?)(?!\w)", re.IGNORECASE
)
_WELL_KNOWN = (
    "gmail.com",
    "hotmail.com",
    "hotmail.nl",
    "outlook.com",
    "live.nl",
    "icloud.com",
    "ziggo.nl",
    "kpnmail.nl",
)
_MAIL = re.compile(r"[^\s@<>()\[\],;:]+@[^\s@<>()\[\],;:]+")


@dataclass(frozen=True)
class Hint:
    """One thing to look at."""

    about: About
    message: str
    title: str = ""
    """The part of the form that it is about; empty for the submission as a whole."""
    url: str = ""
    """A page of the guide to hold it against."""

    @property
    def name(self) -> str:
        """What kind of thing it is, in a word."""
        return NAMES[self.about]


@dataclass(frozen=True)
class Queued:
    """Another submission that waits."""

    slug: str
    """The organisation's."""
    file: ProviderFile
    url: str
    """The page of the desk that shows it."""


@dataclass(frozen=True)
class Look:
    """What is looked at."""

    slug: str
    file: ProviderFile
    private: Mapping[str, Mapping[str, Raw]]
    standards: Standards
    others: Sequence[Provider]
    """The other providers of the region."""
    links: Mapping[str, Result]
    """What is known of the addresses of websites in it."""
    queued: Sequence[Queued] = ()
    """The other submissions of the region that wait."""

    @property
    def parts(self) -> Parts:
        """The pages of the form."""
        return taken_apart(self.file)


def warnings(look: Look) -> tuple[Hint, ...]:
    """Everything to look at but the language, which the meter tells."""
    found = (_duplicates(look, tuple(_others(look))), _numbers(look), _mailboxes(look), _links(look))
    return tuple(one for some in found for one in some)


def meter(file: ProviderFile, standards: Standards, edition: str, read: Read, today: date) -> Meter:
    """The quality meter of a file, as the provider saw it."""
    draft = outline(parts_of(file, edition), standards, read)
    dates = {f"offering/{one.edition}/{one.block}": one.dates for one in file.offerings}
    return measure(draft, standards.quality, dates, today)


def meter_warnings(found: Meter) -> tuple[Hint, ...]:
    """What the meter advises: hard language and many blocks apart."""
    about: Mapping[str, About] = {"plain": "language", "blocks": "blocks"}
    told = (
        Hint(about.get(one.rule.check, "quality"), " ".join((one.message, *one.hints)), one.title)
        for one in found.advice
    )
    return tuple(sorted(told, key=lambda one: list(NAMES).index(one.about)))


def addresses(file: ProviderFile, standards: Standards) -> tuple[str, ...]:
    """The addresses of websites in a file."""
    found = (
        str(raw)
        for name, part in taken_apart(file).items()
        for question, raw in _asked(name, part.answers, standards)
        if question.kind == "url" and isinstance(raw, str) and raw.strip()
    )
    return tuple(dict.fromkeys(found))


def _asked(name: str, answers: Mapping[str, Raw], standards: Standards) -> Iterator[tuple[Question, Raw]]:
    for question in questions_of(name, standards):
        if answers.get(question.key):
            yield question, answers[question.key]


@dataclass(frozen=True)
class _Other:
    """An organisation to hold the submission against."""

    name: str
    organisation: Mapping[str, Raw] | Answers
    places: Sequence[str]
    where: str
    url: str


def _others(look: Look) -> Iterator[_Other]:
    """The other providers of the guide, and the other organisations that sent something and aren't in it yet."""
    known = {look.slug}
    for one in look.others:
        if one.slug not in known:
            places = _places([at.answers for at in one.locations])
            url = f"/{look.standards.slug}/aanbieders/{one.slug}/"
            yield _Other(one.name, one.organisation, places, "die al in de gids staat", url)
    known |= {one.slug for one in look.others}
    for two in look.queued:
        if two.slug not in known:
            answers = two.file.organisation
            places = _places([at.answers for at in two.file.locations])
            yield _Other(str(answers.get("name", "")), answers, places, "die ook in de wachtrij staat", two.url)


def _duplicates(look: Look, others: Sequence[_Other]) -> Iterator[Hint]:
    reasons: dict[int, list[str]] = {}
    for place in _same_number(_kinds(look, "kvk"), others, look.standards):
        reasons.setdefault(place, []).append("hetzelfde KvK-nummer")
    mine = _plain_name(str(look.file.organisation.get("name", "")))
    for place in _alike(mine, {place: _plain_name(one.name) for place, one in enumerate(others)}):
        reasons.setdefault(place, []).append("bijna dezelfde naam")
    wanted = _places([at.answers for at in look.file.locations])
    for place, one in enumerate(others):
        if any(fuzz.ratio(here, there) >= _ALIKE for here in wanted for there in one.places):
            reasons.setdefault(place, []).append("bijna hetzelfde adres")
    for place, why in list(reasons.items())[:_MOST_DUPLICATES]:
        found = others[place]
        yield Hint("duplicate", f"Lijkt op {found.name}, {found.where}: {', '.join(why)}.", url=found.url)


def _kinds(look: Look, kind: str) -> frozenset[str]:
    answers = _asked("organisation", look.file.organisation, look.standards)
    return frozenset(str(raw) for question, raw in answers if question.kind == kind)


def _same_number(numbers: frozenset[str], others: Sequence[_Other], standards: Standards) -> Iterator[int]:
    keys = [one.key for one in standards.organisation_questions if one.kind == "kvk"]
    for place, one in enumerate(others):
        if any(str(one.organisation[key]) in numbers for key in keys if key in one.organisation):
            yield place


def _alike(mine: str, theirs: Mapping[int, str]) -> Iterator[int]:
    if mine:
        found = process.extract(mine, theirs, scorer=fuzz.token_sort_ratio, score_cutoff=_ALIKE, limit=_MOST_DUPLICATES)
        yield from (place for _, _, place in found)


def _plain_name(name: str) -> str:
    return " ".join(default_process(_LEGAL.sub(" ", name)).split())


def _places(locations: Sequence[Mapping[str, Raw] | Answers]) -> list[str]:
    """Street with postcode of each location that has both."""
    pairs = ((str(one.get("address", "")), str(one.get("postcode", ""))) for one in locations)
    return [default_process(f"{street} {code.replace(' ', '')}") for street, code in pairs if street and code]


def _numbers(look: Look) -> Iterator[Hint]:
    for name, part in look.parts.items():
        title = title_of(name, look.parts, look.standards)
        for question, raw in _asked(name, part.answers, look.standards):
            if question.kind in ("line", "lines", "text"):
                yield from _number(title, question.label, raw)
    for name, answers in look.private.items():
        for raw in answers.values() if isinstance(answers, Mapping) and name != "remarks" else ():
            yield from _number("Alleen voor medewerkers", name, raw)


def _number(title: str, label: str, raw: Raw) -> Iterator[Hint]:
    text = "\n".join(map(str, raw)) if isinstance(raw, list | tuple) else str(raw)
    for one in citizen_numbers(text):
        message = f"Bij “{label}” staat een nummer dat een burgerservicenummer (BSN) kan zijn: {one.masked}."
        yield Hint("personal", message, title)


def _mailboxes(look: Look) -> Iterator[Hint]:
    for name, part in look.parts.items():
        for question, raw in _asked(name, part.answers, look.standards):
            for address in _mails_in(question, raw):
                problem = mailbox_problem(address)
                if problem:
                    title = title_of(name, look.parts, look.standards)
                    yield Hint("mailbox", f"Bij “{question.label}” staat {address}. {problem}", title)


def _mails_in(question: Question, raw: Raw) -> list[str]:
    if question.kind == "email":
        return [str(raw)]
    is_text = question.kind in ("line", "text") and isinstance(raw, str)
    return [one.strip(".!?'\"") for one in _MAIL.findall(str(raw))] if is_text else []


def mailbox_problem(address: str) -> str:
    """What is likely wrong with a mail address; empty when nothing is."""
    try:
        parse_email(address)
    except InvalidValueError:
        return "Zo kan een e-mailadres niet geschreven worden."
    host = address.rpartition("@")[2].lower()
    near = process.extractOne(host, _WELL_KNOWN, scorer=fuzz.ratio, score_cutoff=_NEAR)
    if host not in _WELL_KNOWN and near is not None and abs(len(near[0]) - len(host)) <= 1:
        return f"Is misschien {near[0]} bedoeld?"
    return ""


def _links(look: Look) -> Iterator[Hint]:
    for url in addresses(look.file, look.standards):
        found = look.links.get(url)
        if found is not None and found.works is False:
            yield Hint("link", f"{url} werkt niet. {found.problem}")
