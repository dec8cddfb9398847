"""Whether records of a region refer to things that exist, and are at peace with each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

from wmo_guide.domain.base import Record
from wmo_guide.domain.editorial import Facilities, Faq, Situations, Terms
from wmo_guide.domain.findings import Finding, KeyPath
from wmo_guide.domain.kinds import KINDS
from wmo_guide.domain.matrix import BuildingBlock, Conversion, Edition
from wmo_guide.domain.questions import Question, QuestionSet
from wmo_guide.domain.region import Region
from wmo_guide.domain.standards import Written

CORE_KEYS: Mapping[str, tuple[str, ...]] = {
    "organisation": ("name", "summary"),
    "location": ("name", "municipality"),
    "offering": ("summary", "municipalities"),
}
"""Answers that pages can't do without, so the question sets must ask for them."""


def twice(keys: Iterable[str], *path: str | int, name: str = "slug") -> Iterator[Finding]:
    """A finding for each key in a list of records that was used before."""
    seen: set[str] = set()
    for index, key in enumerate(keys):
        if key in seen:
            yield Finding((*path, index, name), f'"{key}" staat er twee keer. Geef elk een eigen naam.')
        seen.add(key)


def known(given: Iterable[str], allowed: Collection[str], what: str, path: KeyPath) -> Iterator[Finding]:
    """A finding for each reference to something that doesn't exist."""
    for index, key in enumerate(given):
        if key not in allowed:
            yield unknown(key, allowed, what, (*path, index))


def unknown(key: str, allowed: Collection[str], what: str, path: KeyPath) -> Finding:
    """The finding for one reference to something that doesn't exist."""
    return Finding(
        path, f'"{key}" is geen {what} die er is. Kies uit: {", ".join(sorted(allowed)) or "(er is er geen)"}.'
    )


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


def check_questions(questions: Iterable[Question], *path: str | int) -> Iterator[Finding]:
    """Each question has a known kind, and options when that kind chooses from them."""
    questions = list(questions)
    yield from twice((q.key for q in questions), *path, name="key")
    for index, question in enumerate(questions):
        if question.kind not in KINDS:
            yield unknown(question.kind, KINDS, "soort vraag", (*path, index, "kind"))
        if question.kind in ("choice", "choices") and not question.options:
            yield Finding((*path, index, "options"), "Bij deze soort vraag horen keuzes. Zet ze onder options.")
        if question.kind == "yes_no":
            yield from known((o.key for o in question.options), ("yes", "no"), "antwoord", (*path, index, "options"))
        elif question.options and question.kind not in ("choice", "choices"):
            yield Finding((*path, index, "options"), "Deze soort vraag heeft geen keuzes. Haal options weg.")
        yield from twice((o.key for o in question.options), *path, index, "options", name="key")


def check_core(role: str, sets: Iterable[QuestionSet]) -> Iterator[Finding]:
    """The sets in this role ask, and require, what pages can't do without."""
    required = {q.key for one in sets for q in one.questions if q.required and not q.when}
    for key in CORE_KEYS[role]:
        if key not in required:
            yield Finding(("questions",), f'De vraag "{key}" moet in deze vragenlijst staan, met required: true.')


def check_edition(
    edition: Edition,
    sources: Collection[str],
    facilities: Collection[str],
    sets: Mapping[str, QuestionSet],
    basis: Iterable[str],
) -> Iterator[Finding]:
    """Axes, areas and blocks of an edition. `basis` names the sets that every block asks."""
    yield from known(edition.sources, sources, "bron", ("sources",))
    yield from twice((a.key for a in edition.axes), "axes", name="key")
    for index, axis in enumerate(edition.axes):
        yield from twice((level.key for level in axis.levels), "axes", index, "levels", name="key")
    yield from twice((a.slug for a in edition.areas), "areas")
    if edition.end is not None and edition.end < edition.start:
        yield Finding(("end",), "De einddatum ligt voor de begindatum. Verbeter er één.")
    seen: set[str] = set()
    for area_index, area in enumerate(edition.areas):
        for index, block in enumerate(area.blocks):
            path = ("areas", area_index, "blocks", index)
            if block.slug in seen:
                yield Finding(
                    (*path, "slug"), f'"{block.slug}" staat er twee keer. Geef elke bouwsteen een eigen naam.'
                )
            seen.add(block.slug)
            yield from known(block.sources, sources, "bron", (*path, "sources"))
            yield from known(block.try_first, facilities, "voorziening", (*path, "try_first"))
            yield from _check_block(block, edition, path)
            yield from _check_block_questions(block, sets, basis, path)


def _check_block(block: BuildingBlock, edition: Edition, path: KeyPath) -> Iterator[Finding]:
    yield from known(block.axes, edition.by_axis, "as", (*path, "axes"))
    slugs = [other.slug for _, other in edition.blocks()]
    yield from known(block.stack_with, slugs, "bouwsteen", (*path, "stack_with"))
    yield from known(block.not_with, slugs, "bouwsteen", (*path, "not_with"))
    yield from twice((a.key for a in block.arrangements), *path, "arrangements", name="key")
    yield from twice((b.key for b in block.bands), *path, "bands", name="key")
    first = edition.by_axis.get(block.axes[0]) if block.axes else None
    levels = {level.key for level in first.levels} if first else set()
    for index, arrangement in enumerate(block.arrangements):
        yield from known(arrangement.levels, levels, "niveau op de eerste as", (*path, "arrangements", index, "levels"))
    for index, band in enumerate(block.bands):
        if band.low > band.high:
            yield Finding((*path, "bands", index), "low is groter dan high. Wissel ze om.")


