"""A region: municipalities, contacts, rates, and the names it refers to."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from wmo_guide.domain.checks.common import known, twice, unknown
from wmo_guide.domain.findings import Finding
from wmo_guide.domain.region import Region


def check_region(region: Region, set_names: Collection[str]) -> Iterator[Finding]:
    """Municipalities, contacts, rates, sources and question sets of a region."""
    yield from twice((s.key for s in region.sources), "sources", name="key")
    yield from twice((m.slug for m in region.municipalities), "municipalities")
    yield from twice((s.key for s in region.subjects), "subjects", name="key")
    yield from _check_municipalities(region)
    yield from _check_contacts(region)
    sources = {s.key for s in region.sources}
    for index, rate in enumerate(region.rates):
        yield from known(rate.sources, sources, "bron", ("rates", index, "sources"))
        if rate.end is not None and rate.end < rate.start:
            yield Finding(
                ("rates", index, "end"), "De einddatum ligt voor de begindatum. Wissel ze om of verbeter er één."
            )
    steps = region.freshness
    if not 0 < steps.remind_days <= steps.escalate_days <= steps.warn_days <= steps.hide_days:
        yield Finding(("freshness",), "Zet de stappen in oplopende volgorde: remind, escalate, warn, hide.")
    names = region.question_sets
    wanted = [("organisation", names.organisation), ("location", names.location)]
    wanted += [("offering", name) for name in names.offering]
    for key, name in wanted:
        if name not in set_names:
            yield unknown(name, set_names, "vragenlijst", ("question_sets", key))


def _check_municipalities(region: Region) -> Iterator[Finding]:
    current = {m.slug for m in region.municipalities if not m.ended}
    for index, one in enumerate(region.municipalities):
        path = ("municipalities", index)
        if (one.until is None) != (one.successor is None):
            yield Finding(
                (*path, "successor"), "Een gemeente die ophield heeft zowel until als successor. Vul ze allebei in."
            )
        elif one.successor is not None and one.successor not in current:
            yield unknown(one.successor, current, "gemeente", (*path, "successor"))


def _check_contacts(region: Region) -> Iterator[Finding]:
    current = {m.slug for m in region.current_municipalities}
    subjects = {s.key for s in region.subjects}
    sources = {s.key for s in region.sources}
    for index, contact in enumerate(region.contacts):
        path = ("contacts", index)
        if contact.subject not in subjects:
            yield unknown(contact.subject, subjects, "onderwerp", (*path, "subject"))
        if contact.municipality is not None and contact.municipality not in current:
            yield unknown(contact.municipality, current, "gemeente", (*path, "municipality"))
        yield from known(contact.sources, sources, "bron", (*path, "sources"))
