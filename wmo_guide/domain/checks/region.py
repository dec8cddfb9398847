"""A region: municipalities, contacts, rates, and the names it refers to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from wmo_guide.domain.checks.common import Names, alike, known, names, twice, unknown
from wmo_guide.domain.checks.days import REVERSED, Term, overlaps, part_them
from wmo_guide.domain.checks.theme import check_theme
from wmo_guide.domain.dutch import long_date
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.region import Region


def check_region(region: Region, set_names: Collection[str]) -> Iterator[Finding]:
    """Municipalities, contacts, rates, sources and question sets of a region."""
    yield from twice((s.key for s in region.sources), "sources", name="key")
    yield from twice((m.slug for m in region.municipalities), "municipalities")
    yield from twice((s.key for s in region.subjects), "subjects", name="key")
    yield from alike((s.title for s in region.subjects), "subjects", name="title")
    yield from _check_municipalities(region)
    yield from _check_contacts(region)
    yield from _check_rates(region)
    yield from check_theme(region.theme)
    steps = region.freshness
    if not 0 < steps.remind_days <= steps.escalate_days <= steps.warn_days <= steps.hide_days:
        yield Finding(("freshness",), "Zet de stappen in oplopende volgorde: remind, escalate, warn, hide.")
    used = region.question_sets
    wanted = [("organisation", used.organisation), ("location", used.location)]
    wanted += [("offering", name) for name in used.offering]
    seen: set[str] = set()
    for key, name in wanted:
        if name not in set_names:
            yield unknown(name, set_names, "vragenlijst", ("question_sets", key))
        elif name in seen:
            yield Finding(("question_sets", key), f'De vragenlijst "{name}" staat er twee keer. Laat er één staan.')
        seen.add(name)


def municipality_names(region: Region) -> Names:
    """The municipalities of today, for records that refer to them; None when nobody can tell."""
    every = names(one.slug for one in region.municipalities)
    return None if every is None else {one.slug for one in region.current_municipalities}


def _check_municipalities(region: Region) -> Iterator[Finding]:
    current = municipality_names(region)
    sources = names(s.key for s in region.sources)
    yield from _shared(
        "code", (m.code for m in region.municipalities), "Zoek bij het CBS op welke code bij welke hoort."
    )
    yield from _shared("name", (m.name for m in region.municipalities), "Zorg dat een lezer ze uit elkaar kan houden.")
    centres = [index for index, one in enumerate(region.municipalities) if one.centre]
    for index, one in enumerate(region.municipalities):
        path = ("municipalities", index)
        yield from known(one.sources, sources, "bron", (*path, "sources"))
        if (one.until is None) != (one.successor is None):
            yield Finding(
                (*path, "successor"), "Een gemeente die ophield heeft zowel until als successor. Vul ze allebei in."
            )
        elif one.successor == one.slug:
            yield Finding((*path, "successor"), "Een gemeente kan niet in zichzelf opgaan. Noem de gemeente van nu.")
        elif one.successor is not None and current is not None and one.successor not in current:
            yield unknown(one.successor, current, "gemeente", (*path, "successor"))
        if one.centre and (one.ended or index != centres[0]):
            message = "Een regio heeft één centrumgemeente, en die bestaat nog. Haal centre hier weg of bij de andere."
            yield Finding((*path, "centre"), message)


def _shared(name: str, values: Iterable[str], advice: str) -> Iterator[Finding]:
    """A finding for each municipality with a value that another has already."""
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Finding(("municipalities", index, name), f'"{value}" staat bij twee gemeenten. {advice}')
        seen.add(value)


def _check_rates(region: Region) -> Iterator[Finding]:
    sources = names(s.key for s in region.sources)
    terms = [Term(rate.start, rate.end) for rate in region.rates]
    for index, rate in enumerate(region.rates):
        yield from known(rate.sources, sources, "bron", ("rates", index, "sources"))
        if terms[index].reversed:
            yield Finding(("rates", index, "end"), REVERSED)
    for earlier, later in overlaps(terms):
        both = part_them(terms[earlier], terms[later])
        message = f"Het bedrag dat begint op {long_date(terms[later].start)} geldt op dezelfde dagen. {both}"
        yield Finding(("rates", earlier, "end"), message)


def _check_contacts(region: Region) -> Iterator[Finding]:
    current = municipality_names(region)
    subjects = names(s.key for s in region.subjects)
    sources = names(s.key for s in region.sources)
    seen: set[tuple[str, str | None]] = set()
    for index, contact in enumerate(region.contacts):
        path = ("contacts", index)
        if subjects is not None and contact.subject not in subjects:
            yield unknown(contact.subject, subjects, "onderwerp", (*path, "subject"))
        if contact.municipality is not None and current is not None and contact.municipality not in current:
            yield unknown(contact.municipality, current, "gemeente", (*path, "municipality"))
        if (contact.subject, contact.municipality) in seen:
            whom = f'voor "{contact.municipality}"' if contact.municipality else "voor de hele regio"
            message = f'Voor "{contact.subject}" staat {whom} al een contact in de lijst. Voeg de twee samen.'
            yield Finding((*path, "subject"), message)
        seen.add((contact.subject, contact.municipality))
        yield from known(contact.sources, sources, "bron", (*path, "sources"))