def _check_block_questions(
    block: BuildingBlock, sets: Mapping[str, QuestionSet], basis: Iterable[str], path: KeyPath
) -> Iterator[Finding]:
    yield from known(block.question_sets, sets, "vragenlijst", (*path, "question_sets"))
    yield from check_questions(block.questions, *path, "questions")
    names = [name for name in (*basis, *block.question_sets) if name in sets]
    taken = {question.key for name in names for question in sets[name].questions}
    for index, question in enumerate(block.questions):
        if question.key in taken:
            yield Finding(
                (*path, "questions", index, "key"),
                f'De vraag "{question.key}" staat al in een vragenlijst. Kies een andere sleutel.',
            )


def check_conversion(
    conversion: Conversion, older: Edition, newer: Edition, sources: Collection[str]
) -> Iterator[Finding]:
    """Each step goes from blocks of the older edition to blocks of the newer one."""
    yield from known(conversion.sources, sources, "bron", ("sources",))
    for index, step in enumerate(conversion.steps):
        yield from known(step.source_blocks, older.by_slug, "bouwsteen van de oude editie", ("steps", index, "from"))
        yield from known(step.target_blocks, newer.by_slug, "bouwsteen van de nieuwe editie", ("steps", index, "to"))
        if (step.change == "end") == bool(step.target_blocks):
            yield Finding(("steps", index, "to"), "Bij change: end hoort geen to; bij elke andere verandering wel.")


def check_facilities(facilities: Facilities, region: Region) -> Iterator[Finding]:
    """Provisions have their own slug, and municipalities and sources that exist."""
    yield from known(facilities.sources, {s.key for s in region.sources}, "bron", ("sources",))
    yield from twice((f.slug for f in facilities.facilities), "facilities")
    current = {m.slug for m in region.current_municipalities}
    for index, one in enumerate(facilities.facilities):
        yield from known(one.municipalities, current, "gemeente", ("facilities", index, "municipalities"))


def check_situations(
    situations: Situations,
    sources: Collection[str],
    blocks: Collection[str],
    facilities: Collection[str],
    factsheets: Collection[str],
) -> Iterator[Finding]:
    """Situations lead to blocks, provisions and factsheets that exist."""
    yield from twice((s.slug for s in situations.situations), "situations")
    for index, one in enumerate(situations.situations):
        path = ("situations", index)
        yield from known(one.sources, sources, "bron", (*path, "sources"))
        yield from known(one.blocks, blocks, "bouwsteen", (*path, "blocks"))
        yield from known(one.facilities, facilities, "voorziening", (*path, "facilities"))
        yield from known(one.factsheets, factsheets, "factsheet", (*path, "factsheets"))


def check_faq(faq: Faq, sources: Collection[str]) -> Iterator[Finding]:
    """Questions have their own key, and sources that exist."""
    yield from twice((q.key for q in faq.questions), "questions", name="key")
    for index, one in enumerate(faq.questions):
        yield from known(one.sources, sources, "bron", ("questions", index, "sources"))


def check_terms(terms: Terms, others: Collection[str]) -> Iterator[Finding]:
    """Terms have their own slug and refer to terms that exist, in this list or among `others`."""
    yield from twice((t.slug for t in terms.terms), "terms")
    slugs = {t.slug for t in terms.terms} | set(others)
    for index, term in enumerate(terms.terms):
        yield from known(term.see, slugs, "woord", ("terms", index, "see"))


def check_article(
    written: Written, sources: Collection[str], pages: Collection[str], *, sourced: bool
) -> Iterator[Finding]:
    """An article's sources exist (and are there, when `sourced`), and so does the page it stands under."""
    yield from known(written.head.sources, sources, "bron", ("sources",))
    if sourced and not written.head.sources:
        yield Finding(("sources",), "Hier ontbreekt de bron. Noem er minstens één uit region.yaml.")
    if written.head.under is not None and written.head.under not in pages:
        yield unknown(written.head.under, pages, "pagina", ("under",))


def check_icons(record: Record, is_icon: Callable[[str], bool], path: KeyPath = ()) -> Iterator[Finding]:
    """Every pictogram that a record names, at any depth, exists."""
    for name in type(record).model_fields:
        value = getattr(record, name)
        if name == "icon" and value is not None and not is_icon(value):
            yield Finding(
                (*path, name),
                f'Het pictogram "{value}" bestaat niet. Zoek een naam op in de lijst van Material Design Icons.',
            )
        elif isinstance(value, Record):
            yield from check_icons(value, is_icon, (*path, name))
        elif isinstance(value, tuple):
            for index, one in enumerate(value):
                if isinstance(one, Record):
                    yield from check_icons(one, is_icon, (*path, name, index))
